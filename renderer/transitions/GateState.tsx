import { type FormEvent, useId, useMemo, useState } from 'react';
import { validateTransition } from '../../shared/execution/validateTransition.ts';
import { ProblemError } from '../../shared/problem.ts';
import { showExecution } from '../state/executionStore.ts';
import { Button } from '../ui/Button.tsx';
import styles from '../ui/Popover.module.css';
import {
  disableTransition,
  enableTransition,
  type StageStateHere,
  stageStateOf,
  usePipelines,
} from './pipelineStore.ts';

const when = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** Why this is no reason that CodePipeline takes; '' when it is one. */
function faultOf(reason: string): string {
  try {
    validateTransition({ reason });
    return '';
  } catch (error) {
    return error instanceof ProblemError ? error.problem.fix : '';
  }
}

interface GateStateProps {
  pipelineName: string;
  stageName: string;
  /** What was asked for was done: another state of the transition, or an execution that is shown. */
  onDone: () => void;
}

/** Whether the transition into a stage is enabled, by whom it was disabled and why, who waits; and the way to the other. */
export function GateState({ pipelineName, stageName, onDone }: GateStateProps) {
  const stage = usePipelines(useMemo(() => stageStateOf(pipelineName, stageName), [pipelineName, stageName]));
  const transition = stage?.inboundTransitionState;
  const isClosed = transition?.enabled === false;
  return (
    <>
      {isClosed ? (
        <>
          <p className={styles.quote}>{transition.disabledReason}</p>
          <p className={styles.quiet}>
            Disabled by {transition.lastChangedBy ?? 'somebody'}
            {transition.lastChangedAt !== undefined && `, ${when.format(transition.lastChangedAt)}`}. It stays so for
            every execution, until it is enabled.
          </p>
        </>
      ) : (
        <p className={styles.quiet}>Enabled: executions enter {stageName} as they come.</p>
      )}
      <Waiting stage={stage} onShow={onDone} />
      {isClosed ? (
        <div className={styles.row}>
          <Button
            variant="primary"
            onClick={() => void enableTransition(pipelineName, stageName).then((isDone) => isDone && onDone())}
          >
            Enable the transition
          </Button>
        </div>
      ) : (
        <DisableForm pipelineName={pipelineName} stageName={stageName} onDone={onDone} />
      )}
    </>
  );
}

function Waiting({ stage, onShow }: { stage: StageStateHere | undefined; onShow: () => void }) {
  const waiting = stage?.inboundExecutions ?? [];
  if (waiting.length === 0) return null;
  return (
    <ul className={styles.list} aria-label="Executions that wait here">
      {waiting.map(({ pipelineExecutionId, startNumber, since, why }) => (
        <li key={pipelineExecutionId} className={styles.quiet}>
          <button
            type="button"
            className={styles.link}
            title={why}
            onClick={() => {
              showExecution(pipelineExecutionId);
              onShow();
            }}
          >
            Execution {startNumber}
          </button>{' '}
          waits since {when.format(since)}
        </li>
      ))}
    </ul>
  );
}

function DisableForm({ pipelineName, stageName, onDone }: GateStateProps) {
  const [reason, setReason] = useState('');
  const [isAsked, setIsAsked] = useState(false);
  const helpId = useId();
  const fault = faultOf(reason);
  // A field that was not written in yet is not wrong.
  const isWrong = fault !== '' && (isAsked || reason !== '');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setIsAsked(true);
    if (fault === '' && (await disableTransition(pipelineName, stageName, reason))) onDone();
  };
  return (
    <form className={styles.list} style={{ gap: 8 }} onSubmit={(event) => void submit(event)}>
      <label className={styles.label}>
        Reason for disabling it
        <input
          className={styles.text}
          value={reason}
          autoComplete="off"
          spellCheck={false}
          placeholder="Release freeze until Monday"
          aria-invalid={isWrong || undefined}
          aria-describedby={helpId}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      <p id={helpId} className={isWrong ? styles.fault : styles.quiet}>
        {isWrong ? fault : 'Executions then wait in front of it. AWS wants to know why.'}
      </p>
      <div className={styles.row}>
        <Button type="submit">Disable the transition</Button>
      </div>
    </form>
  );
}
