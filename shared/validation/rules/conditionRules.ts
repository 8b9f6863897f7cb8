import { findReferences } from '../../execution/variables.ts';
import type { RuleDeclaration } from '../../model/declaration.ts';
import type { RuleType } from '../../providers/provider.ts';
import { type ActionAt, isBefore, listed, oneOf, placeOfStage, type RuleContext } from '../ruleContext.ts';
import { isRequired } from './configuration.ts';
import { faultOfKey } from './variables.ts';

export type SetName = 'beforeEntry' | 'onSuccess' | 'onFailure';

/** S-009, S-014 … S-020: one rule of a condition. */
export function judgeRule(
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
    severity: 'error' | 'warning' = 'error',
  ) => context.report({ code, severity, ...placeOfStage(context, stageIndex, ...path, ...field), what, fix });
  const areProduced = inputs(context, stageIndex, set, rule, report);
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
  for (const key of Object.keys(given)) {
    if (Object.hasOwn(type.configuration, key)) continue;
    const known = Object.keys(type.configuration);
    const remedy =
      known.length > 0 ? `Remove it. Known keys are ${listed(known, 20)}.` : 'Remove it: there are no keys.';
    // What AWS does with keys that it does not know is stated for actions only.
    const what = `${type.label} has no configuration key "${key.slice(0, 60)}".`;
    report(['configuration', key], 'rule.unknown-key', what, remedy, 'warning');
  }
  for (const { field, what, fix, severity } of type.check?.(given) ?? []) {
    // What is longer than AWS takes has been said already.
    if ((given[field]?.length ?? 0) <= 10_000) report(['configuration', field], 'rule.check', what, fix, severity);
  }
  if (areProduced) counted(type, rule, report);
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

/** How many artifacts a rule takes (reference/rules.md §2); some of the numbers are unsure there, hence warnings. */
function counted(type: RuleType, rule: RuleDeclaration, report: Report): void {
  const count = rule.inputArtifacts?.length ?? 0;
  const [least, most] = type.inputs;
  if (count >= least && count <= most) return;
  const takes = most === 0 ? 'none' : count < least ? `at least ${least}` : `at most ${most}`;
  const what = `The rule has ${count === 0 ? 'no' : count} input artifact${count === 1 ? '' : 's'}; ${type.label} takes ${takes}.`;
  const fix = count < least ? 'Add an input artifact.' : 'Remove input artifacts.';
  report(['inputArtifacts'], 'rule.input-count', what, fix, 'warning');
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

/** S-019. Answers whether every input is there. */
function inputs(
  context: RuleContext,
  stageIndex: number,
  set: SetName,
  rule: RuleDeclaration,
  report: Report,
): boolean {
  const missing = [...(rule.inputArtifacts ?? []).entries()].filter(([, { name }]) => {
    const producers = context.producers.get(name) ?? [];
    return !producers.some((producer) => isBefore(producer, moment(stageIndex, set)));
  });
  for (const [index, { name }] of missing) {
    const what = `Input artifact "${name}" is produced by no action that runs before this rule.`;
    const place = ['inputArtifacts', index, 'name'];
    report(place, 'rule.artifact-not-produced', what, 'Choose an artifact of an earlier action.');
  }
  return missing.length === 0;
}

/** S-020, and W-004 as for actions. */
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
    for (const reference of text.includes('#{') ? findReferences(text) : []) {
      const { namespace, key, text: written, malformed } = reference;
      if (malformed !== undefined) {
        report(
          field,
          'variable.malformed',
          `${written.slice(0, 60)} is no variable reference. ${malformed}`,
          'Write #{namespace.key}.',
        );
        continue;
      }
      const judgeKey = (producer: ActionAt | undefined) => {
        const fault = faultOfKey(reference, producer, 'rule');
        if (fault) report(field, fault.code, fault.what, fault.fix, fault.severity);
      };
      if (namespace === 'codepipeline') {
        judgeKey(undefined);
        continue;
      }
      const producers = context.namespaces.get(namespace) ?? [];
      const isDeclared =
        namespace === 'variables' && (context.pipeline.variables ?? []).some(({ name }) => name === key);
      if (isDeclared) continue;
      const producer = producers.find((candidate) => isBefore(candidate, moment(stageIndex, set)));
      if (producer) {
        judgeKey(producer);
        continue;
      }
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
