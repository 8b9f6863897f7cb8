import {
  type ExecutionState,
  isFinished,
  runningActionsOf,
  runningRulesOf,
  stageOf,
  waitsForApproval,
} from '../execution/executionState.ts';
import type { PipelineDeclaration } from '../model/declaration.ts';
import { ProblemError } from '../problem.ts';
import { moreKinds, pipelineOfScript, type Script, type ScriptCommand } from './scripts.ts';
import { type Moment, type Simulation, type StartAction, simulate } from './simulate.ts';

/**
 * Plays a script to its end: at last every transition is opened and every approval given, and what waited too long at a
 * disabled transition is stopped, so that everything ends. Refused commands are as good as none. `look` sees the executions at
 * every start of an action and after every command, `seen` every event.
 */
export function play(
  script: Script,
  look: (run: Simulation) => void = () => undefined,
  seen?: (moment: Moment, run: Simulation) => void,
): Simulation {
  const { durations, failures, slots, commands, scale = 1 } = script;
  const { ruleFailures = [false], ruleErrors = [false], breakpoints = {} } = script;
  // An approval can be answered for seven days.
  const approvalTime = script.approvalTime ?? (scale === 1 ? Number.POSITIVE_INFINITY : 10_080);
  let count = 0;
  const next = <T>(values: readonly T[]): T => values[count++ % values.length]!;
  const mayFail = (code: 'JobFailed' | 'ConfigurationError') => ({
    status: 'Failed' as const,
    errorDetails: { code, message: 'It broke.' },
  });
  const run: Simulation = simulate({
    pipeline: pipelineOfScript(script),
    duration: () => {
      look(run);
      return next(durations);
    },
    outcome: ({ stageName }: StartAction) =>
      (stageName !== 'S0' || script.source) && next(failures) && next(failures) ? mayFail('JobFailed') : {},
    slots,
    approvalTime,
    ruleDuration: () => next(durations),
    ruleOutcome: () =>
      next(ruleFailures) && next(ruleFailures) ? mayFail(next(ruleErrors) ? 'ConfigurationError' : 'JobFailed') : {},
    ...(seen ? { seen: (moment: Moment) => seen(moment, run) } : {}),
  });
  const players = { run, pipeline: pipelineOfScript(script), started: 0, breakpoints };
  for (const { at, kind, which } of commands) {
    run.clock.after(at * scale, () => {
      try {
        order(players, kind, which);
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
      }
      look(run);
    });
  }
  run.clock.runToEnd();
  openAll(run);
  run.clock.runToEnd();
  while (answerAll(run, 'Approved', () => true) + continueAll(run, () => true) + stopExpired(run) > 0) {
    run.clock.runToEnd();
  }
  look(run);
  return run;
}

/** Whether nothing of an execution runs. */
export const isIdle = (state: ExecutionState): boolean =>
  state.runningActions === 0 && runningRulesOf(state).length === 0;

interface Players {
  run: Simulation;
  /** The definition as it is now. */
  pipeline: PipelineDeclaration;
  /** Executions E0, E1 … */
  started: number;
  breakpoints: Record<string, 'before' | 'after'>;
}

function order(players: Players, kind: ScriptCommand['kind'], which: number): void {
  const { run, pipeline, started, breakpoints } = players;
  const all = run.executions();
  const id = all[which % all.length]?.pipelineExecutionId ?? '';
  if (kind === 'start') run.startWith(`E${players.started++}`, { breakpoints });
  else if (kind === 'close') run.closeTransition(`S${which % pipeline.stages.length}`, `reason ${which}`);
  else if (kind === 'open') openAll(run);
  else if (started === 0) return;
  else if (kind === 'stop') run.stop(id);
  else if (kind === 'abandon') run.stop(id, true);
  else if (kind === 'approve' || kind === 'reject') {
    answerAll(run, kind === 'approve' ? 'Approved' : 'Rejected', (other) => other === id);
  } else if (isMore(kind)) orderMore(players, kind, id, which);
  else run.retry(id, run.state(id).position.stageName, kind === 'retryAll' ? 'ALL_ACTIONS' : 'FAILED_ACTIONS');
}

const isMore = (kind: ScriptCommand['kind']): kind is (typeof moreKinds)[number] =>
  (moreKinds as readonly string[]).includes(kind);

function orderMore(players: Players, kind: (typeof moreKinds)[number], id: string, which: number): void {
  const { run, pipeline } = players;
  const state = run.state(id);
  const { stageName } = state.position;
  const fresh = `X${run.executions().length}`;
  switch (kind) {
    case 'override':
      run.override(id, stageName, which % 2 === 0 ? 'BEFORE_ENTRY' : 'ON_SUCCESS');
      break;
    case 'rollback':
      run.rollback(fresh, `S${1 + (which % (pipeline.stages.length - 1))}`, id);
      break;
    case 'edit':
    case 'editMode':
    case 'editStages':
      players.pipeline = edited(pipeline, kind, which);
      run.update(players.pipeline);
      break;
    case 'fork':
    case 'forkAction':
      run.fork(fresh, id, kind === 'fork' ? {} : { stageName, actionName: 'A0', only: true });
      break;
    case 'continue':
    case 'skip':
      continueAll(run, (other) => other === id, kind === 'skip');
      break;
    default:
      kind satisfies never;
  }
}

function edited(pipeline: PipelineDeclaration, kind: 'edit' | 'editMode' | 'editStages', which: number) {
  const { stages } = pipeline;
  if (kind === 'editMode') {
    const executionMode = (['SUPERSEDED', 'QUEUED', 'PARALLEL'] as const)[which % 3] ?? 'QUEUED';
    return { ...pipeline, executionMode };
  }
  if (kind === 'edit') return { ...pipeline };
  const last = stages.at(-1);
  if (which % 2 === 0 && last) return { ...pipeline, stages: [...stages, { ...last, name: `S${stages.length}` }] };
  return stages.length > 2 ? { ...pipeline, stages: stages.slice(0, -1) } : { ...pipeline };
}

/** Answers how many actions went on from their breakpoints. */
function continueAll(run: Simulation, chosen: (id: string) => boolean, skip = false): number {
  const held = run.executions().flatMap((state) => {
    if (isFinished(state) || !chosen(state.pipelineExecutionId)) return [];
    const { stageName } = state.position;
    return Object.entries(stageOf(state, stageName)?.paused ?? {}).map(([actionName, { pausedAt }]) => ({
      id: state.pipelineExecutionId,
      input: { stageName, actionName, skip: skip && pausedAt === 'before' },
    }));
  });
  for (const { id, input } of held) run.continueAction(id, input);
  return held.length;
}

/** Answers how many executions were stopped that do not go on by themselves any more (semantics §5). */
function stopExpired(run: Simulation): number {
  const expired = run.executions().filter(({ waiting }) => waiting?.reason === 'expired');
  for (const { pipelineExecutionId } of expired) run.stop(pipelineExecutionId);
  return expired.length;
}

function openAll(run: Simulation): void {
  for (const stageName of run.closed.keys()) run.openTransition(stageName);
}

/** Answers how many approvals were answered. */
function answerAll(run: Simulation, status: 'Approved' | 'Rejected', chosen: (id: string) => boolean): number {
  const open = run
    .executions()
    .filter((state) => !isFinished(state) && chosen(state.pipelineExecutionId))
    .flatMap((state) =>
      runningActionsOf(state)
        .filter(waitsForApproval)
        .map((action) => ({ state, action })),
    );
  for (const { state, action } of open) {
    const { stageName, actionName } = action;
    run.answer(state.pipelineExecutionId, { stageName, actionName, status });
  }
  return open.length;
}
