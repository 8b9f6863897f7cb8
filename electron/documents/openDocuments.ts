import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import type { OpenDocument, Publish } from '../../shared/ipc/contract.ts';
import type { DocumentFormat } from '../../shared/model/documentText.ts';
import { isSame } from '../../shared/model/isSame.ts';
import { emptySidecar, type Sidecar } from '../../shared/model/sidecar.ts';
import { type Problem, ProblemError, problem } from '../../shared/problem.ts';
import type { FileSystem } from './fileSystem.ts';
import { formatOf, nameOf, realPathOf, sidecarPathOf } from './paths.ts';
import { readSidecarFile, type SidecarFile, sidecarText } from './readSidecar.ts';
import { readTextFile, readTextOrPart } from './readTextFile.ts';
import type { WatchFile } from './watchFile.ts';
import { writeAtomically } from './writeAtomically.ts';

/** Of a pipeline (reference/pipeline-structure.md). */
const MAX_NAME = 100;

/** An open document as the host knows it. The text being edited is the window's; this is what stands on disk. */
interface Entry {
  documentId: string;
  /** Real path, '' while never saved. */
  path: string;
  openedAs: string;
  name: string;
  format: DocumentFormat;
  /** The text on disk as the window was last told; undefined while there is no file. */
  told: string | undefined;
  isLossy: boolean;
  /** The file is too large to be a pipeline: the window has its first lines, to look at. */
  isPart: boolean;
  sidecarFile: SidecarFile | undefined;
  unwatch: () => void;
  /** Reads and writes of one document happen one after the other. */
  queue: Promise<unknown>;
}

export interface SaveRequest {
  documentId: string;
  text: string;
  sidecar: Sidecar;
  /** Where to save instead; a granted real path. */
  path?: string;
  overwriteChanged: boolean;
}

/** The documents that are open, by handle. Reads, saves and watches their files; knows nothing of who may name which path. */
export class OpenDocuments {
  readonly #entries = new Map<string, Entry>();
  readonly #fs: FileSystem;
  readonly #publish: Publish;
  readonly #watch: WatchFile;

  constructor(fs: FileSystem, publish: Publish, watch: WatchFile) {
    this.#fs = fs;
    this.#publish = publish;
    this.#watch = watch;
  }

  /** @throws ProblemError `document.unknown` for a handle that was not given out or is closed. */
  get(documentId: string): Entry {
    const entry = this.#entries.get(documentId);
    if (entry) return entry;
    const fix = 'Open the file again.';
    throw new ProblemError({ code: 'document.unknown', where: '', what: 'This document is not open.', fix });
  }

  /** Reads a file and, unless `keep` is false, keeps it open. A file that is open already is read again under a new handle. */
  async open(path: string, openedAs: string, keep = true): Promise<OpenDocument> {
    const read = keep ? readTextOrPart(this.#fs, path) : readTextFile(this.#fs, path);
    const [file, sidecarFile] = await Promise.all([read, readSidecarFile(this.#fs, path)]);
    const { text, isLossy } = file;
    const isPart = 'isPart' in file && file.isPart === true;
    const format = formatOf(path, text);
    const entry = this.#add(
      { path, openedAs, name: nameOf(path), format, told: text, isLossy, isPart, sidecarFile },
      keep,
    );
    const problems = [...file.problems, ...(sidecarFile.untouchable ? [sidecarFile.untouchable] : [])];
    return {
      documentId: entry.documentId,
      path,
      name: entry.name,
      format,
      text,
      sidecar: sidecarFile.sidecar,
      problems,
      ...(isPart && { isPart }),
    };
  }

  has(documentId: string): boolean {
    return this.#entries.has(documentId);
  }

  /** A document whose file is gone: saving brings it back. */
  async openMissing(path: string, format: DocumentFormat): Promise<OpenDocument> {
    const sidecarFile = await readSidecarFile(this.#fs, path);
    const known = { path, openedAs: path, name: nameOf(path), format, told: undefined, isLossy: false, isPart: false };
    const { documentId, name } = this.#add({ ...known, sidecarFile }, true);
    return { documentId, path, name, format, text: '', sidecar: sidecarFile.sidecar, problems: [] };
  }

  /** A document without a file. */
  create(name: string, text: string, sidecar: Sidecar): OpenDocument {
    return this.createAs(name, text, 'json', sidecar);
  }

  createAs(name: string, text: string, format: DocumentFormat, sidecar: Sidecar = emptySidecar()): OpenDocument {
    const entry = this.#add(
      {
        path: '',
        openedAs: '',
        name,
        format,
        told: undefined,
        isLossy: false,
        isPart: false,
        sidecarFile: undefined,
      },
      true,
    );
    return { documentId: entry.documentId, path: '', name, format, text, sidecar, problems: [] };
  }

  /** A name that no open document has: `name` itself, or with the first free number. */
  freeName(name: string): string {
    const taken = new Set([...this.#entries.values()].map((entry) => entry.name));
    let free = name;
    for (let number = 2; taken.has(free); number += 1) {
      const ending = `-${number}`;
      free = `${name.slice(0, MAX_NAME - ending.length)}${ending}`;
    }
    return free;
  }

  #add(known: Omit<Entry, 'documentId' | 'unwatch' | 'queue'>, keep: boolean): Entry {
    const entry: Entry = { ...known, documentId: randomUUID(), unwatch: () => undefined, queue: Promise.resolve() };
    if (keep) {
      this.#entries.set(entry.documentId, entry);
      this.#follow(entry);
    }
    return entry;
  }

  #follow(entry: Entry): void {
    entry.unwatch();
    if (entry.path === '') return;
    let isWaiting = false;
    entry.unwatch = this.#watch(entry.path, () => {
      // A save of another program makes several events; one look at the file answers all that come before it.
      if (isWaiting) return;
      isWaiting = true;
      void this.#inTurn(entry, async () => {
        isWaiting = false;
        await this.#look(entry);
      });
    });
  }

  /** Tells the window when the file's text is not what it was told. */
  async #look(entry: Entry): Promise<void> {
    if (!this.#entries.has(entry.documentId)) return;
    let text: string;
    let problems: Problem[];
    let isLossy: boolean;
    try {
      ({ text, problems, isLossy } = await readTextFile(this.#fs, entry.path));
    } catch {
      // Gone or unreadable: the window's text is then the only copy, and saving brings the file back or says why not.
      return;
    }
    if (text === entry.told) return;
    Object.assign(entry, { told: text, isLossy, isPart: false });
    this.#publish('documentChanged', { documentId: entry.documentId, text, problems });
  }

  #inTurn<T>(entry: Entry, work: () => Promise<T>): Promise<T> {
    const done = entry.queue.then(work);
    entry.queue = done.catch(() => undefined);
    return done;
  }

  save(request: SaveRequest): Promise<{ path: string; name: string; format: DocumentFormat }> {
    const entry = this.get(request.documentId);
    return this.#inTurn(entry, async () => {
      const path = request.path === undefined ? entry.path : await realPathOf(this.#fs, request.path);
      if (path === '') {
        const what = 'This document has no file yet.';
        throw new ProblemError({ code: 'document.no-path', where: '', what, fix: 'Choose where to save it.' });
      }
      const isElsewhere = path !== entry.path;
      refuseOtherFormat(entry, path, request.text);
      if (!isElsewhere && entry.isPart) throw onlyPart(path);
      if (!isElsewhere && entry.isLossy) throw lossy(path);
      const found = await this.#textOnDisk(path);
      if (
        !isElsewhere &&
        !request.overwriteChanged &&
        found !== undefined &&
        found !== entry.told &&
        found !== request.text
      ) {
        throw changedOnDisk(path);
      }
      if (found !== request.text) await writeAtomically(this.#fs, path, request.text);
      if (isElsewhere) {
        const sidecarFile = await readSidecarFile(this.#fs, path);
        Object.assign(entry, {
          path,
          openedAs: request.path ?? path,
          name: nameOf(path),
          sidecarFile,
          isLossy: false,
          isPart: false,
        });
        entry.format = formatOf(path, request.text);
        this.#follow(entry);
      }
      entry.told = request.text;
      await this.#writeSidecar(entry, request.sidecar, request.overwriteChanged || isElsewhere);
      return { path, name: entry.name, format: entry.format };
    });
  }

  saveSidecar(documentId: string, sidecar: Sidecar): Promise<void> {
    const entry = this.get(documentId);
    return this.#inTurn(entry, async () => {
      if (entry.path === '') return;
      const untouchable = entry.sidecarFile?.untouchable;
      if (untouchable) throw new ProblemError({ ...untouchable, severity: 'error' });
      await this.#writeSidecar(entry, sidecar, false);
    });
  }

  /** Writes the sidecar when it says something new. One that must stay as it is was reported when the document was opened. */
  async #writeSidecar(entry: Entry, sidecar: Sidecar, overwriteChanged: boolean): Promise<void> {
    const known = entry.sidecarFile!;
    if (known.untouchable || isSame(known.sidecar, sidecar)) return;
    // The sidecar too may be a symbolic link, and is then written through.
    const path = await realPathOf(this.#fs, sidecarPathOf(entry.path));
    if (!overwriteChanged && (await this.#textOnDisk(path)) !== known.text) throw changedOnDisk(path);
    const text = sidecarText(sidecar);
    await writeAtomically(this.#fs, path, text);
    entry.sidecarFile = { path, sidecar, text, untouchable: undefined };
  }

  async #textOnDisk(path: string): Promise<string | undefined> {
    try {
      return (await readTextFile(this.#fs, path)).text;
    } catch (error) {
      if (error instanceof ProblemError && error.problem.code === 'file.not-found') return undefined;
      throw error;
    }
  }

  closeOne(documentId: string): void {
    this.#entries.get(documentId)?.unwatch();
    this.#entries.delete(documentId);
  }

  /** Ends every watch and waits for what is being written. */
  async close(): Promise<void> {
    const entries = [...this.#entries.values()];
    for (const { documentId } of entries) this.closeOne(documentId);
    await Promise.all(entries.map(({ queue }) => queue));
  }
}

export const folderOf = (path: string): string => (path === '' ? '' : dirname(path));

const changedOnDisk = (path: string) =>
  new ProblemError({
    code: 'document.changed-on-disk',
    where: path,
    what: `${path} was changed by another program since it was opened.`,
    fix: 'Save under another name, read the file again, or overwrite it.',
  });

const onlyPart = (path: string) =>
  new ProblemError({
    code: 'document.part',
    where: path,
    what: `Only the first lines of ${path} are shown; saving over it would lose the rest.`,
    fix: 'Look at it here; change it with another program.',
  });

const lossy = (path: string) =>
  new ProblemError({
    code: 'document.not-utf8',
    where: path,
    what: `${path} holds bytes that are no text; saving over it would lose them.`,
    fix: 'Save under another name.',
  });

function refuseOtherFormat(entry: Entry, path: string, text: string): void {
  // JSON is YAML too; the other way round AWS could not read the file.
  if (entry.format === 'json' || formatOf(path, text) === 'yaml') return;
  const fault = problem({
    code: 'document.other-format',
    where: path,
    what: 'This document is YAML and cannot be saved as a .json file.',
    fix: 'Choose a name that ends in .yaml, or export it as JSON.',
  });
  throw new ProblemError(fault);
}
