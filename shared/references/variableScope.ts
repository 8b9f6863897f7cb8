import { parseBuildspec } from '../buildspec/parseBuildspec.ts';
import { findReferences } from '../execution/variables.ts';
import { type ActionDeclaration, conditionSets, type PipelineDeclaration } from '../model/declaration.ts';
import type { Sidecar } from '../model/sidecar.ts';
import { findProvider } from '../providers/table.ts';
import { textsOf } from './findUses.ts';

/** One namespace and what of it can be referred to. */
export interface Namespace {
  /** `variables`, `codepipeline`, or what an action has under `namespace`. */
  namespace: string;
  /** Who provides it, for people: 'Source / App'. */
  title: string;
  /** The place of the action that does; '' = the pipeline itself. */
  where: string;
  keys: readonly { key: string; help: string }[];
  /** How further keys can arise, where AWS does not name them in advance. */
  dynamic?: string | undefined;
  /** Why it cannot be used here; undefined = it can. */
  reason?: string;
}

/** Where a reference is to stand: in an action, or in a rule of a stage's conditions. */
export type ReferencePlace =
  | { stageName: string; actionName: string }
  | { stageName: string; set: (typeof conditionSets)[keyof typeof conditionSets] };

/**
 * Every namespace of the pipeline as it is seen from one place, those that can be used there first
 * (reference/execution-semantics.md §10: earlier stages, and lower run orders of the same stage).
 */
export function variableScope(pipeline: PipelineDeclaration, place: ReferencePlace, sidecar?: Sidecar): Namespace[] {
  const seen = namesSeen(pipeline);
  const stageIndex = pipeline.stages.findIndex(({ name }) => name === place.stageName);
  const own =
    'actionName' in place
      ? pipeline.stages[stageIndex]?.actions.find(({ name }) => name === place.actionName)
      : undefined;
  const all: Namespace[] = [
    {
      namespace: 'codepipeline',
      title: 'This execution',
      where: '',
      keys: [{ key: 'PipelineExecutionId', help: 'Id of the running execution' }],
    },
  ];
  if (pipeline.variables?.length)
    all.push({
      namespace: 'variables',
      title: 'Pipeline variables',
      where: '',
      keys: pipeline.variables.map(({ name, description, defaultValue }) => ({
        key: name,
        help: description || (defaultValue ? `Default: ${defaultValue}` : 'A start gives its value'),
      })),
      ...(own?.actionTypeId.category === 'Source' && {
        reason: 'A source action cannot use pipeline variables.',
      }),
    });
  for (const [index, stage] of pipeline.stages.entries()) {
    for (const action of stage.actions) {
      if (!action.namespace) continue;
      const where = `${stage.name}/${action.name}`;
      const reason = reasonAgainst({ index, stageIndex, place, own, action, where });
      const { dynamicOutputVariables } = findProvider(action.actionTypeId);
      all.push({
        namespace: action.namespace,
        title: `${stage.name} / ${action.name}`,
        where,
        keys: keysOf(action, seen.get(action.namespace), sidecar?.bindings[where]),
        dynamic: findProvider(action.actionTypeId).declarationFields?.includes('outputVariables')
          ? undefined
          : dynamicOutputVariables,
        ...(reason !== undefined && { reason }),
      });
    }
  }
  return [...all.filter(({ reason }) => reason === undefined), ...all.filter(({ reason }) => reason !== undefined)];
}

/** What is to be known of one reference at a place. */
export type ReferenceState = { state: 'known' | 'dynamic' | 'unknown'; where: string; what: string };

/** Whether a reference will be found: known, possible (the key arises during the run), or not. */
export function judgeReference(scope: readonly Namespace[], namespace: string, key: string): ReferenceState {
  const found =
    scope.find((one) => one.namespace === namespace && one.reason === undefined) ??
    scope.find((one) => one.namespace === namespace);
  if (!found) return { state: 'unknown', where: '', what: `No action has the namespace "${namespace}".` };
  const { where, title, reason } = found;
  if (reason !== undefined) return { state: 'unknown', where, what: reason };
  const known = found.keys.find((one) => one.key === key);
  if (known) return { state: 'known', where, what: `${title}: ${known.help}` };
  if (found.dynamic) return { state: 'dynamic', where, what: `${title} may produce it: ${found.dynamic}` };
  return { state: 'unknown', where, what: `${title} has no variable "${key}".` };
}

function reasonAgainst(at: {
  index: number;
  stageIndex: number;
  place: ReferencePlace;
  own: ActionDeclaration | undefined;
  action: ActionDeclaration;
  where: string;
}): string | undefined {
  const { index, stageIndex, place, own, action, where } = at;
  if (index < stageIndex) return undefined;
  if (index > stageIndex) return `${where} runs later.`;
  if ('set' in place)
    return place.set === conditionSets.BEFORE_ENTRY
      ? `${where} runs after the entry into its stage is decided.`
      : undefined;
  if (own === action) return 'An action cannot use its own variables.';
  const [mine, other] = [own?.runOrder ?? 1, action.runOrder ?? 1];
  if (other < mine) return undefined;
  return other === mine ? `${where} runs side by side with it (run order ${other}).` : `${where} runs later.`;
}

/** Documented variables, those of the declaration, of an inline buildspec and of a scripted result, and those used elsewhere. */
function keysOf(
  action: ActionDeclaration,
  used: ReadonlySet<string> = new Set(),
  binding?: Sidecar['bindings'][string],
): { key: string; help: string }[] {
  const provider = findProvider(action.actionTypeId);
  const keys = new Map(provider.outputVariables.map(({ name, help }) => [name, help]));
  const add = (names: Iterable<string>, help: string) => {
    for (const name of names) if (!keys.has(name)) keys.set(name, help);
  };
  add(action.outputVariables ?? [], 'Output variable of its commands');
  if (!provider.dynamicOutputVariables || provider.declarationFields?.includes('outputVariables'))
    return [...keys].map(([key, help]) => ({ key, help }));
  const local = binding?.kind === 'project' ? binding.buildspec : undefined;
  for (const text of [action.configuration?.BuildspecOverride, local])
    if (text?.includes('\n'))
      add(parseBuildspec(text, '').buildspec?.exportedVariables ?? [], 'Exported by its buildspec');
  if (binding?.kind === 'simulation')
    add(Object.keys(binding.outputVariables ?? {}), 'Given by its local stand-in; AWS may name others');
  add(used, 'Used elsewhere in this pipeline');
  return [...keys].map(([key, help]) => ({ key, help }));
}

function namesSeen(pipeline: PipelineDeclaration): Map<string, Set<string>> {
  const seen = new Map<string, Set<string>>();
  for (const { text } of textsOf(pipeline)) {
    if (!text.includes('#{')) continue;
    for (const { namespace, key, malformed } of findReferences(text)) {
      if (malformed !== undefined) continue;
      const keys = seen.get(namespace) ?? new Set();
      seen.set(namespace, keys.add(key));
    }
  }
  return seen;
}
