import type { ActionDeclaration, PipelineDeclaration } from '../../../shared/model/declaration.ts';
import { actionTypeKey } from '../../../shared/model/declaration.ts';
import type { Change } from '../../../shared/model/edits/change.ts';
import type { Sidecar } from '../../../shared/model/sidecar.ts';
import type { Provider } from '../../../shared/providers/provider.ts';
import { usesOfArtifact } from '../../../shared/references/findUses.ts';
import { strings } from '../../strings/strings.ts';

/** What an action had under one type and cannot have under another. */
export interface Parked {
  configuration: Readonly<Record<string, string>>;
  fields: Partial<Pick<ActionDeclaration, (typeof FIELDS)[number]>>;
  inputs: NonNullable<ActionDeclaration['inputArtifacts']>;
  outputs: NonNullable<ActionDeclaration['outputArtifacts']>;
  binding?: Sidecar['bindings'][string];
}

const FIELDS = ['commands', 'environmentVariables', 'outputVariables', 'timeoutInMinutes'] as const;

/**
 * Gives an action another type. The drawer is by type; whoever holds it decides how long. What the new type knows stays, what it does not know is put into the drawer of the old one,
 * and what the drawer has of the new one comes back: there and back again loses nothing. Outputs that others take stay, for
 * without them those others would be broken in silence.
 */
export function switchType(
  pipeline: PipelineDeclaration,
  place: { where: string; path: (string | number)[]; action: ActionDeclaration },
  to: Provider,
  { drawer, binding }: { drawer: Map<string, Parked>; binding: Sidecar['bindings'][string] | undefined },
): Change {
  const { where, path, action } = place;
  const label = strings.inspector.edits.switchType(action.name, strings.provided.text(to.label));
  const from = actionTypeKey(action.actionTypeId);
  if (from === actionTypeKey(to.actionTypeId)) return { label, edits: [] };
  const back = drawer.get(actionTypeKey(to.actionTypeId));

  const { configuration: before = {}, inputArtifacts: inputs = [], outputArtifacts: outputs = [] } = action;
  const isKnown = (key: string) => Object.hasOwn(to.configuration, key);
  const configuration = {
    ...back?.configuration,
    ...Object.fromEntries(Object.entries(before).filter(([key]) => isKnown(key))),
  };
  const takes = (field: (typeof FIELDS)[number]) =>
    field === 'timeoutInMinutes' ? to.timeoutConfigurable === true : to.declarationFields?.includes(field) === true;
  const next: Record<string, unknown> = { ...action, actionTypeId: { ...action.actionTypeId, ...to.actionTypeId } };
  const parkedFields: Record<string, unknown> = {};
  for (const field of FIELDS) {
    if (action[field] !== undefined && !takes(field)) parkedFields[field] = action[field];
    const value = takes(field) ? (action[field] ?? back?.fields[field]) : undefined;
    if (value === undefined) delete next[field];
    else next[field] = value;
  }
  const keptInputs = inputs.slice(0, to.artifacts.inputs[1]);
  const [, most] = to.artifacts.outputs;
  const keptOutputs = outputs.filter(
    ({ name }, index) => index < most || usesOfArtifact(pipeline, name).some((use) => use.where !== where),
  );
  const withBack = <T extends { name: string }>(kept: readonly T[], parked: readonly T[] = [], limit: number) => [
    ...kept,
    ...parked.filter(({ name }) => kept.every((one) => one.name !== name)).slice(0, Math.max(0, limit - kept.length)),
  ];
  const lists = {
    inputArtifacts: withBack(keptInputs, back?.inputs, to.artifacts.inputs[1]),
    outputArtifacts: withBack(keptOutputs, back?.outputs, most),
  };
  for (const [field, list] of Object.entries(lists)) {
    if (list.length === 0) delete next[field];
    else next[field] = list;
  }
  if (Object.keys(configuration).length === 0) delete next.configuration;
  else next.configuration = configuration;

  const takesBinding = binding !== undefined && to.local.binding?.kinds.includes(binding.kind);
  drawer.set(from, {
    configuration: before,
    fields: parkedFields,
    inputs: inputs.filter((input) => !keptInputs.includes(input)),
    outputs: outputs.filter((output) => !keptOutputs.includes(output)),
    ...(binding && { binding }),
  });
  const after = takesBinding ? binding : back?.binding;
  return {
    label,
    edits: [{ path, value: next }],
    ...(after !== binding && {
      sidecar: (sidecar) => {
        const { [where]: _, ...others } = sidecar.bindings;
        return { ...sidecar, bindings: after ? { ...others, [where]: after } : others };
      },
    }),
  };
}
