import { type KeyboardEvent, useRef, useState } from 'react';
import { pressOf } from '../../shared/commands/chord.ts';
import type { CommandDeclaration, CommandId } from '../../shared/commands/commandList.ts';
import { type CustomKeys, keysOfCommand } from '../../shared/commands/keysOfCommand.ts';
import { chordOf, chordText, isMac } from '../commands/keys.ts';
import type { Command } from '../commands/registry.ts';
import { strings } from '../strings/strings.ts';
import { Button } from '../ui/Button.tsx';
import { CloseIcon, PlusIcon, UndoIcon } from '../ui/icons.ts';
import styles from './Keys.module.css';
import { giveKey, refusalOf, resetKeys, takeKey, usersOf } from './keyEdits.ts';

const titlesOf = (commands: readonly CommandDeclaration[]): string =>
  commands.map(({ id }) => strings.commands.titles[id as CommandId]).join(', ');

/** One command: its keys, each to be taken away, and the recording of another. */
export function KeysRow({
  command,
  keys,
  conflicts,
  onKeys,
}: {
  command: Command;
  keys: CustomKeys;
  conflicts: ReadonlyMap<string, readonly CommandDeclaration[]>;
  onKeys: (keys: CustomKeys) => void;
}) {
  const say = strings.settings.keys;
  const mac = isMac();
  const { id, title } = command;
  const [isRecording, setIsRecording] = useState(false);
  const row = useRef<HTMLLIElement>(null);
  const chords = keysOfCommand(command, keys, mac);
  const others = [...new Set(chords.flatMap((chord) => conflicts.get(pressOf(chord, mac)) ?? []))].filter(
    (other) => other.id !== id,
  );
  const end = () => {
    setIsRecording(false);
    // The button that began it is there again with the next drawing.
    requestAnimationFrame(() => row.current?.querySelector<HTMLElement>('[data-add]')?.focus());
  };
  return (
    <li ref={row} className={styles.row} data-command={id}>
      <span className={styles.title}>
        {title}
        {command.onCanvas && <span className={styles.aside}> {say.onCanvas}</span>}
      </span>
      <span className={styles.chords}>
        {chords.length === 0 && <span className={styles.aside}>{say.noKeys}</span>}
        {chords.map((chord) => (
          <span key={chord} className={styles.chord}>
            <kbd>{chordText(chord)}</kbd>
            <button
              type="button"
              aria-label={say.remove(chordText(chord), title)}
              onClick={() => onKeys(takeKey(keys, command, chord, mac))}
            >
              <CloseIcon size={12} aria-hidden="true" />
            </button>
          </span>
        ))}
        {Object.hasOwn(keys, id) && (
          <button
            type="button"
            className={styles.icon}
            aria-label={say.resetOf(title)}
            title={say.reset}
            onClick={() => onKeys(resetKeys(keys, command, mac))}
          >
            <UndoIcon size={15} aria-hidden="true" />
          </button>
        )}
        {!isRecording && (
          <button
            type="button"
            className={styles.icon}
            data-add
            aria-label={say.addTo(title)}
            title={say.add}
            onClick={() => setIsRecording(true)}
          >
            <PlusIcon size={15} aria-hidden="true" />
          </button>
        )}
      </span>
      {isRecording && (
        <Recorder
          command={command}
          keys={keys}
          onChord={(chord) => {
            onKeys(giveKey(keys, command, chord, mac));
            end();
          }}
          onEnd={end}
        />
      )}
      {others.length > 0 && (
        <p className={styles.conflict} role="status">
          {say.conflict(titlesOf(others))}
        </p>
      )}
    </li>
  );
}

/** Takes the next press as keys of the command: refuses what cannot be, and asks before it takes them from another command. */
function Recorder({
  command,
  keys,
  onChord,
  onEnd,
}: {
  command: Command;
  keys: CustomKeys;
  onChord: (chord: string) => void;
  onEnd: () => void;
}) {
  const say = strings.settings.keys;
  const mac = isMac();
  const [pressed, setPressed] = useState<{ chord: string; fault?: string; users?: readonly CommandDeclaration[] }>();
  const record = (event: KeyboardEvent) => {
    if (event.key === 'Tab' && !event.ctrlKey && !event.metaKey && !event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape' && !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey) return onEnd();
    const chord = chordOf(event.nativeEvent, mac);
    if (chord === undefined) return;
    const isTyped = event.key.length === 1 && event.getModifierState('AltGraph');
    const refusal = isTyped ? 'character' : refusalOf(chord, command, mac);
    if (refusal) return setPressed({ chord, fault: say.refused[refusal] });
    const users = usersOf(chord, keys, command.id, mac);
    if (users.length > 0) setPressed({ chord, users });
    else onChord(chord);
  };
  return (
    <div className={styles.recorder}>
      <button
        type="button"
        className={styles.press}
        aria-label={say.pressFor(command.title)}
        // It replaces the button that was pressed, and has its keyboard.
        ref={(element) => {
          if (element && !pressed) element.focus();
        }}
        onKeyDown={record}
        onBlur={(event) => {
          if (!event.currentTarget.parentElement?.contains(event.relatedTarget)) onEnd();
        }}
      >
        {pressed ? chordText(pressed.chord) : say.press}
      </button>
      <p role="alert" className={styles.fault}>
        {pressed?.fault ?? (pressed?.users && say.usedBy(chordText(pressed.chord), titlesOf(pressed.users)))}
      </p>
      {pressed?.users && (
        <>
          <Button variant="primary" onClick={() => onChord(pressed.chord)}>
            {say.take}
          </Button>
          <Button onClick={() => setPressed(undefined)}>{say.another}</Button>
        </>
      )}
    </div>
  );
}
