import fc from 'fast-check';
import { isFinished, runningActionsOf, waitsForApproval } from '../execution/executionState.ts';
import type { ExecutionMode, PipelineDeclaration } from '../model/declaration.ts';
import { ProblemError } from '../problem.ts';
import { pipelineOf } from './pipelineOf.ts';
import { type Simulation, type StartAction, simulate } from './simulate.ts';

/** What a person may ask while executions run. */
export interface ScriptCommand {
  at: number;
  kind: 'start' | 'stop' | 'abandon' | 'retry' | 'retryAll' | 'close' | 'open' | 'approve' | 'reject';
  which: number;
}

/** A random pipeline and what happens to it: for what must hold of every one of them. */
export interface Script {
  /** Stages after the source: the runOrder of each action, whether an approval is added, and whether it retries by itself. */
  stages: { orders: number[]; approval: boolean; retriesItself: boolean }[];
  mode: ExecutionMode;
  /** Taken in turn by the actions that start. */
  durations: number[];
  failures: boolean[];
  slots: number;
  commands: ScriptCommand[];
}

const kinds = [
  ...(['start', 'start', 'start', 'stop', 'abandon', 'retry', 'retryAll', 'close', 'open', 'approve'] as const),
  'reject' as const,
];

export const scripts: fc.Arbitrary<Script> = fc.record({
  stages: fc.array(
    fc.record({
      orders: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
      approval: fc.nat(4).map((chance) => chance === 0),
      retriesItself: fc.nat(3).map((chance) => chance === 0),
    }),
    { minLength: 1, maxLength: 4 },
  ),
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
    stages: declaration.stages.map((stage, index) =>
      stages[index - 1]?.retriesItself ? { ...stage, onFailure: { result: 'RETRY' as const } } : stage,
    ),
  };
}

/**
 * Plays a script to its end: at last every transition is opened and every approval given, so that everything ends. `look`
 * sees the executions at every start of an action and after every command. Refused commands are as good as none.
 */
export function play(script: Script, look: (run: Simulation) => void = () => undefined): Simulation {
  const { durations, failures, slots, commands } = script;
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
  });
  let started = 0;
  const order = (kind: ScriptCommand['kind'], which: number) => {
    const id = `E${started === 0 ? 0 : which % started}`;
    if (kind === 'start') run.start(`E${started++}`);
    else if (kind === 'close') run.closeTransition(`S${which % pipeline.stages.length}`);
    else if (kind === 'open') openAll(run, pipeline);
    else if (started === 0) return;
    else if (kind === 'stop') run.stop(id);
    else if (kind === 'abandon') run.stop(id, true);
    else if (kind === 'approve' || kind === 'reject') {
      answerAll(run, kind === 'approve' ? 'Approved' : 'Rejected', (other) => other === id);
    } else run.retry(id, run.state(id).position.stageName, kind === 'retryAll' ? 'ALL_ACTIONS' : 'FAILED_ACTIONS');
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
  while (answerAll(run, 'Approved', () => true) > 0) run.clock.runToEnd();
  look(run);
  return run;
}

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
