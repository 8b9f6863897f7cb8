import { commandGroups } from '../../shared/commands/commandList.ts';
import { chordText } from '../commands/keys.ts';
import { commands, keysFor } from '../commands/registry.ts';
import { closeDialog, openDialog } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
import { Button } from '../ui/Button.tsx';
import { Modal } from '../ui/Modal.tsx';
import styles from './ShortcutSheet.module.css';

/** What the canvas does by itself, beside the commands. */
const canvasKeys = [
  ['go', ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']],
  ['firstAndLast', ['Home', 'End']],
  ['addToSelection', [' ']],
  ['inspect', ['Enter']],
] as const;

export function ShortcutSheet() {
  const say = strings.app.shortcuts;
  return (
    <Modal
      title={say.title}
      size="large"
      onClose={closeDialog}
      footer={<Button onClick={() => openDialog({ name: 'settings', page: 'keys' })}>{say.change}</Button>}
    >
      <div className={styles.sheet}>
        {commandGroups.map((group) => {
          const rows = commands.filter((command) => command.group === group && keysFor(command).length > 0);
          return (
            <section key={group} className={styles.group}>
              <h3>{strings.commands.groups[group]}</h3>
              <dl>
                {rows.map((command) => (
                  <Row key={command.id} title={command.title} chords={keysFor(command)} note={command.onCanvas} />
                ))}
              </dl>
            </section>
          );
        })}
        <section className={styles.group}>
          <h3>{say.onCanvas}</h3>
          <dl>
            {canvasKeys.map(([name, chords]) => (
              <Row key={name} title={say[name]} chords={chords} />
            ))}
          </dl>
        </section>
      </div>
    </Modal>
  );
}

function Row({ title, chords, note = false }: { title: string; chords: readonly string[]; note?: boolean }) {
  return (
    <div className={styles.row}>
      <dt>
        {title}
        {note && <span className={styles.note}> {strings.app.shortcuts.note}</span>}
      </dt>
      <dd>
        {chords.map((chord) => (
          <kbd key={chord}>{chordText(chord)}</kbd>
        ))}
      </dd>
    </div>
  );
}
