import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ExecutionEvent } from '../shared/execution/events.ts';
import type { PushName } from '../shared/ipc/contract.ts';
import { sidecarSchema } from '../shared/model/sidecar.ts';
import { ProblemError } from '../shared/problem.ts';
import { dataDirectory, productFolder } from './dataDirectory.ts';
import { answer } from './ipc/answer.ts';
import { createPageConsent } from './ipc/pageConsent.ts';
import type { Services } from './parts.ts';
import { openPreferences } from './preferences.ts';
import { createServices } from './services.ts';
import { createSettings } from './settings.ts';
import { makeRepository } from './testing/makeRepository.ts';

const action = (name: string, provider: string, category: string, rest: Record<string, unknown> = {}) => ({
  name,
  actionTypeId: { category, owner: 'AWS', provider, version: '1' },
  ...rest,
});
const pipeline = {
  name: 'shop',
  roleArn: 'arn:aws:iam::111122223333:role/pipeline',
  pipelineType: 'V2',
  artifactStore: { type: 'S3', location: 'shop-artifacts' },
  stages: [
    {
      name: 'Source',
      actions: [
        action('Repo', 'CodeCommit', 'Source', {
          configuration: { RepositoryName: 'shop', BranchName: 'main' },
          outputArtifacts: [{ name: 'Code' }],
        }),
      ],
    },
    {
      name: 'Build',
      actions: [
        action('Make', 'Commands', 'Compute', {
          commands: ['echo built >> index.html'],
          inputArtifacts: [{ name: 'Code' }],
          outputArtifacts: [{ name: 'Site', files: ['**/*'] }],
        }),
      ],
    },
    { name: 'Approve', actions: [action('Person', 'Manual', 'Approval')] },
    {
      name: 'Deploy',
      actions: [
        action('Bucket', 'S3', 'Deploy', {
          configuration: { BucketName: 'shop-web', Extract: 'true' },
          inputArtifacts: [{ name: 'Site' }],
        }),
      ],
    },
  ],
};

describe('the services, without a window', () => {
  let folder: string;
  let services: Services;
  let pushed: { name: PushName; value: unknown }[];
  let watchers: (() => void)[];
  let time: number;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'penstock-services-'));
    makeRepository(join(folder, 'shop'), { 'index.html': '<h1>Shop</h1>\n' });
    writeFileSync(join(folder, 'shop.pipeline.json'), JSON.stringify({ pipeline }, null, 2));
    writeFileSync(join(folder, 'other.txt'), 'not granted');
    pushed = [];
    watchers = [];
    time = 0;
  });
  afterEach(async () => {
    await services?.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  const start = async (open: string[] = []) => {
    const publish = (name: PushName, value: unknown) => {
      pushed.push({ name, value });
      for (const watcher of [...watchers]) watcher();
    };
    const consent = createPageConsent(publish as never, () => time);
    const directory = dataDirectory({}, join(folder, 'data'));
    services = await createServices({
      version: '1.2.3',
      dataDirectory: directory,
      assetsDirectory: productFolder('assets'),
      samplesDirectory: join(folder, 'samples'),
      ports: { kind: 'browser', publish: publish as never, pickPath: async () => null, askConsent: consent.askConsent },
      settings: (onChange, onRecovered) => createSettings({ directory, open: openPreferences, onChange, onRecovered }),
      open,
      answerConsent: consent.answerConsent,
    });
    return services.handlers;
  };
  /** Resolves with the first thing that `find` finds among the pushes, now or later. */
  const heard = <T>(find: (name: PushName, value: never) => T | undefined): Promise<T> =>
    new Promise((resolve) => {
      const look = () => {
        for (const { name, value } of pushed) {
          const found = find(name, value as never);
          if (found !== undefined) return resolve(found);
        }
      };
      watchers.push(look);
      look();
    });
  const eventOf = <T extends ExecutionEvent['type']>(type: T) =>
    heard((name, { events }: { events: ExecutionEvent[] }) =>
      name === 'executionEvents' ? events.find((event) => event.type === type) : undefined,
    ) as Promise<ExecutionEvent & { type: T }>;

  it('run a project from opening it to its place in the history', async () => {
    const handlers = await start([join(folder, 'shop.pipeline.json')]);
    const { open, version, host } = await handlers.getApp({});
    expect({ version, host }).toEqual({ version: '1.2.3', host: 'browser' });
    const { documentId, text, ...opened } = await handlers.openDocument({ path: open[0]! });
    const sidecar = sidecarSchema.parse(opened.sidecar);

    const lacking = await handlers.getRunReadiness({ documentId, text, sidecar });
    expect(
      lacking.missing.flatMap((missing) => (missing.kind === 'binding' && missing.required ? missing.where : [])),
    ).toEqual(['Source/Repo', 'Deploy/Bucket']);
    const bound = {
      ...sidecar,
      bindings: {
        'Source/Repo': { kind: 'repository' as const, path: './shop' },
        'Deploy/Bucket': { kind: 'folder' as const, path: './web' },
      },
    };
    await handlers.saveSidecar({ documentId, sidecar: bound });
    expect(await handlers.getRunReadiness({ documentId, text, sidecar: bound })).toMatchObject({
      problems: [],
      missing: [],
      trusted: false,
    });

    const starting = handlers.startPipelineExecution({ documentId, text, sidecar: bound, variables: {} });
    const { consentId } = await heard((name, value: { consentId: string }) =>
      name === 'consentRequested' ? value : undefined,
    );
    time = 600;
    await handlers.answerConsent({ consentId, trusted: true });
    const { pipelineExecutionId } = await starting;

    const { stageName, actionName, token } = await eventOf('ApprovalRequested');
    const { executions } = await handlers.listPipelineExecutions({ limit: 10 });
    expect(executions).toMatchObject([{ pipelineExecutionId, waitsForApproval: true, status: 'InProgress' }]);
    await handlers.putApprovalResult({
      ...{ pipelineExecutionId, stageName, actionName, token },
      status: 'Approved',
      summary: 'Fine.',
    });
    expect(await eventOf('ExecutionFinished')).toMatchObject({ status: 'Succeeded' });
    expect(readFileSync(join(folder, 'web/index.html'), 'utf8')).toBe('<h1>Shop</h1>\nbuilt\n');
    const events = await handlers.getExecutionEvents({ pipelineExecutionId, fromSeq: 1 });
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_event, index) => index + 1));
    // What a door lets through is what the contract says, not what the handler happened to answer.
    expect(await answer(handlers, 'getExecutionEvents', { pipelineExecutionId })).toMatchObject({ ok: true });
    expect(await handlers.getRunReadiness({ documentId, text, sidecar: bound })).toMatchObject({ trusted: true });
  });

  it('refuse a run whose consent is refused, and run nothing', async () => {
    const handlers = await start();
    const sample = await handlers.openSample({ sampleId: 'quickstart' });
    const sidecar = sidecarSchema.parse(sample.sidecar);
    const starting = handlers.startPipelineExecution({ ...sample, sidecar, variables: {} });
    const { consentId } = await heard((name, value: { consentId: string }) =>
      name === 'consentRequested' ? value : undefined,
    );
    await handlers.answerConsent({ consentId, trusted: false });
    await expect(starting).rejects.toMatchObject({ problem: { code: 'trust.refused' } });
    expect((await handlers.listPipelineExecutions({ limit: 10 })).total).toBe(0);
  });

  it('start the pipeline beside it that an action names, with the variables that the action hands on', async () => {
    const zip = action('Zip', 'S3', 'Source', {
      configuration: { S3Bucket: 'bucket', S3ObjectKey: 'a.txt' },
      outputArtifacts: [{ name: 'Zip' }],
    });
    const stages = (name: string, last: unknown) => [
      { name: 'Source', actions: [zip] },
      { name, actions: [last] },
    ];
    const invoke = action('Next', 'CodePipeline', 'Invoke', {
      configuration: { PipelineName: 'next', Variables: '[{"name":"stage","value":"production"}]' },
    });
    const first = { ...pipeline, stages: stages('Invoke', invoke) };
    const variables = [{ name: 'stage', defaultValue: 'beta' }];
    const next = {
      ...pipeline,
      name: 'next',
      variables,
      stages: stages('Ask', action('Person', 'Manual', 'Approval')),
    };
    const sidecar = sidecarSchema.parse({ bindings: { 'Source/Zip': { kind: 'file', path: 'other.txt' } } });
    const path = join(folder, 'shop.pipeline.json');
    writeFileSync(path, JSON.stringify({ pipeline: first }));
    writeFileSync(join(folder, 'next.pipeline.json'), JSON.stringify({ pipeline: next }));
    writeFileSync(join(folder, 'next.penstock.json'), JSON.stringify(sidecar));
    const handlers = await start([path]);
    await handlers.getApp({});
    const { documentId, text } = await handlers.openDocument({ path });
    const { pipelineExecutionId } = await handlers.startPipelineExecution({ documentId, text, sidecar, variables: {} });
    await eventOf('ApprovalRequested');
    const { executions } = await handlers.listPipelineExecutions({ limit: 10 });
    expect(executions.map(({ pipelineName }) => pipelineName).toSorted()).toEqual(['next', 'shop']);
    const id = executions.find(({ pipelineName }) => pipelineName === 'next')?.pipelineExecutionId ?? '';
    const [started] = await handlers.getExecutionEvents({ pipelineExecutionId: id, fromSeq: 1 });
    expect(started).toMatchObject({
      variables: { stage: 'production' },
      trigger: { triggerDetail: `Invoke/Next of ${pipelineExecutionId}` },
    });
  });

  it('answer only for files that somebody chose', async () => {
    const handlers = await start();
    for (const path of [join(folder, 'shop.pipeline.json'), join(folder, 'other.txt')])
      await expect(handlers.openDocument({ path })).rejects.toBeInstanceOf(ProblemError);
    await expect(
      handlers.getRunReadiness({ documentId: 'guessed', text: '', sidecar: {} as never }),
    ).rejects.toMatchObject({
      problem: { code: 'document.unknown' },
    });
  });

  it('tell the first window what was found before it was there, once', async () => {
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'data/settings.json'), 'no JSON');
    symlinkSync('loop', join(folder, 'loop'));
    const handlers = await start([join(folder, 'loop/shop.pipeline.json'), join(folder, 'shop.pipeline.json')]);
    expect(pushed).toEqual([]);
    expect((await handlers.getApp({})).open).toHaveLength(1);
    await handlers.getApp({});
    const codes = pushed.filter(({ name }) => name === 'noticed').map(({ value }) => (value as { code: string }).code);
    expect(codes.filter((code) => code === 'settings.unreadable')).toHaveLength(1);
    expect(codes.filter((code) => code === 'file.not-found')).not.toHaveLength(0);
  });

  it('DU-31 a second host on the same data is refused, and leaves the first alone', async () => {
    const handlers = await start();
    const first = services;
    await handlers.getApp({});
    await expect(start()).rejects.toMatchObject({ problem: { code: 'store.in-use' } });
    services = first;
    expect((await handlers.listPipelineExecutions({ limit: 1 })).total).toBe(0);
    expect(existsSync(join(folder, 'data'))).toBe(true);
  });
});
