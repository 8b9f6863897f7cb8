import { memo } from 'react';
import type { ConditionType } from '../../shared/execution/events.ts';
import { ConditionRow } from '../conditions/ConditionRow.tsx';
import { StageActions } from '../run/StageActions.tsx';
import { withReasons } from '../run/whyHere.ts';
import { stageViewOf, useExecution } from '../state/executionStore.ts';
import { strings } from '../strings/strings.ts';
import { StatusIcon, statusText } from '../ui/StatusIcon.tsx';
import { openAddMenu } from './addMenuPlace.ts';
import { isSelected, isStale, select, severityOf, useCanvas } from './canvasStore.ts';
import { Elapsed } from './Elapsed.tsx';
import { Gate } from './Gate.tsx';
import { pressed } from './gestures.ts';
import { type LaneNode, type NodeProps, styleOf } from './nodes.ts';
import styles from './StageLane.module.css';

const words = strings.canvas.lane;

/** A stage: its ground, its header (which is also its handle) and the places to add something. Cards stand above it. */
export const StageLane = memo(function StageLane({ node }: NodeProps<LaneNode>) {
  const { stageName, stageIndex, actionCount, groups, conditions, footY } = node.data;
  const view = useExecution(stageViewOf(stageName));
  const selected = useCanvas(isSelected(stageName));
  const severity = useCanvas(severityOf(stageName));
  const isBehind = useCanvas(isStale(stageName));
  const isMoving = useCanvas(({ gesture }) => gesture?.kind === 'stage' && gesture.where === stageName);
  const isEditable = useCanvas(({ documentId }) => documentId !== null);
  const rows = groups === '' ? [] : groups.split(',').map((row) => row.split(':').map(Number) as [number, number]);
  return (
    <section
      className={styles.lane}
      style={styleOf(node)}
      data-where={stageName}
      data-status={view.status}
      data-selected={selected || undefined}
      data-moving={isMoving || undefined}
      data-stale={isBehind || undefined}
      aria-label={[
        words.name(stageName),
        statusText(view.status).toLowerCase(),
        ...(isBehind ? [strings.canvas.card.isBehind] : []),
      ].join(', ')}
    >
      {stageIndex > 0 && <Gate stageName={stageName} isWaiting={view.status === 'Waiting'} />}
      {isEditable && (
        <button
          type="button"
          tabIndex={-1}
          className={`${styles.between} nopan`}
          aria-label={words.addBefore(stageName)}
          title={words.addHere}
          onClick={(event) => openAddMenu(event.currentTarget, { kind: 'stage', index: stageIndex })}
        >
          <span className={styles.cross} />
        </button>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the canvas is one tab stop and moves the selection by itself (keyboard.ts) */}
      <header
        className={`${styles.header} nopan`}
        title={stageName}
        onPointerEnter={(event) => {
          event.currentTarget.title = withReasons(stageName, stageName);
        }}
        onPointerDown={(event) => pressed(event, () => ({ kind: 'stage', where: stageName }))}
        onClick={(event) => select(stageName, event.ctrlKey || event.metaKey)}
      >
        <span className={styles.name}>{stageName}</span>
        {severity && <span className={styles.fault} data-severity={severity} title={words.hasProblems} />}
        <span className={styles.state}>
          {view.status === 'NotStarted' ? (
            <span className={styles.count}>{strings.canvas.actions(actionCount)}</span>
          ) : (
            <>
              <StatusIcon status={view.status} size={14} isLabelled isStill />
              {view.startedAt !== undefined && <Elapsed startedAt={view.startedAt} finishedAt={view.finishedAt} />}
            </>
          )}
        </span>
      </header>
      {rows.map(([y, runOrder], index) => (
        <div key={runOrder} className={styles.then} style={{ top: y - 24 }}>
          <span>{words.runOrder(runOrder)}</span>
          {isEditable && (
            <button
              type="button"
              tabIndex={-1}
              className={`${styles.plus} nopan`}
              aria-label={words.addGroup(runOrder)}
              title={words.addBetween}
              onClick={(event) =>
                openAddMenu(event.currentTarget, { kind: 'group', stageIndex, groupIndex: index + 1 })
              }
            >
              <span className={styles.cross} />
            </button>
          )}
        </div>
      ))}
      {conditions !== '' &&
        conditions.split(',').map((row) => {
          const [y, conditionType] = row.split(':') as [string, ConditionType];
          return (
            <ConditionRow key={conditionType} stageName={stageName} conditionType={conditionType} top={Number(y) - 1} />
          );
        })}
      {view.isRetryable && (
        <div className={`${styles.retry} nopan`} style={{ top: footY }}>
          <StageActions stageName={stageName} isCompact />
        </div>
      )}
      {isEditable && !view.isRetryable && (
        <button
          type="button"
          tabIndex={-1}
          className={`${styles.foot} nopan`}
          style={{ top: footY }}
          data-empty={actionCount === 0 || undefined}
          onClick={(event) =>
            openAddMenu(event.currentTarget, {
              kind: 'group',
              stageIndex,
              groupIndex: actionCount === 0 ? 0 : rows.length + 1,
            })
          }
        >
          <span className={styles.cross} />
          {words.addAction}
        </button>
      )}
    </section>
  );
});
