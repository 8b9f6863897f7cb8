import { expect } from 'vitest';
import { stringify } from 'yaml';
import type { PipelineDeclaration } from '../model/declaration.ts';
import { editDocument, parseDocument } from '../model/documentText.ts';
import { applyEdits } from '../model/edits/applyEdits.ts';
import { advise } from '../validation/advise.ts';
import { quickFixes } from '../validation/fixes/quickFixes.ts';
import { validate } from '../validation/validate.ts';
import { completePipeline } from './completePipeline.ts';

/** A broken pipeline, the kind of fix that is offered for it, and what that fix makes. */
export interface FixCase {
  code: string;
  kind: string;
  breaks: (pipeline: PipelineDeclaration) => unknown;
  /** What stands in the mended pipeline. */
  gives: (pipeline: PipelineDeclaration) => unknown;
  expected: unknown;
  /** Words of the title. */
  title?: string;
}

const found = (pipeline: PipelineDeclaration) => [...validate(pipeline), ...advise(pipeline)];
const errors = (pipeline: PipelineDeclaration) =>
  validate(pipeline)
    .filter(({ severity }) => severity === 'error')
    .map(({ code }) => code)
    .sort();

/**
 * The fix is offered, says what it does, takes the problem away without making an error, and means the same in the text of
 * both formats.
 */
export function expectFixed({ code, kind, breaks, gives, expected, title }: FixCase): void {
  const broken = completePipeline();
  breaks(broken);
  const plain = JSON.parse(JSON.stringify(broken)) as PipelineDeclaration;
  const problem = found(plain).find((one) => one.code === code);
  expect(problem, `no ${code} in ${found(plain).map((one) => one.code)}`).toBeDefined();
  const fixes = quickFixes(problem!, plain);
  const fix = fixes.find((one) => one.kind === kind);
  expect(fix, `no ${kind} among ${fixes.map((one) => one.kind)}`).toBeDefined();
  expect(fix!.title).toMatch(/^[A-Z]\S*( \S+)+$/);
  if (title !== undefined) expect(fix!.title).toBe(title);

  const count = (pipeline: PipelineDeclaration) => found(pipeline).filter((one) => one.code === code).length;
  const mended = applyEdits(plain, fix!.edits);
  expect(count(mended)).toBeLessThan(count(plain));
  const before = errors(plain);
  for (const error of errors(mended)) {
    expect(before).toContain(error);
    before.splice(before.indexOf(error), 1);
  }
  expect(gives(mended)).toEqual(expected);
  for (const format of ['json', 'yaml'] as const) {
    const text = format === 'json' ? JSON.stringify({ pipeline: plain }, null, 2) : stringify({ pipeline: plain });
    const edited = editDocument(text, format, fix!.edits);
    expect(parseDocument(edited, format).pipeline).toEqual(mended);
  }
}
