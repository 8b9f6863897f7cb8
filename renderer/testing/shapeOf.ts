import type { PipelineDeclaration } from '../../shared/model/declaration.ts';
import { editDocument, parseDocument } from '../../shared/model/documentText.ts';
import { isRefused, type Operation } from '../canvas/operations/operation.ts';

/** The pipeline after an operation, through its text as in the window. Throws when the operation was refused. */
export function applied(pipeline: PipelineDeclaration, operation: Operation): PipelineDeclaration {
  if (isRefused(operation)) throw new Error(`Refused: ${operation.refused}`);
  const text = editDocument(JSON.stringify({ pipeline }, null, 2), 'json', operation.edits);
  const changed = parseDocument(text, 'json').pipeline;
  if (!changed) throw new Error('The edited text is no pipeline.');
  return changed;
}

/** A pipeline as its sketch: { Source: ['Repo'], Build: ['Lint', 'Package@2'] }, in the order in which actions run. */
export const shapeOf = ({ stages }: PipelineDeclaration): Record<string, string[]> =>
  Object.fromEntries(
    stages.map(({ name, actions }) => [
      name,
      [...actions]
        .sort((a, b) => (a.runOrder ?? 1) - (b.runOrder ?? 1))
        .map((action) => ((action.runOrder ?? 1) === 1 ? action.name : `${action.name}@${action.runOrder}`)),
    ]),
  );

/** Why an operation was refused; '' when it was not. */
export const refusalOf = (operation: Operation): string => (isRefused(operation) ? operation.refused : '');
