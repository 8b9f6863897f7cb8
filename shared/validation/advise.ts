import type { PipelineDeclaration } from '../model/declaration.ts';
import type { Problem } from '../problem.ts';
import { findRuleType, knownProvider } from '../providers/table.ts';
import { filters } from './advice/filters.ts';
import { secrets } from './advice/secrets.ts';
import { skipped } from './advice/skipped.ts';
import { sources } from './advice/sources.ts';
import { unused } from './advice/unused.ts';
import { waits } from './advice/waits.ts';
import { contextOf, type Rule } from './ruleContext.ts';
import { shape } from './rules/shape.ts';

/** Section 8 of reference/validation.md, as far as a declaration shows it, and what a skipped stage leaves out. */
const rules: readonly Rule[] = [sources, unused, secrets, filters, waits, skipped];

/**
 * What AWS takes and what runs, but a person may want to do better; codes begin with `advice.`. Kept apart from `validate`
 * because most pipelines that work get some: it is read when asked for, and stands on no card.
 */
export function advise(pipeline: PipelineDeclaration): Problem[] {
  const problems: Problem[] = [];
  if (!shape(pipeline).isReadable) return problems;
  const context = contextOf(pipeline, { knownProvider, findRuleType }, problems);
  for (const rule of rules) rule(context);
  return problems.map((problem) => ({ ...problem, severity: 'warning' }));
}

export const isAdvice = ({ code }: Pick<Problem, 'code'>): boolean => code.startsWith('advice.');
