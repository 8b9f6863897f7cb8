import type { ExecutionState } from '../../shared/execution/executionState.ts';
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
  const { kind, pipelineExecutionId, stageName, actionName } = startingPoint;
  if (kind === 'fork')
    return {
      kind: 'Fork',
      text: `from ${stageName}, with what an earlier execution produced.`,
      links: [{ label: 'Show that execution', pipelineExecutionId }],
    };
  if (kind === 'action')
    return {
      kind: 'One action',
      text: `${stageName} / ${actionName}, with the inputs of an earlier execution.`,
      links: [{ label: 'Show that execution', pipelineExecutionId }],
    };
  const isAutomated = trigger.triggerType === 'AutomatedRollback';
  return {
    kind: 'Rollback',
    text: isAutomated
      ? `of ${stageName}, because another execution failed there.`
      : `of ${stageName}, asked for by hand.`,
    links: [
      { label: 'Show the target', pipelineExecutionId },
      ...(isAutomated && trigger.triggerDetail
        ? [{ label: 'Show the cause', pipelineExecutionId: trigger.triggerDetail }]
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
