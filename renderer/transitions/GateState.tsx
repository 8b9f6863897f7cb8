import { type FormEvent, useId, useMemo, useState } from 'react';
import { validateTransition } from '../../shared/execution/validateTransition.ts';
import { ProblemError } from '../../shared/problem.ts';
import { showExecution } from '../state/executionStore.ts';
import { locale, strings } from '../strings/strings.ts';
import { Button } from '../ui/Button.tsx';
import styles from '../ui/Popover.module.css';
import {
  disableTransition,
  enableTransition,
  type StageStateHere,
  stageStateOf,
  usePipelines,
} from './pipelineStore.ts';

const when = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });

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
            {strings.transitions.disabled(
              transition.lastChangedBy ?? strings.transitions.somebody,
              transition.lastChangedAt === undefined ? '' : when.format(transition.lastChangedAt),
            )}
          </p>
        </>
      ) : (
        <p className={styles.quiet}>{strings.transitions.enabled(stageName)}</p>
      )}
      <Waiting stage={stage} onShow={onDone} />
      {isClosed ? (
        <div className={styles.row}>
          <Button
            variant="primary"
            onClick={() => void enableTransition(pipelineName, stageName).then((isDone) => isDone && onDone())}
          >
            {strings.transitions.enable}
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
    <ul className={styles.list} aria-label={strings.transitions.waiting}>
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
            {strings.transitions.execution(startNumber)}
          </button>{' '}
          {strings.transitions.waitsSince(when.format(since))}
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
        {strings.transitions.reason}
        <input
          className={styles.text}
          value={reason}
          autoComplete="off"
          spellCheck={false}
          placeholder={strings.transitions.reasonExample}
          aria-invalid={isWrong || undefined}
          aria-describedby={helpId}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      <p id={helpId} className={isWrong ? styles.fault : styles.quiet}>
        {isWrong ? fault : strings.transitions.reasonNote}
      </p>
      <div className={styles.row}>
        <Button type="submit">{strings.transitions.disable}</Button>
      </div>
    </form>
  );
}
