import { describe, expect, it, test } from 'vitest';
import type { Binding } from '../model/sidecar.ts';
import { pipelineInvoke } from '../providers/actions/pipelineInvoke.ts';
import type { EndedStatus, PipelineStart } from '../providers/host.ts';
import { fakeHost, runOf } from '../testing/fakeHost.ts';

const invoke = async (
  configuration: Record<string, string>,
  {
    runsOthers = true,
    binding,
    status = 'Succeeded',
  }: Partial<{
    runsOthers: boolean;
    binding: Extract<Binding, { kind: 'pipeline' }>;
    status: EndedStatus;
  }> = {},
) => {
  const started: PipelineStart[] = [];
  const host = fakeHost();
  const emulation = await host.emulation();
  const startPipeline = async (start: PipelineStart) => {
    started.push(start);
    return { pipelineExecutionId: 'E2' };
  };
  const executionEnded = async (id: string) => {
    host.lines.push(`(${id} goes on)`);
    return status;
  };
  const able = {
    ...host,
    emulation: async () => (runsOthers ? { ...emulation, startPipeline, executionEnded } : emulation),
  };
  const outcome = await pipelineInvoke.run(
    runOf(able, { configuration: { PipelineName: 'next', ...configuration }, binding }),
  );
  return { ...outcome, started, lines: host.lines };
};

describe('an action that starts another pipeline', () => {
  it('hands on variables and source revisions and does not wait for the end', async () => {
    const revision = { actionName: 'Source', revisionType: 'COMMIT_ID', revisionValue: 'abc' };
    const { started, lines, externalExecutionId } = await invoke({
      Variables: '[{"name":"stage","value":"beta"}]',
      SourceRevisions: JSON.stringify([revision]),
    });
    expect(started).toEqual([{ pipelineName: 'next', variables: { stage: 'beta' }, sourceRevisions: [revision] }]);
    expect(externalExecutionId).toBe('E2');
    expect(lines.at(-1)).toBe('Pipeline next is started as E2; its end is not waited for, as in AWS.');
  });

  it('starts the file that its binding names', async () => {
    const { started } = await invoke({}, { binding: { kind: 'pipeline', path: '/shop/next.json' } });
    expect(started).toMatchObject([{ pipelineName: 'next', path: '/shop/next.json' }]);
  });

  it('waits for the end where its binding says so, and says that CodePipeline would not', async () => {
    const { lines, summary } = await invoke({}, { binding: { kind: 'pipeline', wait: true } });
    expect(lines.slice(-3)).toEqual([
      'Pipeline next is started as E2. Its end is waited for, as the binding of this action says; CodePipeline would not wait.',
      '(E2 goes on)',
      'Execution E2 of next ended: Succeeded.',
    ]);
    expect(summary).toBe('next succeeded.');
  });

  it.each<EndedStatus>(['Failed', 'Stopped', 'Superseded', 'Cancelled'])(
    'that waits fails when the other execution ends as %s',
    async (status) => {
      await expect(invoke({}, { binding: { kind: 'pipeline', wait: true }, status })).rejects.toMatchObject({
        code: 'JobFailed',
        message: `Execution E2 of pipeline next ended: ${status}.`,
      });
    },
  );

  it('fails where the program runs one pipeline only, because nothing was started', async () => {
    await expect(invoke({}, { runsOthers: false })).rejects.toMatchObject({
      code: 'ConfigurationError',
      message: 'Pipeline next is not started: this program runs one pipeline only.',
      fix: expect.stringContaining('penstock serve'),
    });
  });

  test.each<[configuration: Record<string, string>, message: string]>([
    [{ PipelineName: 'a b' }, 'PipelineName "a b" is no name of a pipeline.'],
    [{ Variables: '[{]' }, 'Variables is no JSON after its variables were filled in (line 1, column 3).'],
    [{ Variables: '{"stage":"beta"}' }, 'Variables is no JSON list.'],
    [{ Variables: '[{"name":"stage"}]' }, 'Variables: an entry has no name and value.'],
    [{ Variables: '[{"name":"stage","value":""}]' }, 'Variables: the value of stage has 0 characters.'],
    [
      { SourceRevisions: '[{"actionName":"A","revisionType":"BRANCH","revisionValue":"x"}]' },
      'SourceRevisions: an entry has no actionName, revisionType and revisionValue.',
    ],
  ])('with %j starts nothing and fails', async (configuration, message) => {
    await expect(invoke(configuration)).rejects.toMatchObject({ code: 'ConfigurationError', message });
  });
});
