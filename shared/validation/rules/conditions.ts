import { findReferences } from '../../execution/variables.ts';
import type { RuleDeclaration, StageDeclaration } from '../../model/declaration.ts';
import { isBefore, oneOf, placeOfStage, type Rule, type RuleContext } from '../ruleContext.ts';
import { isRequired } from './configuration.ts';

type SetName = 'beforeEntry' | 'onSuccess' | 'onFailure';
const allowed: Readonly<Record<SetName, readonly string[]>> = {
  beforeEntry: ['FAIL', 'SKIP'],
  onSuccess: ['ROLLBACK', 'FAIL'],
  onFailure: ['ROLLBACK', 'RETRY'],
};

/** S-004 … S-015, S-017 … S-020: conditions of stages and their rules (reference/rules.md). */
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
        for (const [at, rule] of (condition.rules ?? []).entries()) {
          judgeRule(context, stageIndex, set, condition.result, rule, [...path, 'rules', at]);
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

/** S-009, S-014, S-015, S-017, S-018, S-019, S-020. */
function judgeRule(
  context: RuleContext,
  stageIndex: number,
  set: SetName,
  outcome: string | undefined,
  rule: RuleDeclaration,
  path: (string | number)[],
): void {
  const report = (
    field: (string | number)[],
    code: string,
    what: string,
    fix: string,
    severity?: 'error' | 'warning',
  ) => fault(context, stageIndex, [...path, ...field], code, what, fix, severity);
  inputs(context, stageIndex, set, rule, report);
  references(context, stageIndex, set, rule, report);
  const provider = rule.ruleTypeId?.provider;
  if (!provider) return;
  const type = context.lookup.findRuleType({ provider });
  if (!type) {
    const what = `Penstock does not know the rule type "${provider}", so it cannot check this rule.`;
    report(['ruleTypeId', 'provider'], 'rule.unknown-type', what, 'Check the name.', 'warning');
    return;
  }
  if (outcome === 'SKIP' && !type.skipAllowed) {
    const what = `A condition that skips its stage cannot have the rule ${type.label}.`;
    report(['ruleTypeId', 'provider'], 'rule.skip-not-allowed', what, 'Choose the result FAIL, or another rule.');
  }
  const given: Readonly<Record<string, string>> = rule.configuration ?? {};
  for (const [key, field] of Object.entries(type.configuration)) {
    const value = Object.hasOwn(given, key) ? given[key] : undefined;
    if (value === undefined && isRequired(field.required, given, rule.inputArtifacts?.length ?? 0)) {
      report(['configuration', key], 'rule.missing', `"${key}" is missing; ${type.label} needs it.`, 'Enter it.');
    } else if (value && field.type === 'enum' && !value.includes('#{') && !field.values?.includes(value)) {
      report(
        ['configuration', key],
        'rule.not-allowed',
        `"${key}" is "${value}".`,
        `Choose ${oneOf(field.values ?? [])}.`,
      );
    }
  }
  if (type.commandsField === true && rule.commands === undefined) {
    report(['commands'], 'rule.no-commands', 'The rule has no commands.', 'Enter at least one shell command.');
  } else if (type.commandsField !== true && rule.commands !== undefined) {
    report(['commands'], 'rule.commands-not-taken', `${type.label} takes no commands.`, 'Remove them.');
  }
  for (const [index, command] of (rule.commands ?? []).entries()) {
    if (!/[\r\n]/.test(String(command))) continue;
    const what = 'A command goes over several lines; AWS takes one line for each.';
    report(['commands', index], 'rule.command-several-lines', what, 'Write each line as a command of its own.');
  }
}

type Report = (
  field: (string | number)[],
  code: string,
  what: string,
  fix: string,
  severity?: 'error' | 'warning',
) => void;

/** Where a rule stands in the order of things: before its stage's actions, or behind all of them. */
const moment = (stageIndex: number, set: SetName) => ({
  stageIndex,
  runOrder: set === 'beforeEntry' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY,
});

/** S-019. */
function inputs(context: RuleContext, stageIndex: number, set: SetName, rule: RuleDeclaration, report: Report): void {
  for (const [index, { name }] of (rule.inputArtifacts ?? []).entries()) {
    const producers = context.producers.get(name) ?? [];
    if (producers.some((producer) => isBefore(producer, moment(stageIndex, set)))) continue;
    const what = `Input artifact "${name}" is produced by no action that runs before this rule.`;
    report(
      ['inputArtifacts', index, 'name'],
      'rule.artifact-not-produced',
      what,
      'Choose an artifact of an earlier action.',
    );
  }
}

/** S-020. */
function references(
  context: RuleContext,
  stageIndex: number,
  set: SetName,
  rule: RuleDeclaration,
  report: Report,
): void {
  const texts: [(string | number)[], string][] = [
    ...Object.entries(rule.configuration ?? {}).map(([key, value]): [string[], string] => [
      ['configuration', key],
      String(value),
    ]),
    ...(rule.commands ?? []).map((command, index): [(string | number)[], string] => [
      ['commands', index],
      String(command),
    ]),
  ];
  for (const [field, text] of texts) {
    for (const { namespace, key, text: written, malformed } of text.includes('#{') ? findReferences(text) : []) {
      if (malformed !== undefined) {
        report(
          field,
          'variable.malformed',
          `${written.slice(0, 60)} is no variable reference. ${malformed}`,
          'Write #{namespace.key}.',
        );
        continue;
      }
      if (namespace === 'codepipeline') continue;
      const producers = context.namespaces.get(namespace) ?? [];
      const isDeclared =
        namespace === 'variables' && (context.pipeline.variables ?? []).some(({ name }) => name === key);
      if (isDeclared || producers.some((producer) => isBefore(producer, moment(stageIndex, set)))) continue;
      const what = `${written} is produced by no action that runs before this rule.`;
      report(
        field,
        'rule.variable-not-produced',
        what,
        'Refer to an earlier action, or to a variable of the pipeline.',
      );
    }
  }
}
