import { z } from 'zod';
import { sidecarSchema } from '../model/sidecar.ts';
import { call, id, openDocumentSchema, text } from './shapes.ts';

const offset = z.number().int().min(0);

/** One step to undo, as renderer/state keeps it. */
const stepSchema = z.object({
  label: text,
  patch: z.object({ start: offset, removed: text, inserted: text }).optional(),
  sidecar: z.object({ before: sidecarSchema, after: sidecarSchema }).optional(),
  selectionBefore: text,
  selectionAfter: text,
  at: z.number().optional(),
});

/** Everything of an open document that is not in its file. */
const editsSchema = z.object({
  path: z.string().max(4096),
  name: text,
  format: z.enum(['json', 'yaml']),
  text,
  /** The file's text when it was last read or written: what the edits began from. */
  savedText: text,
  sidecar: sidecarSchema,
  savedSidecar: sidecarSchema,
  selection: text,
  undo: z.array(stepSchema).max(2000),
  redo: z.array(stepSchema).max(2000),
});
export type DocumentEdits = z.output<typeof editsSchema>;

const tail = z.object({
  /** So many of the steps that were there stay; `added` follow. */
  kept: offset,
  added: z.array(stepSchema).max(2000),
});

/** What became different since the edits that were remembered last. Absent = as it was. */
const changeSchema = editsSchema
  .omit({ text: true, undo: true, redo: true })
  .partial()
  .extend({
    patch: z.object({ start: offset, removed: text, inserted: text }).optional(),
    /** Length of the text afterwards: a change that does not fit what was remembered is not applied. */
    length: offset,
    undo: tail.optional(),
    redo: tail.optional(),
  });
export type EditsChange = z.output<typeof changeSchema>;
export const editsRecordSchema = z.union([z.object({ edits: editsSchema }), z.object({ change: changeSchema })]);
export type EditsRecord = z.output<typeof editsRecordSchema>;

/** The edits after a change; undefined when it does not fit them. */
export function applyChange(edits: DocumentEdits, change: EditsChange): DocumentEdits | undefined {
  const { patch, length, undo, redo, ...rest } = change;
  const after = patch
    ? edits.text.slice(0, patch.start) + patch.inserted + edits.text.slice(patch.start + patch.removed.length)
    : edits.text;
  if (after.length !== length) return undefined;
  if (patch && !edits.text.startsWith(patch.removed, patch.start)) return undefined;
  const steps = (before: DocumentEdits['undo'], tail: EditsChange['undo']) =>
    tail ? [...before.slice(0, tail.kept), ...tail.added] : before;
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return { ...edits, ...given, text: after, undo: steps(edits.undo, undo), redo: steps(edits.redo, redo) };
}

/** Calls that keep what is not saved: a host that dies gives it back to the next window. */
export const recoveryCalls = {
  /**
   * Remembers which documents a window has open, and their edits. On disk when it resolves. Documents that are not among
   * `tabs` any more, and those in `forget`, leave nothing. `whole`: of these the window must send all edits next time.
   */
  rememberEdits: call(
    z.object({
      windowId: id,
      /** In the order of the tabs. */
      tabs: z.array(id).max(1000),
      activeId: id.nullable(),
      records: z.array(z.object({ documentId: id, record: editsRecordSchema })).max(1000),
      forget: z.array(id).max(1000).default([]),
    }),
    z.object({ whole: z.array(id) }),
  ),
  /** What windows that are gone had open: those of earlier hosts, and of this window before it was loaded again. */
  recoverEdits: call(
    z.object({ windowId: id }),
    z.object({
      documents: z.array(
        z.object({
          /** As the file is now, under a new handle. */
          document: openDocumentSchema,
          /** Absent = it had none. */
          edits: editsSchema.optional(),
          /** The file is no longer there. */
          isGone: z.boolean(),
          isActive: z.boolean(),
        }),
      ),
    }),
  ),
};
