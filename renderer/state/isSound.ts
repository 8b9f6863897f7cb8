import type { ParsedDocument } from '../../shared/model/documentText.ts';

/**
 * Can the text be read to its end? One that cannot may still give a part of a pipeline, which must not replace the whole one
 * that was there before the slip.
 */
export const isSound = ({ pipeline, problems }: ParsedDocument): boolean =>
  pipeline !== undefined && problems.every(({ code }) => code !== 'text.syntax');
