import { actionKey, type PipelineDeclaration, type RetryMode } from '../model/declaration.ts';
import type { Sidecar } from '../model/sidecar.ts';
import { ProblemError } from '../problem.ts';
import type { Happening, StartingPoint, Trigger } from './events.ts';
import { actionOf, type ExecutionState, isFinished, stageOf } from './executionState.ts';

/**
 * What a person asks of an execution, checked against its state: the happenings to record, or a ProblemError. Nothing is
 * recorded here. Ask and record without deciding in between, so that the state that was checked is still the state.
 */

/** At most this many executions of a pipeline at once in QUEUED and PARALLEL mode (X-006). */
const MAX_CONCURRENT_EXECUTIONS = 50;

export interface StartInput {
  pipelineExecutionId: string;
  declaration: PipelineDeclaration;
  /** Overrides by name; the rest have their defaults. */
  variables: Readonly<Record<string, string>>;
  bindings: Sidecar['bindings'];
  documentPath: string;
  trigger: Trigger;
  /** Revisions that source actions take instead of their newest. */
  sourceRevisions?: readonly { actionName: string; revisionType: string; revisionValue: string }[];
  startNumber: number;
  /** How many executions of this pipeline have not finished. */
  unfinished: number;
  /** Where it begins, when not at the first stage (fork.ts). */
  startingPoint?: StartingPoint;
  /** By 'Stage/Action': where the execution pauses for a person. Places that the pipeline does not have are left out. */
  breakpoints?: Readonly<Record<string, 'before' | 'after'>>;
}

/** The first fact of a new execution. */
export function start(input: StartInput): Happening[] {
  const { declaration, pipelineExecutionId, bindings, documentPath, trigger, startNumber } = input;
  const executionMode = declaration.executionMode ?? 'SUPERSEDED';
  if (declaration.stages.length === 0) {
    throw new ProblemError({
      code: 'execution.no-stages',
      where: '',
      what: 'The pipeline has no stages.',
      fix: 'Add a stage with a source action and a second stage.',
    });
  }
  refuseOverLimit(declaration, input.unfinished);
  const variables = resolvePipelineVariables(declaration, input.variables);
  const { startingPoint } = input;
  if (startingPoint && !placeExists(declaration, startingPoint)) {
    const { stageName, actionName } = startingPoint;
    throw new ProblemError({
      code: 'execution.starting-point',
      where: stageName,
      what: `The pipeline has no ${actionName === undefined ? `stage "${stageName}"` : `action "${actionName}" in a stage "${stageName}"`} to begin at.`,
      fix: 'Choose a place that the pipeline has.',
    });
  }
  const breakpoints = knownBreakpoints(declaration, input.breakpoints ?? {});
  return [
    {
      type: 'ExecutionStarted',
      pipelineExecutionId,
      pipelineName: declaration.name,
      pipelineVersion: declaration.version ?? 1,
      executionMode,
      executionType: 'STANDARD',
      trigger,
      startNumber,
      declaration,
      variables,
      bindings,
      ...(documentPath === '' ? {} : { documentPath }),
      ...(input.sourceRevisions?.length ? { sourceRevisions: [...input.sourceRevisions] } : {}),
      ...(startingPoint ? { startingPoint } : {}),
      ...(Object.keys(breakpoints).length > 0 ? { breakpoints } : {}),
    },
  ];
}

/** X-006, for everything that makes an execution run: a start, a retry, a rollback, an override. */
export function refuseOverLimit(declaration: PipelineDeclaration, unfinished: number): void {
  const executionMode = declaration.executionMode ?? 'SUPERSEDED';
  if (executionMode === 'SUPERSEDED' || unfinished < MAX_CONCURRENT_EXECUTIONS) return;
  throw new ProblemError({
    code: 'execution.limit-exceeded',
    where: '',
    what: `${unfinished} executions of "${declaration.name}" are running or waiting, the most that ${executionMode} mode allows (ConcurrentPipelineExecutionsLimitExceededException).`,
    fix: 'Wait until one has finished, or stop one.',
  });
}

function placeExists({ stages }: PipelineDeclaration, { stageName, actionName, kind }: StartingPoint): boolean {
  const stage = stages.find(({ name }) => name === stageName);
  return stage !== undefined && (kind !== 'action' || stage.actions.some(({ name }) => name === actionName));
}

function knownBreakpoints(
  { stages }: PipelineDeclaration,
  breakpoints: Readonly<Record<string, 'before' | 'after'>>,
): Record<string, 'before' | 'after'> {
  const places = new Set(stages.flatMap((stage) => stage.actions.map((action) => actionKey(stage.name, action.name))));
  return Object.fromEntries(Object.entries(breakpoints).filter(([place]) => places.has(place)));
}

/** X-001 to X-003: every variable has a value of 1-1000 characters, and no other is given. */
export function resolvePipelineVariables(
  declaration: PipelineDeclaration,
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  const declared = declaration.variables ?? [];
  const names = declared.map((variable) => variable.name);
  const unknown = Object.keys(given).filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    throw new ProblemError({
      code: 'execution.variable-unknown',
      where: '',
      what: `The pipeline declares no variable ${quoted(unknown)}${names.length > 0 ? `; it has ${quoted(names)}` : ''} (ValidationException).`,
      fix: 'Use a declared name, spelled exactly so, or declare the variable in the pipeline.',
    });
  }
  const values = new Map<string, string>();
  for (const { name, defaultValue } of declared) {
    const value = Object.hasOwn(given, name) ? given[name] : defaultValue;
    if (value !== undefined) values.set(name, value);
  }
  const missing = names.filter((name) => !values.has(name));
  if (missing.length > 0) {
    throw new ProblemError({
      code: 'execution.variable-missing',
      where: '',
      field: missing[0] ?? '',
      what: `No value for the pipeline's variable ${quoted(missing)}, and no default (ValidationException).`,
      fix: 'Give a value when you start the pipeline, or declare a defaultValue.',
    });
  }
  const bad = names.filter((name) => values.get(name) === '' || (values.get(name)?.length ?? 0) > 1000);
  if (bad.length > 0) {
    throw new ProblemError({
      code: 'execution.variable-length',
      where: '',
      field: bad[0] ?? '',
      what: `The value of ${quoted(bad)} is empty or longer than 1000 characters (ValidationException).`,
      fix: 'Give a value of 1 to 1000 characters.',
    });
  }
  return Object.fromEntries(values);
}

/** Stop and wait, stop and abandon, or the step from the first to the second (semantics §6). */
export function stop(state: ExecutionState, request: { abandon: boolean; reason: string }): Happening[] {
  if (state.status !== 'InProgress' && state.status !== 'Stopping') {
    throw new ProblemError({
      code: 'execution.not-stoppable',
      where: '',
      what: `The execution is not running: it is ${state.status ?? 'not started'} (PipelineExecutionNotStoppableException).`,
      fix: 'Nothing needs to be stopped.',
    });
  }
  if (state.stop && (!request.abandon || state.stop.abandon)) {
    throw new ProblemError({
      code: 'execution.stop-duplicated',
      where: '',
      what: `The execution is being stopped already; ${state.stop.abandon ? 'its actions are being abandoned' : 'it waits for its running actions'} (DuplicatedStopRequestException).`,
      fix: state.stop.abandon ? 'Wait a moment.' : 'Wait for the running actions, or stop and abandon them.',
    });
  }
  return [{ type: 'StopRequested', abandon: request.abandon, reason: request.reason }];
}

/**
 * Retry of a failed or stopped stage (semantics §7). `others`: executions of this pipeline that were started later, or that
 * have not finished; others than those may be among them. `currentVersion`: that of the pipeline's definition now; absent =
 * it is still the version of the execution. `bindings`: the local stand-ins from here on, absolute; absent = they stay.
 */
export function retry(
  state: ExecutionState,
  request: { stageName: string; retryMode: RetryMode; currentVersion?: number; bindings?: Sidecar['bindings'] },
  others: readonly ExecutionState[],
): Happening[] {
  const { stageName, retryMode } = request;
  const stage = stageOf(state, stageName);
  const refuse = (code: string, what: string, fix: string) => new ProblemError({ code, where: stageName, what, fix });
  if (!stage) {
    throw refuse(
      'retry.stage-not-found',
      `The pipeline of this execution has no stage "${stageName}" (StageNotFoundException).`,
      'Choose a stage that the execution has.',
    );
  }
  if (state.status === 'InProgress' && state.position.stageName === stageName && stage.attempt > 0) {
    throw refuse(
      'retry.conflict',
      `The execution is running in "${stageName}" (ConflictException).`,
      'Wait until the stage has failed, or stop the execution first.',
    );
  }
  const isRetryable =
    isFinished(state) &&
    (state.status === 'Failed' || state.status === 'Stopped') &&
    state.position.stageName === stageName &&
    (stage.status === 'Failed' || stage.status === 'Stopped') &&
    stage.runningActions === 0;
  if (!isRetryable) {
    throw refuse(
      'retry.not-retryable',
      `"${stageName}" can not be retried: ${whyNot(state, stage.status)} (StageNotRetryableException).`,
      'Only a stage that failed, or in which the execution was stopped, can be retried; otherwise start the pipeline anew.',
    );
  }
  if (request.currentVersion !== undefined && request.currentVersion !== state.pipelineVersion) {
    throw refuse(
      'retry.not-retryable',
      `"${stageName}" can not be retried: the execution ran version ${state.pipelineVersion} of the pipeline, which is version ${request.currentVersion} now (StageNotRetryableException).`,
      'Start the pipeline anew, so that its present definition runs.',
    );
  }
  const overtaking = overtakerOf(state, stageName, others);
  if (overtaking) {
    throw refuse(
      'retry.not-latest',
      `A newer execution, ${overtaking.pipelineExecutionId}, has entered "${stageName}" since (NotLatestPipelineExecutionException).`,
      'Retry the newer execution, or start the pipeline anew.',
    );
  }
  refuseOverLimit(state.declaration, others.filter((other) => other.status !== undefined && !isFinished(other)).length);
  const { bindings } = request;
  return [
    {
      type: 'StageRetryRequested',
      stageName,
      retryMode,
      trigger: 'ManualStageRetry',
      ...(bindings ? { bindings } : {}),
    },
  ];
}

/** The execution that entered a stage after `state` did, or is in it now (semantics §4): then `state` is not its latest. */
export function overtakerOf(
  state: ExecutionState,
  stageName: string,
  others: readonly ExecutionState[],
): ExecutionState | undefined {
  const entered = stageOf(state, stageName)?.startedAt ?? 0;
  return others.find((other) => {
    if (other.pipelineExecutionId === state.pipelineExecutionId) return false;
    if (other.executionMode === 'PARALLEL' || state.executionMode === 'PARALLEL') return false;
    const stage = stageOf(other, stageName);
    if (!stage || stage.attempt === 0) return false;
    if (!isFinished(other) && other.position.stageName === stageName && other.position.at !== 'entrance') return true;
    // Nobody overtakes on the way, so the larger number entered later; one that began at a later stage may have come before.
    const isNewer = other.startNumber > state.startNumber;
    if (!(isNewer ? other : state).startingPoint) return isNewer;
    return isNewer ? (stage.startedAt ?? 0) >= entered : (stage.startedAt ?? 0) > entered;
  });
}

/**
 * What an update of the pipeline's definition does to an execution (semantics §15): its running actions finish, then it is
 * Cancelled; one that waits is Cancelled at once. Empty where the update does not touch it: when it has finished, was
 * cancelled before, or is PARALLEL, which goes on with the definition it started with.
 */
export function cancel(state: ExecutionState, reason: string): Happening[] {
  if (state.status === undefined || isFinished(state)) return [];
  if (state.cancel || state.executionMode === 'PARALLEL') return [];
  return [{ type: 'CancelRequested', reason }];
}

function whyNot(state: ExecutionState, stageStatus: string | undefined): string {
  if (state.status === 'Superseded' || state.status === 'Cancelled') return `the execution is ${state.status}`;
  if (stageStatus === undefined) return 'the execution never entered it';
  if (stageStatus === 'Failed' || stageStatus === 'Stopped') return 'its actions are still ending';
  return `it is ${stageStatus}`;
}

/** Characters of an approval's summary (semantics §9.3). */
const MAX_SUMMARY = 512;

export interface ApprovalInput {
  stageName: string;
  actionName: string;
  token: string;
  status: 'Approved' | 'Rejected';
  summary: string;
  answeredBy: string;
}

/** The answer to a manual approval (semantics §9). `now` in milliseconds since 1970. */
export function putApprovalResult(state: ExecutionState, input: ApprovalInput, now: number): Happening[] {
  const { stageName, actionName, token, status, summary, answeredBy } = input;
  const where = `${stageName}/${actionName}`;
  if (!stageOf(state, stageName)) {
    throw new ProblemError({
      code: 'approval.stage-not-found',
      where,
      what: `The execution has no stage "${stageName}" (StageNotFoundException).`,
      fix: 'Choose a stage that the execution has.',
    });
  }
  const action = actionOf(state, stageName, actionName);
  if (!action) {
    throw new ProblemError({
      code: 'approval.action-not-found',
      where,
      what: `"${actionName}" was not started in "${stageName}" (ActionNotFoundException).`,
      fix: 'Wait until the approval asks for an answer.',
    });
  }
  const { approval } = action;
  if (!approval || approval.token !== token) {
    throw new ProblemError({
      code: 'approval.invalid-token',
      where,
      what: `This token does not belong to the approval that "${actionName}" has now (InvalidApprovalTokenException).`,
      fix: 'Read the present token of the approval: every retry makes a new one.',
    });
  }
  if (approval.answer || action.status !== 'InProgress') {
    throw new ProblemError({
      code: 'approval.already-completed',
      where,
      what: `The approval "${actionName}" ${approval.answer ? `was answered: ${approval.answer.status}` : `has ended: ${action.status}`} (ApprovalAlreadyCompletedException).`,
      fix: 'Nothing needs to be answered.',
    });
  }
  if (now >= approval.expiresAt) {
    throw new ProblemError({
      code: 'approval.invalid-token',
      where,
      what: `The time to answer "${actionName}" is over (InvalidApprovalTokenException).`,
      fix: 'Retry the stage: that asks for the approval again.',
    });
  }
  if (summary.length > MAX_SUMMARY) {
    throw new ProblemError({
      code: 'approval.summary-length',
      where,
      what: `The summary has ${summary.length} characters; the service takes ${MAX_SUMMARY} (ValidationException).`,
      fix: 'Say it in fewer words.',
    });
  }
  const { actionExecutionId } = action;
  return [{ type: 'ApprovalAnswered', stageName, actionName, actionExecutionId, status, summary, answeredBy }];
}

const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');
