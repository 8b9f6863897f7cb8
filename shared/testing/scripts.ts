import fc from 'fast-check';
import {
  type ExecutionState,
  isFinished,
  runningActionsOf,
  runningRulesOf,
  stageOf,
  waitsForApproval,
} from '../execution/executionState.ts';
import type { ExecutionMode, PipelineDeclaration, StageDeclaration } from '../model/declaration.ts';
import { ProblemError } from '../problem.ts';
import { pipelineOf } from './pipelineOf.ts';
import { type Simulation, type StartAction, simulate } from './simulate.ts';
import { conditionOf } from './withConditions.ts';

/** What a person may ask while executions run. */
export interface ScriptCommand {
  at: number;
  kind: (typeof kinds)[number] | (typeof moreKinds)[number];
  which: number;
}

/** A random pipeline and what happens to it: for what must hold of every one of them. */
export interface Script {
  /** Stages after the source: the runOrder of each action, whether an approval is added, and whether it retries by itself. */
  stages: { orders: number[]; approval: boolean; retriesItself: boolean; conditions?: ScriptConditions }[];
  mode: ExecutionMode;
  /** Taken in turn by the actions that start. */
  durations: number[];
  failures: boolean[];
  slots: number;
  commands: ScriptCommand[];
  /** Taken in turn by the rules that end. */
  ruleFailures?: boolean[];
  /** Actions that a breakpoint holds in every execution. */
  breakpoints?: Record<string, 'before' | 'after'>;
}

/** What each condition of a stage does; absent = the stage has no such condition. */
export interface ScriptConditions {
  beforeEntry?: 'FAIL' | 'SKIP' | undefined;
  onSuccess?: 'FAIL' | 'ROLLBACK' | undefined;
  onFailure?: 'ROLLBACK' | 'RETRY' | undefined;
  /** Without rules: `onFailure.result` alone. */
  isBare: boolean;
}

const kinds = [
  ...(['start', 'start', 'start', 'stop', 'abandon', 'retry', 'retryAll', 'close', 'open', 'approve'] as const),
  'reject' as const,
];
const moreKinds = ['override', 'rollback', 'edit', 'fork', 'forkAction', 'continue', 'skip'] as const;

const stageShape = {
  orders: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
  approval: fc.nat(4).map((chance) => chance === 0),
  retriesItself: fc.nat(3).map((chance) => chance === 0),
};

const scriptShape = {
  stages: fc.array(fc.record(stageShape), { minLength: 1, maxLength: 4 }),
  mode: fc.constantFrom('SUPERSEDED', 'SUPERSEDED', 'QUEUED', 'PARALLEL'),
  durations: fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 7 }),
  failures: fc.array(fc.boolean(), { minLength: 1, maxLength: 9 }),
  slots: fc.integer({ min: 1, max: 8 }),
  commands: fc.array(
    fc.record({
      at: fc.integer({ min: 0, max: 40 }),
      kind: fc.constantFrom(...kinds),
      which: fc.integer({ min: 0, max: 9 }),
    }),
    { minLength: 1, maxLength: 12 },
  ),
};

export const scripts: fc.Arbitrary<Script> = fc.record(scriptShape);

/** With conditions, breakpoints, and all that a person can ask for. */
export const wideScripts: fc.Arbitrary<Script> = fc.record({
  ...scriptShape,
  stages: fc.array(
    fc.record({
      ...stageShape,
      conditions: fc.record({
        beforeEntry: fc.constantFrom(undefined, undefined, 'FAIL', 'SKIP'),
        onSuccess: fc.constantFrom(undefined, undefined, 'FAIL', 'ROLLBACK'),
        onFailure: fc.constantFrom(undefined, 'ROLLBACK', 'RETRY'),
        isBare: fc.boolean(),
      }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  ruleFailures: fc.array(fc.boolean(), { minLength: 1, maxLength: 9 }),
  breakpoints: fc.dictionary(fc.constantFrom('S0/A0', 'S1/A0', 'S1/A1', 'S2/A0'), fc.constantFrom('before', 'after'), {
    maxKeys: 2,
  }),
  commands: fc.array(
    fc.record({
      at: fc.integer({ min: 0, max: 40 }),
      kind: fc.constantFrom(...kinds, ...moreKinds),
      which: fc.integer({ min: 0, max: 9 }),
    }),
    { minLength: 1, maxLength: 14 },
  ),
});

/** The pipeline of a script: stages S0 (source), S1, S2 … with actions A0, A1 … and perhaps Approve. */
export function pipelineOfScript({ stages, mode }: Script): PipelineDeclaration {
  const sketch = Object.fromEntries(
    [{ orders: [1], approval: false }, ...stages].map(({ orders, approval }, stage) => [
      `S${stage}`,
      [...orders.map((order, index) => `A${index}@${order}`), ...(approval ? ['Approve@2'] : [])],
    ]),
  );
  const declaration = pipelineOf(sketch, { executionMode: mode });
  return {
    ...declaration,
    stages: declaration.stages.map((stage, index) => ({
      ...stage,
      ...(stages[index - 1]?.retriesItself ? { onFailure: { result: 'RETRY' as const } } : {}),
      ...conditionsOf(stages[index - 1]?.conditions),
    })),
  };
}

function conditionsOf(conditions: ScriptConditions | undefined): Partial<StageDeclaration> {
  const { beforeEntry, onSuccess, onFailure, isBare } = conditions ?? {};
  const rules = (result: 'FAIL' | 'SKIP' | 'ROLLBACK' | 'RETRY') => ({ conditions: [conditionOf(result, 'R0', 'R1')] });
  return {
    ...(beforeEntry ? { beforeEntry: rules(beforeEntry) } : {}),
    ...(onSuccess ? { onSuccess: rules(onSuccess) } : {}),
    ...(onFailure ? { onFailure: isBare ? { result: onFailure } : rules(onFailure) } : {}),
  };
}

/**
 * Plays a script to its end: at last every transition is opened and every approval given, so that everything ends. `look`
 * sees the executions at every start of an action and after every command. Refused commands are as good as none.
 */
export function play(script: Script, look: (run: Simulation) => void = () => undefined): Simulation {
  const { durations, failures, slots, commands, ruleFailures = [false], breakpoints = {} } = script;
  const pipeline = pipelineOfScript(script);
  let count = 0;
  const next = <T>(values: readonly T[]): T => values[count++ % values.length]!;
  const run = simulate({
    pipeline,
    duration: () => {
      look(run);
      return next(durations);
    },
    outcome: ({ stageName }: StartAction) =>
      stageName !== 'S0' && next(failures) && next(failures) ? { status: 'Failed' } : {},
    slots,
    ruleDuration: () => next(durations),
    ruleOutcome: () => (next(ruleFailures) ? { status: 'Failed' } : {}),
  });
  let started = 0;
  const order = (kind: ScriptCommand['kind'], which: number) => {
    const id = `E${started === 0 ? 0 : which % started}`;
    if (kind === 'start') run.startWith(`E${started++}`, { breakpoints });
    else if (kind === 'close') run.closeTransition(`S${which % pipeline.stages.length}`);
    else if (kind === 'open') openAll(run, pipeline);
    else if (started === 0) return;
    else if (kind === 'stop') run.stop(id);
    else if (kind === 'abandon') run.stop(id, true);
    else if (kind === 'approve' || kind === 'reject') {
      answerAll(run, kind === 'approve' ? 'Approved' : 'Rejected', (other) => other === id);
    } else if (isMore(kind)) orderMore(run, kind, id, which, pipeline);
    else run.retry(id, run.state(id).position.stageName, kind === 'retryAll' ? 'ALL_ACTIONS' : 'FAILED_ACTIONS');
  };
  for (const { at, kind, which } of commands) {
    run.clock.after(at, () => {
      try {
        order(kind, which);
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
      }
      look(run);
    });
  }
  run.clock.runToEnd();
  openAll(run, pipeline);
  run.clock.runToEnd();
  while (answerAll(run, 'Approved', () => true) + continueAll(run, () => true) > 0) run.clock.runToEnd();
  look(run);
  return run;
}

const isMore = (kind: ScriptCommand['kind']): kind is (typeof moreKinds)[number] =>
  (moreKinds as readonly string[]).includes(kind);

function orderMore(
  run: Simulation,
  kind: (typeof moreKinds)[number],
  id: string,
  which: number,
  pipeline: PipelineDeclaration,
): void {
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
      run.update(pipeline);
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

/** Whether nothing of an execution runs. */
export const isIdle = (state: ExecutionState): boolean =>
  state.runningActions === 0 && runningRulesOf(state).length === 0;

function openAll(run: Simulation, pipeline: PipelineDeclaration): void {
  for (const { name } of pipeline.stages) run.openTransition(name);
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
