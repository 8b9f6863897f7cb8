import type { Handlers, OpenDocument } from '../../shared/ipc/contract.ts';
import { ProblemError } from '../../shared/problem.ts';
import { EditsJournal } from './editsJournal.ts';
import { fileProblem } from './fileProblem.ts';
import type { FileSystem } from './fileSystem.ts';
import type { OpenDocuments } from './openDocuments.ts';
import { realPathOf } from './paths.ts';

type RecoveredDocument = Awaited<ReturnType<Handlers['recoverEdits']>>['documents'][number];

/**
 * Keeps what windows have not saved, and gives it to the next window when one or the whole host is gone. A window is gone when
 * it belonged to an earlier host, or when it asks itself, having been loaded again. Everything happens one after the other, so
 * that no two calls meet in a file.
 */
export function createRecovery(
  fs: FileSystem,
  dataDirectory: string,
  open: OpenDocuments,
  grant: (real: string) => void,
): {
  handlers: Pick<Handlers, 'rememberEdits' | 'recoverEdits'>;
  forget: (documentId: string) => Promise<void>;
  close: () => Promise<void>;
} {
  const journal = new EditsJournal(fs, dataDirectory);
  const living = new Set<string>();
  /** Documents of a window, as it told last. */
  const openIn = new Map<string, readonly string[]>();
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(work).catch((error: unknown) => {
      throw error instanceof ProblemError
        ? error
        : fileProblem(dataDirectory, error, 'The edits are kept in the window only.');
    });
    last = done.catch(() => undefined);
    return done;
  };
  const pathOf = (documentId: string) => (open.has(documentId) ? open.get(documentId).path : '');

  /** A document under a new handle: as its file is now, or without a file where that is gone. */
  async function reopen(path: string, hasEdits: boolean, name: string, format: 'json' | 'yaml') {
    // Only as the file it was: a link put in its place since leads elsewhere, and that nobody chose.
    const isSame = path !== '' && (await realPathOf(fs, path).catch(() => '')) === path;
    if (!isSame) return { document: open.createAs(name, '', format), isGone: false };
    try {
      const document = await open.open(path, path);
      grant(path);
      return { document, isGone: false };
    } catch (error) {
      if (!hasEdits || !(error instanceof ProblemError)) throw error;
      grant(path);
      return { document: await open.openMissing(path, format), isGone: true };
    }
  }

  async function recoverOne(
    documentId: string,
    path: string,
    isActive: boolean,
  ): Promise<RecoveredDocument | undefined> {
    const edits = await journal.edits(documentId);
    const known = edits?.path ?? path;
    if (!edits && known === '') {
      await journal.forget(documentId);
      return undefined;
    }
    let found: { document: OpenDocument; isGone: boolean };
    try {
      found = await reopen(known, edits !== undefined, edits?.name ?? '', edits?.format ?? 'json');
    } catch (error) {
      // A file that had no edits and is gone, or is no pipeline file any more: there is nothing to bring back.
      if (error instanceof ProblemError) return undefined;
      throw error;
    }
    open.closeOne(documentId);
    await journal.rename(documentId, found.document.documentId);
    return { ...found, isActive, ...(edits && { edits }) };
  }

  return {
    handlers: {
      rememberEdits: ({ windowId, tabs, activeId, records, forget }) =>
        inTurn(async () => {
          living.add(windowId);
          const whole: string[] = [];
          for (const { documentId, record } of records) {
            if (!open.has(documentId)) continue;
            if (!(await journal.add(documentId, record))) whole.push(documentId);
          }
          await journal.keepWindow(windowId, {
            tabs: tabs.map((documentId) => ({ documentId, path: pathOf(documentId) })),
            activeId,
          });
          const left = (openIn.get(windowId) ?? []).filter((documentId) => !tabs.includes(documentId));
          openIn.set(windowId, tabs);
          for (const documentId of [...left, ...forget]) await journal.forget(documentId);
          return { whole };
        }),
      recoverEdits: ({ windowId }) =>
        inTurn(async () => {
          const { windows, documents } = await journal.list();
          const gone = windows.filter((one) => one.windowId === windowId || !living.has(one.windowId));
          const kept = new Set(
            windows
              .filter((one) => !gone.includes(one))
              .flatMap(({ record }) => record.tabs.map((tab) => tab.documentId)),
          );
          living.add(windowId);
          const wanted = new Map<string, { path: string; isActive: boolean }>();
          for (const { record } of gone)
            for (const { documentId, path } of record.tabs)
              wanted.set(documentId, { path, isActive: documentId === record.activeId });
          // Remembered between two looks at the tabs.
          for (const documentId of documents)
            if (!wanted.has(documentId) && !kept.has(documentId) && !open.has(documentId))
              wanted.set(documentId, { path: '', isActive: false });
          const recovered: RecoveredDocument[] = [];
          for (const [documentId, { path, isActive }] of wanted) {
            const one = await recoverOne(documentId, path, isActive);
            if (one) recovered.push(one);
          }
          // The new handles are written down before the old ones are forgotten.
          const tabs = recovered.map(({ document: { documentId, path } }) => ({ documentId, path }));
          const active = recovered.findLast(({ isActive }) => isActive);
          openIn.set(
            windowId,
            tabs.map(({ documentId }) => documentId),
          );
          await journal.keepWindow(windowId, { tabs, activeId: active?.document.documentId ?? null });
          for (const one of gone) if (one.windowId !== windowId) await journal.forgetWindow(one.windowId);
          return { documents: recovered };
        }),
    },
    forget: (documentId) => inTurn(() => journal.forget(documentId)),
    close: async () => {
      await last;
    },
  };
}
