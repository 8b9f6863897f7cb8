import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CodePipelineServer, startCodePipelineServer } from '../../e2e/support/codePipelineServer.ts';
import { settingsSchema } from '../../shared/ipc/contract.ts';
import { emptySidecar } from '../../shared/model/sidecar.ts';
import { ProblemError } from '../../shared/problem.ts';
import type { Aws } from '../parts.ts';
import { createAws } from './createAws.ts';

const SECRET = 'specs-secret-access-key-0123456789';

const pipeline = (change: Record<string, unknown> = {}) => ({
  name: 'shop',
  roleArn: 'arn:aws:iam::111122223333:role/service-role/pipeline',
  pipelineType: 'V2',
  artifactStore: { type: 'S3', location: 'shop-artifacts' },
  stages: [
    {
      name: 'Source',
      actions: [
        {
          name: 'Bucket',
          actionTypeId: { category: 'Source', owner: 'AWS', provider: 'S3', version: '1' },
          configuration: { S3Bucket: 'shop-source', S3ObjectKey: 'site.zip', PollForSourceChanges: 'false' },
          outputArtifacts: [{ name: 'Site' }],
        },
      ],
    },
    {
      name: 'Deploy',
      actions: [
        {
          name: 'ToBucket',
          actionTypeId: { category: 'Deploy', owner: 'AWS', provider: 'S3', version: '1' },
          configuration: { BucketName: 'shop-web', Extract: 'true' },
          inputArtifacts: [{ name: 'Site' }],
        },
      ],
    },
  ],
  ...change,
});
const textOf = (change?: Record<string, unknown>) => JSON.stringify({ pipeline: pipeline(change) }, null, 2);
const withToken = (token: string) => {
  const changed = pipeline();
  changed.stages[0] = {
    name: 'Source',
    actions: [
      {
        name: 'Hub',
        actionTypeId: { category: 'Source', owner: 'ThirdParty', provider: 'GitHub', version: '1' },
        configuration: { Owner: 'acme', Repo: 'shop', Branch: 'main', OAuthToken: token },
        outputArtifacts: [{ name: 'Site' }],
      },
    ],
  } as never;
  return changed;
};

describe('AWS CodePipeline over HTTP', () => {
  let server: CodePipelineServer;
  let aws: Aws;
  const opened: { name: string; text: string }[] = [];
  const saved = { ...process.env };

  beforeEach(async () => {
    server = await startCodePipelineServer();
    Object.assign(process.env, {
      AWS_ACCESS_KEY_ID: 'AKIDSPECS',
      AWS_SECRET_ACCESS_KEY: SECRET,
      AWS_CONFIG_FILE: '/nonexistent/config',
      AWS_SHARED_CREDENTIALS_FILE: '/nonexistent/credentials',
    });
    delete process.env.AWS_PROFILE;
    aws = createAws({
      settings: {
        get: () => settingsSchema.parse({ aws: { profile: '', region: 'eu-west-1', endpoint: server.endpoint } }),
      },
      documents: {
        get: (documentId) => ({
          documentId,
          path: '/project/shop.pipeline.json',
          folder: '/project',
          openedAs: '/project',
        }),
        openText: (name, text) => {
          opened.push({ name, text });
          return { documentId: 'pulled', path: '', name, format: 'json', text, sidecar: emptySidecar(), problems: [] };
        },
      },
    });
  });

  afterEach(async () => {
    expect(server.breaches).toEqual([]);
    aws.close();
    await server.close();
    process.env = { ...saved };
  });

  const problemOf = async (promise: Promise<unknown>) => {
    const error = await promise.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(ProblemError);
    return (error as ProblemError).problem;
  };

  it('creates a pipeline that does not exist yet, after saying to which account and region', async () => {
    const prepared = await aws.handlers.preparePush({ documentId: 'd', text: textOf() });
    expect(prepared).toMatchObject({
      exists: false,
      live: '',
      account: '111122223333',
      region: 'eu-west-1',
      pipelineName: 'shop',
    });
    expect(server.calls.map(({ operation }) => operation)).toEqual(['GetPipeline']);
    expect(await aws.handlers.pushPipeline({ pushId: prepared.pushId })).toEqual({ pipelineName: 'shop', version: 1 });
    expect(server.get('shop')?.stages).toEqual(pipeline().stages);
  });

  it('updates a pipeline and shows the live and the local text beforehand', async () => {
    server.put(pipeline());
    const prepared = await aws.handlers.preparePush({ documentId: 'd', text: textOf({ executionMode: 'QUEUED' }) });
    expect(prepared).toMatchObject({ exists: true, liveVersion: 1, account: '111122223333' });
    expect(prepared.local).toContain('QUEUED');
    expect(prepared.live).not.toContain('QUEUED');
    expect(await aws.handlers.pushPipeline({ pushId: prepared.pushId })).toEqual({ pipelineName: 'shop', version: 2 });
    expect(server.get('shop')?.executionMode).toBe('QUEUED');
  });

  it('shows no difference between a pushed pipeline and itself', async () => {
    server.put(pipeline());
    const prepared = await aws.handlers.preparePush({ documentId: 'd', text: textOf() });
    expect(prepared.live).toBe(prepared.local);
  });

  it('refuses to push over a version that somebody else made since the review', async () => {
    server.put(pipeline());
    const { pushId } = await aws.handlers.preparePush({ documentId: 'd', text: textOf({ executionMode: 'QUEUED' }) });
    server.put(pipeline({ pipelineType: 'V1' }));
    expect((await problemOf(aws.handlers.pushPipeline({ pushId }))).code).toBe('push.changed-meanwhile');
    expect(server.calls.some(({ operation }) => operation === 'UpdatePipeline')).toBe(false);
  });

  it('carries out a review once', async () => {
    const { pushId } = await aws.handlers.preparePush({ documentId: 'd', text: textOf() });
    await aws.handlers.pushPipeline({ pushId });
    expect((await problemOf(aws.handlers.pushPipeline({ pushId }))).code).toBe('push.stale');
  });

  it('mutates nothing when the review is all that happens', async () => {
    server.put(pipeline());
    await aws.handlers.preparePush({ documentId: 'd', text: textOf({ executionMode: 'QUEUED' }) });
    expect(server.calls.map(({ operation }) => operation)).toEqual(['GetPipeline']);
  });

  it('refuses an invalid declaration before it connects', async () => {
    const problem = await problemOf(aws.handlers.preparePush({ documentId: 'd', text: textOf({ stages: [] }) }));
    expect(problem.severity).toBe('error');
    expect(server.calls).toEqual([]);
  });

  it('never creates a pipeline with the mask in place of a secret, and warns when it updates one', async () => {
    const text = JSON.stringify({ pipeline: withToken('****') });
    expect((await problemOf(aws.handlers.preparePush({ documentId: 'd', text }))).code).toBe('secret.masked');
    server.put(withToken('****'));
    const { warnings } = await aws.handlers.preparePush({ documentId: 'd', text });
    expect(warnings.map(({ code }) => code)).toContain('secret.masked');
  });

  it('pulls a pipeline into an unsaved document and lists what there is', async () => {
    server.put(pipeline());
    expect(await aws.handlers.listAwsPipelines({})).toMatchObject([{ name: 'shop', version: 1, pipelineType: 'V2' }]);
    await aws.handlers.pullPipeline({ pipelineName: 'shop' });
    expect(JSON.parse(opened.at(-1)?.text ?? '')).toEqual({ pipeline: { ...pipeline(), version: 1 } });
    expect((await problemOf(aws.handlers.pullPipeline({ pipelineName: 'other' }))).code).toBe('aws.pipeline-not-found');
  });

  it('starts an execution in AWS', async () => {
    server.put(pipeline());
    const { pipelineExecutionId } = await aws.handlers.startAwsExecution({ pipelineName: 'shop' });
    expect(pipelineExecutionId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each([
    { error: 'ExpiredTokenException', code: 'aws.expired' },
    { error: 'UnrecognizedClientException', code: 'aws.refused-credentials' },
    { error: 'AccessDeniedException', code: 'aws.AccessDeniedException' },
  ])('tells $error apart, without repeating what the credentials were', async ({ error, code }) => {
    server.failNext(
      error,
      error === 'AccessDeniedException' ? 'not allowed to codepipeline:ListPipelines' : `bad ${SECRET}`,
    );
    const problem = await problemOf(aws.handlers.listAwsPipelines({}));
    expect(problem.code).toBe(code);
    expect(JSON.stringify(problem)).not.toContain(SECRET);
  });

  it('says that an endpoint cannot be reached', async () => {
    const endpoint = server.endpoint;
    await server.close();
    const problem = await problemOf(aws.handlers.listAwsPipelines({}));
    expect(problem.code).toBe('aws.unreachable');
    expect(problem.what).toContain(endpoint);
    server = await startCodePipelineServer();
  });

  it('says that there are no credentials', async () => {
    delete process.env.AWS_ACCESS_KEY_ID;
    delete process.env.AWS_SECRET_ACCESS_KEY;
    expect((await problemOf(aws.handlers.listAwsPipelines({}))).code).toBe('aws.no-credentials');
    expect(server.calls).toEqual([]);
  });
});
