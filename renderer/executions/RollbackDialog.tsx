import { useEffect, useState } from 'react';
import type { ExecutionSummary } from '../../shared/ipc/contract.ts';
import { type Problem, ProblemError, toProblem } from '../../shared/problem.ts';
import { client } from '../bridge.ts';
import { chooseLog } from '../run/runStore.ts';
import { HISTORY_PLACE, showExecution, useExecution } from '../state/executionStore.ts';
import { closeDialog, notify } from '../state/uiStore.ts';
import { Button } from '../ui/Button.tsx';
import { Modal } from '../ui/Modal.tsx';
import styles from './RollbackDialog.module.css';

const when = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** "Roll back to …": the executions that succeeded in the stage with the present definition, and what choosing one does. */
export function RollbackDialog({ pipelineName, stageName }: { pipelineName: string; stageName: string }) {
  const [targets, setTargets] = useState<readonly ExecutionSummary[]>();
  const [chosen, setChosen] = useState('');
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setIsBusy] = useState(false);
  useEffect(() => {
    let isCurrent = true;
    client.listRollbackTargets({ pipelineName, stageName }).then(
      ({ executions }) => {
        if (!isCurrent) return;
        setTargets(executions);
        setChosen(executions[0]?.pipelineExecutionId ?? '');
      },
      (error: unknown) => isCurrent && setProblem(toProblem('rollback.targets', error)),
    );
    return () => {
      isCurrent = false;
    };
  }, [pipelineName, stageName]);

  const rollBack = async () => {
    setIsBusy(true);
    try {
      const { pipelineExecutionId } = await client.rollbackStage({
        pipelineName,
        stageName,
        targetPipelineExecutionId: chosen,
      });
      closeDialog();
      chooseLog('');
      if (useExecution.getState().place !== HISTORY_PLACE) showExecution(pipelineExecutionId);
    } catch (error) {
      if (error instanceof ProblemError && error.problem.code === 'trust.refused') {
        closeDialog();
        notify({ kind: 'info', text: 'Nothing was run.', detail: 'The project’s commands need your consent first.' });
      } else setProblem(toProblem('rollback.start', error));
    } finally {
      setIsBusy(false);
    }
  };

  return (
    <Modal
      title={`Roll back ${stageName}`}
      onClose={closeDialog}
      footer={
        <>
          <Button onClick={closeDialog}>Cancel</Button>
          <Button variant="primary" disabled={chosen === '' || isBusy} onClick={() => void rollBack()}>
            {isBusy ? 'Starting …' : 'Roll back'}
          </Button>
        </>
      }
    >
      <p className={styles.lead}>
        A new execution runs {stageName} again with the artifacts and variables that the chosen execution brought there.
        No other stage is run.
      </p>
      {problem && (
        <p className={styles.fault} role="alert">
          {problem.what} {problem.fix}
        </p>
      )}
      {!targets && !problem && <p className={styles.quiet}>Looking for executions …</p>}
      {targets?.length === 0 && (
        <p className={styles.quiet}>
          No execution has succeeded in {stageName} with the present definition, so there is nothing to return to.
        </p>
      )}
      {targets && targets.length > 0 && (
        <fieldset className={styles.targets}>
          <legend className="visually-hidden">Execution to return to</legend>
          {targets.map((one) => (
            <label key={one.pipelineExecutionId} className={styles.target}>
              <input
                type="radio"
                name="target"
                value={one.pipelineExecutionId}
                checked={chosen === one.pipelineExecutionId}
                onChange={() => setChosen(one.pipelineExecutionId)}
              />
              <span>
                <strong>{when.format(one.startTime)}</strong>{' '}
                <span className={styles.quiet}>{one.pipelineExecutionId.slice(0, 8)}</span>
                <small>
                  {one.revisionId
                    ? `${one.revisionId.slice(0, 8)} ${one.revisionSummary.split('\n', 1)[0]}`
                    : 'No revision'}
                </small>
              </span>
            </label>
          ))}
        </fieldset>
      )}
    </Modal>
  );
}
