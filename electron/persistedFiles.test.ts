import { cpSync, globSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExecutionEvent } from '../shared/execution/events.ts';
import { ProblemError } from '../shared/problem.ts';
import { createPushTargets } from './aws/pushTargets.ts';
import { openRunKeys } from './endpoint/runKeys.ts';
import { createKeptRecords } from './engine/emulation/keptRecords.ts';
import { temporaryRoot } from './engine/testing/engineFixture.ts';
import { readJournal } from './history/journalFile.ts';
import type { Services } from './parts.ts';
import { openPreferences } from './preferences.ts';
import { createServices } from './services.ts';
import { createSettings } from './settings.ts';
import { evidenceIn, filesBelow, leaveFullRun, sidecar } from './testing/fullRun.ts';

/**
 * DU-25: whatever happens to one file of the data directory, Penstock starts, shows no fact that was not written, runs no
 * command a second time and nothing that was not agreed to, and what the file says no more is told or counts as never said.
 * `npm run hostile -- --group DU --thorough` damages each file in many more ways than a quick run of the specs.
 */
const IS_THOROUGH = process.env.PENSTOCK_THOROUGH === '1';
const MANY = IS_THOROUGH ? { cuts: 20, flips: 40 } : { cuts: 1, flips: 1 };
/** A quick run harms two files of a kind. */
const chosen = (found: readonly string[]) => (IS_THOROUGH ? found : found.slice(0, 2));
/** What a quick run harms in one way only. */
const isBrief = (kind: string, harm: string) =>
  !IS_THOROUGH && kind !== 'a journal' && kind !== 'the note of a shell' && harm !== 'truncated';

let root: string;
let remove: () => void;
let pristine: string;
let data: string;
let written: Map<string, readonly ExecutionEvent[]>;
let files: string[];

/** What ran before the host went away. */
let lines: string[];

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

beforeAll(async () => {
  ({ root, remove } = temporaryRoot());
  data = join(root, 'data');
  pristine = join(root, 'pristine');
  isAgreeing = true;
  await leaveFullRun(root, data, open);
  isAgreeing = false;
  lines = evidenceIn(root);
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

/** The data directory as it was, with one file harmed; and the world as it was. */
function restore(): void {
  rmSync(data, { recursive: true, force: true, maxRetries: 3 });
  cpSync(pristine, data, { recursive: true, preserveTimestamps: true });
  writeFileSync(join(root, 'evidence'), `${lines.join('\n')}\n`);
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
    await tolerated(handlers.recoverEdits({ windowId: 'window-2' }));
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
  const evidence = evidenceIn(root);
  expect(new Set(evidence).size, `commands: ${evidence.join(', ')}`).toBe(evidence.length);
  for (const mark of ['ship', 'rule']) expect(evidence.filter((line) => line.startsWith(mark))).toHaveLength(1);
  // Where it can no longer be told what was disabled, nothing passes.
  const isClosed = filesBelow(join(data, 'pipelines')).some((path) => path.includes('transitions.json.damaged'));
  if (isClosed) expect(evidence.filter((line) => line.startsWith('next'))).toEqual([]);
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
  'the jobs of a rule': /\/jobs$/,
  'the script of a call': /\/call-[^/]+\/call\.mjs$/,
  'unmasked output': /^spool\//,
  'a log': /\/log(?:\.marks)?$/,
  'the number of a build': /\/number$|^projects\/[^/]+\/builds$/,
  'a build cache': /^projects\/[^/]+\/cache\/|\/actions\/[^/]+\/cache$/,
  'the note of a kept workspace': /^kept\//,
  'an input that is looked at': /^executions\/[^/]+\/paused\//,
  'an artifact': /^artifacts\//,
  'the index': /^index\.sqlite$/,
  'the lock': /^engine\.lock$/,
  'a definition': /^pipelines\/.*\/versions\//,
  'disabled transitions': /transitions\.json$/,
  'an alarm': /^alarms\//,
  'what was agreed to': /^trust\.json$/,
  'the settings': /^settings(?:\.backup)?\.json$/,
  'recent documents': /^recent\.json$/,
  'unsaved edits': /^recovery\//,
  'where was pushed to': /^pushes\.json$/,
  'an emulated deployment': /^emulated\//,
  'the note of a rollback': /^rollbacks\//,
  'the keys of the endpoint': /^endpoint\.json$/,
};

/** What sources write below the data directory only while they work: a host that starts finds it, and needs none of it. */
const PASSING = ['engine.pid', 'revisions-', 'scratch'];

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

  it('is there after the run that is harmed here, whatever the sources write', () => {
    const own = globSync('**/*.ts', { cwd: import.meta.dirname }).filter((path) => !/\.test\.ts$|testing\//.test(path));
    const names = own.flatMap((path) =>
      [...readFileSync(join(import.meta.dirname, path), 'utf8').matchAll(/\bdataDirectory, '([^']+)'/g)].map(
        ([, name]) => name ?? '',
      ),
    );
    expect(names.length).toBeGreaterThan(10);
    const there = [...readdirSync(pristine), ...PASSING];
    expect(names.filter((name) => !there.includes(name))).toEqual([]);
  });

  it('is one of the kinds that are harmed here', () => {
    const known = Object.values(KINDS);
    expect(files.filter((file) => !known.some((kind) => kind.test(file)))).toEqual([]);
    expect(Object.entries(KINDS).filter(([, kind]) => !files.some((file) => kind.test(file)))).toEqual([]);
  });

  for (const [kind, pattern] of Object.entries(KINDS)) {
    for (const [name, harm] of Object.entries(harms)) {
      if (isBrief(kind, name)) continue;
      it(
        `DU-25 ${kind}, ${name}`,
        async () => {
          for (const file of chosen(files.filter((path) => pattern.test(path)))) {
            restore();
            const count = [...harm(join(data, file))].length;
            for (let number = 0; number < count; number += 1) {
              if (number > 0) restore();
              [...harm(join(data, file))][number]!();
              await checkStart(file);
            }
          }
        },
        IS_THOROUGH ? 900_000 : 60_000,
      );
    }
  }
});
