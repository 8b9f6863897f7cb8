import type { Missing } from '../../shared/ipc/contract.ts';
import { actionKey, type PipelineDeclaration, ruleKey, rulesOfStage } from '../../shared/model/declaration.ts';
import type { Sidecar } from '../../shared/model/sidecar.ts';
import type { BindingNeed } from '../../shared/providers/provider.ts';
import { findProvider, findRuleType } from '../../shared/providers/table.ts';

/**
 * What a local run lacks: bindings that its action types need and pipeline variables without a value. When nothing that
 * is needed is missing the answer is empty, so that nobody is asked for what may stay open; otherwise what may stay open is
 * asked along with the rest (but not the scripts of simulated actions, which have an inspector of their own).
 */
export function getReadiness(
  declaration: PipelineDeclaration,
  sidecar: Pick<Sidecar, 'bindings' | 'variables'>,
): Missing[] {
  const missing: Missing[] = [];
  for (const stage of declaration.stages) {
    for (const action of stage.actions) {
      const need = findProvider(action.actionTypeId).local.binding;
      const where = actionKey(stage.name, action.name);
      if (!need || isBound(need, sidecar.bindings, where) || playsByItself(need)) continue;
      missing.push({
        kind: 'binding',
        where,
        question: need.question,
        kinds: [...need.kinds],
        required: need.required,
        suggestion: suggestionFor(action.actionTypeId.category, need, action.name),
      });
    }
  }
  for (const stage of declaration.stages) {
    for (const { conditionType, rule } of rulesOfStage(stage)) {
      const need = findRuleType(rule.ruleTypeId)?.local.binding;
      const where = ruleKey(stage.name, conditionType, rule.name);
      if (!need || isBound(need, sidecar.bindings, where)) continue;
      const { question, kinds, required } = need;
      missing.push({ kind: 'binding', where, question, kinds: [...kinds], required, suggestion: '' });
    }
  }
  for (const { name, defaultValue, description } of declaration.variables ?? []) {
    if (defaultValue !== undefined || ownValue(sidecar.variables, name)) continue;
    missing.push({ kind: 'variable', name, description: description ?? '', suggestion: '' });
  }
  return missing.some((entry) => entry.kind === 'variable' || entry.required) ? missing : [];
}

function isBound(need: BindingNeed, bindings: Sidecar['bindings'], where: string): boolean {
  const binding = Object.hasOwn(bindings, where) ? bindings[where] : undefined;
  return binding !== undefined && need.kinds.includes(binding.kind);
}

/** It has something to play without anybody's help. */
const playsByItself = (need: BindingNeed) => !need.required && need.kinds.includes('simulation');

const ownValue = (values: Readonly<Record<string, string>>, name: string) =>
  Object.hasOwn(values, name) ? values[name] : undefined;

/** Relative to the pipeline file, which usually lies in the repository that it builds. */
function suggestionFor(category: string, need: BindingNeed, actionName: string): string {
  if (category === 'Source') return need.kinds.includes('repository') ? '.' : '';
  return need.kinds.includes('folder') ? `deployed/${actionName}` : '';
}
