import { useEffect, useState } from 'react';
import type { ExecutionSummary } from '../../shared/ipc/contract.ts';
import { type Problem, toProblem } from '../../shared/problem.ts';
import { client } from '../bridge.ts';
import { isRefusal, tellRefusal } from '../run/runPipeline.ts';
import { chooseLog } from '../run/runStore.ts';
import { HISTORY_PLACE, showExecution, useExecution } from '../state/executionStore.ts';
import { closeDialog } from '../state/uiStore.ts';
import { locale, strings } from '../strings/strings.ts';
import { Button } from '../ui/Button.tsx';
import { Modal } from '../ui/Modal.tsx';
import styles from './RollbackDialog.module.css';

const when = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });

/** "Roll back to …": the executions that succeeded in the stage with the present definition, and what choosing one does. */
export function RollbackDialog({ pipelineName, stageName }: { pipelineName: string; stageName: string }) {
  const texts = strings.executions.rollback;
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
      if (isRefusal(error)) {
        closeDialog();
        tellRefusal();
      } else setProblem(toProblem('rollback.start', error));
    } finally {
      setIsBusy(false);
    }
  };

  return (
    <Modal
      title={texts.title(stageName)}
      onClose={closeDialog}
      footer={
        <>
          <Button onClick={closeDialog}>{texts.cancel}</Button>
          <Button variant="primary" disabled={chosen === '' || isBusy} onClick={() => void rollBack()}>
            {isBusy ? texts.starting : texts.start}
          </Button>
        </>
      }
    >
      <p className={styles.lead}>{texts.about(stageName)}</p>
      {problem && (
        <p className={styles.fault} role="alert">
          {strings.messages.text(problem.what)} {strings.messages.text(problem.fix)}
        </p>
      )}
      {!targets && !problem && <p className={styles.quiet}>{texts.looking}</p>}
      {targets?.length === 0 && <p className={styles.quiet}>{texts.none(stageName)}</p>}
      {targets && targets.length > 0 && (
        <fieldset className={styles.targets}>
          <legend className="visually-hidden">{texts.targets}</legend>
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
                    : texts.noRevision}
                </small>
              </span>
            </label>
          ))}
        </fieldset>
      )}
    </Modal>
  );
}
