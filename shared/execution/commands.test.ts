import { describe, expect, it, test } from 'vitest';
import type { PipelineDeclaration } from '../model/declaration.ts';
import { ProblemError } from '../problem.ts';
import { executionOf } from '../testing/executionOf.ts';
import { pipelineOf } from '../testing/pipelineOf.ts';
import { simulate } from '../testing/simulate.ts';
import { putApprovalResult, resolvePipelineVariables, retry, start, stop } from './commands.ts';
import { actionOf } from './executionState.ts';

const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.code;
    throw error;
  }
  return 'accepted';
};
const input = (declaration: PipelineDeclaration) => ({
  pipelineExecutionId: 'E1',
  declaration,
  variables: {},
  bindings: {},
  documentPath: '',
  trigger: { triggerType: 'StartPipelineExecution' as const, triggerDetail: 'spec' },
  startNumber: 1,
  unfinished: 0,
});
const plain = pipelineOf({ Source: ['Repo'], Build: ['Compile'] });

describe('starting', () => {
  it('records the whole definition, its version and mode, and the resolved variables', () => {
    const declaration = pipelineOf(
      { Source: ['Repo'], Build: ['Compile'] },
      { version: 7, variables: [{ name: 'Stage', defaultValue: 'test' }, { name: 'Tag' }] },
    );
    expect(start({ ...input(declaration), variables: { Tag: 'v1' } })).toEqual([
      expect.objectContaining({
        type: 'ExecutionStarted',
        pipelineName: 'sketch',
        pipelineVersion: 7,
        executionMode: 'SUPERSEDED',
        variables: { Stage: 'test', Tag: 'v1' },
        declaration,
      }),
    ]);
  });

  test.each([
    ['a variable without default has no value (X-001)', {}, 'execution.variable-missing'],
    ['a value is empty (X-002)', { Tag: '' }, 'execution.variable-length'],
    ['a value is longer than 1000 characters (X-002)', { Tag: 'x'.repeat(1001) }, 'execution.variable-length'],
    ['a variable is not declared (X-003)', { Tag: 'v', Other: 'x' }, 'execution.variable-unknown'],
    ['a variable has the name of a built-in', { Tag: 'v', constructor: 'x' }, 'execution.variable-unknown'],
    ['nothing, at 1000 characters', { Tag: 'x'.repeat(1000) }, 'accepted'],
  ])('is refused when %s', (_, variables: Record<string, string>, code) => {
    const declaration = pipelineOf({ Source: ['Repo'] }, { variables: [{ name: 'Tag' }] });
    expect(codeOf(() => resolvePipelineVariables(declaration, variables))).toBe(code);
  });

  it('is allowed with onFailure RETRY, which is carried out', () => {
    const [source, build] = plain.stages;
    const declaration = { ...plain, stages: [source!, { ...build!, onFailure: { result: 'RETRY' as const } }] };
    expect(codeOf(() => start(input(declaration)))).toBe('accepted');
  });

  it('is refused without stages', () => {
    expect(codeOf(() => start(input({ ...plain, stages: [] })))).toBe('execution.no-stages');
  });

  test.each([
    ['QUEUED', 49, 'accepted'],
    ['QUEUED', 50, 'execution.limit-exceeded'],
    ['PARALLEL', 50, 'execution.limit-exceeded'],
    ['SUPERSEDED', 50, 'accepted'],
  ] as const)('in %s mode with %i others unfinished is %s (X-006)', (executionMode, unfinished, code) => {
    expect(codeOf(() => start({ ...input({ ...plain, executionMode }), unfinished }))).toBe(code);
  });
});

describe('stopping', () => {
  it('is refused once the execution has ended', () => {
    const ended = executionOf(plain).toEnd();
    expect(codeOf(() => stop(ended, { abandon: false, reason: '' }))).toBe('execution.not-stoppable');
  });

  it('is refused when it repeats; only waiting can become abandoning', () => {
    const run = simulate({ pipeline: plain, duration: () => 9 });
    run.start('E1');
    run.stop('E1');
    const stopping = run.state('E1');
    expect(codeOf(() => stop(stopping, { abandon: false, reason: '' }))).toBe('execution.stop-duplicated');
    expect(stop(stopping, { abandon: true, reason: 'now' })).toEqual([
      { type: 'StopRequested', abandon: true, reason: 'now' },
    ]);
    const abandoning = { ...stopping, stop: { abandon: true, reason: '', at: 0 } };
    expect(codeOf(() => stop(abandoning, { abandon: true, reason: '' }))).toBe('execution.stop-duplicated');
    expect(codeOf(() => stop(abandoning, { abandon: false, reason: '' }))).toBe('execution.stop-duplicated');
  });
});

describe('retrying', () => {
  const request = { stageName: 'Build', retryMode: 'FAILED_ACTIONS' as const };
  const failed = executionOf(plain, { failing: ['Compile'] });

  it('is accepted for the failed stage of the latest execution', () => {
    expect(retry(failed.toEnd(), request, [])).toEqual([
      { type: 'StageRetryRequested', ...request, trigger: 'ManualStageRetry' },
    ]);
  });

  it('is refused for an unknown stage, for one that succeeded, and while it runs', () => {
    expect(codeOf(() => retry(failed.toEnd(), { ...request, stageName: 'Nope' }, []))).toBe('retry.stage-not-found');
    expect(codeOf(() => retry(failed.toEnd(), { ...request, stageName: 'Source' }, []))).toBe('retry.not-retryable');
    expect(codeOf(() => retry(executionOf(plain).toEnd(), request, []))).toBe('retry.not-retryable');
    expect(codeOf(() => retry(failed.until('StageStarted Build').state, request, []))).toBe('retry.conflict');
  });

  it('is refused for a superseded execution', () => {
    const superseded = { ...failed.toEnd(), status: 'Superseded' as const };
    expect(() => retry(superseded, request, [])).toThrow(/Superseded/);
  });

  it('is refused once a newer execution entered the stage, whether it still runs or not', () => {
    const newer = { ...executionOf(plain).toEnd(), pipelineExecutionId: 'E2', startNumber: 2 };
    expect(codeOf(() => retry(failed.toEnd(), request, [newer]))).toBe('retry.not-latest');
    const waiting = { ...executionOf(plain).until('StageEntranceReached Build').state, pipelineExecutionId: 'E2' };
    expect(codeOf(() => retry(failed.toEnd(), request, [{ ...waiting, startNumber: 2 }]))).toBe('accepted');
  });

  it('is refused while an older execution is inside the stage, as after a change of the mode', () => {
    const older = {
      ...executionOf(plain).until('StageStarted Build').state,
      pipelineExecutionId: 'E0',
      startNumber: 0,
    };
    expect(codeOf(() => retry(failed.toEnd(), request, [older]))).toBe('retry.not-latest');
    const elsewhere = { ...older, position: { at: 'inside' as const, stageName: 'Source' } };
    expect(codeOf(() => retry(failed.toEnd(), request, [elsewhere]))).toBe('accepted');
  });

  it('is refused while an action of the failed stage is still ending', () => {
    const state = failed.toEnd();
    const stages = state.stages.map((stage) => ({ ...stage, runningActions: stage.stageName === 'Build' ? 1 : 0 }));
    expect(() => retry({ ...state, stages }, request, [])).toThrow(/still ending/);
  });

  it('is not hindered by others in PARALLEL mode', () => {
    const state = { ...failed.toEnd(), executionMode: 'PARALLEL' as const };
    const newer = { ...executionOf(plain).toEnd(), pipelineExecutionId: 'E2', startNumber: 2 };
    expect(codeOf(() => retry(state, request, [newer]))).toBe('accepted');
  });
});

describe('answering an approval', () => {
  const run = simulate({ pipeline: pipelineOf({ Source: ['Repo'], Sign: ['Approve'] }) });
  run.start('E1');
  run.clock.runToEnd();
  const state = run.state('E1');
  const approval = actionOf(state, 'Sign', 'Approve')!.approval!;
  const answer = {
    stageName: 'Sign',
    actionName: 'Approve',
    token: approval.token,
    status: 'Approved' as const,
    summary: 'fine',
    answeredBy: 'me',
  };

  it('is recorded with who answered what', () => {
    expect(putApprovalResult(state, answer, 5)).toEqual([
      expect.objectContaining({ type: 'ApprovalAnswered', status: 'Approved', summary: 'fine', answeredBy: 'me' }),
    ]);
  });

  test.each([
    ['a stage that is unknown', { stageName: 'X' }, 5, 'approval.stage-not-found'],
    ['an action that is unknown', { actionName: 'X' }, 5, 'approval.action-not-found'],
    ['a wrong token', { token: 'other' }, 5, 'approval.invalid-token'],
    ['its time over', {}, approval.expiresAt, 'approval.invalid-token'],
    ['its last instant', {}, approval.expiresAt - 1, 'accepted'],
    ['an action that is no approval', { stageName: 'Source', actionName: 'Repo' }, 5, 'approval.invalid-token'],
  ])('with %s is judged', (_, change, now, code) => {
    expect(codeOf(() => putApprovalResult(state, { ...answer, ...change }, now))).toBe(code);
  });

  it('is refused the second time', () => {
    run.answer('E1', { stageName: 'Sign', actionName: 'Approve', status: 'Approved' });
    expect(codeOf(() => putApprovalResult(run.state('E1'), answer, 6))).toBe('approval.already-completed');
  });
});
