import type { Binding, Sidecar } from '../../shared/model/sidecar.ts';
import { type Problem, ProblemError } from '../../shared/problem.ts';
import type { SourceRevision } from '../../shared/triggers/sourceRevisions.ts';
import { client } from '../bridge.ts';
import { goToText } from '../code/textTarget.ts';
import {
  type DocumentTab,
  setSelection,
  sidecarSaved,
  tabById,
  useDocuments,
  validateNow,
} from '../state/documentStore.ts';
import { liveStateOf, showExecution, showExecutionAt, useExecution } from '../state/executionStore.ts';
import { dismissTopic, notify, notifyFailure, showBottom, showView, useUi, type View } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
import { chooseLog, useRun } from './runStore.ts';

/** Notices of runs that did not start. */
const TOPIC = 'run';

/**
 * Runs a document as it stands in the window, saved or not. What is missing is asked in one sheet; what is wrong is shown
 * instead of started. Never rejects: the user has been told of every refusal. `asks`: the sheet comes in any case, with all
 * variables and with the revisions of the sources.
 */
export async function runPipeline(documentId: string, { asks = false } = {}): Promise<void> {
  if (useRun.getState().startingId !== null) return;
  validateNow(documentId);
  dismissTopic(TOPIC);
  const tab = tabById(documentId)(useDocuments.getState());
  if (!tab || tab.isPart) return;
  useRun.setState({ startingId: documentId });
  const { view } = useUi.getState();
  try {
    const { text, sidecar } = tab;
    const { problems, missing } = await client.getRunReadiness({ documentId, text, sidecar });
    const errors = problems.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) tellErrors(documentId, errors);
    else if (asks || missing.some((item) => item.kind === 'variable' || item.required))
      useRun.setState({ sheet: { documentId, missing, problems, asksAll: asks } });
    else await start(documentId, sidecar, { view });
  } catch (error) {
    notifyFailure('run.readiness', error, TOPIC);
  } finally {
    useRun.setState({ startingId: null });
  }
}

/** Says what keeps the pipeline from running, for as long as something does. */
function tellErrors(documentId: string, errors: readonly Problem[]): void {
  const [first] = errors;
  if (!first) return;
  const { where, fix, line, column } = first;
  const place = where || (line === undefined ? '' : strings.run.place.line(line));
  const what = place ? `${place}: ${first.what}` : first.what;
  const show = where
    ? () => setSelection(where)
    : line !== undefined && (() => goToText({ line, ...(column !== undefined && { column }) }));
  // What the machine lacks is no fault of the pipeline, so it is in no list: it is mended where the action is bound.
  const isOfMachine = errors.every(({ code }) => code === 'run.binding-missing');
  if (isOfMachine && where) setSelection(where);
  else showBottom('problems');
  notify({
    kind: 'error',
    topic: TOPIC,
    text: errors.length === 1 ? what : strings.run.place.problems(errors.length),
    detail: errors.length === 1 ? fix : strings.run.place.first(what, fix),
    ...(show && { action: { label: strings.run.place.show, run: show } }),
  });
  const then = tabById(documentId)(useDocuments.getState());
  const forget = useDocuments.subscribe((documents) => {
    const tab = tabById(documentId)(documents);
    const isStill = isOfMachine
      ? tab?.sidecar === then?.sidecar && tab?.text === then?.text
      : tab?.problems.some(({ severity }) => severity === 'error');
    if (tab && documents.activeId === documentId && isStill) return;
    dismissTopic(TOPIC);
    forget();
  });
}

export interface RunAnswers {
  bindings: Readonly<Record<string, Binding>>;
  variables: Readonly<Record<string, string>>;
  /** Of source actions that shall not read their newest revision; not remembered. */
  sourceRevisions?: readonly SourceRevision[];
}

/** The sidecar that remembers the answers of the run sheet. */
export const withAnswers = (sidecar: Sidecar, { bindings, variables }: RunAnswers): Sidecar => ({
  ...sidecar,
  bindings: { ...sidecar.bindings, ...bindings },
  variables: { ...sidecar.variables, ...variables },
});

/**
 * Remembers the answers beside the pipeline file and starts. Answers what is wrong with them, for the sheet to show; empty
 * = it started (or the user was told why not).
 */
export async function runWithAnswers(documentId: string, answers: RunAnswers): Promise<string[]> {
  const tab = tabById(documentId)(useDocuments.getState());
  if (!tab) return [];
  const sidecar = withAnswers(tab.sidecar, answers);
  useRun.setState({ startingId: documentId });
  try {
    const { problems, missing } = await client.getRunReadiness({ documentId, text: tab.text, sidecar });
    const faults = [
      ...problems.filter(({ severity }) => severity === 'error').map(({ what, fix }) => `${what} ${fix}`),
      ...missing.flatMap((item) =>
        item.kind === 'variable'
          ? [strings.run.place.needsValue(item.name)]
          : item.required
            ? [`${item.where}: ${item.question}`]
            : [],
      ),
    ];
    if (faults.length > 0) return faults;
    await client.saveSidecar({ documentId, sidecar });
    sidecarSaved(documentId, sidecar);
    useRun.setState({ sheet: null });
    const { sourceRevisions = [] } = answers;
    await start(documentId, sidecar, { sourceRevisions });
    return [];
  } catch (error) {
    return [
      error instanceof ProblemError
        ? `${error.problem.what} ${error.problem.fix}`
        : notifyFailure('run.start', error).what,
    ];
  } finally {
    useRun.setState({ startingId: null });
  }
}

/** Starts, and shows the run unless somebody went to another view than `view` meanwhile. */
async function start(
  documentId: string,
  sidecar: Sidecar,
  { sourceRevisions = [], view = useUi.getState().view }: { sourceRevisions?: readonly SourceRevision[]; view?: View },
): Promise<void> {
  const tab = tabById(documentId)(useDocuments.getState());
  if (!tab) return;
  // Only the pipeline's own variables: an answer that an older version asked for must not fail the start.
  const names = new Set(tab.parsed.pipeline?.variables?.map(({ name }) => name));
  const variables = Object.fromEntries(Object.entries(sidecar.variables).filter(([name]) => names.has(name)));
  try {
    const { pipelineExecutionId } = await client.startPipelineExecution({
      documentId,
      text: tab.text,
      sidecar,
      variables,
      ...(sourceRevisions.length > 0 && { sourceRevisions: [...sourceRevisions] }),
    });
    chooseLog('');
    showExecutionAt(documentId, pipelineExecutionId);
    if (useUi.getState().view === view) {
      showView('design');
      showBottom('logs');
    }
  } catch (error) {
    if (isRefusal(error)) tellRefusal();
    else notifyFailure('run.start', error, TOPIC);
  }
}

/** Stops an execution; `abandon` ends what runs now, else running actions finish first. */
export async function stopExecution(pipelineExecutionId: string, abandon: boolean): Promise<void> {
  try {
    await client.stopPipelineExecution({ pipelineExecutionId, abandon, reason: '' });
  } catch (error) {
    notifyFailure('run.stop', error);
  }
}

/** The open document that an execution is of: the one it is shown in, else the one with its file. */
function documentOf(pipelineExecutionId: string): DocumentTab | undefined {
  const documents = useDocuments.getState();
  const path = liveStateOf(pipelineExecutionId)?.documentPath;
  return (
    tabById(useExecution.getState().place)(documents) ??
    documents.tabs.find((tab) => tab.path !== '' && tab.path === path)
  );
}

/** Whether a call failed because somebody did not consent to what it would run. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof ProblemError && error.problem.code === 'trust.refused';
/** Says that nothing was run, because consent was refused. */
export const tellRefusal = (): void => void notify({ kind: 'info', ...strings.run.notRun });

export async function retryStage(
  pipelineExecutionId: string,
  stageName: string,
  retryMode: 'FAILED_ACTIONS' | 'ALL_ACTIONS',
): Promise<void> {
  try {
    const tab = documentOf(pipelineExecutionId);
    // With the stand-ins as they are now: a wrong folder may be what it failed of.
    const present = tab && { documentId: tab.documentId, sidecar: tab.sidecar };
    await client.retryStageExecution({ pipelineExecutionId, stageName, retryMode, ...present });
    chooseLog('');
    showExecution(pipelineExecutionId);
  } catch (error) {
    if (isRefusal(error)) tellRefusal();
    else notifyFailure('run.retry', error, TOPIC);
  }
}
