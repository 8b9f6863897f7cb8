import { memo, useMemo } from 'react';
import { PausedPill } from '../debug/PausedPill.tsx';
import { offerFixesOf } from '../problems/fixTarget.ts';
import { withReasons } from '../run/whyHere.ts';
import { actionViewOf, useExecution } from '../state/executionStore.ts';
import { useUi } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
import { fidelityText } from '../ui/fidelityText.ts';
import { type ShownStatus, StatusIcon, statusText } from '../ui/StatusIcon.tsx';
import styles from './ActionCard.module.css';
import { ApprovalPill } from './ApprovalPill.tsx';
import { canvas, marksOf, select, selectTo, useCanvas } from './canvasStore.ts';
import { cardId } from './cardId.ts';
import { cardWords, splitName, wordsOf } from './cardText.ts';
import { considerTarget, pickUp, putDown } from './carry.ts';
import { Elapsed } from './Elapsed.tsx';
import { pressed } from './gestures.ts';
import { lightPipes } from './lightPipes.ts';
import type { CardNode, NodeProps } from './nodes.ts';
import { outputPortY } from './routes.ts';

const pointAt = (where: string) => {
  if (!canvas().gesture) lightPipes(where);
  considerTarget(where);
};

/** Half the size of the square in which a port takes the pointer (ActionCard.module.css), and the card's border. */
const PORT_REACH = 12 + 1;

/** One action on the canvas. Redraws when its own status, selection or faults change, and for nothing else. */
export const ActionCard = memo(function ActionCard({ node }: NodeProps<CardNode>) {
  const { data } = node;
  const words = strings.canvas.card;
  const { where, stageName, actionName, category, provider, summary, fidelity } = data;
  const view = useExecution(useMemo(() => actionViewOf(stageName, actionName), [stageName, actionName]));
  const marks = useCanvas(useMemo(() => marksOf(where), [where])).split(' ');
  const has = (mark: string) => marks.includes(mark) || undefined;
  const severity = has('error') ? 'error' : has('warning') ? 'warning' : undefined;
  const status: ShownStatus = view.pausedAt !== '' ? 'Paused' : view.waitsForApproval ? 'Waiting' : view.status;
  const isShown = status !== 'NotStarted' || severity !== undefined;
  const shownFidelity = view.fidelity ?? fidelity;
  const line = cardWords({ name: actionName, provider, summary, isShown });
  const [start, end] = splitName(line.name);
  const outputs = data.outputs === '' ? [] : data.outputs.split(',');
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the canvas is one tab stop and moves the selection by itself (keyboard.ts)
    <article
      id={cardId(where)}
      className={`${styles.card} nopan`}
      style={{ gridRow: 2 * data.row + 2 }}
      data-where={where}
      data-category={category}
      data-far={wordsOf(actionName).join('\u200b')}
      data-status={status}
      data-selected={has('selected')}
      data-connects={has('connects') ? 'yes' : has('refuses') && 'no'}
      data-target={has('target')}
      data-moving={has('moving')}
      data-stale={has('stale')}
      data-long={line.isLong || undefined}
      data-clip={!line.isFitted || undefined}
      aria-label={[
        actionName,
        data.description,
        fidelityText(shownFidelity),
        statusText(status).toLowerCase(),
        ...(severity ? [words.hasProblems] : []),
        ...(has('stale') ? [words.isBehind] : []),
        ...(data.breakpoint ? [words.breaks[data.breakpoint]] : []),
      ].join(', ')}
      title={actionName}
      onPointerEnter={(event) => {
        // Why it is as it is: asked for only where somebody looks.
        event.currentTarget.title = withReasons(actionName, where);
        pointAt(where);
      }}
      onPointerLeave={() => pointAt('')}
      onPointerDown={(event) => pressed(event, () => ({ kind: 'move', where, category, isCopy: event.altKey }))}
      onClick={(event) => {
        if (canvas().isCarried) putDown({ target: where });
        else if (event.shiftKey) selectTo(where);
        else select(where, event.ctrlKey || event.metaKey);
      }}
      onDoubleClick={() => useUi.setState({ isInspectorOpen: true })}
    >
      <span className={styles.name}>
        {!line.isFitted && end ? (
          <>
            <span className={styles.nameStart}>{start}</span>
            <span>{end}</span>
          </>
        ) : (
          line.name
        )}
      </span>
      <span className={styles.detail}>{line.detail}</span>
      {isShown && (
        <span className={styles.state}>
          {status !== 'NotStarted' && view.startedAt !== undefined && (
            <Elapsed startedAt={view.startedAt} finishedAt={view.finishedAt} />
          )}
          {status !== 'NotStarted' ? (
            <StatusIcon status={status} isStill />
          ) : (
            severity && <Fault severity={severity} where={where} />
          )}
        </span>
      )}
      {shownFidelity !== 'real' && <span className={styles.badge}>{shownFidelity}</span>}
      {data.breakpoint && (
        <span className={styles.breakpoint} data-at={data.breakpoint} title={words.breakpoint[data.breakpoint]} />
      )}
      {data.takesInput && (
        <span
          className={styles.input}
          data-entered={marks.some((mark) => mark.startsWith('input:')) || undefined}
          aria-hidden="true"
        />
      )}
      {outputs.map((artifact, index) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: as below
        // biome-ignore lint/a11y/useKeyWithClickEvents: by keyboard ports are entered from their card (ports.ts)
        <span
          key={artifact}
          className={styles.output}
          data-output={artifact}
          data-empty={artifact === '' || undefined}
          data-entered={has(`output:${index}`)}
          style={{ marginTop: outputPortY(index, outputs.length) - PORT_REACH }}
          title={artifact ? words.port(artifact) : words.openPort}
          onPointerDown={(event) => {
            event.stopPropagation();
            pressed(event, () => ({ kind: 'connect', where, artifact: artifact || undefined }));
          }}
          onClick={(event) => {
            if (canvas().isCarried) return;
            event.stopPropagation();
            pickUp({ kind: 'connect', where, artifact: artifact || undefined });
          }}
        />
      ))}
      {view.waitsForApproval && <ApprovalPill stageName={stageName} actionName={actionName} />}
      {view.pausedAt !== '' && <PausedPill stageName={stageName} actionName={actionName} pausedAt={view.pausedAt} />}
    </article>
  );
});

/** By pointer only: the canvas is one tab stop, and Ctrl+. does the same for the selected card. */
function Fault({ severity, where }: { severity: 'error' | 'warning'; where: string }) {
  return (
    <span
      className={styles.fault}
      data-severity={severity}
      aria-hidden="true"
      title={strings.canvas.card.showProblems}
      onPointerDown={(event) => event.stopPropagation()}
      onClick={(event) => {
        event.stopPropagation();
        select(where);
        offerFixesOf(where, event.currentTarget.getBoundingClientRect());
      }}
    />
  );
}
