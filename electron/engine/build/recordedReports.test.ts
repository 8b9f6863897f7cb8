import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { actionOf } from '../../../shared/execution/executionState.ts';
import { type EngineFixture, engineFixture, pipelineOf } from '../testing/engineFixture.ts';

let host: EngineFixture;
beforeEach(() => {
  host = engineFixture();
});
afterEach(() => host.close());

const codeBuild = (name: string) => ({
  name,
  actionTypeId: { category: 'Build' as const, owner: 'AWS' as const, provider: 'CodeBuild', version: '1' },
  inputArtifacts: [{ name: 'SourceOutput' }],
  configuration: { ProjectName: 'shop' },
});
const buildspec = (command: string) => `version: 0.2
phases: { build: { commands: [${JSON.stringify(command)}] } }
cache: { paths: [deps] }
reports: { unit: { files: [r.xml] } }
`;
const junit = '<testsuite><testcase name="a"/><testcase name="b"><failure message="no"/></testcase></testsuite>';

describe('what a build leaves beside its artifacts', () => {
  it('its reports are recorded with its end, of a failed build too', async () => {
    writeFileSync(join(host.root, 'source', 'buildspec.yml'), buildspec('exit 3'));
    writeFileSync(join(host.root, 'source', 'r.xml'), junit);
    const state = await host.run(pipelineOf({ Build: [codeBuild('Compile')] }));
    const action = actionOf(state, 'Build', 'Compile');
    expect(action?.status).toBe('Failed');
    expect(action?.reports).toEqual([
      {
        name: 'shop-unit',
        type: 'TEST',
        status: 'FAILED',
        format: 'JUNITXML',
        files: 1,
        tests: { total: 2, succeeded: 1, failed: 1, error: 0, skipped: 0, unknown: 0 },
        failedCases: [{ name: 'b', status: 'FAILED', message: 'no' }],
      },
    ]);
    expect(host.log(state, 'Build', 'Compile')).toContain('[Penstock] Report shop-unit: 2 tests, 1 passed, 1 failed.');
  });

  it('an action without reports has none in its record', async () => {
    writeFileSync(
      join(host.root, 'source', 'buildspec.yml'),
      'version: 0.2\nphases: { build: { commands: ["true"] } }\n',
    );
    const state = await host.run(pipelineOf({ Build: [codeBuild('Compile')] }));
    const finished = (await host.history.events(state.pipelineExecutionId)).filter(
      ({ type }) => type === 'ActionFinished',
    );
    expect(finished).toHaveLength(2);
    for (const event of finished) expect(event).not.toHaveProperty('reports');
  });

  it('its cache and its number are there for the next build of the project', async () => {
    const command =
      'echo "number $CODEBUILD_BUILD_NUMBER cached $(cat deps/a 2>/dev/null)"; mkdir -p deps; echo $CODEBUILD_BUILD_NUMBER >deps/a';
    writeFileSync(join(host.root, 'source', 'buildspec.yml'), buildspec(command));
    const pipeline = pipelineOf({ Build: [codeBuild('Compile')] });
    const first = await host.run(pipeline);
    const second = await host.run(pipeline);
    expect(host.log(first, 'Build', 'Compile')).toMatch(/^number 1 cached $/m);
    expect(host.log(second, 'Build', 'Compile')).toMatch(/^number 2 cached 1$/m);
  });
});
