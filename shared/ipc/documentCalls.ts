import { z } from 'zod';
import { call, id, path } from './shapes.ts';

/** A commit that changed a file. */
const revisionSchema = z.object({
  revisionId: z.string(),
  /** Milliseconds since 1970. */
  at: z.number(),
  author: z.string(),
  /** First line of its message. */
  summary: z.string(),
});

/** What a template asks of whoever runs it, action by action. */
const templateActionSchema = z.object({
  name: z.string(),
  category: z.string(),
  /** Short name of its provider. */
  provider: z.string(),
  /** What a local run asks for, '' = nothing. */
  question: z.string(),
  /** A run cannot start without an answer. */
  isRequired: z.boolean(),
});

/** Calls around pipeline files: templates, pictures, folders, earlier versions. */
export const documentCalls = {
  listTemplates: call(
    z.object({}),
    z.array(
      z.object({
        templateId: z.string(),
        name: z.string(),
        description: z.string(),
        category: z.string(),
        /** What has to exist in AWS, as sentences. */
        needs: z.array(z.string()),
        stages: z.array(z.object({ name: z.string(), actions: z.array(templateActionSchema) })),
      }),
    ),
  ),
  /** Saves an exported picture to a granted path. */
  savePicture: call(z.object({ path, base64: z.base64().max(64 * 1024 * 1024) }), z.object({})),
  /** The pipeline files below a granted folder; a window may open them from then on. `isPartial`: there are more. */
  listPipelineFiles: call(
    z.object({ path }),
    z.object({
      folder: z.string(),
      files: z.array(z.object({ path: z.string(), name: z.string(), folder: z.string() })),
      isPartial: z.boolean(),
    }),
  ),
  /** The folder that listPipelineFiles listed last, granted anew ('' = none, or it is gone), and what is folded in it. */
  getFilesFolder: call(z.object({}), z.object({ folder: z.string(), folded: z.array(z.string()) })),
  /** Which folders below it are folded, as listPipelineFiles names them. */
  keepFoldedFolders: call(z.object({ folded: z.array(z.string().max(4096)).max(500) }), z.object({})),
  /**
   * The commits that changed the file of a document, newest first (at most 200). Starts git, so it is called only when a person
   * asks for it; a file outside of any repository is refused without starting anything.
   */
  listFileRevisions: call(z.object({ documentId: id }), z.object({ revisions: z.array(revisionSchema) })),
  /** The file as it was in one of them. */
  readFileRevision: call(
    z.object({ documentId: id, revisionId: z.string().max(64) }),
    z.object({ text: z.string(), format: z.enum(['json', 'yaml']) }),
  ),
};
