import { expect } from 'vitest';
import type { PipelineDeclaration } from '../model/declaration.ts';
import { validate } from '../validation/validate.ts';
import { completePipeline } from './completePipeline.ts';

/** One breaking variant of a rule and the words that a person reads of it. */
export type Said = readonly [
  rule: string,
  says: string,
  breaks: (pipeline: PipelineDeclaration) => unknown,
  what: string,
  fix: string,
];

/** Among the problems of the broken pipeline is one with exactly these words. */
export function expectSaid([, , breaks, what, fix]: Said): void {
  const pipeline = completePipeline();
  breaks(pipeline);
  // Through JSON, so that members set to undefined are absent as they would be in a file.
  const problems = validate(JSON.parse(JSON.stringify(pipeline)) as PipelineDeclaration);
  expect(problems.map((problem) => ({ what: problem.what, fix: problem.fix }))).toContainEqual({ what, fix });
}
