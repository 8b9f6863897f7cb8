import { canonicalJson } from '../../shared/convert/canonicalJson.ts';
import type { PipelineDeclaration } from '../../shared/model/declaration.ts';
import { type DocumentFormat, parseDocument } from '../../shared/model/documentText.ts';
import { ProblemError, problem } from '../../shared/problem.ts';
import { client } from '../bridge.ts';
import { tabById, useDocuments } from '../state/documentStore.ts';
import { strings } from '../strings/strings.ts';

/** One side of a comparison, as it was chosen. */
export type Side =
  | { kind: 'edited' | 'saved'; documentId: string }
  | { kind: 'file'; path: string }
  | { kind: 'version'; pipelineName: string; version: number }
  | { kind: 'revision'; documentId: string; revisionId: string }
  | { kind: 'live'; pipelineName: string };

/** What stands on a side. `text` is the file's own; declarations that come without one are written as AWS prints them. */
export interface LoadedSide {
  text: string;
  format: DocumentFormat;
  /** The text is somebody's file, with their own order and spaces. */
  isFile: boolean;
  pipeline: PipelineDeclaration;
}

/** As one word, for a list of choices. */
export const sideKey = (side: Side): string => Object.values(side).join('\n');

/**
 * Reads a side. Only reads: what it opens it closes again; AWS and git are asked when such a side was chosen, and not before.
 * @throws ProblemError
 */
export async function loadSide(side: Side): Promise<LoadedSide> {
  switch (side.kind) {
    case 'edited':
    case 'saved': {
      const tab = tabById(side.documentId)(useDocuments.getState());
      if (!tab) throw new ProblemError({ code: 'compare.unreadable', where: '', ...strings.compare.closed });
      return fromText(side.kind === 'edited' ? tab.text : tab.savedText, tab.format);
    }
    case 'file': {
      const document = await client.openDocument({ path: side.path });
      await client.closeDocument({ documentId: document.documentId });
      return fromText(document.text, document.format);
    }
    case 'version': {
      const { pipelineName, version } = side;
      const { pipeline } = await client.getPipelineVersion({ pipelineName, version });
      return { ...fromText(JSON.stringify({ pipeline }), 'json'), isFile: false };
    }
    case 'revision': {
      const { text, format } = await client.readFileRevision({
        documentId: side.documentId,
        revisionId: side.revisionId,
      });
      return fromText(text, format);
    }
    case 'live': {
      const document = await client.pullPipeline({ pipelineName: side.pipelineName });
      await client.closeDocument({ documentId: document.documentId });
      return { ...fromText(document.text, 'json'), isFile: false };
    }
    default:
      return side satisfies never;
  }
}

function fromText(text: string, format: DocumentFormat): LoadedSide {
  const { pipeline, problems } = parseDocument(text, format);
  if (!pipeline)
    throw new ProblemError(
      problems[0] ?? problem({ code: 'compare.no-pipeline', where: '', ...strings.compare.noPipeline }),
    );
  return { text, format, isFile: true, pipeline };
}

/** The texts to be compared line by line: two files of one format as they are, all else written the same way. */
export function textsOf(
  before: LoadedSide,
  after: LoadedSide,
): { before: string; after: string; isRewritten: boolean } {
  if (before.isFile && after.isFile && before.format === after.format)
    return { before: before.text, after: after.text, isRewritten: false };
  return { before: canonicalJson(before.pipeline), after: canonicalJson(after.pipeline), isRewritten: true };
}
