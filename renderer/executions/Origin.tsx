import type { ExecutionState } from '../../shared/execution/executionState.ts';
import { strings } from '../strings/strings.ts';
import { RollbackIcon } from '../ui/icons.ts';
import styles from './ExecutionsStrip.module.css';

interface OriginWords {
  /** "Rollback", "Fork", "One action". */
  kind: string;
  text: string;
  links: { label: string; pipelineExecutionId: string }[];
}

/** Where an execution that did not begin at the first stage came from; undefined for all others. */
export function originOf({ startingPoint, trigger }: ExecutionState): OriginWords | undefined {
  if (!startingPoint) return undefined;
  const texts = strings.executions.origin;
  const { kind, pipelineExecutionId, stageName, actionName } = startingPoint;
  if (kind === 'fork')
    return {
      kind: texts.fork,
      text: texts.forkText(stageName),
      links: [{ label: texts.show, pipelineExecutionId }],
    };
  if (kind === 'action')
    return {
      kind: texts.action,
      text: texts.actionText(`${stageName} / ${actionName}`),
      links: [{ label: texts.show, pipelineExecutionId }],
    };
  const isAutomated = trigger.triggerType === 'AutomatedRollback';
  return {
    kind: texts.rollback,
    text: isAutomated ? texts.automated(stageName) : texts.byHand(stageName),
    links: [
      { label: texts.showTarget, pipelineExecutionId },
      ...(isAutomated && trigger.triggerDetail
        ? [{ label: texts.showCause, pipelineExecutionId: trigger.triggerDetail }]
        : []),
    ],
  };
}

/** The mark of a rollback or a fork, with the ways to where it came from. */
export function Origin({ state, onShow }: { state: ExecutionState; onShow: (pipelineExecutionId: string) => void }) {
  const origin = originOf(state);
  if (!origin) return null;
  return (
    <p className={styles.origin}>
      <span className={styles.kind}>
        <RollbackIcon size={13} aria-hidden="true" />
        {origin.kind}
      </span>
      <span>{origin.text}</span>
      {origin.links.map(({ label, pipelineExecutionId }) => (
        <button
          key={label}
          type="button"
          className={styles.link}
          title={pipelineExecutionId}
          onClick={() => onShow(pipelineExecutionId)}
        >
          {label}
        </button>
      ))}
    </p>
  );
}
