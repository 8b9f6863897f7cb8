import { describe, expect, it, test } from 'vitest';
import { pipelineInvoke } from '../providers/actions/pipelineInvoke.ts';
import type { PipelineStart } from '../providers/host.ts';
import { fakeHost, runOf } from '../testing/fakeHost.ts';

const invoke = async (configuration: Record<string, string>, runsOthers = true) => {
  const started: PipelineStart[] = [];
  const host = fakeHost();
  const emulation = await host.emulation();
  const startPipeline = async (start: PipelineStart) => {
    started.push(start);
    return { pipelineExecutionId: 'E2' };
  };
  const able = { ...host, emulation: async () => (runsOthers ? { ...emulation, startPipeline } : emulation) };
  const outcome = await pipelineInvoke.run(runOf(able, { configuration: { PipelineName: 'next', ...configuration } }));
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

  it('fails where the program runs one pipeline only, because nothing was started', async () => {
    await expect(invoke({}, false)).rejects.toMatchObject({
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
