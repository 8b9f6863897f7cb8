import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { emptySidecar } from '../../shared/model/sidecar.ts';
import { ProblemError } from '../../shared/problem.ts';
import { createDocuments } from './createDocuments.ts';
import { type FileSystem, nodeFileSystem } from './fileSystem.ts';

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'penstock-documents-')));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const text = '{\n  "pipeline": {"name": "shop", "roleArn": "r", "stages": []}\n}\n';
const changedText = text.replace('shop', 'store');
const at = (...names: string[]) => join(folder, ...names);

function make(fileSystem: Partial<FileSystem> = {}) {
  const published: { documentId: string; text: string }[] = [];
  /** What the watched files' listeners are. */
  const listeners = new Map<string, () => void>();
  const documents = createDocuments({
    dataDirectory: at('data'),
    assetsDirectory: at('assets'),
    samplesDirectory: at('Penstock'),
    publish: (_name, value) => published.push(value as (typeof published)[number]),
    watch: (path, changed) => {
      listeners.set(path, changed);
      return () => listeners.delete(path);
    },
    fileSystem: { ...nodeFileSystem, ...fileSystem },
  });
  const open = async (path: string) => documents.handlers.openDocument({ path: await documents.grant(path) });
  const save = (documentId: string, newText: string, more = {}) =>
    documents.handlers.saveDocument({
      documentId,
      text: newText,
      sidecar: emptySidecar(),
      overwriteChanged: false,
      ...more,
    });
  return { documents, ...documents.handlers, open, save, published, listeners };
}

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return 'none';
  } catch (error) {
    return error instanceof ProblemError ? error.problem.code : String(error);
  }
};
const failing = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code }));

describe('opening', () => {
  it('gives text, format and sidecar, and writes nothing beside the file', async () => {
    await writeFile(at('shop.pipeline.json'), text);
    await writeFile(at('shop.penstock.json'), '{"penstock": 1, "variables": {"A": "1"}, "ours": true}');
    const { open } = make();
    expect(await open(at('shop.pipeline.json'))).toMatchObject({
      path: at('shop.pipeline.json'),
      name: 'shop',
      format: 'json',
      text,
      sidecar: { variables: { A: '1' }, ours: true },
      problems: [],
    });
    expect((await readdir(folder)).sort()).toEqual(['data', 'shop.penstock.json', 'shop.pipeline.json']);
  });

  test.each([
    { file: 'a.yaml', content: 'name: a\n', format: 'yaml' },
    { file: 'a.yml', content: '{}', format: 'yaml' },
    { file: 'a.template', content: ' {}', format: 'json' },
    { file: 'a.txt', content: 'name: a\n', format: 'yaml' },
  ])('reads $file as $format', async ({ file, content, format }) => {
    await writeFile(at(file), content);
    expect((await make().open(at(file))).format).toBe(format);
  });

  it('refuses a path that nobody granted', async () => {
    await writeFile(at('secret.json'), text);
    const { openDocument, saveExport, save, newDocument } = make();
    expect(await codeOf(openDocument({ path: at('secret.json') }))).toBe('document.not-granted');
    expect(await codeOf(saveExport({ path: at('secret.json'), text: '' }))).toBe('document.not-granted');
    const { documentId } = await newDocument({ templateId: '' });
    expect(await codeOf(save(documentId, text, { path: at('secret.json') }))).toBe('document.not-granted');
    expect(await readFile(at('secret.json'), 'utf8')).toBe(text);
  });

  it('does not follow a granted name to another file than the one that was granted', async () => {
    await writeFile(at('a.json'), text);
    await writeFile(at('b.json'), text);
    const { documents, openDocument } = make();
    await documents.grant(at('a.json'));
    await rm(at('a.json'));
    await symlink(at('b.json'), at('a.json'));
    expect(await codeOf(openDocument({ path: at('a.json') }))).toBe('document.not-granted');
  });

  it('remembers under which name a link was opened', async () => {
    await mkdir(at('real'));
    await writeFile(at('real', 'shop.json'), text);
    await symlink(at('real'), at('link'));
    const { documents, open } = make();
    const { documentId, path } = await open(at('link', 'shop.json'));
    expect(path).toBe(at('real', 'shop.json'));
    expect(documents.get(documentId)).toEqual({
      documentId,
      path,
      folder: at('real'),
      openedAs: at('link', 'shop.json'),
    });
  });

  test.each([
    { what: 'nothing', make: () => Promise.resolve(), code: 'file.not-found' },
    { what: 'a folder', make: (path: string) => mkdir(path), code: 'file.is-folder' },
    {
      what: 'a FIFO',
      make: async (path: string) => void execFileSync('/bin/sh', ['-c', 'mkfifo "$0"', path]),
      code: 'file.not-regular',
    },
    { what: 'a device', make: (path: string) => symlink('/dev/zero', path), code: 'file.not-regular' },
    { what: 'a circle of links', make: (path: string) => symlink(path, path), code: 'file.not-found' },
  ])('says what is wrong with $what', async ({ make: prepare, code }) => {
    await prepare(at('x.json'));
    expect(await codeOf(make().open(at('x.json')))).toBe(code);
  });

  it('says that there is no permission', async () => {
    await writeFile(at('x.json'), text);
    expect(await codeOf(make({ open: failing('EACCES') }).open(at('x.json')))).toBe('file.no-permission');
  });

  it('shows a file that is not UTF-8, and does not save over it', async () => {
    const bytes = Buffer.from([0x7b, 0xff, 0xfe, 0x7d]);
    await writeFile(at('x.json'), bytes);
    const { open, save } = make();
    const { documentId, text: shown, problems } = await open(at('x.json'));
    expect(shown).toBe('{\uFFFD\uFFFD}');
    expect(problems.map(({ code }) => code)).toEqual(['file.not-utf8']);
    expect(await codeOf(save(documentId, '{}'))).toBe('document.not-utf8');
    expect(await readFile(at('x.json'))).toEqual(bytes);
  });

  it('reads UTF-16 and says that saving makes it UTF-8', async () => {
    await writeFile(at('x.json'), Buffer.from(`\uFEFF${text}`, 'utf16le'));
    const { text: shown, problems } = await make().open(at('x.json'));
    expect(shown).toBe(text);
    expect(problems.map(({ code }) => code)).toEqual(['file.utf-16']);
  });

  it('forgets a closed document', async () => {
    await writeFile(at('x.json'), text);
    const { documents, open, closeDocument, listeners } = make();
    const { documentId } = await open(at('x.json'));
    await closeDocument({ documentId });
    expect(() => documents.get(documentId)).toThrow('not open');
    expect(listeners.size).toBe(0);
  });
});

describe('saving', () => {
  it('replaces the text, keeps permissions, and leaves no other file behind', async () => {
    await writeFile(at('x.json'), text, { mode: 0o640 });
    await chmod(at('x.json'), 0o640);
    const { open, save } = make();
    const { documentId } = await open(at('x.json'));
    expect(await save(documentId, changedText)).toEqual({ path: at('x.json'), name: 'x', format: 'json' });
    expect(await readFile(at('x.json'), 'utf8')).toBe(changedText);
    expect((await stat(at('x.json'))).mode & 0o777).toBe(0o640);
    expect((await readdir(folder)).sort()).toEqual(['data', 'x.json']);
  });

  it('does not touch a file whose text is unchanged, down to the byte order mark', async () => {
    const marked = `\uFEFF${text.replaceAll('\n', '\r\n')}`;
    await writeFile(at('x.json'), marked);
    const before = await stat(at('x.json'), { bigint: true });
    const { open, save } = make();
    const { documentId, text: opened } = await open(at('x.json'));
    await save(documentId, opened);
    expect((await stat(at('x.json'), { bigint: true })).ino).toBe(before.ino);
    expect(await readFile(at('x.json'), 'utf8')).toBe(marked);
  });

  it('writes through a symbolic link to its target', async () => {
    await mkdir(at('real'));
    await writeFile(at('real', 'x.json'), text);
    await symlink(at('real', 'x.json'), at('x.json'));
    const { open, save } = make();
    const { documentId } = await open(at('x.json'));
    await save(documentId, changedText);
    expect(await readFile(at('real', 'x.json'), 'utf8')).toBe(changedText);
    expect(await realpath(at('x.json'))).toBe(at('real', 'x.json'));
  });

  it('refuses to overwrite what another program wrote, until told to', async () => {
    await writeFile(at('x.json'), text);
    const { open, save } = make();
    const { documentId } = await open(at('x.json'));
    await writeFile(at('x.json'), 'theirs');
    expect(await codeOf(save(documentId, changedText))).toBe('document.changed-on-disk');
    expect(await readFile(at('x.json'), 'utf8')).toBe('theirs');
    await save(documentId, changedText, { overwriteChanged: true });
    expect(await readFile(at('x.json'), 'utf8')).toBe(changedText);
  });

  it('brings a file back that was deleted', async () => {
    await writeFile(at('x.json'), text);
    const { open, save } = make();
    const { documentId } = await open(at('x.json'));
    await rm(at('x.json'));
    await save(documentId, changedText);
    expect(await readFile(at('x.json'), 'utf8')).toBe(changedText);
  });

  it('saves a new document where it is told, and from then on there', async () => {
    const { documents, newDocument, save, listRecent } = make();
    const { documentId, text: empty, path } = await newDocument({ templateId: '' });
    expect(path).toBe('');
    expect(JSON.parse(empty).pipeline).toMatchObject({ name: 'my-pipeline', stages: [] });
    expect(await codeOf(save(documentId, empty))).toBe('document.no-path');
    await save(documentId, empty, { path: await documents.grant(at('new.pipeline.json')) });
    await save(documentId, changedText);
    expect(await readFile(at('new.pipeline.json'), 'utf8')).toBe(changedText);
    expect(await listRecent({})).toEqual([{ path: at('new.pipeline.json'), name: 'new', folder, exists: true }]);
  });

  it('does not put YAML into a .json file', async () => {
    await writeFile(at('x.yaml'), 'name: x\n');
    const { documents, open, save } = make();
    const { documentId } = await open(at('x.yaml'));
    const path = await documents.grant(at('x.json'));
    expect(await codeOf(save(documentId, 'name: x\n', { path }))).toBe('document.other-format');
  });

  test.each([
    { call: 'making the temporary file', fs: { open: 'ENOSPC' }, code: 'file.disk-full' },
    { call: 'making it in a read-only folder', fs: { open: 'EACCES' }, code: 'file.no-permission' },
    { call: 'making it on a read-only disk', fs: { open: 'EROFS' }, code: 'file.read-only' },
    { call: 'making it with too many files open', fs: { open: 'EMFILE' }, code: 'file.too-many-open' },
    { call: 'renaming', fs: { rename: 'EIO' }, code: 'file.disk-error' },
    { call: 'replacing a read-only file', fs: { access: 'EACCES' }, code: 'file.no-permission' },
  ])('when $call fails, the old text stays whole and the reason is said', async ({ fs, code }) => {
    await writeFile(at('x.json'), text);
    const broken: Partial<FileSystem> = {};
    const [[call, errno]] = Object.entries(fs) as [['open' | 'rename' | 'access', string]];
    let isBroken = false;
    const real = nodeFileSystem[call] as (...all: unknown[]) => Promise<unknown>;
    broken[call] = ((...all: unknown[]) =>
      isBroken && (call !== 'open' || all[1] === 'wx') ? failing(errno)() : real(...all)) as never;
    const { open, save } = make(broken);
    const { documentId } = await open(at('x.json'));
    isBroken = true;
    expect(await codeOf(save(documentId, changedText))).toBe(code);
    expect(await readFile(at('x.json'), 'utf8')).toBe(text);
    expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    isBroken = false;
    await save(documentId, changedText);
    expect(await readFile(at('x.json'), 'utf8')).toBe(changedText);
  });

  test.each(['writeFile', 'sync'] as const)('when %s fails, the old text stays whole', async (call) => {
    await writeFile(at('x.json'), text);
    const { open, save } = make({
      open: async (path, flags, mode) => {
        const file = await nodeFileSystem.open(path, flags, mode);
        if (flags === 'wx' && path.startsWith(at('.x.json'))) file[call] = failing('EIO');
        return file;
      },
    });
    const { documentId } = await open(at('x.json'));
    expect(await codeOf(save(documentId, changedText))).toBe('file.disk-error');
    expect(await readFile(at('x.json'), 'utf8')).toBe(text);
    expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('syncs the text before it takes the place of the old one, and the folder after', async () => {
    await writeFile(at('x.json'), text);
    const calls: string[] = [];
    const { open, save } = make({
      open: async (path, flags, mode) => {
        const file = await nodeFileSystem.open(path, flags, mode);
        const sync = file.sync.bind(file);
        file.sync = () => {
          calls.push(path === folder ? 'sync folder' : 'sync text');
          return sync();
        };
        return file;
      },
      rename: (from, to) => {
        calls.push('rename');
        return nodeFileSystem.rename(from, to);
      },
    });
    const { documentId } = await open(at('x.json'));
    calls.length = 0;
    await save(documentId, changedText);
    expect(calls).toEqual(['sync text', 'rename', 'sync folder']);
  });
});

describe('a file that changes on disk while it is open', () => {
  it('is told to the window, once', async () => {
    await writeFile(at('x.json'), text);
    const { open, published, listeners } = make();
    const { documentId } = await open(at('x.json'));
    await writeFile(at('x.json'), changedText);
    listeners.get(at('x.json'))!();
    listeners.get(at('x.json'))!();
    await vi.waitFor(() => expect(published).toEqual([{ documentId, text: changedText, problems: [] }]));
  });

  it('can then be saved, because the window knows of it', async () => {
    await writeFile(at('x.json'), text);
    const { open, save, published, listeners } = make();
    const { documentId } = await open(at('x.json'));
    await writeFile(at('x.json'), 'theirs');
    listeners.get(at('x.json'))!();
    await vi.waitFor(() => expect(published).toHaveLength(1));
    await save(documentId, changedText);
    listeners.get(at('x.json'))!();
    await save(documentId, changedText);
    expect(published).toHaveLength(1);
  });

  it('is noticed by the real watcher, however the other program saves', async () => {
    await writeFile(at('x.json'), text);
    const published: unknown[] = [];
    const directories = { dataDirectory: at('data'), assetsDirectory: at('assets'), samplesDirectory: at('Penstock') };
    const documents = createDocuments({ ...directories, publish: (_name, value) => published.push(value) });
    await documents.handlers.openDocument({ path: await documents.grant(at('x.json')) });
    await writeFile(at('other'), changedText);
    await nodeFileSystem.rename(at('other'), at('x.json'));
    await vi.waitFor(() => expect(published).toHaveLength(1), { timeout: 10_000 });
    await documents.close();
  });
});

describe('the sidecar', () => {
  const sidecar = { ...emptySidecar(), variables: { TARGET: 'beta' } };

  it('is written only when it says something new', async () => {
    await writeFile(at('shop.pipeline.json'), text);
    const { open, save, saveSidecar } = make();
    const { documentId } = await open(at('shop.pipeline.json'));
    await save(documentId, changedText);
    expect(await readdir(folder)).not.toContain('shop.penstock.json');
    await saveSidecar({ documentId, sidecar });
    expect(JSON.parse(await readFile(at('shop.penstock.json'), 'utf8'))).toEqual(sidecar);
    expect(await readFile(at('shop.pipeline.json'), 'utf8')).toBe(changedText);
  });

  test.each([
    { fault: 'no JSON', content: '{"penstock": 1', code: 'sidecar.unreadable' },
    { fault: 'empty', content: '', code: 'sidecar.unreadable' },
    { fault: 'no UTF-8', content: Buffer.from([0xff]), code: 'sidecar.unreadable' },
    { fault: 'of another shape', content: '{"bindings": {"A/B": {"kind": "?"}}}', code: 'sidecar.unreadable' },
    { fault: 'of a newer version', content: '{"penstock": 2, "bindings": []}', code: 'sidecar.newer' },
  ])('that is $fault is reported and left as it is', async ({ content, code }) => {
    await writeFile(at('x.json'), text);
    await writeFile(at('x.penstock.json'), content);
    const { open, save, saveSidecar } = make();
    const { documentId, problems, sidecar: opened } = await open(at('x.json'));
    expect(problems.map((found) => found.code)).toEqual([code]);
    expect(opened).toEqual(emptySidecar());
    await save(documentId, changedText, { sidecar });
    expect(await codeOf(saveSidecar({ documentId, sidecar }))).toBe(code);
    expect(await readFile(at('x.penstock.json'))).toEqual(Buffer.from(content));
    expect(await readFile(at('x.json'), 'utf8')).toBe(changedText);
  });

  it('that is a folder does not keep the pipeline from being opened', async () => {
    await writeFile(at('x.json'), text);
    await mkdir(at('x.penstock.json'));
    expect((await make().open(at('x.json'))).problems.map(({ code }) => code)).toEqual(['sidecar.unreadable']);
  });

  it('that another program changed is not overwritten', async () => {
    await writeFile(at('x.json'), text);
    const { open, saveSidecar } = make();
    const { documentId } = await open(at('x.json'));
    await writeFile(at('x.penstock.json'), '{"notes": {"": "theirs"}}');
    expect(await codeOf(saveSidecar({ documentId, sidecar }))).toBe('document.changed-on-disk');
    expect(await readFile(at('x.penstock.json'), 'utf8')).toContain('theirs');
  });

  it('cannot make a prototype', async () => {
    await writeFile(at('x.json'), text);
    await writeFile(at('x.penstock.json'), '{"variables": {"__proto__": "x"}, "__proto__": {"polluted": 1}}');
    const { sidecar: read } = await make().open(at('x.json'));
    expect(read).not.toHaveProperty('polluted');
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
  });
});

describe('recent documents', () => {
  it('lists the last 20, the newest first, and grants those that are there', async () => {
    const first = make();
    for (let index = 0; index < 22; index++) {
      await writeFile(at(`p${index}.json`), text);
      await first.open(at(`p${index}.json`));
    }
    await first.open(at('p20.json'));
    await rm(at('p21.json'));
    const later = make();
    const recent = await later.listRecent({});
    expect(recent).toHaveLength(20);
    expect(recent.slice(0, 2)).toMatchObject([
      { name: 'p20', exists: true },
      { name: 'p21', exists: false },
    ]);
    expect((await later.openDocument({ path: at('p20.json') })).text).toBe(text);
  });

  it('does not grant what a link leads to that took the place of a recent document', async () => {
    await writeFile(at('a.json'), text);
    await make().open(at('a.json'));
    await writeFile(at('b.json'), text);
    await rm(at('a.json'));
    await symlink(at('b.json'), at('a.json'));
    const later = make();
    await later.listRecent({});
    expect(await codeOf(later.openDocument({ path: at('a.json') }))).toBe('document.not-granted');
  });

  test.each(['', '{', '{"paths": 1}', '\0'])('starts anew when its file is damaged: %j', async (damaged) => {
    await mkdir(at('data'));
    await writeFile(at('data', 'recent.json'), damaged);
    await writeFile(at('x.json'), text);
    const { open, listRecent } = make();
    expect(await listRecent({})).toEqual([]);
    await open(at('x.json'));
    expect(await listRecent({})).toHaveLength(1);
  });

  it('does not keep a document from being opened when the disk is full', async () => {
    await writeFile(at('x.json'), text);
    const { open } = make({ rename: failing('ENOSPC') });
    expect((await open(at('x.json'))).text).toBe(text);
  });
});

describe('templates and samples', () => {
  beforeEach(async () => {
    await mkdir(at('assets', 'templates', 'site'), { recursive: true });
    await writeFile(at('assets', 'templates', 'index.json'), '["site"]');
    const described = { name: 'Site', description: 'A site.', category: 'Websites', needs: ['A repository'] };
    await writeFile(at('assets', 'templates', 'site', 'template.json'), JSON.stringify(described));
    const type = '{"category": "Source", "owner": "AWS", "provider": "CodeCommit", "version": "1"}';
    const stages = `[{"name": "Source", "actions": [{"name": "Repo", "actionTypeId": ${type}}]}]`;
    await writeFile(
      at('assets', 'templates', 'site', 'pipeline.json'),
      `{"pipeline": {"name": "site", "stages": ${stages}}}`,
    );
    await mkdir(at('assets', 'samples', 'quickstart', 'source'), { recursive: true });
    await writeFile(at('assets', 'samples', 'quickstart', 'quickstart.pipeline.json'), text);
    await writeFile(at('assets', 'samples', 'quickstart', 'source', 'build.sh'), 'true\n', { mode: 0o755 });
  });

  it('lists what there is, with stages for a preview and what a run will ask', async () => {
    expect(await make().listTemplates({})).toEqual([
      {
        templateId: 'site',
        name: 'Site',
        description: 'A site.',
        category: 'Websites',
        needs: ['A repository'],
        stages: [
          {
            name: 'Source',
            actions: [
              {
                name: 'Repo',
                category: 'Source',
                provider: 'CodeCommit',
                question: expect.stringMatching(/repository.*\?$/),
                isRequired: true,
              },
            ],
          },
        ],
      },
    ]);
  });

  it('makes an unsaved document of a text that the window wrote', async () => {
    const { newDocument } = make();
    const made = await newDocument({ templateId: '', text });
    expect(made).toMatchObject({ path: '', name: 'shop', text });
    expect((await newDocument({ templateId: '', text })).text).toBe(text.replace('shop', 'shop-2'));
  });

  it('lists the pipelines of a granted folder only, and opens what it listed', async () => {
    await mkdir(at('pipelines'));
    await writeFile(at('pipelines', 'a.json'), text);
    const { documents, listPipelineFiles, openDocument } = make();
    expect(await codeOf(listPipelineFiles({ path: at('pipelines') }))).toBe('document.not-granted');
    const { files } = await listPipelineFiles({ path: await documents.grant(at('pipelines')) });
    expect((await openDocument({ path: files[0]!.path })).text).toBe(text);
  });

  it('lists the folder of the last time without asking, as long as it is that folder, and keeps what is folded', async () => {
    await mkdir(at('pipelines'));
    await writeFile(at('pipelines', 'a.json'), text);
    const before = make();
    expect(await before.getFilesFolder({})).toEqual({ folder: '', folded: [] });
    await before.listPipelineFiles({ path: await before.documents.grant(at('pipelines')) });
    await before.keepFoldedFolders({ folded: ['services'] });
    await before.open(at('pipelines', 'a.json'));
    const { getFilesFolder, listPipelineFiles, listRecent } = make();
    expect(await getFilesFolder({})).toEqual({ folder: at('pipelines'), folded: ['services'] });
    expect((await listPipelineFiles({ path: at('pipelines') })).files).toHaveLength(1);
    expect(await listRecent({})).toHaveLength(1);
    await mkdir(at('other'));
    await rm(at('pipelines'), { recursive: true });
    await symlink(at('other'), at('pipelines'));
    expect(await make().getFilesFolder({})).toEqual({ folder: '', folded: [] });
    expect(await codeOf(make().listPipelineFiles({ path: at('other') }))).toBe('document.not-granted');
  });

  it('saves a picture byte by byte, to a granted path only', async () => {
    const { documents, savePicture } = make();
    const bytes = Buffer.from([0x89, 0x50, 0, 0xff, 0xfe]);
    const picture = { path: at('p.png'), base64: bytes.toString('base64') };
    expect(await codeOf(savePicture(picture))).toBe('document.not-granted');
    await documents.grant(picture.path);
    await savePicture(picture);
    expect(await readFile(picture.path)).toEqual(bytes);
  });

  it('makes an unsaved document of a template', async () => {
    const { documentId, path, name } = await make().newDocument({ templateId: 'site' });
    expect({ path, name }).toEqual({ path: '', name: 'site' });
    expect(documentId).not.toBe('');
  });

  it('gives each new document a name that no open one has, in its text too', async () => {
    const { newDocument, closeDocument } = make();
    const opened = [];
    for (const templateId of ['', '', 'site', '']) opened.push(await newDocument({ templateId }));
    expect(opened.map(({ name }) => name)).toEqual(['my-pipeline', 'my-pipeline-2', 'site', 'my-pipeline-3']);
    expect(opened.map(({ text: made }) => JSON.parse(made).pipeline.name).slice(0, 2)).toEqual([
      'my-pipeline',
      'my-pipeline-2',
    ]);
    await closeDocument({ documentId: opened[1]!.documentId });
    expect((await newDocument({ templateId: '' })).name).toBe('my-pipeline-2');
  });

  it('knows no template outside the list, and no sample outside its folder', async () => {
    const { newDocument, openSample } = make();
    expect(await codeOf(newDocument({ templateId: '../samples/quickstart' }))).toBe('template.unknown');
    expect(await codeOf(openSample({ sampleId: '../templates' }))).toBe('sample.unknown');
    expect(await codeOf(openSample({ sampleId: 'none' }))).toBe('sample.unknown');
  });

  it('copies a sample once and never over the user’s changes', async () => {
    const { openSample, save } = make();
    const { documentId, path } = await openSample({ sampleId: 'quickstart' });
    expect(path).toBe(at('Penstock', 'quickstart', 'quickstart.pipeline.json'));
    expect((await stat(at('Penstock', 'quickstart', 'source', 'build.sh'))).mode & 0o100).toBe(0o100);
    await save(documentId, changedText);
    expect((await openSample({ sampleId: 'quickstart' })).text).toBe(changedText);
  });
});

describe('listing folders', () => {
  it('is for the browser host only', async () => {
    expect(await codeOf(make().listFolder({ path: folder }))).toBe('document.no-listing');
  });

  it('shows folders first and hides what is hidden', async () => {
    await mkdir(at('b'));
    await writeFile(at('a.json'), text);
    await writeFile(at('.hidden'), text);
    await symlink(at('b'), at('link'));
    const documents = createDocuments({
      dataDirectory: at('data'),
      assetsDirectory: at('assets'),
      samplesDirectory: at('Penstock'),
      publish: () => undefined,
      listsFolders: true,
    });
    const { entries, path } = await documents.handlers.listFolder({ path: folder });
    expect(path).toBe(folder);
    expect(entries).toEqual([
      { name: 'b', isFolder: true },
      { name: 'link', isFolder: true },
      { name: 'a.json', isFolder: false },
    ]);
    expect(await codeOf(documents.handlers.listFolder({ path: at('none') }))).toBe('file.not-found');
  });
});

describe('a document that came from elsewhere', () => {
  it('is open and unsaved', () => {
    const { documents } = make();
    const { documentId } = documents.openText('pulled', text);
    expect(documents.get(documentId)).toEqual({ documentId, path: '', folder: '', openedAs: '' });
  });

  it('is read for the CLI without being kept open', async () => {
    await writeFile(at('x.json'), text);
    const { documents, listeners } = make();
    const { documentId } = await documents.read(at('x.json'));
    expect(() => documents.get(documentId)).toThrow('not open');
    expect(listeners.size).toBe(0);
  });
});
