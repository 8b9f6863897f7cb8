import type { Change } from '../../shared/compare/changeList.ts';
import styles from './CompareView.module.css';
import { mainMark, markText, pathText, valueText } from './markText.ts';

const kinds: Readonly<Record<Change['kind'], string>> = {
  pipeline: 'Pipeline',
  stage: 'Stage',
  action: 'Action',
  artifact: 'Artifact',
  variable: 'Variable',
  trigger: 'Trigger',
};

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
  return (
    <nav className={styles.changes} aria-label="Changes">
      <h2>{changes.length === 0 ? 'No changes' : changes.length === 1 ? '1 change' : `${changes.length} changes`}</h2>
      {changes.length === 0 && <p className={styles.quiet}>Both say the same.</p>}
      <ul>
        {changes.map((change, index) => {
          const isPlace = change.kind === 'action' || change.kind === 'stage' || change.kind === 'pipeline';
          const isCurrent = isPlace && change.where === selected;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list is made anew as a whole
            <li key={index}>
              <button
                type="button"
                className={styles.change}
                aria-current={isCurrent ? 'true' : undefined}
                onClick={() => onSelect(change.where)}
              >
                <span className={styles.what}>
                  <span className={styles.kind}>{kinds[change.kind]}</span>
                  <span className={styles.name}>
                    {change.kind === 'action' ? change.where.replace('/', ' / ') : change.name}
                  </span>
                </span>
                <span className={styles.marked} data-mark={mainMark(change.marks)}>
                  {markText(change.marks)}
                </span>
                {change.details.length > 0 && <span className={styles.detail}>{change.details.join(', ')}</span>}
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
