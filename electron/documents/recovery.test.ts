import {
  appendFile,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  stat,
  symlink,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DocumentEdits } from '../../shared/ipc/contract.ts';
import { emptySidecar } from '../../shared/model/sidecar.ts';
import { createDocuments } from './createDocuments.ts';
import { nodeFileSystem } from './fileSystem.ts';

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'penstock-recovery-')));
});
afterEach(() => rm(folder, { recursive: true, force: true }));
const at = (...names: string[]) => join(folder, ...names);
const text = '{"pipeline": {"name": "shop", "roleArn": "r", "stages": []}}';

/** A host; a second one on the same data stands for the one that is started after a kill. */
function host() {
  const documents = createDocuments({
    dataDirectory: at('data'),
    assetsDirectory: at('assets'),
    samplesDirectory: at('samples'),
    publish: () => undefined,
    watch: () => () => undefined,
    fileSystem: nodeFileSystem,
  });
  const { rememberEdits, recoverEdits, closeDocument } = documents.handlers;
  return {
    documents,
    closeDocument,
    open: async (name: string) => documents.handlers.openDocument({ path: await documents.grant(at(name)) }),
    recover: async (windowId = 'after') => (await recoverEdits({ windowId })).documents,
    remember: (tabs: string[], records: Parameters<typeof rememberEdits>[0]['records'] = [], windowId = 'before') =>
      rememberEdits({ windowId, tabs, activeId: tabs.at(-1) ?? null, records, forget: [] }),
  };
}
const editsOf = (path: string, now: string, more: Partial<DocumentEdits> = {}): DocumentEdits => ({
  path,
  name: 'shop',
  format: 'json',
  text: now,
  savedText: text,
  sidecar: emptySidecar(),
  savedSidecar: emptySidecar(),
  selection: '',
  undo: [{ label: 'Rename', selectionBefore: '', selectionAfter: '', patch: { start: 0, removed: '', inserted: '' } }],
  redo: [],
  ...more,
});
const kept = async () => (await readdir(at('data/recovery')).catch(() => [])).sort();

async function edited(now = text.replace('shop', 'store')) {
  await writeFile(at('shop.pipeline.json'), text);
  const first = host();
  const { documentId, path } = await first.open('shop.pipeline.json');
  await first.remember([documentId], [{ documentId, record: { edits: editsOf(path, now) } }]);
  return { first, documentId, path };
}

describe('after a host that was killed', () => {
  it('the next window gets the tabs in order, with edits and undo, and nothing was written to the files', async () => {
    await writeFile(at('clean.pipeline.json'), text);
    const { first, documentId, path } = await edited();
    const clean = await first.open('clean.pipeline.json');
    await first.remember([clean.documentId, documentId]);
    const [one, two, ...more] = await host().recover();
    expect(more).toEqual([]);
    expect(one).toMatchObject({ document: { path: clean.path, text }, isActive: false });
    expect(one?.edits).toBeUndefined();
    expect(two).toMatchObject({ document: { path, text }, isActive: true, isGone: false });
    expect(two?.edits?.text).toContain('store');
    expect(two?.edits?.undo[0]?.label).toBe('Rename');
    expect(await readFile(path, 'utf8')).toBe(text);
  });

  it('changes count up to the last whole line', async () => {
    const { first, documentId } = await edited();
    const change = (inserted: string, start: number, length: number) =>
      first.remember(
        [documentId],
        [{ documentId, record: { change: { length, patch: { start, removed: '', inserted } } } }],
      );
    const long = text.length + 1;
    await change(' ', long, long + 1);
    await appendFile(at('data/recovery', `${documentId}.edits`), '1234 {"change":{"len');
    const [one] = await host().recover();
    expect(one?.edits?.text).toBe(`${text.replace('shop', 'store')} `);
  });

  it('a change that does not fit is not guessed at', async () => {
    const { first, documentId } = await edited();
    await first.remember(
      [documentId],
      [{ documentId, record: { change: { length: 3, patch: { start: 0, removed: 'x', inserted: '' } } } }],
    );
    const [one] = await host().recover();
    expect(one?.edits?.text).toContain('store');
  });

  it('a document that was never saved comes back without a file', async () => {
    const first = host();
    const { documentId } = first.documents.openText('fresh', text);
    await first.remember([documentId], [{ documentId, record: { edits: editsOf('', text, { name: 'fresh' }) } }]);
    const [one] = await host().recover();
    expect(one).toMatchObject({ document: { path: '', name: 'fresh' }, edits: { text } });
  });

  it('it comes back again when that host is killed too, before it remembered anything itself', async () => {
    await edited();
    await host().recover();
    const [one, ...more] = await host().recover('third');
    expect(more).toEqual([]);
    expect(one?.edits?.text).toContain('store');
  });

  it('a file that is gone is brought back by saving', async () => {
    const { path } = await edited();
    await unlink(path);
    const next = host();
    const [one] = await next.recover();
    expect(one).toMatchObject({ isGone: true, document: { path } });
    const { documentId } = one!.document;
    const saved = { documentId, text: 'x: 1', sidecar: emptySidecar(), overwriteChanged: false };
    await next.documents.handlers.saveDocument(saved);
    expect(await readFile(path, 'utf8')).toBe('x: 1');
  });

  it('a link in place of the file leads nowhere: the edits come back without a file', async () => {
    const { path } = await edited();
    await writeFile(at('other.json'), text);
    await unlink(path);
    await symlink(at('other.json'), path);
    const [one] = await host().recover();
    expect(one?.document.path).toBe('');
    expect(one?.edits?.text).toContain('store');
  });
});

describe('what is kept', () => {
  it('can be read by its owner only', async () => {
    await edited();
    expect((await stat(at('data/recovery'))).mode & 0o077).toBe(0);
    for (const name of await kept()) expect((await stat(at('data/recovery', name))).mode & 0o077).toBe(0);
  });

  it('is nothing once the document is closed', async () => {
    const { first, documentId } = await edited();
    await first.closeDocument({ documentId });
    await first.remember([]);
    expect(await kept()).toEqual([]);
    expect(await host().recover()).toEqual([]);
  });

  it('is begun anew when it has grown, and the window is asked for everything', async () => {
    const { first, documentId } = await edited();
    const inserted = 'x'.repeat(5 * 1024 * 1024);
    const length = text.length + 1 + inserted.length;
    const change = { documentId, record: { change: { length, patch: { start: 0, removed: '', inserted } } } };
    expect((await first.remember([documentId], [change])).whole).toEqual([documentId]);
    await first.remember([documentId], [{ documentId, record: { edits: editsOf('', text) } }]);
    expect((await stat(at('data/recovery', `${documentId}.edits`))).size).toBeLessThan(10_000);
  });

  it('of a host that does not know the document is asked for whole', async () => {
    await writeFile(at('shop.pipeline.json'), text);
    const first = host();
    const { documentId } = await first.open('shop.pipeline.json');
    const change = { documentId, record: { change: { length: 1 } } };
    expect((await first.remember([documentId], [change])).whole).toEqual([documentId]);
  });
});

describe('windows of one host', () => {
  it('another window takes nothing of one that is there', async () => {
    const { first } = await edited();
    expect(await first.recover('another')).toEqual([]);
  });

  it('a page that is loaded again gets its own back, and the old handle is closed', async () => {
    const { first, documentId } = await edited();
    const [one] = await first.recover('before');
    expect(one?.edits?.text).toContain('store');
    expect(() => first.documents.get(documentId)).toThrow(/not open/);
  });
});
