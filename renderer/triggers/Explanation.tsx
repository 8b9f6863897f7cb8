import type { TriggerExplanation } from '../../shared/triggers/matchTriggers.ts';
import { strings } from '../strings/strings.ts';
import { RefusedIcon, SucceededIcon } from '../ui/icons.ts';
import styles from './triggers.module.css';

const words = strings.inspector.pipeline;

/** Which filter matches an event, and why the others do not; said by icon and words, not by colour alone. */
export function Explanation({ explanation }: { explanation: TriggerExplanation }) {
  const { isMatched, summary, sources, notes } = explanation;
  return (
    <>
      <p className={styles.summary} data-matched={isMatched} role="status">
        <Mark isMatched={isMatched} />
        <strong>{summary}</strong>
      </p>
      {sources.map((source) => (
        <section key={source.where} className={styles.source} aria-label={source.where}>
          <h3>{source.where.replace('/', ' / ')}</h3>
          <p className={styles.reason}>{source.why}</p>
          {source.filters.length > 0 && (
            <ul className={styles.filters}>
              {source.filters.map((filter) => (
                <li key={filter.field} data-matched={filter.isMatched}>
                  <Mark isMatched={filter.isMatched} />
                  <div>
                    <span className={styles.filterName}>
                      {filter.kind === 'push'
                        ? words.pushFilter(filter.index + 1)
                        : words.pullRequestFilter(filter.index + 1)}
                      <span className={styles.outcome}>
                        {filter.isMatched ? strings.triggers.sheet.matches : strings.triggers.sheet.doesNotMatch}
                      </span>
                    </span>
                    {filter.why.map((why) => (
                      <p key={why} className={styles.reason}>
                        {why}
                      </p>
                    ))}
                  </div>
                </li>
              ))}
            </ul>
          )}
        </section>
      ))}
      {notes.map((note) => (
        <p key={note} className={styles.note}>
          {note}
        </p>
      ))}
    </>
  );
}

function Mark({ isMatched }: { isMatched: boolean }) {
  const Icon = isMatched ? SucceededIcon : RefusedIcon;
  return <Icon size={15} className={styles.mark} aria-hidden="true" />;
}
