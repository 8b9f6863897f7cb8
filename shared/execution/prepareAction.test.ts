import { describe, expect, it } from 'vitest';
import type { ActionDeclaration } from '../model/declaration.ts';
import { executionOf } from '../testing/executionOf.ts';
import { pipelineOf } from '../testing/pipelineOf.ts';
import type { StartAction } from '../testing/simulate.ts';
import { decide } from './decide.ts';
import { evolve } from './evolve.ts';
import { actionOf } from './executionState.ts';

const repo = { name: 'Repo', namespace: 'Src' };
const outcome = ({ actionName }: StartAction) =>
  actionName === 'Repo' ? { outputVariables: { CommitId: 'abc', CommitMessage: 'say "#{Src.CommitId}"' } } : {};
const nothingMade = { outputArtifacts: [], outputVariables: {} };
/** Runs `use` after a source with variables and answers how it went. */
const used = (use: { name: string } & Partial<ActionDeclaration>, sketch: Record<string, string[]> = {}) => {
  const pipeline = pipelineOf(
    { Source: [repo], ...sketch, Use: [use] },
    { variables: [{ name: 'Env', defaultValue: 'test' }] },
  );
  return actionOf(executionOf(pipeline, { outcome }).toEnd(), 'Use', use.name.split('@')[0]!);
};

describe('what an action is started with', () => {
  it('has variables of sources, of the pipeline and of the execution put in', () => {
    const action = used({
      name: 'A',
      configuration: { ProjectName: '#{variables.Env}-#{Src.CommitId}', Id: '#{codepipeline.PipelineExecutionId}' },
    });
    expect(action).toMatchObject({
      status: 'Succeeded',
      resolvedConfiguration: { ProjectName: 'test-abc', Id: 'E1' },
    });
  });

  it('has them in commands and environment variables too', () => {
    let started: StartAction | undefined;
    const use = {
      name: 'A',
      commands: ['echo #{Src.CommitId}', 'true'],
      environmentVariables: [{ name: 'C', value: '#{Src.CommitMessage}' }],
    };
    executionOf(pipelineOf({ Source: [repo], Use: [use] }), {
      outcome: (action) => {
        if (action.actionName === 'A') started = action;
        return outcome(action);
      },
    }).toEnd();
    expect(started?.action.commands).toEqual(['echo abc', 'true']);
    expect(started?.action.environmentVariables?.[0]?.value).toBe('say "#{Src.CommitId}"');
  });

  it.each([
    ['a key that the producer did not set (X-009)', '#{Src.Other}'],
    ['a namespace nobody has', '#{Nobody.Key}'],
    ['an action of the same group', '#{Peer.Key}'],
    ['itself', '#{Own.Key}'],
    ['a built-in property', '#{Src.constructor}'],
    ['an unknown key of the execution', '#{codepipeline.Other}'],
  ])('fails before it starts work when a reference names %s', (_, reference) => {
    const action = used({ name: 'A', namespace: 'Own', configuration: { ProjectName: reference } });
    expect(action).toMatchObject({
      status: 'Failed',
      errorDetails: { code: 'ConfigurationError', message: expect.stringContaining(reference) },
    });
    expect(action?.errorDetails?.message).toMatch(/^One or more variables of Use\/A could not be resolved/);
  });

  it('does not let a source action see the variables of the pipeline', () => {
    const source = { name: 'Repo', configuration: { BranchName: '#{variables.Env}' } };
    const pipeline = pipelineOf({ Source: [source] }, { variables: [{ name: 'Env', defaultValue: 'test' }] });
    expect(actionOf(executionOf(pipeline).toEnd(), 'Source', 'Repo')?.status).toBe('Failed');
  });

  it('fails when an input artifact was not made, and says by whom', () => {
    const pipeline = pipelineOf({
      Source: ['Repo'],
      Build: ['Make'],
      Use: [{ name: 'A', inputArtifacts: [{ name: 'MakeOut' }] }],
    });
    const state = executionOf(pipeline, {
      outcome: ({ actionName }) => (actionName === 'Make' ? { outputArtifacts: [] } : {}),
    }).toEnd();
    expect(actionOf(state, 'Use', 'A')?.errorDetails?.message).toMatch(/Build\/Make succeeded without making it/);
    expect(state.status).toBe('Failed');
  });

  it('fails when nobody before it makes an input artifact', () => {
    expect(used({ name: 'A', inputArtifacts: [{ name: 'Nothing' }] })?.errorDetails?.message).toMatch(
      /no action before A/,
    );
    expect(used({ name: 'A', inputArtifacts: [{ name: 'AOut' }] })?.status).toBe('Failed');
  });

  it('fails when its resolved configuration is over 100 KB (X-008)', () => {
    const text = '#{Src.CommitId}';
    const big = 'x'.repeat(100 * 1024);
    const pipeline = pipelineOf({ Source: [repo], Use: [{ name: 'A', configuration: { Long: text } }] });
    const state = executionOf(pipeline, { outcome: () => ({ outputVariables: { CommitId: big } }) }).toEnd();
    expect(actionOf(state, 'Use', 'A')?.errorDetails?.message).toMatch(/bytes long/);
  });

  it('is what the newest success left, when an attempt after it failed', () => {
    const pipeline = pipelineOf({
      Source: [repo],
      Use: [{ name: 'A', configuration: { P: '#{Src.CommitId}' }, inputArtifacts: [{ name: 'RepoOut' }] }],
    });
    const { state } = executionOf(pipeline, { outcome }).until('StageStarted Use');
    const { fidelity, actionTypeId } = actionOf(state, 'Source', 'Repo')!;
    const place = { stageName: 'Source', actionName: 'Repo', actionExecutionId: 'again' };
    const started = { ...place, attempt: 2, inputArtifacts: [], resolvedConfiguration: {}, fidelity, actionTypeId };
    const frame = { seq: state.lastSeq + 1, at: 9, mono: 9 };
    const failed = [
      { ...frame, type: 'ActionStarted' as const, ...started },
      { ...frame, type: 'ActionFinished' as const, ...place, status: 'Failed' as const, ...nothingMade },
    ].reduce(evolve, state);
    expect(actionOf(failed, 'Source', 'Repo')?.status).toBe('Failed');
    expect(decide([failed])[0]).toMatchObject({
      do: 'startAction',
      resolvedConfiguration: { P: 'abc' },
      inputArtifacts: actionOf(state, 'Source', 'Repo')?.outputArtifacts,
    });
    expect(decide([failed])[0]).not.toHaveProperty('failure');
  });
});
