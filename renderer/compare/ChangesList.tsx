import type { Change } from '../../shared/compare/changeList.ts';
import { strings } from '../strings/strings.ts';
import styles from './CompareView.module.css';
import { detailText, mainMark, markText, pathText, valueText } from './markText.ts';

/** Every change in a line; choosing one shows its place on the canvas and which members differ. */
export function ChangesList({
  changes,
  selected,
  onSelect,
}: {
  changes: readonly Change[];
  selected: string;
  onSelect: (where: string) => void;
}) {
  const texts = strings.compare;
  return (
    <nav className={styles.changes} aria-label={texts.changes}>
      <h2>{changes.length === 0 ? texts.noChanges : texts.count(changes.length)}</h2>
      {changes.length === 0 && <p className={styles.quiet}>{texts.same}</p>}
      <ul>
        {changes.map((change) => {
          const isPlace = change.kind === 'action' || change.kind === 'stage' || change.kind === 'pipeline';
          const isCurrent = isPlace && selected !== '' && change.where === selected;
          return (
            <li key={change.id}>
              <button
                type="button"
                className={styles.change}
                aria-current={isCurrent ? 'true' : undefined}
                onClick={() => onSelect(change.where)}
              >
                <span className={styles.what}>
                  <span className={styles.kind}>{texts.kinds[change.kind]}</span>
                  <span className={styles.name}>
                    {change.kind === 'action' ? change.where.replace('/', ' / ') : change.name}
                  </span>
                </span>
                <span className={styles.marked} data-mark={mainMark(change.marks)}>
                  {markText(change.marks)}
                </span>
                {change.details.length > 0 && (
                  <span className={styles.detail}>{change.details.map(detailText).join(', ')}</span>
                )}
              </button>
              {change.fields.length > 0 && (
                <dl className={styles.fields}>
                  {change.fields.map(({ path, before, after }) => (
                    <div key={path.join('.')}>
                      <dt>{pathText(path)}</dt>
                      <dd>
                        <del>{valueText(before)}</del>
                        <span aria-hidden="true"> → </span>
                        <ins>{valueText(after)}</ins>
                      </dd>
                    </div>
                  ))}
                </dl>
              )}
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
