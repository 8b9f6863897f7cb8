import { type CSSProperties, useEffect, useRef } from 'react';
import { chooseLog } from '../run/runStore.ts';
import { setSelection } from '../state/documentStore.ts';
import { HISTORY_PLACE, useExecution } from '../state/executionStore.ts';
import { strings } from '../strings/strings.ts';
import { durationText } from '../ui/duration.ts';
import { statusText } from '../ui/StatusIcon.tsx';
import styles from './Timeline.module.css';
import { type Bar, timelineRows } from './timelineRows.ts';
import { breaksOf, ticksOf } from './timeScale.ts';
import { useTimeScale } from './useTimeScale.ts';

/** A folded stretch is long by nature: tenths of a second say nothing of it. */
const breakText = (milliseconds: number): string => durationText(milliseconds).replace(/[.,]\d s$/, ' s');
const percent = (share: number): string => `${(share * 100).toFixed(3)}%`;

/** Stages and actions of the shown execution as bars to scale; each attempt its own, waiting for a person drawn hollow. */
export function Timeline() {
  const time = useTimeScale();
  const state = useExecution((store) => store.state);
  const place = useExecution((store) => store.place);
  const rows = useRef<HTMLUListElement>(null);
  const runningStage = state?.stages.find(({ runningActions }) => runningActions > 0);
  const running = runningStage?.stageName;
  const started = runningStage?.actions.filter(Boolean).length;
  // What begins to work comes into view; after that the reader may look elsewhere.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `started` says when.
  useEffect(() => {
    if (!running) return;
    const own = rows.current?.querySelectorAll('[data-runs="true"]') ?? [];
    own[own.length - 1]?.scrollIntoView({ block: 'nearest' });
  }, [running, started]);
  if (!time || !state) return <p className={styles.empty}>{strings.timeline.empty}</p>;
  const { scale, now } = time;
  const ticks = ticksOf(scale, 5);
  const shownRows = timelineRows(state);
  const longest = Math.max(
    ...shownRows.map((row) => (row.actionName || row.stageName).length + (row.actionName ? 2 : 0)),
  );

  const choose = (stageName: string, actionName: string, actionExecutionId: string) => {
    if (place !== HISTORY_PLACE) setSelection(`${stageName}/${actionName}`);
    chooseLog(actionExecutionId);
  };
  const wordsOf = (bar: Bar): string => {
    const length = durationText((bar.to ?? now) - bar.from);
    const what = bar.isApproval && bar.to === undefined ? strings.timeline.waits : statusText(bar.status).toLowerCase();
    return strings.timeline.bar(bar.attempt, what, length);
  };

  return (
    <div className={styles.timeline} style={{ '--longest': longest } as CSSProperties}>
      <div className={styles.grid} aria-hidden="true">
        {ticks.map((tick) => (
          <span key={tick} className={styles.gridLine} style={{ insetInlineStart: percent(scale.placeOf(tick)) }} />
        ))}
        <span className={styles.now} style={{ insetInlineStart: percent(scale.placeOf(now)) }} />
      </div>
      <ul ref={rows} className={styles.rows} aria-label={strings.timeline.label}>
        {shownRows.map(({ stageName, actionName, stageStatus, bars }) => (
          <li
            key={`${stageName}/${actionName}`}
            className={styles.row}
            data-stage={actionName === ''}
            data-runs={stageName === running}
          >
            <span className={styles.name} data-status={actionName === '' ? stageStatus : undefined}>
              {actionName || stageName}
            </span>
            <span className={styles.track}>
              {bars.map((bar) => {
                const start = scale.placeOf(bar.from);
                return (
                  <button
                    key={bar.actionExecutionId}
                    type="button"
                    className={styles.bar}
                    data-status={bar.isApproval && bar.to === undefined ? 'Waiting' : bar.status}
                    data-approval={bar.isApproval}
                    style={{ insetInlineStart: percent(start), width: percent(scale.placeOf(bar.to ?? now) - start) }}
                    aria-label={strings.timeline.showLog(actionName, wordsOf(bar))}
                    title={`${stageName} / ${actionName}\n${wordsOf(bar)}`}
                    onClick={() => choose(stageName, actionName, bar.actionExecutionId)}
                  />
                );
              })}
            </span>
          </li>
        ))}
      </ul>
      <div className={styles.breaks} aria-hidden="true">
        {breaksOf(scale, now).map(({ from, to, middle, side }) => (
          <span key={from} className={styles.break} data-side={side} style={{ insetInlineStart: percent(middle) }}>
            <span className={styles.breakLabel}>{breakText(to - from)}</span>
          </span>
        ))}
      </div>
      <div className={styles.axis} aria-hidden="true">
        {ticks.map((tick) => (
          <span key={tick} style={{ insetInlineStart: percent(scale.placeOf(tick)) }}>
            {tick === 0
              ? '0 s'
              : durationText(tick)
                  .replace(/[.,]0 s$/, ' s')
                  .replace(/(?<=\d (m|min)) 0 s$/, '')}
          </span>
        ))}
      </div>
    </div>
  );
}
