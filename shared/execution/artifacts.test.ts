import { describe, expect, it, test } from 'vitest';
import type { ActionDeclaration } from '../model/declaration.ts';
import { executionOf } from '../testing/executionOf.ts';
import { pipelineOf } from '../testing/pipelineOf.ts';
import { type Outcome, type StartAction, simulate } from '../testing/simulate.ts';
import { actionOf, type ExecutionState } from './executionState.ts';
import { runsBefore, shapeOf } from './shape.ts';

/** §11 of reference/execution-semantics.md: which artifact an action is given, and §3.2: that it exists. */

type Sketch = Parameters<typeof pipelineOf>[0];
const taking = (name: string, ...inputs: string[]): { name: string } & Partial<ActionDeclaration> => ({
  name,
  inputArtifacts: inputs.map((input) => ({ name: input })),
});
const ended = (sketch: Sketch, outcome?: (action: StartAction) => Outcome): ExecutionState =>
  executionOf(pipelineOf({ S: ['Repo'], ...sketch }), outcome ? { outcome } : {}).toEnd();
const digests = (state: ExecutionState, stage: string, action: string) =>
  actionOf(state, stage, action)?.inputArtifacts.map(({ name, digest }) => `${name} ${digest}`);

describe('§11 an input artifact', () => {
  it('is the one that its producer wrote in this execution', () => {
    const run = simulate({
      pipeline: pipelineOf({ S: ['Repo'], B: [taking('Make', 'RepoOut')] }, { executionMode: 'PARALLEL' }),
    });
    for (const id of ['E1', 'E2']) run.start(id);
    run.clock.runToEnd();
    for (const id of ['E1', 'E2']) {
      const source = actionOf(run.state(id), 'S', 'Repo');
      expect(actionOf(run.state(id), 'B', 'Make')?.inputArtifacts).toEqual(source?.outputArtifacts);
      expect(source?.outputArtifacts[0]?.digest).toContain(id);
    }
  });

  it('is given in the order in which the action lists them', () => {
    const state = ended({ B: ['Make'], D: [taking('Use', 'MakeOut', 'RepoOut')] });
    expect(actionOf(state, 'D', 'Use')?.inputArtifacts.map(({ name }) => name)).toEqual(['MakeOut', 'RepoOut']);
  });

  it('may be used by any number of later actions', () => {
    const state = ended({ B: [taking('One', 'RepoOut'), taking('Two', 'RepoOut')], D: [taking('Three', 'RepoOut')] });
    const given = [digests(state, 'B', 'One'), digests(state, 'B', 'Two'), digests(state, 'D', 'Three')];
    expect(new Set(given.map((each) => each?.join())).size).toBe(1);
    expect(state.status).toBe('Succeeded');
  });

  it('is found by its name in capital and small letters', () => {
    expect(actionOf(ended({ B: [taking('Use', 'repoOut')] }), 'B', 'Use')?.status).toBe('Failed');
  });

  test.each<{ what: string; sketch: Sketch; status: string }>([
    { what: 'of an earlier stage', sketch: { B: ['Make'], U: [taking('Use', 'MakeOut')] }, status: 'Succeeded' },
    {
      what: 'of a lower runOrder of its stage',
      sketch: { U: ['Make@1', { ...taking('Use', 'MakeOut'), runOrder: 2 }] },
      status: 'Succeeded',
    },
    {
      what: 'of its own runOrder',
      sketch: { U: ['Make@2', { ...taking('Use', 'MakeOut'), runOrder: 2 }] },
      status: 'Failed',
    },
    {
      what: 'of a higher runOrder',
      sketch: { U: ['Make@3', { ...taking('Use', 'MakeOut'), runOrder: 2 }] },
      status: 'Failed',
    },
    { what: 'of itself', sketch: { U: [taking('Use', 'UseOut')] }, status: 'Failed' },
    { what: 'of a later stage', sketch: { U: [taking('Use', 'MakeOut')], B: ['Make'] }, status: 'Failed' },
    { what: 'of nobody', sketch: { U: [taking('Use', 'Nothing')] }, status: 'Failed' },
  ])('$what: the action is $status', ({ sketch, status }) => {
    expect(actionOf(ended(sketch), 'U', 'Use')?.status).toBe(status);
  });

  it('that its producer did not write, though it succeeded, fails the consumer and nobody else', () => {
    const state = ended({ B: ['Make'], D: [taking('Use', 'MakeOut'), taking('Other', 'RepoOut')] }, ({ actionName }) =>
      actionName === 'Make' ? { outputArtifacts: [] } : {},
    );
    expect(actionOf(state, 'B', 'Make')?.status).toBe('Succeeded');
    expect(actionOf(state, 'D', 'Use')?.errorDetails).toMatchObject({
      code: 'ConfigurationError',
      message: 'Input artifact "MakeOut" does not exist: B/Make succeeded without making it.',
      fix: expect.stringContaining('retry'),
    });
    expect(actionOf(state, 'D', 'Other')?.status).toBe('Succeeded');
  });

  it('that was not declared, but written all the same, is nobody’s input', () => {
    const extra = { name: 'Extra', digest: 'd', size: 1 };
    const state = ended({ B: ['Make'], D: [taking('Use', 'Extra')] }, ({ actionName }) =>
      actionName === 'Make' ? { outputArtifacts: [extra] } : {},
    );
    expect(actionOf(state, 'D', 'Use')?.status).toBe('Failed');
  });

  it('fails the action before unresolved variables do, with what the person has to mend first', () => {
    const use = { ...taking('Use', 'Nothing'), configuration: { P: '#{No.Key}' } };
    expect(actionOf(ended({ U: [use] }), 'U', 'Use')?.errorDetails?.message).toMatch(/^Input artifact "Nothing"/);
  });
});

describe('§7 after a retry', () => {
  const pipeline = pipelineOf({ S: ['Repo'], B: ['Make', 'Flaky'], D: [taking('Use', 'MakeOut')] });
  const retried = (retryMode: 'FAILED_ACTIONS' | 'ALL_ACTIONS') => {
    const run = simulate({
      pipeline,
      outcome: ({ actionName, attempt }) => (actionName === 'Flaky' && attempt === 1 ? { status: 'Failed' } : {}),
    });
    run.start('E1');
    run.clock.runToEnd();
    const before = actionOf(run.state('E1'), 'B', 'Make')?.outputArtifacts[0]?.digest;
    run.retry('E1', 'B', retryMode);
    run.clock.runToEnd();
    const used = actionOf(run.state('E1'), 'D', 'Use')?.inputArtifacts[0]?.digest;
    return { before, used };
  };

  it('of ALL_ACTIONS the newest artifact is used', () => {
    const { before, used } = retried('ALL_ACTIONS');
    expect(used).toBeDefined();
    expect(used).not.toBe(before);
  });

  it('of FAILED_ACTIONS that of the action which was not repeated', () => {
    const { before, used } = retried('FAILED_ACTIONS');
    expect(used).toBe(before);
  });

  it('history keeps what each attempt was given and made', () => {
    const run = simulate({
      pipeline: pipelineOf({ S: ['Repo'], B: ['Make', { ...taking('Use', 'MakeOut'), runOrder: 2 }] }),
      outcome: ({ actionName, attempt }) => (actionName === 'Use' && attempt === 1 ? { status: 'Failed' } : {}),
    });
    run.start('E1');
    run.clock.runToEnd();
    run.retry('E1', 'B', 'ALL_ACTIONS');
    run.clock.runToEnd();
    const make = actionOf(run.state('E1'), 'B', 'Make');
    const use = actionOf(run.state('E1'), 'B', 'Use');
    expect(use?.previous?.inputArtifacts).toEqual(make?.previous?.outputArtifacts);
    expect(use?.inputArtifacts).toEqual(make?.outputArtifacts);
    expect(make?.outputArtifacts).not.toEqual(make?.previous?.outputArtifacts);
  });
});

describe('what is looked up in a declaration', () => {
  const pipeline = pipelineOf({
    S: [{ name: 'Repo', namespace: 'Src' }],
    B: ['C@3', 'A@1', 'B@1', { name: 'N', runOrder: 2, namespace: 'Build' }],
  });

  it('is where every stage and action stands', () => {
    const shape = shapeOf(pipeline);
    expect([...shape.stageIndex]).toEqual([
      ['S', 0],
      ['B', 1],
    ]);
    expect([...(shape.stages[1]?.actionIndex ?? [])]).toEqual([
      ['C', 0],
      ['A', 1],
      ['B', 2],
      ['N', 3],
    ]);
    expect(shape.stages[1]?.groups.map((group) => group.map(({ action, index }) => `${action.name} ${index}`))).toEqual(
      [['A 1', 'B 2'], ['N 3'], ['C 0']],
    );
  });

  it('is who makes an artifact and who owns a namespace', () => {
    const { producers, namespaces } = shapeOf(pipeline);
    expect(producers.get('COut')).toEqual({ stageIndex: 1, actionIndex: 0, runOrder: 3 });
    expect(namespaces.get('Build')).toEqual({ stageIndex: 1, actionIndex: 3, runOrder: 2 });
    expect([producers.get('Nothing'), namespaces.get('constructor')]).toEqual([undefined, undefined]);
  });

  it('counts the first where a broken pipeline has a name twice', () => {
    const output = { outputArtifacts: [{ name: 'Same' }], namespace: 'Twice' };
    const shape = shapeOf(
      pipelineOf({ S: ['Repo'], B: [{ name: 'One', ...output }], D: [{ name: 'Two', ...output }] }),
    );
    expect(shape.producers.get('Same')?.stageIndex).toBe(1);
    expect(shape.namespaces.get('Twice')?.stageIndex).toBe(1);
  });

  it('is made once for each declaration, and anew for another', () => {
    expect(shapeOf(pipeline)).toBe(shapeOf(pipeline));
    expect(shapeOf({ ...pipeline })).not.toBe(shapeOf(pipeline));
  });

  test.each([
    { producer: [0, 9], consumer: [1, 1], before: true },
    { producer: [1, 1], consumer: [1, 2], before: true },
    { producer: [1, 1], consumer: [1, 1], before: false },
    { producer: [1, 2], consumer: [1, 1], before: false },
    { producer: [2, 1], consumer: [1, 9], before: false },
  ])('stage and runOrder $producer come before $consumer: $before', ({ producer, consumer, before }) => {
    const [stageIndex = 0, runOrder = 0] = producer;
    expect(runsBefore({ stageIndex, actionIndex: 0, runOrder }, consumer[0] ?? 0, consumer[1] ?? 0)).toBe(before);
  });
});
