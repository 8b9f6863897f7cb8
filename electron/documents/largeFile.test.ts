import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { emptySidecar } from '../../shared/model/sidecar.ts';
import { ProblemError } from '../../shared/problem.ts';
import { createDocuments } from './createDocuments.ts';

const MB = 1024 * 1024;
let folder = '';
let changed: (() => void) | undefined;
const published: unknown[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'penstock-large-'));
  published.length = 0;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function open(content: string | Buffer, name = 'large.pipeline.yaml') {
  const path = join(folder, name);
  await writeFile(path, content);
  const documents = createDocuments({
    dataDirectory: join(folder, 'data'),
    assetsDirectory: folder,
    samplesDirectory: folder,
    publish: (_, value) => published.push(value),
    watch: (_, listener) => {
      changed = listener;
      return () => undefined;
    },
  });
  const document = await documents.handlers.openDocument({ path: await documents.grant(path) });
  const save = (text: string) =>
    documents.handlers
      .saveDocument({ documentId: document.documentId, text, sidecar: emptySidecar(), overwriteChanged: true })
      .then(
        () => 'saved',
        (error: unknown) => (error instanceof ProblemError ? error.problem.code : String(error)),
      );
  return { documents, document, path, save };
}

it('a file over 10 MB opens as its first whole lines, with a located problem that says how large it is', async () => {
  const { document } = await open('name: shop # ä\n'.repeat((12 * MB) / 16));
  expect(document.isPart).toBe(true);
  expect(document.text.endsWith('# ä\n')).toBe(true);
  expect(document.text.length).toBeLessThan(MB);
  const lines = document.text.split('\n').length;
  expect(document.problems).toMatchObject([
    { code: 'file.too-large', severity: 'error', line: lines, what: expect.stringMatching(/ 12 MB; .* 10 MB\.$/) },
  ]);
});

it('a single line over 10 MB is cut between characters, and a byte too many does not read as the limit', async () => {
  const { document } = await open(`x${'ä'.repeat(5 * MB)}`);
  expect(document.text).toMatch(/^xä+$/);
  expect(document.problems[0]?.what).toMatch(/ 10\.1 MB; /);
});

it('a file over 10 MB is never saved over, and no run reads it', async () => {
  const content = Buffer.alloc(10 * MB + 1, 0x20);
  const { documents, path, save } = await open(content);
  expect(await save('{}')).toBe('document.part');
  expect((await readFile(path)).equals(content)).toBe(true);
  await expect(documents.read(path)).rejects.toMatchObject({ problem: { code: 'file.too-large' } });
});

it('a file that has become small enough is read whole, and can be saved', async () => {
  const { path, save } = await open(Buffer.alloc(11 * MB, 0x20));
  await writeFile(path, '{"pipeline": {}}');
  changed?.();
  await expect.poll(() => published).toMatchObject([{ text: '{"pipeline": {}}', problems: [] }]);
  expect(await save('{}')).toBe('saved');
});
