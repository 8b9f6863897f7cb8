import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ExecutionEvent } from '../shared/execution/events.ts';
import { emptySidecar, type Sidecar } from '../shared/model/sidecar.ts';
import { ProblemError } from '../shared/problem.ts';
import { createPushTargets } from './aws/pushTargets.ts';
import { openRunKeys } from './endpoint/runKeys.ts';
import { createKeptRecords } from './engine/emulation/keptRecords.ts';
import { createRollbackNotes } from './engine/pipelines/rollbackNotes.ts';
import { readNote } from './engine/process/shellNote.ts';
import { approve, pipelineOf, rule, run, temporaryRoot, withConditions } from './engine/testing/engineFixture.ts';
import { readJournal } from './history/journalFile.ts';
import type { Services } from './parts.ts';
import { openPreferences } from './preferences.ts';
import { createServices } from './services.ts';
import { createSettings } from './settings.ts';

/**
 * DU-25: whatever happens to one file of the data directory, Penstock starts, shows no fact that was not written, runs no
 * command a second time and nothing that was not agreed to, and what the file says no more is told or counts as never said.
 * `npm run hostile -- --group DU --thorough` damages each file in many more ways than a quick run of the specs.
 */
const IS_THOROUGH = process.env.PENSTOCK_THOROUGH === '1';
const MANY = IS_THOROUGH ? { cuts: 20, flips: 40 } : { cuts: 1, flips: 1 };
/** What a quick run harms in one way only. */
const isBrief = (kind: string, harm: string) =>
  !IS_THOROUGH && kind !== 'a journal' && kind !== 'the note of a shell' && harm !== 'truncated';

let root: string;
let remove: () => void;
let pristine: string;
let data: string;
let written: Map<string, readonly ExecutionEvent[]>;
let files: string[];

const evidence = (): string[] =>
  existsSync(join(root, 'evidence')) ? readFileSync(join(root, 'evidence'), 'utf8').trim().split('\n') : [];

const open = (): Promise<Services> =>
  createServices({
    version: '1.0.0',
    dataDirectory: data,
    assetsDirectory: join(import.meta.dirname, '..', 'assets'),
    samplesDirectory: join(root, 'samples'),
    ports: {
      kind: 'cli',
      publish: () => undefined,
      pickPath: async () => null,
      askConsent: async () => isAgreeing,
    },
    settings: (onChange, onRecovered) =>
      createSettings({ directory: data, open: openPreferences, onChange, onRecovered }),
  });
let isAgreeing = false;

const leave = (mark: string) => `echo "${mark} $PENSTOCK_COOKIE" >>${root}/evidence`;
/** Its first stage has run under a host that then went away; the second waits behind a disabled transition. */
const shop = () =>
  withConditions(
    pipelineOf({
      Build: [run('Ship', [leave('ship'), `while [ ! -e ${root}/go ]; do sleep 0.01; done`])],
      Deploy: [run('Next', leave('next'))],
    }),
    'Deploy',
    { onSuccess: { conditions: [{ result: 'FAIL', rules: [rule('CloudWatchAlarm', { AlarmName: 'errors' })] }] } },
  );
const asks = pipelineOf({ Ask: [approve('Ok')] }, { name: 'asks' });
const sidecar: Sidecar = {
  ...emptySidecar(),
  bindings: { 'Source/Files': { kind: 'folder', path: './source' } },
};

beforeAll(async () => {
  ({ root, remove } = temporaryRoot());
  data = join(root, 'data');
  pristine = join(root, 'pristine');
  mkdirSync(join(root, 'source'), { recursive: true });
  writeFileSync(join(root, 'source', 'hello.txt'), 'hello\n');
  isAgreeing = true;
  const services = await open();
  await services.handlers.setAlarmState({ alarmName: 'errors', state: 'OK' });
  await services.handlers.updateSettings({ theme: 'dark' });
  await services.handlers.disableStageTransition({ pipelineName: 'shop', stageName: 'Deploy', reason: 'freeze' });
  for (const pipeline of [shop(), asks]) {
    const path = join(root, `${pipeline.name}.pipeline.json`);
    const text = JSON.stringify({ pipeline });
    writeFileSync(path, text);
    await services.documents.grant(path);
    const { documentId } = await services.handlers.openDocument({ path });
    await services.handlers.startPipelineExecution({ documentId, text, sidecar, variables: {} });
  }
  await vi.waitFor(() => expect(evidence()).toHaveLength(1), { timeout: 20_000, interval: 10 });
  const { executions } = await services.handlers.listPipelineExecutions({ limit: 10 });
  await vi.waitFor(
    async () => {
      const all = await Promise.all(executions.map(({ pipelineExecutionId: id }) => services.history.events(id)));
      for (const type of ['ActionProcessStarted', 'ApprovalRequested'])
        expect(all.flat().map((event) => event.type)).toContain(type);
    },
    { timeout: 20_000, interval: 10 },
  );
  await createPushTargets(data).set(join(root, 'shop.pipeline.json'), { account: '111122223333', region: 'us-east-1' });
  createKeptRecords(data, () => undefined).keep('attempt', 'cloudformation', 'shop', () => ({ resources: 1 }));
  openRunKeys(data, { create: true }).keepPort(4711);
  await createRollbackNotes(data).write({
    pipelineExecutionId: 'r-1',
    failedExecutionId: 'gone-1',
    targetPipelineExecutionId: 'gone-2',
    stageName: 'Deploy',
  });
  await services.close();
  isAgreeing = false;
  writeFileSync(join(root, 'go'), '');
  const shell = filesBelow(join(data, 'executions')).find((path) => path.endsWith('/shell'))!;
  await vi.waitFor(() => expect(readNote(join(shell, '..'))?.exitCode).toBe(0), { timeout: 20_000, interval: 10 });
  written = new Map(
    readdirSync(join(data, 'executions')).map((id) => [
      id,
      readJournal(join(data, 'executions', id, 'journal.jsonl')).events,
    ]),
  );
  cpSync(data, pristine, { recursive: true, preserveTimestamps: true });
  files = filesBelow(pristine).map((path) => relative(pristine, path));
});
afterAll(() => remove());

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('src0'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** The data directory as it was, with one file harmed; and the world as it was. */
function restore(): void {
  rmSync(data, { recursive: true, force: true, maxRetries: 3 });
  cpSync(pristine, data, { recursive: true, preserveTimestamps: true });
  const [first] = evidence();
  writeFileSync(join(root, 'evidence'), `${first}\n`);
}

const tolerated = async <T>(asking: Promise<T>): Promise<T | undefined> => {
  try {
    return await asking;
  } catch (error) {
    if (error instanceof ProblemError) return undefined;
    throw error;
  }
};

/** Starts on what is there and asks for everything. */
async function checkStart(file: string): Promise<void> {
  // A file that cannot even be replaced keeps a host out, with a Problem that names it.
  const since = Date.now();
  let services: Services;
  try {
    services = await open();
  } catch (error) {
    expect(error).toBeInstanceOf(ProblemError);
    expect((error as ProblemError).problem.where).toContain(join(data, file.split('/')[0]!));
    return;
  }
  try {
    const { handlers, engine, history } = services;
    await engine.idle();
    await handlers.getApp({});
    const { executions } = await handlers.listPipelineExecutions({ limit: 100 });
    const harmed = /^executions\/([^/]+)\/journal\.jsonl$/.exec(file)?.[1];
    for (const [id, before] of written) {
      const listed = executions.some(({ pipelineExecutionId }) => pipelineExecutionId === id);
      if (id !== harmed) expect(listed, `${id} is in the history`).toBe(true);
      const events = (await tolerated(history.events(id))) ?? [];
      if (id !== harmed) expect(events.slice(0, before.length)).toEqual(before);
      // Of a harmed journal a beginning is left, then what happened since; never an altered record.
      const kept = events.findIndex((event, index) => JSON.stringify(event) !== JSON.stringify(before[index]));
      const own = kept === -1 ? events.length : kept;
      for (const event of events.slice(own)) expect(event.at).toBeGreaterThanOrEqual(since);
      for (const { pipelineExecutionId } of executions.slice(0, 1))
        await tolerated(
          handlers.readLog({ pipelineExecutionId, actionExecutionId: 'none', from: 0, limit: 100 } as never),
        ).catch(() => undefined);
    }
    await tolerated(handlers.getPipelineState({ pipelineName: 'shop' }));
    await tolerated(handlers.listPipelineVersions({ pipelineName: 'shop' }));
    await tolerated(handlers.getPipelineVersion({ pipelineName: 'shop', version: 1 }));
    await tolerated(handlers.listAlarms({}));
    await tolerated(handlers.listRecent({}));
    await createPushTargets(data).get(join(root, 'shop.pipeline.json'));
    await tolerated(
      Promise.resolve().then(() => createKeptRecords(data, () => undefined).kept('cloudformation', 'shop')),
    );
    await tolerated(Promise.resolve().then(() => openRunKeys(data, { create: true })));
    // It works: another pipeline can be started.
    const path = join(root, 'asks.pipeline.json');
    await services.documents.grant(path);
    const { documentId, text } = await handlers.openDocument({ path });
    if (file !== 'trust.json') {
      const started = await tolerated(handlers.startPipelineExecution({ documentId, text, sidecar, variables: {} }));
      if (started) await engine.idle();
    }
  } finally {
    await services.close();
  }
  expect(new Set(evidence()).size, `commands: ${evidence().join(', ')}`).toBe(evidence().length);
  expect(evidence().filter((line) => line.startsWith('ship'))).toHaveLength(1);
}

/** Numbers below `length`, spread over it and the same each time. */
const spread = (count: number, length: number) =>
  Array.from({ length: Math.min(count, length) }, (_, index) => Math.floor(((index + 0.5) * length) / count) % length);

const harms: Record<string, (path: string) => Iterable<() => void>> = {
  deleted: (path) => [() => rmSync(path)],
  emptied: (path) => [() => writeFileSync(path, '')],
  'replaced by a folder': (path) => [
    () => {
      rmSync(path);
      mkdirSync(path);
    },
  ],
  'written by a newer version': (path) => [
    () => writeFileSync(path, '{"version":99,"penstock":"journal-99","what":"nobody knows yet"}\n'),
  ],
  truncated: (path) =>
    spread(MANY.cuts, statSync(path).size).map(
      (size) => () => writeFileSync(path, readFileSync(path).subarray(0, size)),
    ),
  'with one bit flipped': (path) =>
    spread(MANY.flips, statSync(path).size).map((at) => () => {
      const bytes = readFileSync(path);
      bytes[at] = bytes[at]! ^ (1 << (at % 8));
      writeFileSync(path, bytes);
    }),
};

/** What there is to be harmed, by what it is: ids differ from run to run. */
const KINDS: Record<string, RegExp> = {
  'a journal': /^executions\/[^/]+\/journal\.jsonl$/,
  'the note of a shell': /\/shell$/,
  'a log': /\/log$/,
  'an artifact': /^artifacts\//,
  'the index': /^index\.sqlite$/,
  'the lock': /^engine\.lock$/,
  'a definition': /^pipelines\/.*\/versions\//,
  'disabled transitions': /transitions\.json$/,
  'an alarm': /^alarms\//,
  'what was agreed to': /^trust\.json$/,
  'the settings': /^settings\.json$/,
  'recent documents': /^recent\.json$/,
  'where was pushed to': /^pushes\.json$/,
  'an emulated deployment': /^emulated\//,
  'the note of a rollback': /^rollbacks\//,
  'the keys of the endpoint': /^endpoint\.json$/,
};

describe('DU every file of the data directory', () => {
  it('DU-00 control: a reader that believes what it finds takes a flipped bit for a fact', () => {
    const [id] = [...written.keys()];
    const path = join(pristine, 'executions', id!, 'journal.jsonl');
    const bytes = readFileSync(path);
    const at = bytes.indexOf('"pipelineVersion":1') + '"pipelineVersion":'.length;
    bytes[at] = bytes[at]! ^ 2;
    const [line = ''] = bytes.toString().split('\n');
    expect(JSON.parse(/\{.*\}/.exec(line)![0])).toMatchObject({ type: 'ExecutionStarted', pipelineVersion: 3 });
  });

  it('is one of the kinds that are harmed here', () => {
    const known = Object.values(KINDS);
    expect(files.filter((file) => !known.some((kind) => kind.test(file)))).toEqual([]);
    expect(Object.entries(KINDS).filter(([, kind]) => !files.some((file) => kind.test(file)))).toEqual([]);
  });

  for (const [kind, pattern] of Object.entries(KINDS)) {
    for (const [name, harm] of Object.entries(harms)) {
      if (isBrief(kind, name)) continue;
      it(`DU-25 ${kind}, ${name}`, async () => {
        for (const file of files.filter((path) => pattern.test(path))) {
          restore();
          const count = [...harm(join(data, file))].length;
          for (let number = 0; number < count; number += 1) {
            if (number > 0) restore();
            [...harm(join(data, file))][number]!();
            await checkStart(file);
          }
        }
      }, 900_000);
    }
  }
});
