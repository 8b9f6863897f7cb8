import type { NodeProps } from '@xyflow/react';
import { Fragment, memo } from 'react';
import { actionViewOf, useExecution } from '../state/executionStore.ts';
import { useUi } from '../state/uiStore.ts';
import { WarningIcon } from '../ui/icons.ts';
import { ProviderGlyph } from '../ui/ProviderGlyph.tsx';
import { type ShownStatus, StatusIcon, statusText } from '../ui/StatusIcon.tsx';
import styles from './ActionCard.module.css';
import { ApprovalPill } from './ApprovalPill.tsx';
import { canvas, isSelected, select, severityOf, useCanvas } from './canvasStore.ts';
import { cardId } from './cardId.ts';
import { splitName, wordsOf } from './cardText.ts';
import { Elapsed } from './Elapsed.tsx';
import { pressed } from './gestures.ts';
import type { CardNode } from './nodes.ts';
import { connect } from './operations/connect.ts';
import { isRefused } from './operations/operation.ts';
import { outputPortY } from './routes.ts';

const setHovered = (hovered: string) => {
  if (!canvas().gesture) useCanvas.setState({ hovered });
};

/** While a connection is drawn: may it end here? */
const connectsTo =
  (where: string) =>
  ({ gesture, pipeline }: ReturnType<typeof canvas>): 'yes' | 'no' | undefined => {
    if (gesture?.kind !== 'connect' || gesture.where === where) return undefined;
    return isRefused(connect(pipeline, gesture.where, where, gesture.artifact)) ? 'no' : 'yes';
  };

/** One action on the canvas. Redraws when its own status, selection or faults change, and for nothing else. */
export const ActionCard = memo(function ActionCard({ data }: NodeProps<CardNode>) {
  const { where, stageName, actionName, category, provider, summary, fidelity } = data;
  const view = useExecution(actionViewOf(stageName, actionName));
  const selected = useCanvas(isSelected(where));
  const severity = useCanvas(severityOf(where));
  const connects = useCanvas(connectsTo(where));
  const isTarget = useCanvas((state) => state.target === where);
  const isMoving = useCanvas(({ gesture }) => gesture?.kind === 'move' && gesture.where === where && !gesture.isCopy);
  const status: ShownStatus = view.waitsForApproval ? 'Waiting' : view.status;
  const [start, end] = splitName(actionName);
  const shownFidelity = view.fidelity ?? fidelity;
  const outputs = data.outputs === '' ? [] : data.outputs.split(',');
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the canvas is one tab stop and moves the selection by itself (keyboard.ts)
    <article
      id={cardId(where)}
      className={`${styles.card} nopan`}
      data-where={where}
      data-status={status}
      data-selected={selected || undefined}
      data-connects={connects}
      data-target={isTarget || undefined}
      data-moving={isMoving || undefined}
      aria-label={`${actionName}, ${data.description}, ${statusText(status).toLowerCase()}${severity ? ', has problems' : ''}`}
      title={actionName}
      onPointerEnter={() => setHovered(where)}
      onPointerLeave={() => setHovered('')}
      onPointerDown={(event) => pressed(event, () => ({ kind: 'move', where, category, isCopy: event.altKey }))}
      onClick={(event) => select(where, event.ctrlKey || event.metaKey)}
      onDoubleClick={() => useUi.setState({ isInspectorOpen: true })}
    >
      <ProviderGlyph category={category} />
      <div className={styles.text}>
        <span className={styles.name}>
          <span className={styles.nameStart}>{start}</span>
          {end && <span>{end}</span>}
        </span>
        <span className={styles.farName} aria-hidden="true">
          {wordsOf(actionName).map((word, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: words have only their order
            <Fragment key={index}>
              {index > 0 && <wbr />}
              {word}
            </Fragment>
          ))}
        </span>
        <span className={styles.detail}>
          <span className={styles.provider}>{provider}</span>
          {summary && <span className={styles.summary}>{summary}</span>}
        </span>
      </div>
      {(status !== 'NotStarted' || severity) && (
        <div className={styles.state}>
          {status !== 'NotStarted' ? <StatusIcon status={status} isStill /> : severity && <Fault severity={severity} />}
          {status !== 'NotStarted' && view.startedAt !== undefined && (
            <Elapsed startedAt={view.startedAt} finishedAt={view.finishedAt} />
          )}
        </div>
      )}
      {shownFidelity !== 'real' && <span className={styles.badge}>{shownFidelity}</span>}
      {data.takesInput && <span className={styles.input} aria-hidden="true" />}
      {outputs.map((artifact, index) => (
        <span
          key={artifact}
          className={styles.output}
          data-output={artifact}
          data-empty={artifact === '' || undefined}
          style={{ top: outputPortY(index, outputs.length) }}
          title={artifact ? `${artifact}: drag to a later action` : 'Drag to a later action to hand it an artifact'}
          onPointerDown={(event) => {
            event.stopPropagation();
            pressed(event, () => ({ kind: 'connect', where, artifact: artifact || undefined }));
          }}
        />
      ))}
      {view.waitsForApproval && <ApprovalPill stageName={stageName} actionName={actionName} />}
    </article>
  );
});

function Fault({ severity }: { severity: 'error' | 'warning' }) {
  return (
    <span className={styles.fault} data-severity={severity}>
      <WarningIcon size={15} strokeWidth={2} aria-hidden="true" />
    </span>
  );
}
