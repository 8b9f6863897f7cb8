import { resolve } from 'node:path';
import type { Publish } from '../../shared/ipc/contract.ts';
import { editDocument, parseDocument } from '../../shared/model/documentText.ts';
import { emptySidecar } from '../../shared/model/sidecar.ts';
import { ProblemError } from '../../shared/problem.ts';
import type { Documents } from '../parts.ts';
import { fileProblem } from './fileProblem.ts';
import { fileRevisions } from './fileRevisions.ts';
import { type FileSystem, nodeFileSystem } from './fileSystem.ts';
import { listFolder } from './listFolder.ts';
import { folderOf, OpenDocuments } from './openDocuments.ts';
import { formatOf, nameOf, realPathOf } from './paths.ts';
import { pipelineFiles } from './pipelineFiles.ts';
import { recentList } from './recentList.ts';
import { createRecovery } from './recovery.ts';
import { copySample, templates } from './templates.ts';
import { type WatchFile, watchFile } from './watchFile.ts';
import { writeAtomically } from './writeAtomically.ts';

export interface DocumentsOptions {
  /** Keeps the list of recent documents. */
  dataDirectory: string;
  /** Holds templates/ and samples/. */
  assetsDirectory: string;
  /** Where sample projects are copied to. */
  samplesDirectory: string;
  publish: Publish;
  /** True for the browser host only: its page has no native file dialog. */
  listsFolders?: boolean;
  watch?: WatchFile;
  fileSystem?: FileSystem;
}

/**
 * The pipeline files of the user: opened, saved, watched. A window names a file by handle, or by a path that the host granted
 * (a dialog, the command line, the recent list); any other path is refused. Opening never writes to the file's folder, starts
 * no process and no connection; only the calls about a file's revisions start git. No previous copy is kept on saving: versions are the repository's work.
 */
export function createDocuments(options: DocumentsOptions): Documents {
  const { dataDirectory, assetsDirectory, samplesDirectory, publish } = options;
  const fs = options.fileSystem ?? nodeFileSystem;
  const open = new OpenDocuments(fs, publish, options.watch ?? watchFile);
  /** Real path -> the path as it was named when it was granted. */
  const granted = new Map<string, string>();
  const recovery = createRecovery(fs, dataDirectory, open, (real) => granted.set(real, real));
  const recent = recentList(fs, dataDirectory);
  const library = templates(fs, assetsDirectory);
  const revisions = fileRevisions(dataDirectory);

  async function grant(path: string): Promise<string> {
    const real = await realPathOf(fs, path).catch((error: unknown) => {
      throw fileProblem(path, error);
    });
    granted.set(real, resolve(path));
    return real;
  }

  /** The real path of a path that a window names. */
  async function checked(path: string): Promise<string> {
    const real = await realPathOf(fs, path).catch((error: unknown) => {
      throw fileProblem(path, error);
    });
    if (granted.has(real)) return real;
    throw new ProblemError({
      code: 'document.not-granted',
      where: path,
      what: 'The window named a file that nobody chose.',
      fix: 'Choose it with Open or Save as.',
    });
  }

  async function openGranted(real: string) {
    const document = await open.open(real, granted.get(real) ?? real);
    await recent.add(real);
    return document;
  }

  return {
    handlers: {
      ...recovery.handlers,
      openDocument: async ({ path }) => openGranted(await checked(path)),
      newDocument: async ({ templateId, text: given }) => {
        const { name, text, sidecar } =
          given === undefined
            ? await library.text(templateId)
            : { name: parseDocument(given, 'json').pipeline?.name ?? '', text: given, sidecar: emptySidecar() };
        const free = open.freeName(name);
        const renamed = free === name ? text : editDocument(text, 'json', [{ path: ['name'], value: free }]);
        return open.create(free, renamed, sidecar);
      },
      openSample: async ({ sampleId }) => {
        const file = await copySample(fs, assetsDirectory, samplesDirectory, sampleId);
        return openGranted(await grant(file));
      },
      listTemplates: () => library.list(),
      saveDocument: async ({ path, ...request }) => {
        const real = path === undefined ? undefined : await checked(path);
        const saved = await open.save({ ...request, ...(real === undefined ? {} : { path: real }) });
        if (real !== undefined) await recent.add(saved.path);
        return saved;
      },
      saveSidecar: async ({ documentId, sidecar }) => {
        await open.saveSidecar(documentId, sidecar);
        return {};
      },
      closeDocument: async ({ documentId }) => {
        open.closeOne(documentId);
        await recovery.forget(documentId);
        return {};
      },
      listRecent: async () => {
        const paths = await recent.paths();
        return Promise.all(
          paths.map(async (path) => {
            const exists = await fs.stat(path).then(
              (info) => info.isFile(),
              () => false,
            );
            // Granted only as the file it was: a link put in its place since leads elsewhere, and that nobody chose.
            if (exists && (await realPathOf(fs, path)) === path) granted.set(path, path);
            return { path, name: nameOf(path), folder: folderOf(path), exists };
          }),
        );
      },
      saveExport: async ({ path, text }) => {
        await writeAtomically(fs, await checked(path), text);
        return {};
      },
      savePicture: async ({ path, base64 }) => {
        await writeAtomically(fs, await checked(path), Buffer.from(base64, 'base64'));
        return {};
      },
      listPipelineFiles: async ({ path }) => {
        const listing = await pipelineFiles(fs, await checked(path));
        for (const file of listing.files) granted.set(file.path, file.path);
        await recent.keepFolder(listing.folder);
        return listing;
      },
      getFilesFolder: async () => {
        const { folder, folded } = await recent.folder();
        // Granted only as the folder it was, as recent documents are.
        const real = folder === '' ? '' : await realPathOf(fs, folder).catch(() => '');
        const isThere =
          real !== '' &&
          real === folder &&
          (await fs.stat(real).then(
            (info) => info.isDirectory(),
            () => false,
          ));
        if (!isThere) return { folder: '', folded: [] };
        granted.set(folder, folder);
        return { folder, folded };
      },
      keepFoldedFolders: async ({ folded }) => {
        await recent.keepFolded(folded);
        return {};
      },
      listFileRevisions: async ({ documentId }) => ({ revisions: await revisions.list(open.get(documentId).path) }),
      readFileRevision: async ({ documentId, revisionId }) => {
        const { path } = open.get(documentId);
        const text = await revisions.read(path, revisionId);
        return { text, format: formatOf(path, text) };
      },
      listFolder: async ({ path }) => {
        if (options.listsFolders) return listFolder(fs, path);
        const what = 'This host shows its own file dialogs.';
        throw new ProblemError({ code: 'document.no-listing', where: path, what, fix: 'Choose the file in a dialog.' });
      },
    },
    grant,
    openText: (name, text) => open.create(name, text, emptySidecar()),
    get: (documentId) => {
      const { path, openedAs } = open.get(documentId);
      return { documentId, path, folder: folderOf(path), openedAs };
    },
    read: async (path) => open.open(await grant(path), resolve(path), false),
    close: async () => {
      await recovery.close();
      await open.close();
    },
  };
}
