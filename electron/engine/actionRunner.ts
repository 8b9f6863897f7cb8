import type { ArtifactRecord, ConditionType } from '../../shared/execution/events.ts';
import type { ExecutionState } from '../../shared/execution/executionState.ts';
import { errorSentence } from '../../shared/execution/whyReason.ts';
import type { ActionDeclaration } from '../../shared/model/declaration.ts';
import { ProblemError } from '../../shared/problem.ts';
import {
  ActionFailure,
  type ActionHost,
  type ActionOutcome,
  type ActionRun,
  type FailureCode,
} from '../../shared/providers/host.ts';
import type { Provider } from '../../shared/providers/provider.ts';
import type { ReportRecord } from '../../shared/reports/report.ts';
import { abandoned, type Ended, type Ending, endedFact, whereOf } from './attemptSubject.ts';
import { createDeadline } from './deadline.ts';
import { isNoSpace } from './diskSpace.ts';

/** What runs: a provider, or a rule type in the shape of one. */
export interface Runner extends Pick<Provider, 'timeoutMinutes' | 'timeoutConfigurable'> {
  run(run: ActionRun): Promise<ActionOutcome>;
  /** Its time limit is a date (a person or a clock is waited for), not a running time. */
  waitsByDate?: boolean;
}

/**
 * Runs one attempt of an action, or of a rule, from its recorded start to the fact that ends it. It is called again with the same attempt
 * after a crash: the host's effects then join what they began.
 */
export interface Attempt {
  /** Of a rule: its ruleExecutionId. */
  readonly actionExecutionId: string;
  readonly stageName: string;
  /** Of a rule: the rule in the shape of an action. */
  readonly action: ActionDeclaration;
  /** Of a rule. */
  readonly conditionType?: ConditionType | undefined;
  readonly provider: Runner;
  readonly inputArtifacts: readonly ArtifactRecord[];
  readonly resolvedConfiguration: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** What an earlier host may have begun of it: nothing, something since the machine started, or before that. */
  readonly before: 'nothing' | 'thisBoot' | 'anotherBoot';
  /** An earlier host has recorded a process of it. */
  readonly hadProcess?: boolean;
  /** An attempt that has no process yet waits for this before it starts one. */
  readonly mayStart?: Promise<void> | undefined;
  /** The execution when the attempt was started, or as it was found. */
  readonly execution: ExecutionState;
}

export type AbortReason = 'abandoned' | 'timedOut';

/** What the attempt's host and log offer beyond the provider's view of them. */
export interface AttemptTools {
  host: ActionHost;
  log(line: string): void;
  /** Completes the log. Called once, before the end is recorded. */
  finish(succeeded: boolean): Promise<void>;
  /**
   * The attempt has succeeded, and its end is on disk: only now what it worked on may go, because a host that comes back
   * before collects the results from there.
   */
  clear(): Promise<void>;
  /** What the action's build reported so far, whether or not it succeeded. */
  reports?(): readonly ReportRecord[];
}

export interface RunningAction {
  readonly attempt: Attempt;
  /** Resolves with the fact that ends the attempt. Never rejects; never settles after `closing`. */
  readonly ended: Promise<Ended>;
  abort(reason: AbortReason): void;
  /** Clears what is not needed any more, once the end is on disk. */
  clear(): Promise<void>;
  /** Stops its timer; nothing else. */
  close(): void;
}

/** A runner that heeds no cancellation is left behind after this long. */
const DEAF_RUNNER_MS = 15_000;
/** OutputVariablesSizeExceededException (reference/execution-semantics.md §10). */
const MAX_OUTPUT_VARIABLES_BYTES = 122_880;

export function runAttempt(
  attempt: Attempt,
  makeTools: (signal: AbortSignal) => AttemptTools,
  now: () => number,
): RunningAction {
  const { provider, action } = attempt;
  const controller = new AbortController();
  let reason: AbortReason | undefined;
  let onDeaf: (() => void) | undefined;
  const abort = (why: AbortReason) => {
    if (reason) return;
    reason = why;
    controller.abort();
    setTimeout(() => onDeaf?.(), DEAF_RUNNER_MS).unref();
  };
  const minutes = (provider.timeoutConfigurable ? action.timeoutInMinutes : undefined) ?? provider.timeoutMinutes;
  const stopClock = createDeadline({
    at: attempt.startedAt + minutes * 60_000,
    // A person has until a date; a command has so much running time, whatever happens to the clock or the lid.
    counts: action.actionTypeId.category === 'Approval' || provider.waitsByDate ? 'wall' : 'monotonic',
    limitMs: minutes * 60_000,
    now,
    onPassed: () => abort('timedOut'),
  });

  let tools: AttemptTools | undefined;
  const run = async () => {
    let end: Ending;
    try {
      tools = makeTools(controller.signal);
      const work = runProvider(attempt, tools);
      const deaf = new Promise<never>((_, reject) => {
        onDeaf = () => reject(new ActionFailure('SystemUnavailable', 'The action did not stop when it was told to.'));
      });
      end = succeeded(await Promise.race([work, deaf]));
    } catch (error) {
      end = failed(error, whereOfAttempt(attempt));
    }
    onDeaf = undefined;
    stopClock();
    if (reason === 'abandoned') end = abandoned;
    if (reason === 'timedOut') end = timedOut(attempt, minutes);
    try {
      if (end.errorDetails) tools?.log(`${end.errorDetails.code}: ${errorSentence(end.errorDetails)}`);
      await tools?.finish(end.status === 'Succeeded');
    } catch (error) {
      // The result stands; only its log or workspace is not as it should be.
      const { errorDetails } = failed(error, '');
      end = { ...end, summary: `${end.summary ?? ''} (log: ${errorDetails?.message})`.trim() };
    }
    const reports = end.status === 'Abandoned' ? [] : (tools?.reports?.() ?? []);
    return endedFact(subjectOf(attempt), { ...end, ...(reports.length > 0 ? { reports } : {}) });
  };
  return { attempt, ended: run(), abort, clear: async () => tools?.clear(), close: stopClock };
}

export const subjectOf = ({ stageName, action, conditionType, actionExecutionId }: Attempt) => ({
  stageName,
  name: action.name,
  conditionType,
  id: actionExecutionId,
});

/** Names its binding and its place in the pipeline. */
export const whereOfAttempt = (attempt: Attempt): string => whereOf(subjectOf(attempt));

function runProvider(attempt: Attempt, tools: AttemptTools): Promise<ActionOutcome> {
  const { execution, action, stageName } = attempt;
  const sourceRevisions = execution.sourceRevisions.filter(({ actionName }) => actionName === action.name);
  return attempt.provider.run({
    configuration: attempt.resolvedConfiguration,
    action,
    pipelineName: execution.pipelineName,
    stageName,
    pipelineExecutionId: execution.pipelineExecutionId,
    actionExecutionId: attempt.actionExecutionId,
    startedAt: attempt.startedAt,
    sourceRevisions: sourceRevisions.length > 0 ? sourceRevisions : undefined,
    trigger: execution.trigger,
    inputs: attempt.inputArtifacts,
    binding: execution.bindings[whereOfAttempt(attempt)],
    host: tools.host,
  });
}

function succeeded(outcome: ActionOutcome): Ending {
  const { outputArtifacts = [], outputVariables = {}, ...rest } = outcome;
  let bytes = 0;
  for (const [name, value] of Object.entries(outputVariables))
    bytes += Buffer.byteLength(name) + Buffer.byteLength(value);
  if (bytes > MAX_OUTPUT_VARIABLES_BYTES) {
    throw new ActionFailure(
      'ConfigurationError',
      `The output variables are ${bytes} bytes long; CodePipeline takes at most ${MAX_OUTPUT_VARIABLES_BYTES}.`,
      'Pass long values in an artifact instead.',
    );
  }
  return {
    status: 'Succeeded',
    outputArtifacts: outputArtifacts.map(({ name, digest, size }) => ({ name, digest, size })),
    outputVariables,
    ...rest,
  };
}

function failed(error: unknown, where: string): Ending {
  return { status: 'Failed', errorDetails: errorDetailsOf(error, where), outputArtifacts: [], outputVariables: {} };
}

function timedOut({ conditionType }: Attempt, minutes: number): Ending {
  const [what, fix] = conditionType
    ? ['rule', 'Give the rule more time (timeoutInMinutes), or look at what it waits for.']
    : ['action', 'Make it faster, or split it. Only a manual approval takes a timeout of its own (timeoutInMinutes).'];
  return failed(new ActionFailure('TimedOut', `The ${what} did not finish within ${minutes} minutes.`, fix), '');
}

function errorDetailsOf(error: unknown, where: string): { code: FailureCode; message: string; fix?: string } {
  if (error instanceof ActionFailure) {
    return { code: error.code, message: error.message, ...(error.fix ? { fix: error.fix } : {}) };
  }
  if (error instanceof ProblemError) {
    const { what, fix } = error.problem;
    return { code: 'ConfigurationError', message: what, ...(fix ? { fix } : {}) };
  }
  const { code, message } =
    error instanceof Error ? (error as NodeJS.ErrnoException) : { code: '', message: String(error) };
  if (isNoSpace(error)) {
    const what = `The disk is full (${message}).`;
    return { code: 'SystemUnavailable', message: what, fix: 'Free some space, then retry the stage.' };
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return { code: 'PermissionError', message, fix: 'Give your user the right to do this, and retry the stage.' };
  }
  return {
    code: 'SystemUnavailable',
    message: `${where}: ${message}`,
    fix: 'This may be a fault in Penstock. Retry the stage; if it happens again, please report it.',
  };
}
