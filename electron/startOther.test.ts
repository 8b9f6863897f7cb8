import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OpenDocument } from '../shared/ipc/contract.ts';
import { sidecarSchema } from '../shared/model/sidecar.ts';
import type { PipelineStart } from '../shared/providers/host.ts';
import type { StartRequest } from './parts.ts';
import { createStartOther } from './startOther.ts';

const pipeline = (name: string) => ({
  pipeline: {
    name,
    roleArn: 'arn:aws:iam::111122223333:role/x',
    pipelineType: 'V2',
    artifactStore: { type: 'S3', location: 'artifacts' },
    variables: [{ name: 'stage', defaultValue: 'beta' }],
    stages: [
      {
        name: 'Source',
        actions: [
          {
            name: 'Zip',
            actionTypeId: { category: 'Source', owner: 'AWS', provider: 'S3', version: '1' },
            configuration: { S3Bucket: 'bucket', S3ObjectKey: 'a.zip' },
            outputArtifacts: [{ name: 'Zip' }],
          },
        ],
      },
      {
        name: 'Ask',
        actions: [
          { name: 'Person', actionTypeId: { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' } },
        ],
      },
    ],
  },
});

let folder: string;
let started: StartRequest[];
let recent: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'penstock-other-'));
  started = [];
  recent = [];
  writeFileSync(join(folder, 'next.pipeline.json'), JSON.stringify(pipeline('next')));
  writeFileSync(join(folder, 'broken.pipeline.json'), '{');
  writeFileSync(join(folder, 'a.zip'), '');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const starter = ({ trusted = true } = {}) =>
  createStartOther({
    documents: {
      handlers: {
        listRecent: async () => recent.map((path) => ({ path, name: path, folder: path, exists: true })),
      },
      read: async (path) =>
        ({
          text: await readFile(path, 'utf8'),
          format: 'json',
          sidecar: sidecarSchema.parse({ bindings: { 'Source/Zip': { kind: 'file', path: 'a.zip' } } }),
        }) as OpenDocument,
    },
    history: {
      summary: async (id) => (started.some((one) => one.pipelineExecutionId === id) ? ({} as never) : undefined),
    },
    trust: {
      describe: async () => ({ folder, openedAs: '', commands: [], changed: false, hash: 'h', trusted }),
      agree: async () => expect.unreachable(),
    },
    start: async (request) => {
      started.push(request);
      return { pipelineExecutionId: request.pipelineExecutionId ?? '' };
    },
  });
const wish = (pipelineName = 'next', more: Partial<PipelineStart> = {}): PipelineStart => ({
  pipelineName,
  variables: { stage: 'production' },
  sourceRevisions: [],
  ...more,
});
const by = (token = 'attempt-1', pipelineExecutionId = 'E1') => ({
  token,
  where: 'Deploy/Next',
  pipelineExecutionId,
  documentPath: join(folder, 'shop.pipeline.json'),
});

describe('a pipeline that an action of another one starts', () => {
  it('is the saved file of that name beside it, with the variables given and its own bindings', async () => {
    const { pipelineExecutionId } = await starter()(wish(), by());
    expect(pipelineExecutionId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(started).toMatchObject([
      {
        declaration: { name: 'next' },
        variables: { stage: 'production' },
        bindings: { 'Source/Zip': { kind: 'file', path: 'a.zip' } },
        documentPath: join(folder, 'next.pipeline.json'),
        trigger: { triggerType: 'StartPipelineExecution', triggerDetail: 'Deploy/Next of E1' },
        pipelineExecutionId,
      },
    ]);
  });

  it('is started once for an attempt that is run again after a crash', async () => {
    const start = starter();
    expect(await start(wish(), by())).toEqual(await start(wish(), by()));
    expect(started).toHaveLength(1);
    await start(wish(), by('attempt-2'));
    expect(started).toHaveLength(2);
  });

  it('is found among the documents opened last', async () => {
    const elsewhere = join(folder, 'elsewhere.json');
    writeFileSync(elsewhere, JSON.stringify(pipeline('other')));
    recent = [elsewhere];
    await starter()(wish('other'), by());
    expect(started[0]?.documentPath).toBe(elsewhere);
  });

  it('is the file that the action’s binding names, whatever else has its name', async () => {
    const named = join(folder, 'second.json');
    writeFileSync(named, JSON.stringify(pipeline('next')));
    await starter()(wish('next', { path: named }), by());
    expect(started[0]?.documentPath).toBe(named);
    await expect(starter()(wish('other', { path: named }), by('attempt-2'))).rejects.toMatchObject({
      code: 'JobFailed',
      fix: expect.stringContaining(named),
    });
  });

  it('does not exist where no file has its name', async () => {
    await expect(starter()(wish('gone'), by())).rejects.toMatchObject({
      code: 'JobFailed',
      message:
        "The account with id 'local' does not include a pipeline with the name 'gone' (PipelineNotFoundException)",
    });
  });

  it('does not start without the trust of its own project: nobody is asked in the middle of a run', async () => {
    await expect(starter({ trusted: false })(wish(), by())).rejects.toMatchObject({
      code: 'PermissionError',
      message: 'Pipeline next is not started: nobody agreed to what its project runs.',
    });
    expect(started).toEqual([]);
  });

  it('refuses a source revision of an action that it does not have', async () => {
    const sourceRevisions = [{ actionName: 'Repo', revisionType: 'COMMIT_ID' as const, revisionValue: 'a' }];
    await expect(starter()(wish('next', { sourceRevisions }), by())).rejects.toMatchObject({ code: 'JobFailed' });
    expect(started).toEqual([]);
  });

  it('is the last of ten that start each other in a circle', async () => {
    const start = starter();
    let id = 'E1';
    for (let turn = 1; turn <= 10; turn += 1) ({ pipelineExecutionId: id } = await start(wish(), by(`t${turn}`, id)));
    await expect(start(wish(), by('t11', id))).rejects.toMatchObject({
      message: '10 pipelines have started each other in a row.',
    });
  });
});
