import {
  AcknowledgeJobCommand,
  AcknowledgeThirdPartyJobCommand,
  CodePipelineClient,
  GetJobDetailsCommand,
  GetThirdPartyJobDetailsCommand,
  ListPipelinesCommand,
  PollForJobsCommand,
  PollForThirdPartyJobsCommand,
  PutJobFailureResultCommand,
  PutJobSuccessResultCommand,
  PutThirdPartyJobFailureResultCommand,
  PutThirdPartyJobSuccessResultCommand,
} from '@aws-sdk/client-codepipeline';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { canFailWith, violations } from '../../e2e/support/awsModel.ts';
import { actionOf } from '../../shared/execution/executionState.ts';
import type { ActionDeclaration } from '../../shared/model/declaration.ts';
import { run as commands, pipelineOf } from '../engine/testing/engineFixture.ts';
import {
  callObject,
  callOperation,
  type EndpointFixture,
  endpointFixture,
  workerAction,
} from './testing/endpointFixture.ts';

let fixture: EndpointFixture;
/** What the endpoint takes for the time. */
let ahead = 0;
let clients: CodePipelineClient[] = [];
beforeEach(() => {
  ahead = 0;
  fixture = endpointFixture({ now: () => Date.now() + ahead });
});
afterEach(async () => {
  for (const client of clients) client.destroy();
  clients = [];
  await fixture.close();
});

const forge = { category: 'Build', owner: 'Custom', provider: 'Forge', version: '1' } as const;
const partner: ActionDeclaration = workerAction('Make', {
  actionTypeId: { category: 'Build', owner: 'ThirdParty', provider: 'Guild', version: '1' },
});
const guild = { category: 'Build', owner: 'ThirdParty', provider: 'Guild', version: '1' } as const;

/** Starts a pipeline whose actions wait for workers, and answers a worker's client. */
async function waiting(...actions: ActionDeclaration[]) {
  const stages = { Make: actions, Use: [commands('Say', 'echo #{make.colour}')] };
  const bindings = Object.fromEntries(actions.map(({ name }) => [`Make/${name}`, { kind: 'jobWorker' as const }]));
  const id = await fixture.start(pipelineOf(stages), { bindings });
  for (const { name } of actions) {
    await fixture.seen(id, (event) => event.type === 'JobQueued' && event.actionName === name);
  }
  const worker = fixture.worker(id);
  await vi.waitFor(() => callOperation(worker, 'PollForJobs', { actionTypeId: { ...forge, provider: 'Nothing' } }));
  const client = new CodePipelineClient({
    endpoint: worker.url,
    region: 'eu-west-1',
    credentials: worker.credentials,
    maxAttempts: 1,
  });
  clients.push(client);
  return { id, worker, client };
}
const poll = async (client: CodePipelineClient, extra: object = {}) =>
  (await client.send(new PollForJobsCommand({ actionTypeId: forge, ...extra }))).jobs ?? [];
const make = async (id: string) => actionOf(await fixture.state(id), 'Make', 'Make')!;

describe('a custom action that waits for a job worker', () => {
  const built = () => workerAction('Make', { namespace: 'make' });

  it('is offered with complete job data, taken, worked on and ended by the AWS SDK', async () => {
    const { id, worker, client } = await waiting(built());
    const [job] = await poll(client);
    const { actionExecutionId, inputArtifacts } = await make(id);
    const s3 = (objectKey: string) => ({ type: 'S3', s3Location: { bucketName: 'artifacts', objectKey } });
    const inputKey = `shop/SourceOutp/${inputArtifacts[0]?.digest.slice(0, 7)}`;
    const outputKey = `shop/Built/${actionExecutionId.slice(0, 6)}0`;
    expect(job).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      nonce: expect.any(String),
      accountId: '111122223333',
      data: {
        actionTypeId: forge,
        actionConfiguration: { configuration: { ProjectName: 'shop' } },
        pipelineContext: {
          pipelineName: 'shop',
          stage: { name: 'Make' },
          action: { name: 'Make', actionExecutionId },
          pipelineArn: 'arn:aws:codepipeline:us-east-1:111122223333:shop',
          pipelineExecutionId: id,
        },
        inputArtifacts: [{ name: 'SourceOutput', location: s3(inputKey) }],
        outputArtifacts: [{ name: 'Built', location: s3(outputKey) }],
      },
    });
    const taken = await client.send(new AcknowledgeJobCommand({ jobId: job!.id, nonce: job!.nonce }));
    expect(taken.status).toBe('InProgress');

    const { accessKeyId = '', secretAccessKey = '', sessionToken = '' } = job!.data!.artifactCredentials!;
    const keys = { url: worker.url, credentials: { accessKeyId, secretAccessKey, sessionToken } };
    const zip = new Uint8Array(await (await callObject(keys, 'GET', `/artifacts/${inputKey}`)).arrayBuffer());
    expect((await callObject(keys, 'PUT', `/artifacts/${outputKey}`, { body: zip })).status).toBe(200);
    await client.send(
      new PutJobSuccessResultCommand({
        jobId: job!.id,
        executionDetails: { summary: 'Forged.', externalExecutionId: 'forge-1', percentComplete: 100 },
        outputVariables: { colour: 'red' },
      }),
    );
    await fixture.engine.idle();
    expect(await make(id)).toMatchObject({
      status: 'Succeeded',
      fidelity: 'real',
      summary: 'Forged.',
      externalExecutionId: 'forge-1',
      outputVariables: { colour: 'red' },
      outputArtifacts: [{ ...inputArtifacts[0], name: 'Built' }],
    });
    expect(fixture.log(await fixture.state(id), 'Use', 'Say')).toContain('red');
  });

  it('says in its log how to start a worker, and neither there nor in the journal a key', async () => {
    const { id, worker } = await waiting(built());
    const log = fixture.log(await fixture.state(id), 'Make', 'Make');
    expect(log).toContain(`Waits for a job worker of Build/Custom/Forge/1 at ${worker.url}.`);
    expect(log).toContain(`penstock worker-env ${id}`);
    const written = log + JSON.stringify(await fixture.history.events(id));
    for (const secret of Object.values(worker.credentials)) expect(written).not.toContain(secret);
  });

  it('takes no place of this machine’s actions while it waits', async () => {
    await fixture.close();
    fixture = endpointFixture({ engine: { slots: () => 1 } });
    const stages = { Make: [workerAction('Make'), commands('Other', 'echo done')] };
    const id = await fixture.start(pipelineOf(stages), { bindings: { 'Make/Make': { kind: 'jobWorker' } } });
    await fixture.seen(id, (event) => event.type === 'ActionFinished' && event.actionName === 'Other');
    expect((await make(id)).status).toBe('InProgress');
  });

  it('is offered to one worker at a time, and again when that one does not acknowledge', async () => {
    const { client } = await waiting(built());
    const [first] = await poll(client);
    expect(await poll(client)).toEqual([]);
    ahead = 29_000;
    expect(await poll(client)).toEqual([]);
    ahead = 31_000;
    const [second] = await poll(client);
    expect(second).toMatchObject({ id: first!.id });
    expect(second!.nonce).not.toBe(first!.nonce);
    const late = new AcknowledgeJobCommand({ jobId: first!.id, nonce: first!.nonce });
    await expect(client.send(late)).rejects.toMatchObject({ name: 'InvalidNonceException' });
    const taken = new AcknowledgeJobCommand({ jobId: first!.id, nonce: second!.nonce });
    expect((await client.send(taken)).status).toBe('InProgress');
    expect((await client.send(taken)).status, 'told twice').toBe('InProgress');
    ahead = 10 * 60_000;
    expect(await poll(client), 'a taken job is not offered again').toEqual([]);
  });

  it('is found only by workers that ask for its type and its queryable property', async () => {
    const { client } = await waiting(built());
    expect(await poll(client, { actionTypeId: { ...forge, version: '2' } })).toEqual([]);
    expect(await poll(client, { queryParam: { ProjectName: 'other' } })).toEqual([]);
    expect(await poll(client, { queryParam: { constructor: 'x' } })).toEqual([]);
    expect(await poll(client, { queryParam: { ProjectName: 'shop' } })).toHaveLength(1);
  });

  it('is offered no more at once than a worker wants', async () => {
    const named = (name: string) => workerAction(name, { outputArtifacts: [{ name: `${name}Out` }] });
    const { client } = await waiting(named('Make'), named('B'), named('C'));
    expect(await poll(client, { maxBatchSize: 2 })).toHaveLength(2);
    expect(await poll(client, { maxBatchSize: 2 })).toHaveLength(1);
  });

  it('goes on as a new job with its continuation token', async () => {
    const { id, client } = await waiting(built());
    const [job] = await poll(client);
    await client.send(new AcknowledgeJobCommand({ jobId: job!.id, nonce: job!.nonce }));
    await client.send(new PutJobSuccessResultCommand({ jobId: job!.id, continuationToken: 'deployment-1' }));
    expect((await make(id)).status).toBe('InProgress');
    ahead = 1000;
    const [next] = await poll(client);
    expect(next!.data?.continuationToken).toBe('deployment-1');
    expect(next!.id).not.toBe(job!.id);
    await client.send(new AcknowledgeJobCommand({ jobId: next!.id, nonce: next!.nonce }));
    await client.send(new PutJobSuccessResultCommand({ jobId: next!.id, outputVariables: { colour: 'blue' } }));
    await fixture.engine.idle();
    expect(await make(id)).toMatchObject({ status: 'Succeeded', outputVariables: { colour: 'blue' } });
  });

  it('fails as its worker says', async () => {
    const { id, client } = await waiting(built());
    const [job] = await poll(client);
    await client.send(new AcknowledgeJobCommand({ jobId: job!.id, nonce: job!.nonce }));
    const failureDetails = { type: 'RevisionOutOfSync', message: 'Too old.' } as const;
    await client.send(new PutJobFailureResultCommand({ jobId: job!.id, failureDetails }));
    await fixture.engine.idle();
    const { status, errorDetails } = await make(id);
    expect({ status, errorDetails }).toMatchObject({
      status: 'Failed',
      errorDetails: { code: 'RevisionOutOfSync', message: 'Too old.' },
    });
  });

  it('that nobody works on is abandoned with its execution, whose keys are good for nothing then', async () => {
    const { id, worker } = await waiting(built());
    const { jobId = '' } = (await make(id)).jobs?.jobs[0] ?? {};
    expect((await callOperation(worker, 'GetJobDetails', { jobId })).status, 'the control').toBe(200);
    await fixture.engine.handlers.stopPipelineExecution({ pipelineExecutionId: id, abandon: true, reason: 'spec' });
    await fixture.engine.idle();
    expect((await make(id)).status).toBe('Abandoned');
    const { body } = await callOperation(worker, 'GetJobDetails', { jobId });
    expect(body.__type).toBe('UnrecognizedClientException');
  });

  it('is simulated as before when it is not bound to a worker', async () => {
    const state = await fixture.run(pipelineOf({ Make: [workerAction('Make')] }));
    expect(actionOf(state, 'Make', 'Make')).toMatchObject({ status: 'Succeeded', fidelity: 'simulated' });
  });
});

describe('a partner’s action that waits for a job worker', () => {
  it('is worked on by whoever knows the client token', async () => {
    const { id, worker, client } = await waiting(partner);
    const { jobs = [] } = await client.send(new PollForThirdPartyJobsCommand({ actionTypeId: guild }));
    const [{ jobId } = { jobId: '' }] = jobs;
    const wrong = { jobId, clientToken: 'guess' };
    await expect(client.send(new GetThirdPartyJobDetailsCommand(wrong))).rejects.toMatchObject({
      name: 'InvalidClientTokenException',
    });
    const mine = { jobId, clientToken: worker.clientToken };
    const { jobDetails } = await client.send(new GetThirdPartyJobDetailsCommand(mine));
    expect(jobDetails?.data?.pipelineContext).toEqual({
      pipelineName: 'shop',
      stage: { name: 'Make' },
      action: { name: 'Make', actionExecutionId: (await make(id)).actionExecutionId },
    });
    const taken = await client.send(new AcknowledgeThirdPartyJobCommand({ ...mine, nonce: jobDetails?.nonce }));
    expect(taken.status).toBe('InProgress');
    await client.send(new PutThirdPartyJobSuccessResultCommand({ ...mine, executionDetails: { summary: 'Done.' } }));
    await vi.waitFor(async () => expect(await make(id)).toMatchObject({ status: 'Succeeded', summary: 'Done.' }));
  });

  it('fails as its worker says, and is not polled for as a custom one', async () => {
    const { id, worker, client } = await waiting(partner);
    await expect(poll(client, { actionTypeId: guild })).rejects.toMatchObject({ name: 'ActionTypeNotFoundException' });
    const { jobs = [] } = await client.send(new PollForThirdPartyJobsCommand({ actionTypeId: guild }));
    const mine = { jobId: jobs[0]!.jobId, clientToken: worker.clientToken };
    const asCustom = client.send(new GetJobDetailsCommand({ jobId: mine.jobId }));
    await expect(asCustom).rejects.toMatchObject({ name: 'JobNotFoundException' });
    const { jobDetails } = await client.send(new GetThirdPartyJobDetailsCommand(mine));
    await client.send(new AcknowledgeThirdPartyJobCommand({ ...mine, nonce: jobDetails?.nonce }));
    const failureDetails = { type: 'JobFailed', message: 'No.' } as const;
    await client.send(new PutThirdPartyJobFailureResultCommand({ ...mine, failureDetails }));
    await vi.waitFor(async () => expect((await make(id)).errorDetails?.message).toBe('No.'));
  });
});

describe('the job operations', () => {
  const nobody = '00000000-0000-4000-8000-000000000000';

  it('answer what AWS’s model allows, and fail as it declares', async () => {
    // Another action keeps the execution going.
    const { worker } = await waiting(workerAction('Make'), workerAction('Other', { outputArtifacts: [] }));
    const ask = async (operation: string, input: object) => {
      expect(violations(operation, 'input', input), `${operation} input`).toEqual([]);
      const { status, body } = await callOperation(worker, operation, input);
      if (status !== 200) expect(canFailWith(operation, String(body.__type)), `${operation} ${body.__type}`).toBe(true);
      else if (Object.keys(body).length > 0) expect(violations(operation, 'output', body), operation).toEqual([]);
      return { status, body };
    };
    const polled = await ask('PollForJobs', { actionTypeId: forge, maxBatchSize: 1 });
    const [job] = polled.body.jobs as { id: string; nonce: string }[];
    const jobId = job!.id;
    expect((await ask('GetJobDetails', { jobId })).status).toBe(200);
    expect((await ask('GetJobDetails', { jobId: nobody })).body.__type).toBe('JobNotFoundException');
    expect((await ask('PutJobSuccessResult', { jobId })).body.__type).toBe('InvalidJobStateException');
    expect((await ask('AcknowledgeJob', { jobId, nonce: '1' })).body.__type).toBe('InvalidNonceException');
    expect((await ask('AcknowledgeJob', { jobId, nonce: job!.nonce })).body).toEqual({ status: 'InProgress' });
    const large = await ask('PutJobSuccessResult', { jobId, outputVariables: { a: 'x'.repeat(122_880) } });
    expect(large.body.__type).toBe('OutputVariablesSizeExceededException');
    const both = await ask('PutJobSuccessResult', { jobId, continuationToken: 't', outputVariables: { a: 'b' } });
    expect(both.body.__type).toBe('ValidationException');
    expect((await ask('PutJobSuccessResult', { jobId })).status).toBe(200);
    expect((await ask('PutJobSuccessResult', { jobId })).body.__type).toBe('InvalidJobStateException');
  });

  it('count a violated constraint as the service does', async () => {
    const { worker } = await waiting(workerAction('Make'));
    const { body } = await callOperation(worker, 'AcknowledgeJob', { jobId: 'no-uuid' });
    expect(body).toEqual({
      __type: 'ValidationException',
      message:
        "2 validation errors detected: Value null at 'nonce' failed to satisfy constraint: Member must not be null; Value 'no-uuid' at 'jobId' failed to satisfy constraint: Member must satisfy regular expression pattern: [0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    });
    expect((await callOperation(worker, 'GetJobDetails', '{')).body.__type).toBe('SerializationException');
    expect((await callOperation(worker, 'GetJobDetails', { jobId: 7 })).body.__type).toBe('SerializationException');
    expect((await callOperation(worker, 'GetJobDetails', '[]')).body.__type).toBe('SerializationException');
  });

  it('are all that is served: any other operation is refused by name', async () => {
    const { client } = await waiting(workerAction('Make'));
    await expect(client.send(new ListPipelinesCommand({}))).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: 'Penstock does not serve "CodePipeline_20150709.ListPipelines".',
    });
  });
});
