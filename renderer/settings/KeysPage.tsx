import { useId, useState } from 'react';
import { commandGroups } from '../../shared/commands/commandList.ts';
import { type CustomKeys, keysOfCommand } from '../../shared/commands/keysOfCommand.ts';
import { chordText, isMac } from '../commands/keys.ts';
import { type Command, commands } from '../commands/registry.ts';
import { useUi } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
import { Button } from '../ui/Button.tsx';
import { SearchIcon } from '../ui/icons.ts';
import { matchWords } from '../ui/matchWords.ts';
import styles from './Keys.module.css';
import { KeysRow } from './KeysRow.tsx';
import { conflictsOf } from './keyEdits.ts';

/** The keys of every command: found by name or by key, added by pressing them, taken away, reset. */
export function KeysPage({
  keys,
  singleKeys,
  onKeys,
  onSingleKeys,
}: {
  keys: CustomKeys;
  singleKeys: boolean;
  onKeys: (keys: CustomKeys) => void;
  onSingleKeys: (singleKeys: boolean) => void;
}) {
  const say = strings.settings.keys;
  const mac = isMac();
  const id = useId();
  const isBrowser = useUi((ui) => ui.host === 'browser');
  const [query, setQuery] = useState('');
  const conflicts = conflictsOf(keys, mac);
  const textOf = (command: Command) =>
    [
      command.title,
      strings.commands.groups[command.group],
      ...keysOfCommand(command, keys, mac).map((chord) => chordText(chord)),
    ].join(' ');
  const shown = commands.filter((command) => matchWords(textOf(command), query) > 0);
  return (
    <>
      <div className={styles.single}>
        <input
          type="checkbox"
          id={`${id}-single`}
          aria-describedby={`${id}-note`}
          checked={singleKeys}
          onChange={(event) => onSingleKeys(event.target.checked)}
        />
        <label htmlFor={`${id}-single`}>{say.single}</label>
        <p id={`${id}-note`}>{say.singleNote}</p>
      </div>
      <div className={styles.head}>
        <label className={styles.search}>
          <SearchIcon size={14} aria-hidden="true" />
          <input
            type="search"
            aria-label={say.search}
            placeholder={say.search}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
            // Enter in a field would save the settings.
            onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
          />
        </label>
        <span className="visually-hidden" role="status">
          {say.found(shown.length)}
        </span>
        <Button
          aria-disabled={Object.keys(keys).length === 0}
          title={Object.keys(keys).length === 0 ? say.nothingChanged : undefined}
          onClick={() => onKeys({})}
        >
          {say.resetAll}
        </Button>
      </div>
      {isBrowser && <p className={styles.note}>{say.browserNote}</p>}
      {shown.length === 0 && <p className={styles.note}>{say.none}</p>}
      {commandGroups.map((group) => {
        const rows = shown.filter((command) => command.group === group);
        return (
          rows.length > 0 && (
            <section key={group} aria-labelledby={`${id}-${group}`}>
              <h3 id={`${id}-${group}`} className={styles.group}>
                {strings.commands.groups[group]}
              </h3>
              <ul className={styles.rows}>
                {rows.map((command) => (
                  <KeysRow key={command.id} command={command} keys={keys} conflicts={conflicts} onKeys={onKeys} />
                ))}
              </ul>
            </section>
          )
        );
      })}
    </>
  );
}
