import { useEffect, useRef, useState } from 'react';
import { runningActionsOf, waitsForApproval } from '../../shared/execution/executionState.ts';
import { PipelineCanvas } from '../canvas/PipelineCanvas.tsx';
import { Origin, originOf } from '../executions/Origin.tsx';
import { LogPanel } from '../run/LogPanel.tsx';
import { chooseLog } from '../run/runStore.ts';
import { StopMenu } from '../run/StopMenu.tsx';
import { actionViewOf, HISTORY_PLACE, setPlace, showExecution, useExecution } from '../state/executionStore.ts';
import { openDialog } from '../state/uiStore.ts';
import { locale, strings } from '../strings/strings.ts';
import { Scrubber } from '../timeline/Scrubber.tsx';
import { Timeline } from '../timeline/Timeline.tsx';
import { Button } from '../ui/Button.tsx';
import { durationText } from '../ui/duration.ts';
import { StatusIcon, statusText } from '../ui/StatusIcon.tsx';
import styles from './History.module.css';
import { openExecution } from './historyStore.ts';
import { InstantFacts } from './InstantFacts.tsx';

const when = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });

/** One execution on the canvas of the definition that it ran: scrub it, read its logs, see its values at the instant. */
export function ExecutionPage({ pipelineExecutionId }: { pipelineExecutionId: string }) {
  const texts = strings.history.page;
  const [selection, setSelection] = useState('');
  const back = useRef<HTMLButtonElement>(null);
  const state = useExecution((store) => store.state);
  const at = useExecution((store) => store.at);
  const problem = useExecution((store) => store.problem);
  const now = useExecution((store) => store.clockNow);

  useEffect(() => {
    setPlace(HISTORY_PLACE);
    showExecution(pipelineExecutionId);
    chooseLog('');
    return () => chooseLog('');
  }, [pipelineExecutionId]);

  // The row that was pressed is gone.
  useEffect(() => {
    if (document.activeElement === document.body) back.current?.focus();
  }, []);

  const select = (where: string) => {
    setSelection(where);
    const [stageName = '', actionName = ''] = where.split('/', 2);
    chooseLog(actionName ? actionViewOf(stageName, actionName)(useExecution.getState()).actionExecutionId : '');
  };
  const isShown = state?.pipelineExecutionId === pipelineExecutionId;
  const isWaiting = isShown && runningActionsOf(state).some(waitsForApproval);
  const length = state ? (state.finishedMono ?? now - state.startedAt) : 0;

  return (
    <section className={styles.page} aria-label={texts.label}>
      <header className={styles.pageHead}>
        <Button ref={back} onClick={() => openExecution(null)}>
          {texts.back}
        </Button>
        {isShown && (
          <>
            <span className={styles.pageStatus}>
              <StatusIcon status={isWaiting ? 'Waiting' : (state.status ?? 'NotStarted')} size={18} />
              {isWaiting ? strings.history.waitsForApproval : statusText(state.status ?? 'NotStarted')}
            </span>
            <h1 className={styles.pageTitle}>{state.pipelineName}</h1>
            <dl className={styles.pageFacts}>
              <dt>{texts.id}</dt>
              <dd className={styles.mono}>{pipelineExecutionId}</dd>
              <dt>{texts.version}</dt>
              <dd>
                <button
                  type="button"
                  className={styles.version}
                  title={texts.showVersion}
                  onClick={() =>
                    openDialog({ name: 'versions', pipelineName: state.pipelineName, version: state.pipelineVersion })
                  }
                >
                  {state.pipelineVersion}
                </button>
              </dd>
              <dt>{texts.started}</dt>
              <dd>{when.format(state.startedAt)}</dd>
              <dt>{at === 'live' ? texts.duration : texts.at}</dt>
              <dd>{durationText(at === 'live' ? length : now - state.startedAt)}</dd>
            </dl>
            <span className={styles.spring} />
            <StopMenu variant="normal" />
          </>
        )}
      </header>
      {isShown && originOf(state) && (
        <div className={styles.origin}>
          <Origin state={state} onShow={openExecution} />
        </div>
      )}
      {problem && (
        <p className={styles.pageProblem} role="alert">
          {strings.messages.text(problem.what)} {strings.messages.text(problem.fix)}
        </p>
      )}
      {!isShown && !problem && <p className={styles.reading}>{texts.reading}</p>}
      {isShown && (
        <>
          <div className={styles.canvas}>
            <PipelineCanvas pipeline={state.declaration} selection={selection} onSelect={select} />
          </div>
          <div className={styles.scrubber}>
            <Scrubber />
          </div>
          <div className={styles.below}>
            <section aria-label={texts.logs}>
              <LogPanel />
            </section>
            <section aria-label={texts.timeline}>
              <Timeline />
            </section>
            <section
              aria-label={texts.values}
              // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
              tabIndex={0}
            >
              <InstantFacts selection={selection} />
            </section>
          </div>
        </>
      )}
    </section>
  );
}
