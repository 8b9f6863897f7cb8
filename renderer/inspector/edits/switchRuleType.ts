import { type RuleDeclaration, ruleKey } from '../../../shared/model/declaration.ts';
import type { Change } from '../../../shared/model/edits/change.ts';
import type { Sidecar } from '../../../shared/model/sidecar.ts';
import type { RuleType } from '../../../shared/providers/provider.ts';
import { strings } from '../../strings/strings.ts';
import { type ConditionPlace, rulePath, setOf } from './conditionEdits.ts';

type Binding = Sidecar['bindings'][string];

/** What a rule had under one type and cannot have under another. */
export interface ParkedRule {
  fields: Pick<RuleDeclaration, 'configuration' | 'commands'>;
  inputs: NonNullable<RuleDeclaration['inputArtifacts']>;
  binding: Binding | undefined;
}

/**
 * Gives a rule another type. Keys that both types have stay, what only the old one has is put into its drawer, and what the
 * drawer has of the new one comes back: there and back again loses nothing.
 */
export function switchRuleType(
  place: ConditionPlace,
  index: number,
  to: RuleType,
  { drawer, binding }: { drawer: Map<string, ParkedRule>; binding: Binding | undefined },
): Change {
  const rule = setOf(place)?.conditions?.[0]?.rules?.[index];
  const label = strings.inspector.edits.switchRuleType(rule?.name ?? '', strings.provided.text(to.label));
  if (!rule || rule.ruleTypeId.provider === to.ruleTypeId.provider) return { label, edits: [] };
  const { configuration, commands, inputArtifacts = [], ...rest } = rule;
  const back = drawer.get(to.ruleTypeId.provider);
  const kept = inputArtifacts.slice(0, to.inputs[1]);
  const parked = back?.inputs.filter(({ name }) => kept.every((one) => one.name !== name)) ?? [];
  const inputs = [...kept, ...parked].slice(0, to.inputs[1]);
  drawer.set(rule.ruleTypeId.provider, {
    fields: { configuration, commands },
    inputs: inputArtifacts.slice(to.inputs[1]),
    binding,
  });

  const known = Object.fromEntries(
    Object.entries({ ...back?.fields.configuration, ...configuration }).filter(([key]) =>
      Object.hasOwn(to.configuration, key),
    ),
  );
  const value = {
    ...rest,
    ruleTypeId: { ...to.ruleTypeId },
    ...(Object.keys(known).length > 0 && { configuration: known }),
    ...(to.commandsField && { commands: commands ?? back?.fields.commands ?? ['true'] }),
    ...(inputs.length > 0 && { inputArtifacts: inputs }),
  };
  const takesBinding = binding !== undefined && to.local.binding?.kinds.includes(binding.kind);
  const after = takesBinding ? binding : back?.binding;
  const key = ruleKey(place.stage.name, place.conditionType, rule.name);
  return {
    label,
    edits: [{ path: rulePath(place, index), value }],
    ...(after !== binding && {
      sidecar: (sidecar: Sidecar) => {
        const { [key]: _, ...others } = sidecar.bindings;
        return { ...sidecar, bindings: after ? { ...others, [key]: after } : others };
      },
    }),
  };
}
