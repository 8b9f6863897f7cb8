import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { actionOf, type ExecutionState } from '../../../shared/execution/executionState.ts';
import type { ActionDeclaration } from '../../../shared/model/declaration.ts';
import { openRunKeys } from '../../endpoint/runKeys.ts';
import {
  callOperation,
  type EndpointFixture,
  endpointFixture,
  lambdaAction,
} from '../../endpoint/testing/endpointFixture.ts';
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
const SUCCEED = `await client.send(new PutJobSuccessResultCommand({ jobId: event['CodePipeline.job'].id }));`;
/** S3 by hand: what every SDK does when the address is an IP. */
const S3 = `import { object } from ${JSON.stringify(join(import.meta.dirname, '../../../assets/samples/lambda/object.mjs'))};
`;

const bound = (path: string, extra: object = {}) => ({
  bindings: { 'Check/Call': { kind: 'handler' as const, path, ...extra } },
});
const runHandler = (text: string, action: ActionDeclaration = lambdaAction('Call'), name = 'function/index.mjs') =>
  fixture.run(pipelineOf({ Check: [action] }), bound(fixture.file(name, text)));
const call = (state: ExecutionState) => actionOf(state, 'Check', 'Call')!;
const logOf = (state: ExecutionState) => fixture.log(state, 'Check', 'Call');

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
    expect(logOf(state)).toContain('user parameters: level=high checker');
    expect(call(state)).toMatchObject({
      status: 'Succeeded',
      fidelity: 'real',
      summary: 'Looked.',
      outputVariables: { verdict: 'fine' },
    });
    expect(logOf(state)).toContain('stage Check');
    expect(fixture.log(state, 'Use', 'Say')).toContain('the verdict is fine');
  });

  it('gets the event and the context that Lambda gives it', async () => {
    const state = await runHandler(
      `${IMPORTS}
export const handler = async (event, context) => {
  const { artifactCredentials, ...data } = event['CodePipeline.job'].data;
  const summary = JSON.stringify({
    keys: Object.keys(event), job: { ...event['CodePipeline.job'], id: 'ID', data },
    credentials: Object.keys(artifactCredentials),
    context: [context.functionVersion, context.invokedFunctionArn, context.awsRequestId === event['CodePipeline.job'].id, context.getRemainingTimeInMillis() > 800000],
  });
  await client.send(new PutJobSuccessResultCommand({ jobId: event['CodePipeline.job'].id, executionDetails: { summary } }));
};
`,
      lambdaAction('Call', { region: 'eu-west-1', outputArtifacts: [{ name: 'VerdictOfTheCheck' }] }),
    );
    const { inputArtifacts, actionExecutionId, summary } = call(state);
    const location = (objectKey: string) => ({ type: 'S3', s3Location: { bucketName: 'artifacts', objectKey } });
    expect(JSON.parse(summary ?? '')).toEqual({
      keys: ['CodePipeline.job'],
      job: {
        id: 'ID',
        accountId: '111122223333',
        data: {
          actionConfiguration: { configuration: { FunctionName: 'checker', UserParameters: 'level=high' } },
          inputArtifacts: [
            {
              name: 'SourceOutput',
              revision: expect.any(String),
              location: location(`shop/SourceOutp/${inputArtifacts[0]?.digest.slice(0, 7)}`),
            },
          ],
          outputArtifacts: [
            {
              name: 'VerdictOfTheCheck',
              revision: null,
              location: location(`shop/VerdictOfT/${actionExecutionId.slice(0, 6)}0`),
            },
          ],
        },
      },
      credentials: ['accessKeyId', 'secretAccessKey', 'sessionToken'],
      context: ['$LATEST', 'arn:aws:lambda:eu-west-1:111122223333:function:checker', true, true],
    });
  });

  it('reads its input artifacts and uploads its output artifacts with the credentials of the event', async () => {
    const path = fixture.file(
      'function/index.mjs',
      `${IMPORTS}${S3}
export const handler = async (event) => {
  const { id, data } = event['CodePipeline.job'];
  const zip = await object('GET', data.inputArtifacts[0].location.s3Location, data.artifactCredentials);
  await object('PUT', data.outputArtifacts[0].location.s3Location, data.artifactCredentials, zip);
  await client.send(new PutJobSuccessResultCommand({ jobId: id }));
};
`,
    );
    const action = lambdaAction('Call', { outputArtifacts: [{ name: 'Copy' }] });
    const use = commands('Say', 'cat hello.txt', { inputArtifacts: [{ name: 'Copy' }] });
    const state = await fixture.run(pipelineOf({ Check: [action], Use: [use] }), bound(path));
    expect(call(state).outputArtifacts[0]).toEqual({ ...call(state).inputArtifacts[0], name: 'Copy' });
    expect(fixture.log(state, 'Use', 'Say')).toContain('hello\n');
  });

  it('is called again with its continuation token, as a new job, until it returns none', async () => {
    const state = await runHandler(
      `${IMPORTS}
export const handler = async (event) => {
  const { id, data } = event['CodePipeline.job'];
  const steps = Number(data.continuationToken ?? 0);
  console.log('step ' + steps);
  await client.send(new PutJobSuccessResultCommand(steps < 2
    ? { jobId: id, continuationToken: String(steps + 1) }
    : { jobId: id, outputVariables: { steps: String(steps) } }));
};
`,
    );
    expect(call(state)).toMatchObject({ status: 'Succeeded', outputVariables: { steps: '2' } });
    expect(call(state).jobs?.jobs.map(({ continuationToken }) => continuationToken)).toEqual([undefined, '1', '2']);
    expect(new Set(call(state).jobs?.jobs.map(({ jobId }) => jobId)).size).toBe(3);
    expect(logOf(state)).toMatch(/step 0\n(?:.*\n)*step 1\n(?:.*\n)*step 2\n/);
  });

  it('fails the action with the type and message that it reports', async () => {
    const state = await runHandler(`${IMPORTS}
export const handler = async (event) => {
  const failureDetails = { type: 'PermissionError', message: 'No key for the vault.', externalExecutionId: 'run-7' };
  await client.send(new PutJobFailureResultCommand({ jobId: event['CodePipeline.job'].id, failureDetails }));
};
`);
    expect(call(state)).toMatchObject({
      status: 'Failed',
      errorDetails: { code: 'PermissionError', message: 'No key for the vault.' },
    });
  });

  it.each([
    ['throws', 'throw new Error("no such table");', 'no such table'],
    ['ends its process', 'process.exit(3);', 'exit code 3'],
  ])('that %s fails the action as one that never answers', async (_, body, says) => {
    const state = await runHandler(`export const handler = async () => { ${body} };`);
    expect(call(state)).toMatchObject({
      status: 'Failed',
      errorDetails: { code: 'JobFailed', message: expect.stringContaining('failed to return a result') },
    });
    expect(logOf(state)).toContain(says);
  });

  it('whose file does not export it fails the action, and the log names what is missing', async () => {
    const state = await runHandler('export const other = 1;');
    expect(call(state).status).toBe('Failed');
    expect(logOf(state)).toContain('Handler "handler" is no function');
  });

  it('may be a CommonJS module with a callback', async () => {
    const state = await runHandler(
      `const client = import(${SDK});
exports.handler = (event, context, callback) => {
  client.then(async ({ CodePipelineClient, PutJobSuccessResultCommand }) => {
    await new CodePipelineClient({}).send(new PutJobSuccessResultCommand({ jobId: event['CodePipeline.job'].id }));
    callback(null, 'done');
  }, callback);
};
`,
      lambdaAction('Call'),
      'function/index.cjs',
    );
    expect(call(state).status).toBe('Succeeded');
  });

  it('whose result came before it threw has succeeded', async () => {
    const state = await runHandler(`${IMPORTS}
export const handler = async (event) => { ${SUCCEED} throw new Error('afterwards'); };
`);
    expect(call(state).status).toBe('Succeeded');
  });

  it('sees its own variables and keys, and nothing of the host', async () => {
    process.env.AWS_PROFILE = 'of-the-user';
    process.env.PENSTOCK_SPEC_SECRET = 'canary';
    try {
      const path = fixture.file(
        'function/index.mjs',
        `${IMPORTS}
export const handler = async (event) => {
  const summary = JSON.stringify(Object.keys(process.env).filter((name) => /AWS|PENSTOCK|NODE|LAMBDA|TABLE/.test(name)).sort());
  await client.send(new PutJobSuccessResultCommand({ jobId: event['CodePipeline.job'].id, executionDetails: { summary } }));
};
`,
      );
      const state = await fixture.run(
        pipelineOf({ Check: [lambdaAction('Call')] }),
        bound(path, { environment: { TABLE: 'orders' } }),
      );
      expect(JSON.parse(call(state).summary ?? '')).toEqual([
        'AWS_ACCESS_KEY_ID',
        'AWS_DEFAULT_REGION',
        'AWS_EC2_METADATA_DISABLED',
        'AWS_ENDPOINT_URL',
        'AWS_ENDPOINT_URL_CODEPIPELINE',
        'AWS_ENDPOINT_URL_S3',
        'AWS_EXECUTION_ENV',
        'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
        'AWS_LAMBDA_FUNCTION_NAME',
        'AWS_LAMBDA_FUNCTION_VERSION',
        'AWS_REGION',
        'AWS_SECRET_ACCESS_KEY',
        'AWS_SESSION_TOKEN',
        'LAMBDA_TASK_ROOT',
        'PENSTOCK_COOKIE',
        'TABLE',
      ]);
    } finally {
      delete process.env.AWS_PROFILE;
      delete process.env.PENSTOCK_SPEC_SECRET;
    }
  });

  it('cannot print its keys into the log, nor hand them on in variables', async () => {
    const state = await runHandler(`${IMPORTS}
export const handler = async (event) => {
  const { id, data } = event['CodePipeline.job'];
  console.log(JSON.stringify(event), process.env.AWS_SECRET_ACCESS_KEY, process.env.AWS_SESSION_TOKEN);
  const { secretAccessKey } = data.artifactCredentials;
  await client.send(new PutJobSuccessResultCommand({ jobId: id, outputVariables: { key: secretAccessKey } }));
};
`);
    expect(call(state).status).toBe('Succeeded');
    const written = JSON.stringify(await fixture.history.events(state.pipelineExecutionId)) + logOf(state);
    const { credentials } = fixture.worker(state.pipelineExecutionId);
    expect(credentials.secretAccessKey).toHaveLength(40); // the control: such keys exist
    expect(logOf(state)).toContain('"artifactCredentials":{"accessKeyId":"PNST');
    expect(logOf(state)).toMatch(/"secretAccessKey":"\*+"/);
    expect(written).not.toMatch(/"secretAccessKey":"[A-Za-z0-9+/]{40}"/);
    expect(call(state).outputVariables.key).toMatch(/^\*+$/);
  });

  it('asks only this machine when it uses other services of AWS', async () => {
    const state = await runHandler(`${IMPORTS}
export const handler = async (event) => {
  const response = await fetch(process.env.AWS_ENDPOINT_URL, { method: 'POST', headers: { 'x-amz-target': 'DynamoDB_20120810.GetItem' }, body: '{}' });
  const failureDetails = { type: 'JobFailed', message: response.status + ' ' + (await response.json()).__type };
  await client.send(new PutJobFailureResultCommand({ jobId: event['CodePipeline.job'].id, failureDetails }));
};
`);
    expect(call(state).errorDetails?.message).toBe('400 MissingAuthenticationTokenException');
  });

  it('may return first: its result is taken from whoever has its keys', async () => {
    const path = fixture.file('function/index.mjs', 'export const handler = async () => "later";');
    const id = await fixture.start(pipelineOf({ Check: [lambdaAction('Call')] }), bound(path));
    await vi.waitFor(async () => expect(logOf(await fixture.state(id))).toContain('returned without a result'), {
      timeout: 5000,
    });
    const { actionExecutionId, jobs } = call(await fixture.state(id));
    const keys = openRunKeys(join(fixture.root, 'data'), { create: true });
    const credentials = keys.credentialsOf({ kind: 'function', id: actionExecutionId });
    const { jobId = '' } = jobs?.jobs[0] ?? {};
    await callOperation({ url: fixture.worker(id).url, credentials }, 'PutJobSuccessResult', { jobId });
    await fixture.engine.idle();
    expect(call(await fixture.state(id)).status).toBe('Succeeded');
  });

  it('that returned fails its action when nobody reports a result for 20 minutes', async () => {
    await fixture.close();
    // The engine's clock is almost so far ahead of the job's.
    fixture = endpointFixture({ engine: { now: () => Date.now() + 20 * 60_000 - 500 } });
    const state = await runHandler('export const handler = async () => "never";');
    expect(call(state)).toMatchObject({
      status: 'Failed',
      errorDetails: {
        code: 'JobFailed',
        message: expect.stringContaining('The AWS Lambda function checker failed to return a result.'),
        fix: 'Nobody reported a result for 20 minutes.',
      },
    });
  });

  it('whose file is gone fails the action with the path', async () => {
    const state = await fixture.run(pipelineOf({ Check: [lambdaAction('Call')] }), bound('/nowhere/index.mjs'));
    expect(call(state).errorDetails).toMatchObject({
      code: 'ConfigurationError',
      message: 'There is no handler file /nowhere/index.mjs.',
    });
  });

  it('is ended with its action when the execution is abandoned', async () => {
    const path = fixture.file(
      'function/index.mjs',
      'export const handler = () => new Promise(() => setInterval(() => {}, 1000));',
    );
    const id = await fixture.start(pipelineOf({ Check: [lambdaAction('Call')] }), bound(path));
    const started = await fixture.seen(id, ({ type }) => type === 'ActionProcessStarted');
    await fixture.engine.handlers.stopPipelineExecution({ pipelineExecutionId: id, abandon: true, reason: 'enough' });
    await fixture.engine.idle();
    expect(call(await fixture.state(id)).status).toBe('Abandoned');
    const { pid } = started as Extract<typeof started, { type: 'ActionProcessStarted' }>;
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });
});

const python = (() => {
  try {
    return execFileSync('python3', ['-c', 'import boto3; print(boto3.__version__)'], { stdio: 'pipe' }).toString();
  } catch {
    return '';
  }
})();

describe.skipIf(python === '')('a bound Python function (skipped where boto3 is missing)', () => {
  it('written with boto3 runs unmodified, artifacts included', async () => {
    const state = await runHandler(
      `import boto3
def handler(event, context):
    job = event['CodePipeline.job']
    keys = job['data']['artifactCredentials']
    s3 = boto3.client('s3', aws_access_key_id=keys['accessKeyId'], aws_secret_access_key=keys['secretAccessKey'], aws_session_token=keys['sessionToken'])
    place = job['data']['inputArtifacts'][0]['location']['s3Location']
    body = s3.get_object(Bucket=place['bucketName'], Key=place['objectKey'])['Body'].read()
    to = job['data']['outputArtifacts'][0]['location']['s3Location']
    s3.put_object(Bucket=to['bucketName'], Key=to['objectKey'], Body=body)
    boto3.client('codepipeline').put_job_success_result(jobId=job['id'], outputVariables={'size': str(len(body))})
`,
      lambdaAction('Call', { outputArtifacts: [{ name: 'Copy' }] }),
      'function/index.py',
    );
    const { inputArtifacts, outputArtifacts, outputVariables, status } = call(state);
    expect({ status, log: status === 'Succeeded' ? '' : logOf(state) }).toEqual({ status: 'Succeeded', log: '' });
    expect(outputVariables).toEqual({ size: String(inputArtifacts[0]?.size) });
    expect(outputArtifacts[0]?.digest).toBe(inputArtifacts[0]?.digest);
  });
});
