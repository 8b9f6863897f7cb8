import type { StageDeclaration } from '../../model/declaration.ts';
import { oneOf, placeOfStage, type Rule, type RuleContext } from '../ruleContext.ts';
import { judgeRule, type SetName } from './conditionRules.ts';

const allowed: Readonly<Record<SetName, readonly string[]>> = {
  beforeEntry: ['FAIL', 'SKIP'],
  onSuccess: ['ROLLBACK', 'FAIL'],
  onFailure: ['ROLLBACK', 'RETRY'],
};

/** S-004 … S-013: conditions of stages (reference/rules.md); their rules are judged in conditionRules.ts. */
export const conditions: Rule = (context) => {
  for (const [stageIndex, stage] of context.pipeline.stages.entries()) {
    for (const set of ['beforeEntry', 'onSuccess', 'onFailure'] as const) {
      if (stage[set] === undefined) continue;
      if (context.isDeclaredV1) {
        fault(
          context,
          stageIndex,
          [set],
          'condition.needs-v2',
          `"${set}" exists only in pipelines of type V2.`,
          'Set the pipeline type to V2.',
        );
      }
      for (const [index, condition] of (stage[set].conditions ?? []).entries()) {
        const path = [set, 'conditions', index];
        result(context, stageIndex, set, condition.result, [...path, 'result']);
        const names = new Set<string>();
        for (const [at, rule] of (condition.rules ?? []).entries()) {
          judgeRule(context, stageIndex, set, condition.result, rule, [...path, 'rules', at]);
          if (rule.name && names.has(rule.name)) {
            const what = `Two rules of this condition are called "${rule.name}".`;
            const place = [...path, 'rules', at, 'name'];
            fault(context, stageIndex, place, 'rule.duplicate-name', what, 'Rename one.', 'warning');
          }
          names.add(rule.name);
        }
      }
    }
    failure(context, stage, stageIndex);
  }
};

function fault(
  context: RuleContext,
  stageIndex: number,
  path: (string | number)[],
  code: string,
  what: string,
  fix: string,
  severity: 'error' | 'warning' = 'error',
): void {
  context.report({ code, severity, ...placeOfStage(context, stageIndex, ...path), what, fix });
}

/** S-005, S-006, S-007, S-008, S-012, S-013. */
function result(
  context: RuleContext,
  stageIndex: number,
  set: SetName,
  value: string | undefined,
  path: (string | number)[],
): void {
  if (value === undefined) return;
  if (!allowed[set].includes(value)) {
    fault(
      context,
      stageIndex,
      path,
      'condition.result',
      `"${set}" cannot end in ${value}.`,
      `Choose ${oneOf(allowed[set])}.`,
    );
  } else if (value === 'ROLLBACK' && context.pipeline.executionMode === 'PARALLEL') {
    const what = 'A pipeline in PARALLEL mode cannot roll back.';
    fault(
      context,
      stageIndex,
      path,
      'condition.rollback-in-parallel',
      what,
      'Choose another result or another execution mode.',
    );
  } else if (value === 'ROLLBACK' && stageIndex === 0) {
    const what = 'The source stage cannot be rolled back.';
    fault(context, stageIndex, path, 'condition.rollback-of-source', what, 'Choose another result.');
  }
}

/** S-008, S-010, S-011. */
function failure(context: RuleContext, { onFailure }: StageDeclaration, stageIndex: number): void {
  if (!onFailure) return;
  result(context, stageIndex, 'onFailure', onFailure.result, ['onFailure', 'result']);
  if (onFailure.retryConfiguration !== undefined && onFailure.result !== 'RETRY') {
    const what = 'A retry configuration has an effect only with the result RETRY.';
    fault(
      context,
      stageIndex,
      ['onFailure', 'retryConfiguration'],
      'condition.retry-without-result',
      what,
      'Set the result to RETRY, or remove it.',
    );
  }
  if (onFailure.result === 'RETRY' && onFailure.conditions !== undefined) {
    const what = 'Automatic retry and conditions do not go together on failure.';
    fault(
      context,
      stageIndex,
      ['onFailure', 'conditions'],
      'condition.retry-with-conditions',
      what,
      'Keep one of them.',
      'warning',
    );
  }
}
