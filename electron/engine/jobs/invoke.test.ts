import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { actionOf } from '../../../shared/execution/executionState.ts';
import { type EndpointFixture, endpointFixture, lambdaAction } from '../../endpoint/testing/endpointFixture.ts';
import { run as commands, pipelineOf } from '../testing/engineFixture.ts';

let fixture: EndpointFixture;
beforeEach(() => {
  fixture = endpointFixture();
});
afterEach(() => fixture.close());

const SDK = JSON.stringify(import.meta.resolve('@aws-sdk/client-codepipeline'));
const IMPORTS = `import { CodePipelineClient, GetJobDetailsCommand, PutJobFailureResultCommand, PutJobSuccessResultCommand } from ${SDK};
const client = new CodePipelineClient({});
`;
const bound = (path: string, extra: object = {}) => ({
  bindings: { 'Check/Call': { kind: 'handler' as const, path, ...extra } },
});
const runHandler = (text: string, action = lambdaAction('Call'), name = 'function/index.mjs') =>
  fixture.run(pipelineOf({ Check: [action] }), bound(fixture.file(name, text)));

describe('a bound Lambda function', () => {
  it('written with the AWS SDK runs unmodified, and its output variables reach later actions', async () => {
    const path = fixture.file(
      'function/index.mjs',
      `${IMPORTS}
export const handler = async (event, context) => {
  const job = event['CodePipeline.job'];
  console.log('user parameters: ' + job.data.actionConfiguration.configuration.UserParameters, context.functionName);
  const { jobDetails } = await client.send(new GetJobDetailsCommand({ jobId: job.id }));
  console.log('stage ' + jobDetails.data.pipelineContext.stage.name);
  await client.send(new PutJobSuccessResultCommand({ jobId: job.id, outputVariables: { verdict: 'fine' }, executionDetails: { summary: 'Looked.' } }));
};
`,
    );
    const state = await fixture.run(
      pipelineOf({
        Check: [lambdaAction('Call', { namespace: 'check' })],
        Use: [commands('Say', 'echo the verdict is #{check.verdict}')],
      }),
      bound(path),
    );
    expect(fixture.log(state, 'Check', 'Call')).toContain('user parameters: level=high checker');
    expect(actionOf(state, 'Check', 'Call')).toMatchObject({
      status: 'Succeeded',
      fidelity: 'real',
      summary: 'Looked.',
      outputVariables: { verdict: 'fine' },
    });
    expect(fixture.log(state, 'Check', 'Call')).toContain('stage Check');
    expect(fixture.log(state, 'Use', 'Say')).toContain('the verdict is fine');
  });
});
