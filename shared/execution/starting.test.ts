import { describe, expect, it, test } from 'vitest';
import type { PipelineDeclaration, StageDeclaration } from '../model/declaration.ts';
import { situationOf } from '../testing/flow.ts';
import { pipelineOf } from '../testing/pipelineOf.ts';
import { refusalOf } from '../testing/refusalOf.ts';
import { simulate } from '../testing/simulate.ts';
import { type StartInput, start } from './commands.ts';

/** §2 of reference/execution-semantics.md: starting an execution, and what a local run refuses to start. */

const plain = pipelineOf({ S: ['Repo', 'Config'], B: ['Make'], D: ['Ship'] });
const asked = (declaration: PipelineDeclaration = plain, more: Partial<StartInput> = {}): StartInput => ({
  pipelineExecutionId: 'E1',
  declaration,
  variables: {},
  bindings: {},
  documentPath: '',
  trigger: { triggerType: 'StartPipelineExecution', triggerDetail: 'spec' },
  startNumber: 1,
  unfinished: 0,
  ...more,
});
const withStage = (name: string, more: Partial<StageDeclaration>): PipelineDeclaration => ({
  ...plain,
  stages: plain.stages.map((stage) => (stage.name === name ? { ...stage, ...more } : stage)),
});

describe('§2 a start', () => {
  it('runs every source action, not only the one that changed', () => {
    const run = simulate({ pipeline: plain });
    run.start('E1');
    expect(run.history('ActionStarted')).toEqual(['0 E1 ActionStarted S/Repo', '0 E1 ActionStarted S/Config']);
  });

  it('is one fact, with everything that the execution will ever need', () => {
    const bindings = { 'S/Repo': { kind: 'folder' as const, path: '/src' } } as unknown as StartInput['bindings'];
    expect(start(asked(plain, { bindings, documentPath: '/p.json', startNumber: 7 }))).toEqual([
      {
        type: 'ExecutionStarted',
        pipelineExecutionId: 'E1',
        pipelineName: 'sketch',
        pipelineVersion: 1,
        executionMode: 'SUPERSEDED',
        executionType: 'STANDARD',
        trigger: { triggerType: 'StartPipelineExecution', triggerDetail: 'spec' },
        startNumber: 7,
        declaration: plain,
        variables: {},
        bindings,
        documentPath: '/p.json',
      },
    ]);
  });

  it('leaves the path out when the document was never saved', () => {
    expect(start(asked())[0]).not.toHaveProperty('documentPath');
  });

  test.each([
    { declared: undefined, mode: 'SUPERSEDED' },
    { declared: 'SUPERSEDED', mode: 'SUPERSEDED' },
    { declared: 'QUEUED', mode: 'QUEUED' },
    { declared: 'PARALLEL', mode: 'PARALLEL' },
  ] as const)('in mode $declared is recorded as $mode', ({ declared, mode }) => {
    const declaration = declared ? { ...plain, executionMode: declared } : plain;
    expect(start(asked(declaration))[0]).toMatchObject({ executionMode: mode });
  });

  test.each(['StartPipelineExecution', 'CreatePipeline', 'WebhookV2', 'ManualRollback', 'AutomatedRollback'] as const)(
    'keeps its cause %s',
    (triggerType) => {
      const trigger = { triggerType, triggerDetail: 'arn:aws:iam::111122223333:user/ann' };
      expect(start(asked(plain, { trigger }))[0]).toMatchObject({ trigger });
    },
  );

  test.each<{ what: string; given: Record<string, string>; answer: string | Record<string, string> }>([
    { what: 'defaults, when nothing is given', given: { Must: 'm' }, answer: { Env: 'test', Must: 'm' } },
    { what: 'what is given, over the default', given: { Must: 'm', Env: 'prod' }, answer: { Env: 'prod', Must: 'm' } },
    {
      what: 'a value with a reference in it as it stands',
      given: { Must: '#{Src.Key}' },
      answer: { Env: 'test', Must: '#{Src.Key}' },
    },
    { what: 'not a missing one without default', given: { Env: 'prod' }, answer: 'ValidationException' },
    { what: 'not an unknown one', given: { Must: 'm', env: 'prod' }, answer: 'ValidationException' },
    { what: 'not an empty one', given: { Must: '' }, answer: 'ValidationException' },
  ])('takes variables: $what', ({ given, answer }) => {
    const declaration = { ...plain, variables: [{ name: 'Env', defaultValue: 'test' }, { name: 'Must' }] };
    const act = () => start(asked(declaration, { variables: given }));
    if (typeof answer === 'string') expect(refusalOf(act)).toBe(answer);
    else expect(act()[0]).toMatchObject({ variables: answer });
  });

  it('names every variable that is missing, and those that the pipeline has when one is unknown', () => {
    const declaration = { ...plain, variables: [{ name: 'One' }, { name: 'Two' }] };
    expect(() => start(asked(declaration))).toThrow(/"One", "Two"/);
    expect(() => start(asked(declaration, { variables: { Three: '3' } }))).toThrow(/"Three"; it has "One", "Two"/);
  });

  test.each([
    { mode: 'SUPERSEDED', unfinished: 1000, answer: 'accepted' },
    { mode: 'QUEUED', unfinished: 49, answer: 'accepted' },
    { mode: 'QUEUED', unfinished: 50, answer: 'ConcurrentPipelineExecutionsLimitExceededException' },
    { mode: 'PARALLEL', unfinished: 49, answer: 'accepted' },
    { mode: 'PARALLEL', unfinished: 51, answer: 'ConcurrentPipelineExecutionsLimitExceededException' },
  ] as const)('in $mode with $unfinished unfinished is $answer', ({ mode, unfinished, answer }) => {
    expect(refusalOf(() => start(asked({ ...plain, executionMode: mode }, { unfinished })))).toBe(answer);
  });

  it('counts only executions that have not finished: the fifty-first may start when one has ended', () => {
    const run = simulate({ pipeline: { ...plain, executionMode: 'QUEUED' } });
    for (let index = 1; index <= 50; index += 1) run.start(`E${index}`);
    expect(refusalOf(() => run.start('E51'))).toBe('ConcurrentPipelineExecutionsLimitExceededException');
    run.stop('E50');
    expect(refusalOf(() => run.start('E51'))).toBe('accepted');
    run.clock.runToEnd();
    expect(
      situationOf(run)
        .split(', ')
        .filter((each) => each.endsWith('Succeeded')),
    ).toHaveLength(50);
  });
});

describe('a start takes every stage that CodePipeline takes', () => {
  const conditions = [{ result: 'FAIL' as const, rules: [] }];
  test.each<{ what: string; more: Partial<StageDeclaration> }>([
    {
      what: 'every condition',
      more: { beforeEntry: { conditions }, onSuccess: { conditions }, onFailure: { conditions } },
    },
    { what: 'a rollback of failures', more: { onFailure: { result: 'ROLLBACK' } } },
    { what: 'an automatic retry', more: { onFailure: { result: 'RETRY' } } },
    {
      what: 'an automatic retry with its mode',
      more: { onFailure: { result: 'RETRY', retryConfiguration: { retryMode: 'ALL_ACTIONS' } } },
    },
    { what: 'an empty onFailure', more: { onFailure: {} } },
    { what: 'blockers, which AWS keeps for itself', more: { blockers: [{ name: 'x', type: 'Schedule' }] } },
  ])('with $what', ({ more }) => {
    expect(refusalOf(() => start(asked(withStage('B', more))))).toBe('accepted');
  });

  it('but not a pipeline without stages, before its variables are asked for', () => {
    const declaration = { ...plain, stages: [], variables: [{ name: 'Must' }] };
    expect(refusalOf(() => start(asked(declaration)))).toBe('execution.no-stages');
  });

  it('and keeps the breakpoints of actions that it has', () => {
    const breakpoints = { 'B/Make': 'before', 'B/Gone': 'after' } as const;
    expect(start(asked(plain, { breakpoints }))).toMatchObject([{ breakpoints: { 'B/Make': 'before' } }]);
    expect(start(asked(plain, { breakpoints: { 'B/Gone': 'after' } }))[0]).not.toHaveProperty('breakpoints');
  });

  test.each([
    { point: { kind: 'fork', stageName: 'D' } as const, answer: 'accepted' },
    { point: { kind: 'fork', stageName: 'Gone' } as const, answer: 'execution.starting-point' },
    { point: { kind: 'action', stageName: 'D', actionName: 'Ship' } as const, answer: 'accepted' },
    { point: { kind: 'action', stageName: 'D', actionName: 'Gone' } as const, answer: 'execution.starting-point' },
    { point: { kind: 'action', stageName: 'D' } as const, answer: 'execution.starting-point' },
  ])('begins at $point: $answer', ({ point, answer }) => {
    const startingPoint = { pipelineExecutionId: 'E0', results: {}, ...point };
    expect(refusalOf(() => start(asked(plain, { startingPoint })))).toBe(answer);
  });
});
