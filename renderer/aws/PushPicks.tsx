import { type PickableChange, togglePick } from '../../shared/compare/pickChanges.ts';
import { mainMark, markText } from '../compare/markText.ts';
import { strings } from '../strings/strings.ts';
import styles from './aws.module.css';
import { nameOf } from './pushChoice.ts';

/** Which of the changes are pushed. Picking one picks what it needs; dropping one drops what needs it. */
export function PushPicks({
  changes,
  picked,
  onChange,
}: {
  changes: readonly PickableChange[];
  picked: ReadonlySet<string>;
  onChange: (picked: ReadonlySet<string>) => void;
}) {
  const texts = strings.aws.push;
  return (
    <fieldset className={styles.picks}>
      <legend className={styles.subheading}>{texts.picks}</legend>
      <div className={styles.picksHead}>
        <span role="status">{texts.picked(picked.size, changes.length)}</span>
        <button type="button" onClick={() => onChange(new Set(changes.map(({ id }) => id)))}>
          {texts.all}
        </button>
        <button type="button" onClick={() => onChange(new Set())}>
          {texts.none}
        </button>
      </div>
      <ul>
        {changes.map((change) => (
          <li key={change.id}>
            <label>
              <input
                type="checkbox"
                checked={picked.has(change.id)}
                onChange={() => onChange(togglePick(changes, picked, change.id))}
              />
              <small>{strings.compare.kinds[change.kind]}</small>
              <span className={styles.pickName}>{nameOf(change)}</span>
              <span className={styles.pickMark} data-mark={mainMark(change.marks)}>
                {markText(change.marks)}
              </span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
