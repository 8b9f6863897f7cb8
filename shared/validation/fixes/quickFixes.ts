import type { PipelineDeclaration } from '../../model/declaration.ts';
import { applyEdits } from '../../model/edits/applyEdits.ts';
import { pathOf } from '../../model/place.ts';
import type { Path } from '../../model/textTree.ts';
import type { Problem } from '../../problem.ts';
import { findRuleType, knownProvider } from '../../providers/table.ts';
import { advise, isAdvice } from '../advise.ts';
import { contextOf, type RuleContext } from '../ruleContext.ts';
import { validate } from '../validate.ts';
import { actionFixers } from './actionFixes.ts';
import { adviceFixers } from './adviceFixes.ts';
import { artifactFixers } from './artifactFixes.ts';
import { conditionFixers } from './conditionFixes.ts';
import { configurationFixers } from './configurationFixes.ts';
import { type Faulty, type FaultyAction, type Fixer, type QuickFix, valueAt } from './quickFix.ts';
import { shapeFixers } from './shapeFixes.ts';
import { stageFixers } from './stageFixes.ts';
import { storeFixers } from './storeFixes.ts';
import { triggerFixers } from './triggerFixes.ts';
import { variableFixers } from './variableFixes.ts';

export type { QuickFix } from './quickFix.ts';

/** By the code of the problem. */
export const fixers: Readonly<Record<string, Fixer>> = {
  ...shapeFixers,
  ...stageFixers,
  ...actionFixers,
  ...artifactFixers,
  ...storeFixers,
  ...configurationFixers,
  ...variableFixers,
  ...conditionFixers,
  ...triggerFixers,
  ...adviceFixers,
};

/**
 * The ways to mend a problem of this pipeline, best first. Each was tried: the problem is gone after it, and no error is there
 * that was not there before. Costs a validation for each way, so ask for what is shown.
 */
export function quickFixes(problem: Problem, pipeline: PipelineDeclaration): QuickFix[] {
  const proposed = proposedFixes(problem, pipeline);
  if (proposed.length === 0) return [];
  const before = countsOf(problem, pipeline);
  return proposed.filter((fix) => helps(problem, before, countsOf(problem, applyEdits(pipeline, fix.edits))));
}

/** The same untried: cheap, for a list of many problems. Ask quickFixes before making one. */
export function proposedFixes(problem: Problem, pipeline: PipelineDeclaration): QuickFix[] {
  const fixer = Object.hasOwn(fixers, problem.code) ? fixers[problem.code] : undefined;
  const faulty = fixer && faultyOf(problem, pipeline);
  if (!fixer || !faulty) return [];
  const seen = new Set<string>();
  return fixer(faulty).filter((fix): fix is QuickFix => {
    if (!fix || fix.edits.length === 0 || seen.has(fix.title)) return false;
    seen.add(fix.title);
    return true;
  });
}

export interface FixedAll {
  /** How many problems were mended. */
  count: number;
  /** In order, for one step to undo. */
  edits: QuickFix['edits'];
  sidecar: NonNullable<QuickFix['sidecar']>;
}

/**
 * Mends every problem of the code with the fix of the kind, one after the other; a problem that this kind does not mend stays.
 * `kind` absent = the best fix of each.
 */
export function fixAll(code: string, pipeline: PipelineDeclaration, kind?: string): FixedAll {
  const all: FixedAll = { count: 0, edits: [], sidecar: (sidecar) => sidecar };
  const find = (of: PipelineDeclaration) =>
    (isAdvice({ code }) ? advise(of) : validate(of)).filter((p) => p.code === code);
  let current = pipeline;
  // Every round mends one problem, so there are at most as many rounds as there were problems.
  for (let left = find(current); left.length > 0; ) {
    let fixed: QuickFix | undefined;
    for (const problem of left) {
      fixed = quickFixes(problem, current).find((fix) => kind === undefined || fix.kind === kind);
      if (fixed) break;
    }
    if (!fixed) break;
    current = applyEdits(current, fixed.edits);
    all.count += left.length;
    left = find(current);
    all.count -= left.length;
    all.edits.push(...fixed.edits);
    all.sidecar = after(all.sidecar, fixed.sidecar);
  }
  return all;
}

const after = (first: FixedAll['sidecar'], then: QuickFix['sidecar']): FixedAll['sidecar'] =>
  then ? (sidecar) => then(first(sidecar)) : first;

/** Problems by code; warnings only of the code that is to be mended, for other warnings may come and go. */
function countsOf({ code }: Problem, pipeline: PipelineDeclaration): Map<string, number> {
  const counts = new Map<string, number>();
  const found = isAdvice({ code }) ? [...validate(pipeline), ...advise(pipeline)] : validate(pipeline);
  for (const problem of found) {
    if (problem.severity !== 'error' && problem.code !== code) continue;
    counts.set(problem.code, (counts.get(problem.code) ?? 0) + 1);
  }
  return counts;
}

const helps = ({ code }: Problem, before: Map<string, number>, after: Map<string, number>): boolean =>
  (after.get(code) ?? 0) < (before.get(code) ?? 0) &&
  [...after].every(([other, count]) => count <= (before.get(other) ?? 0));

// Indexing a pipeline costs about as much as a rule, and a list asks once for each of its problems.
const contexts = new WeakMap<PipelineDeclaration, RuleContext>();
function contextFor(pipeline: PipelineDeclaration): RuleContext {
  const known = contexts.get(pipeline);
  if (known) return known;
  const context = contextOf(pipeline, { knownProvider, findRuleType }, []);
  contexts.set(pipeline, context);
  return context;
}

function faultyOf(problem: Problem, pipeline: PipelineDeclaration): Faulty | undefined {
  const path = pathOf(pipeline, problem.where, problem.field);
  if (!path) return undefined;
  const context = contextFor(pipeline);
  return { problem, pipeline, context, path, value: valueAt(pipeline, path), action: actionOf(context, path) };
}

function actionOf({ actions }: RuleContext, path: Path): FaultyAction | undefined {
  if (path[0] !== 'stages' || path[2] !== 'actions' || path.length < 4) return undefined;
  const at = actions.find(({ stageIndex, actionIndex }) => stageIndex === path[1] && actionIndex === path[3]);
  return at && { ...at, path: path.slice(0, 4) };
}
