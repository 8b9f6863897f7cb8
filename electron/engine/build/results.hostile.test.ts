import { execFileSync } from 'node:child_process';
import { lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReportRecord } from '../../../shared/reports/report.ts';
import { hostileGround } from '../../testing/hostileHarness.ts';
import { isInside } from '../artifacts/resolveInside.ts';
import { createMasker } from '../log/createMasker.ts';
import { restoreCache, saveCache } from './buildCache.ts';
import { listEntries } from './cacheStore.ts';
import { collectReports } from './collectReports.ts';

/** Paths that a buildspec names in `reports` and `cache`, and what a cached tree may do where it is put. */

const ground = hostileGround();
beforeAll(() => ground.enter());
afterAll(() => ground.leave());

/** Node cannot make one itself. */
const FIFO_MAKER = 'mkfifo';
const SECRET = 'the secret outside';
/** A report whose only case would tell the secret. */
const REPORT = `<testsuite><testcase name="x"><failure message="${SECRET}"/></testcase></testsuite>`;

function scene() {
  const place = ground.place();
  const work = join(place, 'work');
  const outside = join(place, 'work-evil');
  for (const folder of [work, join(work, 'dir'), outside, join(place, 'attempt')]) mkdirSync(folder);
  writeFileSync(join(work, 'dir', 'inside.xml'), '<testsuite/>');
  writeFileSync(join(outside, 'secret.xml'), REPORT);
  return { place, work, outside };
}
type Scene = ReturnType<typeof scene>;

const inputs: Record<string, (scene: Scene) => string> = {
  'PT-01 a climb': () => '../work-evil/secret.xml',
  'PT-02 an absolute path': ({ outside }) => join(outside, 'secret.xml'),
  'PT-03 an encoded climb': () => '%2e%2e%2fwork-evil%2fsecret.xml',
  'PT-04 a twice encoded climb': () => '%252e%252e%252fwork-evil%252fsecret.xml',
  'PT-05 a climb with backslashes': () => '..\\work-evil\\secret.xml',
  'PT-06 a link in the folder': ({ work, outside }) => {
    symlinkSync(join(outside, 'secret.xml'), join(work, 'link.xml'));
    return 'link.xml';
  },
  'PT-06 a linked folder': ({ work, outside }) => {
    symlinkSync(outside, join(work, 'linked'));
    return 'linked/secret.xml';
  },
  'PT-08 a sibling that begins alike': ({ work }) => `${work}-evil/secret.xml`,
  'PT-09 a climb in another case': () => '../WORK-EVIL/secret.xml',
  'PT-10 a climb in compatibility letters': () => '\u2025/work-evil/secret.xml',
  'PT-11 a NUL byte': () => '../work-evil/secret.xml\0.txt',
  'PT-12 a home folder': () => '~/secret.xml',
  'PT-13 a variable': () => '$PENSTOCK_OUTSIDE/secret.xml',
  'PT-14 a pattern that reaches out': () => '{..,x}/**/*',
  'PT-14 a pattern with a climb': () => 'dir/../../work-evil/**/*',
  'PT-15 a FIFO': ({ work }) => {
    execFileSync(FIFO_MAKER, [join(work, 'pipe')]);
    return 'pipe';
  },
  'PT-16 a reserved name': () => 'NUL',
};

const variablesOf = ({ outside }: Scene) => new Map([['PENSTOCK_OUTSIDE', outside]]);

async function reported(here: Scene, baseDirectory: string, files: string[]): Promise<string> {
  const log: string[] = [];
  const records: ReportRecord[] = await collectReports({
    specs: [{ name: 'unit', format: 'JUNITXML', files, baseDirectory }],
    projectName: 'p',
    sourceFolder: here.work,
    workspace: here.work,
    variables: variablesOf(here),
    log: (line) => log.push(line),
    mask: (text) => text,
  });
  return [...log, JSON.stringify(records)].join('\n');
}

function cacheRequest(here: Scene, paths: string[], key?: string) {
  const log: string[] = [];
  return {
    spec: { paths, ...(key ? { key } : {}), fallbackKeys: [], restores: true, saves: true },
    directory: join(here.place, 'cache'),
    sourceFolder: here.work,
    variables: variablesOf(here),
    folder: join(here.place, 'attempt'),
    actionExecutionId: 'a1',
    now: () => 1,
    log: (line: string) => void log.push(line),
    mask: (text: string) => text,
    told: log,
  };
}

/** Everything that a cache holds, as text. */
async function contentOf(directory: string): Promise<string> {
  const [entry] = await listEntries(directory);
  if (!entry) return '';
  const texts: string[] = [];
  const visit = (folder: string) => {
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      if (lstatSync(path).isDirectory()) visit(path);
      else texts.push(readFileSync(path, 'utf8')); // through a link, if there were one
    }
  };
  visit(join(directory, entry.folder));
  return texts.join('\n');
}

const sinks: Record<string, (scene: Scene, path: string) => Promise<string>> = {
  'files of a report': (here, path) => reported(here, '', [path]),
  'base-directory of a report': (here, path) => reported(here, path.replace('/secret.xml', ''), ['**/*']),
  async 'paths of a cache'(here, path) {
    const request = cacheRequest(here, [path]);
    await saveCache(request);
    return [...request.told, await contentOf(request.directory)].join('\n');
  },
  async 'the key of a cache'(here, path) {
    const request = cacheRequest(here, ['dir/**/*'], path);
    await restoreCache(request);
    await saveCache(request);
    return contentOf(request.directory);
  },
  async 'a hashed file of a cache key'(here, path) {
    const request = cacheRequest(here, ['dir/**/*'], `k-$(codebuild-hash-files ${path})`);
    await restoreCache(request);
    // A digest of the secret would be as bad as the secret.
    const kept = readFileSync(join(request.folder, 'cache'), 'utf8');
    return /k-[0-9a-f]{64}/.test(kept) ? SECRET : kept;
  },
};

describe('PT paths of reports and caches that leave their folder', () => {
  const pairs = Object.keys(inputs).flatMap((input) => Object.keys(sinks).map((sink) => [input, sink] as const));
  it.each(pairs)('%s does not get out at: %s', async (input, sink) => {
    const here = scene();
    const path = ground.fixture(inputs[input]!(here));
    ground.remember();
    const seen = await sinks[sink]!(here, path).catch((error: unknown) => `refused: ${(error as Error).message}`);
    expect(seen).not.toContain(SECRET);
    const ours = ['cache', 'attempt'].map((name) => join(here.place, name));
    const outside = ground.changes().filter((one) => !ours.some((folder) => isInside(folder, join(ground.root, one))));
    expect(outside).toEqual([]);
  });

  it('PT-06 a cached file is not written through a linked folder of the source', async () => {
    const here = scene();
    await saveCache(cacheRequest(here, ['dir/**/*']));
    const next = { ...here, work: join(here.place, 'next') };
    mkdirSync(next.work);
    symlinkSync(here.outside, join(next.work, 'dir'));
    ground.remember();
    await restoreCache(cacheRequest(next, []));
    expect(readdirSync(here.outside)).toEqual(['secret.xml']);
  });

  it('PT-06 links of a cached tree that lead out together, where none does alone, are taken away', async () => {
    const here = scene();
    await saveCache(cacheRequest(here, ['dir/**/*']));
    const [entry] = await listEntries(join(here.place, 'cache'));
    const tree = join(here.place, 'cache', entry?.folder ?? '');
    symlinkSync('.', join(tree, 'here'));
    symlinkSync('here/../../work-evil', join(tree, 'there'));
    const next = { ...here, work: join(here.place, 'next') };
    mkdirSync(next.work);
    await restoreCache(cacheRequest(next, []));
    expect(readdirSync(next.work).sort()).toEqual(['dir', 'here']);
  });

  it('PT-08 an entry whose folder leads out of the cache is no entry', async () => {
    const here = scene();
    await saveCache(cacheRequest(here, ['dir/**/*']));
    const directory = join(here.place, 'cache');
    const name = readdirSync(directory).find((one) => one.endsWith('.json')) ?? '';
    const entry = JSON.parse(readFileSync(join(directory, name), 'utf8')) as object;
    writeFileSync(join(directory, name), JSON.stringify({ ...entry, folder: '../work-evil' }));
    expect(await listEntries(directory)).toEqual([]);
  });

  describe('with no guard', () => {
    it.each(['PT-01 a climb', 'PT-06 a link in the folder', 'PT-06 a linked folder'])(
      'PT-00 control: %s reads the secret through a plain join',
      (input) => {
        const here = scene();
        expect(readFileSync(join(here.work, inputs[input]!(here)), 'utf8')).toContain(SECRET);
      },
    );

    it('PT-00 control: an ordinary path passes every sink, with the secret in it', async () => {
      const here = scene();
      writeFileSync(join(here.work, 'dir', 'inside.xml'), REPORT);
      expect(await sinks['files of a report']!(here, 'dir/*.xml')).toContain(SECRET);
      expect(await sinks['base-directory of a report']!(here, 'dir')).toContain(SECRET);
      expect(await sinks['paths of a cache']!(here, 'dir/**/*')).toContain(SECRET);
      expect(await sinks['a hashed file of a cache key']!(here, 'dir/inside.xml')).toBe(SECRET);
    });
  });
});

describe('SM secrets in what tests report', () => {
  const secret = 'hunter2-"<ä>-0123456789';
  const forms: Record<string, string> = {
    'SM-01 plain': secret,
    'SM-05 twice adjacent': secret + secret,
    'SM-13 base64': Buffer.from(secret).toString('base64'),
    'SM-17 base64url': Buffer.from(secret).toString('base64url'),
    'SM-18 URL-encoded': encodeURIComponent(secret),
    'SM-19 JSON-escaped': JSON.stringify(secret).slice(1, -1),
    'SM-24 in an error stack': `Error: ${secret}\n    at f (a.js:1:1)`,
    'SM-24 at the end of what is kept': 'x'.repeat(490) + secret,
  };
  const report = async (text: string, mask: (text: string) => string) => {
    const here = scene();
    const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
    const cases = `<testcase name="${escaped}"/><testcase name="${escaped}"><failure>${escaped}</failure></testcase>`;
    writeFileSync(join(here.work, 'r.xml'), `<testsuite>${cases}</testsuite>`);
    const log: string[] = [];
    const specs = [{ name: text, format: 'JUNITXML' as const, files: ['r.xml'], baseDirectory: '' }];
    const common = { projectName: 'p', sourceFolder: here.work, workspace: here.work, variables: new Map() };
    const records = await collectReports({ specs, ...common, log: (line) => log.push(line), mask });
    // The engine masks the log itself; what is recorded has no second guard.
    return JSON.stringify(records);
  };
  const shown = (form: string) => JSON.stringify(form).slice(1, -1);

  it.each(Object.entries(forms))('%s is hidden in the names and messages that are recorded', async (_, form) => {
    const masker = createMasker([{ name: 'TOKEN', value: secret }]);
    const recorded = await report(form, (text) => masker.mask(text));
    expect(recorded).toContain('***');
    for (const part of [secret, ...Object.values(forms)]) expect(recorded).not.toContain(shown(part));
    expect(recorded).not.toContain('hunter2');
  });

  it('SM-00 control: without a mask it is recorded', async () => {
    expect(await report(secret, (text) => text)).toContain(shown(secret));
  });
});
