import { chordText } from '../commands/keys.ts';
import { commands, keysFor } from '../commands/registry.ts';
import { closeDialog } from '../state/uiStore.ts';
import { Modal } from '../ui/Modal.tsx';
import styles from './ShortcutSheet.module.css';

const groups = ['File', 'Edit', 'Pipeline', 'Run', 'View', 'Help'] as const;

/** What the canvas does by itself, beside the commands. */
const canvasKeys: readonly [string, readonly string[]][] = [
  ['Go to the next stage, group or action', ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']],
  ['Move the selected stage or action', ['Alt+ArrowLeft', 'Alt+ArrowRight', 'Alt+ArrowUp', 'Alt+ArrowDown']],
  ['First and last', ['Home', 'End']],
  ['Add to the selection', [' ']],
  ['Open the inspector', ['Enter']],
];

export function ShortcutSheet() {
  return (
    <Modal title="Keyboard shortcuts" size="large" onClose={closeDialog}>
      <div className={styles.sheet}>
        {groups.map((group) => {
          const rows = commands.filter((command) => command.group === group && keysFor(command).length > 0);
          return (
            <section key={group} className={styles.group}>
              <h3>{group}</h3>
              <dl>
                {rows.map((command) => (
                  <Row key={command.id} title={command.title} chords={keysFor(command)} note={command.onCanvas} />
                ))}
              </dl>
            </section>
          );
        })}
        <section className={styles.group}>
          <h3>On the canvas</h3>
          <dl>
            {canvasKeys.map(([title, chords]) => (
              <Row key={title} title={title} chords={chords} />
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
        {note && <span className={styles.note}> on the canvas</span>}
      </dt>
      <dd>
        {chords.map((chord) => (
          <kbd key={chord}>{chordText(chord)}</kbd>
        ))}
      </dd>
    </div>
  );
}
