import { uniqueName } from '../../model/edits/uniqueName.ts';
import { type Faulty, type Fixer, type QuickFix, remove, set, valueAt } from './quickFix.ts';

/** Conditions of stages and their rules. */
export const conditionFixers: Readonly<Record<string, Fixer>> = {
  'condition.result': resultFixes,
  'condition.rollback-in-parallel': (faulty) => [
    ...resultFixes(faulty),
    set('set-queued', 'Change the execution mode to QUEUED', ['executionMode'], 'QUEUED'),
  ],
  'condition.rollback-of-source': resultFixes,
  'condition.retry-without-result': ({ path }) => [
    set('set-retry', 'Set the result to RETRY', [...path.slice(0, -1), 'result'], 'RETRY'),
    remove('remove-field', 'Remove the retry configuration', path),
  ],
  'condition.retry-with-conditions': ({ path }) => [
    remove('remove-field', 'Keep the retry, remove the conditions', path),
  ],
  'rule.skip-not-allowed': ({ path }) => [
    set(
      'set-result',
      'Let the condition fail the stage instead of skipping it',
      [...path.slice(0, 5), 'result'],
      'FAIL',
    ),
  ],
  'rule.commands-not-taken': ({ path }) => [remove('remove-field', 'Remove the commands', path)],
  'rule.input-count': (faulty) => {
    const most = mostInputs(faulty);
    const count = Array.isArray(faulty.value) ? faulty.value.length : 0;
    if (most === undefined || count <= most) return [];
    if (most === 0) return [remove('remove-input', 'Remove the input artifacts', faulty.path)];
    const edits = Array.from({ length: count - most }, (_, index) => ({
      path: [...faulty.path, count - 1 - index],
      value: undefined,
    }));
    return [{ kind: 'remove-input', title: `Keep the first ${most} input artifacts`, edits }];
  },
  'rule.duplicate-name': ({ pipeline, path, value }) => {
    const rules = valueAt(pipeline, path.slice(0, -2));
    const names = Array.isArray(rules) ? rules.map((rule: { name: string }) => rule.name) : [];
    const to = uniqueName(String(value), names);
    return [set('rename-duplicate', `Rename the later rule to ${to}`, path, to)];
  },
};

/** Results that AWS documents for the kind of condition, the gentlest first; without any, the conditions go. */
function resultFixes({ path, value, pipeline }: Faulty): QuickFix[] {
  const kind = path[2];
  const isBare = path.length === 4;
  const canRollBack = pipeline.executionMode !== 'PARALLEL' && path[1] !== 0;
  const choices =
    kind === 'beforeEntry'
      ? ['FAIL', 'SKIP']
      : kind === 'onSuccess'
        ? ['FAIL', 'ROLLBACK']
        : isBare
          ? ['RETRY', 'ROLLBACK']
          : ['ROLLBACK'];
  const fitting = choices.filter((choice) => choice !== value && (choice !== 'ROLLBACK' || canRollBack));
  return [
    ...fitting.map((choice) => set('set-result', `Change the result to ${choice}`, path, choice)),
    isBare
      ? remove('remove-field', `Remove the result ${String(value)}`, path)
      : remove('remove-field', `Remove the condition ${String(kind)}`, path.slice(0, 3)),
  ];
}

function mostInputs({ context, pipeline, path }: Faulty): number | undefined {
  const rule = valueAt(pipeline, path.slice(0, -1)) as { ruleTypeId?: { provider: string } } | undefined;
  return rule?.ruleTypeId && context.lookup.findRuleType(rule.ruleTypeId)?.inputs[1];
}
