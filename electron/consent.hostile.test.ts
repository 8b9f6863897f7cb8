import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Consent, contract, type Handlers } from '../shared/ipc/contract.ts';
import { emptySidecar, type Sidecar } from '../shared/model/sidecar.ts';
import { answer } from './ipc/answer.ts';
import { createPageConsent } from './ipc/pageConsent.ts';
import type { Services } from './parts.ts';
import { openPreferences } from './preferences.ts';
import { createServices } from './services.ts';
import { createSettings } from './settings.ts';
import { hostileGround } from './testing/hostileHarness.ts';

/** Every process that anything here starts. */
const started = vi.hoisted(() => [] as string[]);
vi.mock('node:child_process', async (importOriginal) => {
  const real = await importOriginal<typeof import('node:child_process')>();
  const spied = <F extends (...args: never[]) => unknown>(call: F): F =>
    ((...args: never[]) => {
      started.push(String(args[0]));
      return call(...args);
    }) as F;
  const names = ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork'] as const;
  return { ...real, ...Object.fromEntries(names.map((name) => [name, spied(real[name] as never)])) };
});

const ground = hostileGround();
let connections = 0;
const onSocket = () => {
  connections += 1;
};
let folder: string;
let canary: string;
let services: Services;
let consents: Consent[];
let agrees: boolean;

beforeAll(() => ground.enter());
afterAll(() => ground.leave());
beforeEach(async () => {
  folder = join(ground.place(), 'project');
  canary = join(folder, 'fired');
  mkdirSync(join(folder, 'source'), { recursive: true });
  writeFileSync(join(folder, 'source', 'hello.txt'), 'hello\n');
  consents = [];
  agrees = false;
  started.length = 0;
  connections = 0;
  subscribe('net.client.socket', onSocket);
  services = await open();
});
afterEach(async () => {
  await services.close();
  unsubscribe('net.client.socket', onSocket);
});

const open = (): Promise<Services> => {
  const dataDirectory = join(folder, '..', 'data');
  return createServices({
    version: '1.0.0',
    dataDirectory,
    assetsDirectory: join(import.meta.dirname, '..', 'assets'),
    samplesDirectory: join(folder, '..', 'samples'),
    ports: {
      kind: 'electron',
      publish: () => undefined,
      pickPath: async () => null,
      askConsent: async (consent) => {
        consents.push(consent);
        return agrees;
      },
    },
    settings: (onChange, onRecovered) =>
      createSettings({ directory: dataDirectory, open: openPreferences, onChange, onRecovered }),
  });
};

const type = (category: string, provider: string) => ({ category, owner: 'AWS', provider, version: '1' });
const fire = () => ground.fixture(`touch ${canary}`);
/** Everything in it that can be a command is one. */
const hostile = (extra: Record<string, unknown> = {}) => ({
  name: 'hostile',
  roleArn: 'arn:aws:iam::111122223333:role/pipeline',
  pipelineType: 'V2',
  artifactStore: { type: 'S3', location: 'artifacts' },
  stages: [
    {
      name: 'Source',
      actions: [
        {
          name: 'Files',
          actionTypeId: type('Source', 'S3'),
          configuration: { S3Bucket: 'bucket', S3ObjectKey: 'a.zip' },
          outputArtifacts: [{ name: 'Code' }],
        },
      ],
    },
    {
      name: 'Build',
      beforeEntry: {
        conditions: [
          {
            result: 'FAIL',
            rules: [
              {
                name: 'Gate',
                ruleTypeId: { ...type('Rule', 'Commands') },
                commands: [fire()],
                inputArtifacts: [{ name: 'Code' }],
              },
            ],
          },
        ],
      },
      actions: [
        {
          name: 'Run',
          actionTypeId: type('Compute', 'Commands'),
          commands: [fire()],
          inputArtifacts: [{ name: 'Code' }],
        },
        {
          name: 'Make',
          actionTypeId: type('Build', 'CodeBuild'),
          configuration: { ProjectName: 'x' },
          inputArtifacts: [{ name: 'Code' }],
        },
        {
          name: 'Call',
          actionTypeId: type('Invoke', 'Lambda'),
          configuration: { FunctionName: 'x' },
          inputArtifacts: [{ name: 'Code' }],
        },
      ],
    },
  ],
  ...extra,
});
const sidecar = (): Sidecar => ({
  ...emptySidecar(),
  bindings: {
    'Source/Files': { kind: 'folder', path: './source' },
    'Build/Call': { kind: 'handler', path: './handler.mjs' } as never,
  },
});

/** Puts the hostile project into its folder and opens it as a dialog, a drop or the command line do. */
async function opened(name = 'hostile.pipeline.json', extra: Record<string, unknown> = {}) {
  const path = join(folder, name);
  writeFileSync(
    join(folder, 'handler.mjs'),
    `import { writeFileSync } from 'node:fs';\nwriteFileSync(${JSON.stringify(canary)}, '');\nexport const handler = async () => {};\n`,
  );
  writeFileSync(
    join(folder, 'source', 'buildspec.yml'),
    `version: 0.2\nphases:\n  build:\n    commands: ['${fire()}']\n`,
  );
  writeFileSync(path, JSON.stringify({ pipeline: hostile(extra) }));
  writeFileSync(path.replace('.pipeline.json', '.penstock.json'), JSON.stringify(sidecar()));
  await services.documents.grant(path);
  const document = await services.handlers.openDocument({ path });
  return { ...document, path };
}
const run = (document: { documentId: string; text: string }, handlers: Handlers = services.handlers) =>
  handlers.startPipelineExecution({
    documentId: document.documentId,
    text: document.text,
    sidecar: sidecar(),
    variables: {},
  });
/** Runs it with consent until its first command has fired; its function would never answer, so it is abandoned. */
async function runAgreed(document: { documentId: string; text: string }): Promise<string> {
  agrees = true;
  const { pipelineExecutionId } = await run(document);
  await vi.waitFor(() => expect(existsSync(canary)).toBe(true), { timeout: 20_000, interval: 10 });
  await services.handlers.stopPipelineExecution({ pipelineExecutionId, abandon: true, reason: 'Seen enough.' });
  await services.engine.idle();
  agrees = false;
  return pipelineExecutionId;
}
const refusal = async (call: Promise<unknown>): Promise<string> => {
  try {
    await call;
    return 'done';
  } catch (error) {
    return (error as { problem?: { code: string } }).problem?.code ?? String(error);
  }
};
/** The oracle: no process, no connection, no canary, no execution. */
async function nothingRan(): Promise<void> {
  expect({ started, connections }).toEqual({ started: [], connections: 0 });
  expect(existsSync(canary)).toBe(false);
  expect((await services.handlers.listPipelineExecutions({ limit: 10 })).total).toBe(0);
}

describe('WT what an untrusted project can bring about', () => {
  it('WT-00 control: once it is agreed to, its commands run and the oracle sees them', async () => {
    await runAgreed(await opened());
    expect(started.length).toBeGreaterThan(0);
    expect(existsSync(canary)).toBe(true);
  });

  it('WT-01 opening it starts nothing', async () => {
    await opened();
    await services.handlers.getApp({});
    await nothingRan();
    expect(consents).toEqual([]);
  });

  it('WT-02 checking, saving and exporting it starts nothing', async () => {
    const { documentId, text, path } = await opened();
    const { handlers } = services;
    await handlers.getRunReadiness({ documentId, text, sidecar: sidecar() });
    await handlers.saveSidecar({ documentId, sidecar: { ...sidecar(), variables: { a: 'b' } } });
    const target = join(folder, 'export.yaml');
    await services.documents.grant(target);
    for (const format of ['cloudformation', 'terraform', 'cdk', 'json'])
      await handlers.saveExport({ path: target, text: format });
    await services.documents.read(path);
    await nothingRan();
  });

  it('WT-09 pressing run asks with the exact commands; refused, nothing runs', async () => {
    const document = await opened();
    expect(await refusal(run(document))).toBe('trust.refused');
    expect(consents).toHaveLength(1);
    const shown = consents[0]!.commands.map(({ where, text }) => `${where}: ${text}`).join('\n');
    for (const where of ['Build/Run', 'Build/Make', 'Build/Call', 'Build/beforeEntry/Gate'])
      expect(shown).toContain(where);
    expect(shown.split(fire()).length).toBe(4);
    expect(shown).toContain('handler.mjs');
    await nothingRan();
  });

  it('WT-10 an answer that no person can have read does not count', async () => {
    let time = 0;
    const asked: Consent[] = [];
    const page = createPageConsent(((_name: string, consent: Consent) => asked.push(consent)) as never, () => time);
    const question = page.askConsent({ consentId: 'c-1', folder, openedAs: '', commands: [], changed: false });
    for (time of [0, 1, 250, 499])
      expect(await refusal(page.answerConsent({ consentId: 'c-1', trusted: true }))).toBe('trust.too-fast');
    page.refuseAll();
    expect(await question).toBe(false);
  });

  it.each([
    ['with nothing more', {}],
    ['that says it is trusted', { trusted: true }],
    ['with an agreement of its own', { hash: 'a'.repeat(64), agree: true, consentId: 'c-1' }],
  ])('WT-13 a run that a page asks for directly, %s, is refused', async (_, extra) => {
    const { documentId, text } = await opened();
    const input = { documentId, text, sidecar: { ...sidecar(), ...extra }, variables: {}, ...extra };
    const reply = await answer(services.handlers, 'startPipelineExecution', input);
    expect(reply.ok).toBe(false);
    await nothingRan();
  });

  it.each(['setTrusted', 'trust', 'agree', 'grant', 'release', 'start', 'pickedPath', 'history.append'])(
    'WT-14 there is no call %s for a page',
    async (name) => {
      expect(await answer(services.handlers, name, {})).toMatchObject({ ok: false, problem: { code: 'call.unknown' } });
      expect(Object.keys(contract).filter((call) => /trust|agree$/i.test(call))).toEqual([]);
      await nothingRan();
    },
  );

  it('WT-14 a page cannot answer a question in place of the native dialog', async () => {
    for (const consentId of ['', 'c-1', '__proto__'])
      expect(await answer(services.handlers, 'answerConsent', { consentId, trusted: true })).toMatchObject({
        ok: false,
      });
    await nothingRan();
  });

  it('WT-15 looking at a run again, at every instant, starts nothing', async () => {
    const pipelineExecutionId = await runAgreed(await opened());
    await services.close();
    rmSync(canary, { force: true });
    services = await open();
    started.length = 0;
    connections = 0;
    const { handlers } = services;
    const events = await handlers.getExecutionEvents({ pipelineExecutionId, fromSeq: 1 });
    expect(events.length).toBeGreaterThan(5);
    for (const event of events) {
      await handlers.getExecutionEvents({ pipelineExecutionId, fromSeq: event.seq });
      if (event.type === 'ActionStarted')
        await handlers.readLog({
          pipelineExecutionId,
          actionExecutionId: event.actionExecutionId,
          offset: 0,
          limit: 1000,
        } as never);
    }
    await handlers.getPipelineState({ pipelineName: 'hostile' });
    await handlers.listPipelineVersions({ pipelineName: 'hostile' });
    expect({ started, connections, fired: existsSync(canary) }).toEqual({ started: [], connections: 0, fired: false });
  });

  it('WT-18 a pipeline that came from AWS is asked about like any other', async () => {
    const text = JSON.stringify({ pipeline: hostile() });
    await opened(); // its files lie there
    const pulled = services.documents.openText('hostile', text);
    expect(await refusal(run(pulled))).not.toBe('done');
    const copy = join(folder, 'pulled.pipeline.json');
    writeFileSync(copy, text);
    await services.documents.grant(copy);
    expect(await refusal(run(await services.handlers.openDocument({ path: copy })))).toBe('trust.refused');
    await nothingRan();
  });

  it.each([
    ['a drop or the command line', async (path: string) => path],
    ['the list of recent documents', async () => (await services.handlers.listRecent({}))[0]!.path],
    [
      'a link',
      async (path: string) => {
        const link = join(folder, '..', 'friendly.pipeline.json');
        symlinkSync(path, link);
        return services.documents.grant(link);
      },
    ],
  ])('WT-19 opened through %s it is asked about the same', async (_, through) => {
    const { path, documentId } = await opened();
    await services.handlers.closeDocument({ documentId });
    const again = await services.handlers.openDocument({ path: await through(path) });
    expect(await refusal(run(again))).toBe('trust.refused');
    expect(consents).toHaveLength(1);
    await nothingRan();
  });

  it('WT-06 a handler that is edited after it was agreed to is shown and asked about again', async () => {
    const document = await opened();
    await runAgreed(document);
    rmSync(canary, { force: true });
    const handler = join(folder, 'handler.mjs');
    writeFileSync(handler, `${readFileSync(handler, 'utf8')}// changed\n`);
    expect(await refusal(run(document))).toBe('trust.refused');
    expect(consents.at(-1)).toMatchObject({ changed: true });
    expect(JSON.stringify(consents.at(-1)?.commands)).toContain('// changed');
    expect(existsSync(canary)).toBe(false);
  });
});
