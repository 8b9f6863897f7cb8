import fc from 'fast-check';
import type { ExecutionMode, PipelineDeclaration, StageDeclaration } from '../model/declaration.ts';
import { pipelineOf } from './pipelineOf.ts';
import { conditionOf } from './withConditions.ts';

/** What a person may ask while executions run. */
export interface ScriptCommand {
  at: number;
  kind: (typeof kinds)[number] | (typeof moreKinds)[number];
  /** Which execution, stage or variant, counted around. */
  which: number;
}

/** A random pipeline and what happens to it: for what must hold of every one of them. */
export interface Script {
  /** Stages after the source. */
  stages: ScriptStage[];
  mode: ExecutionMode;
  /** How the source stage answers its failures; absent = sources do not fail. */
  source?: 'RETRY' | 'ROLLBACK' | undefined;
  /** Taken in turn by the actions that start. */
  durations: number[];
  failures: boolean[];
  slots: number;
  commands: ScriptCommand[];
  /** Taken in turn by the rules that end. */
  ruleFailures?: boolean[];
  /** Taken in turn by the rules that fail: whether they could not be evaluated. */
  ruleErrors?: boolean[];
  /** Actions that a breakpoint holds in every execution. */
  breakpoints?: Record<string, 'before' | 'after'>;
  /** Units of time after which an approval that nobody answered fails; absent = it waits for ever. */
  approvalTime?: number | undefined;
  /** What `at` of a command counts; absent = units of the clock, a millisecond each. */
  scale?: number;
}

/** The runOrder of each action, whether an approval is added, and how the stage answers for itself. */
export interface ScriptStage {
  orders: number[];
  approval: boolean;
  retriesItself: boolean;
  /** The automatic retry runs all actions again. */
  retriesAll?: boolean;
  conditions?: ScriptConditions;
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
export const moreKinds = [
  ...(['override', 'override', 'rollback', 'edit', 'editMode', 'editStages', 'fork', 'forkAction'] as const),
  ...(['continue', 'skip'] as const),
];

/** A day, in units of the clock. */
const DAY = 86_400_000;

const stageShape = {
  orders: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
  approval: fc.nat(4).map((chance) => chance === 0),
  retriesItself: fc.nat(3).map((chance) => chance === 0),
};

/** Everything that a script may ask. */
export const scriptKinds: readonly ScriptCommand['kind'][] = [...new Set([...kinds, ...moreKinds])];

const commandsOf = (kind: fc.Arbitrary<ScriptCommand['kind']>, maxLength: number) =>
  fc.array(fc.record({ at: fc.integer({ min: 0, max: 40 }), kind, which: fc.nat(19) }), {
    minLength: 1,
    maxLength,
  });

const scriptShape = {
  stages: fc.array(fc.record(stageShape), { minLength: 1, maxLength: 4 }),
  mode: fc.constantFrom('SUPERSEDED', 'SUPERSEDED', 'QUEUED', 'PARALLEL'),
  durations: fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 7 }),
  failures: fc.array(fc.boolean(), { minLength: 1, maxLength: 9 }),
  slots: fc.integer({ min: 1, max: 8 }),
  commands: commandsOf(fc.constantFrom(...kinds), 12),
};

/** What is asked in whole days, most of it of transitions. */
const ofWeeks = fc.constantFrom(...kinds, ...(['close', 'close', 'start', 'start', 'start', 'rollback'] as const));
const more = fc.constantFrom(...moreKinds);

export const scripts: fc.Arbitrary<Script> = fc.record(scriptShape);

const wideShape = {
  ...scriptShape,
  stages: fc.array(
    fc.record({
      ...stageShape,
      orders: fc.oneof(
        { weight: 5, arbitrary: stageShape.orders },
        { weight: 1, arbitrary: fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 6, maxLength: 9 }) },
      ),
      retriesAll: fc.boolean(),
      conditions: fc.record({
        beforeEntry: fc.constantFrom(undefined, undefined, 'FAIL', 'SKIP'),
        onSuccess: fc.constantFrom(undefined, undefined, 'FAIL', 'ROLLBACK'),
        onFailure: fc.constantFrom(undefined, 'ROLLBACK', 'RETRY'),
        isBare: fc.boolean(),
      }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  source: fc.constantFrom(undefined, undefined, undefined, 'RETRY', 'ROLLBACK'),
  ruleFailures: fc.array(fc.boolean(), { minLength: 1, maxLength: 9 }),
  ruleErrors: fc.array(fc.boolean(), { minLength: 1, maxLength: 3 }),
  breakpoints: fc.dictionary(fc.constantFrom('S0/A0', 'S1/A0', 'S1/A1', 'S2/A0'), fc.constantFrom('before', 'after'), {
    maxKeys: 2,
  }),
  approvalTime: fc.constantFrom(undefined, undefined, 2, 9),
};

/** With conditions, breakpoints, expiring approvals, groups of many actions, weeks of waiting, and all that a person can ask for. */
export const wideScripts: fc.Arbitrary<Script> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      ...wideShape,
      commands: commandsOf(
        fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...kinds) }, { weight: 2, arbitrary: more }),
        20,
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ ...wideShape, scale: fc.constant(DAY), commands: commandsOf(ofWeeks, 14) }) },
);

/** The pipeline of a script: stages S0 (source), S1, S2 … with actions A0, A1 … and perhaps Approve. */
export function pipelineOfScript({
  stages,
  mode,
  source,
}: Pick<Script, 'stages' | 'mode' | 'source'>): PipelineDeclaration {
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
      ...(index > 0 ? answersOf(stages[index - 1]) : source ? { onFailure: { result: source } } : {}),
    })),
  };
}

function answersOf(stage: ScriptStage | undefined): Partial<StageDeclaration> {
  const { beforeEntry, onSuccess, onFailure, isBare = true } = stage?.conditions ?? {};
  const rules = (result: 'FAIL' | 'SKIP' | 'ROLLBACK' | 'RETRY') => ({ conditions: [conditionOf(result, 'R0', 'R1')] });
  const retryConfiguration = stage?.retriesAll ? { retryConfiguration: { retryMode: 'ALL_ACTIONS' as const } } : {};
  return {
    ...(stage?.retriesItself ? { onFailure: { result: 'RETRY' as const, ...retryConfiguration } } : {}),
    ...(beforeEntry ? { beforeEntry: rules(beforeEntry) } : {}),
    ...(onSuccess ? { onSuccess: rules(onSuccess) } : {}),
    ...(onFailure
      ? { onFailure: { ...(isBare ? { result: onFailure } : rules(onFailure)), ...retryConfiguration } }
      : {}),
  };
}
