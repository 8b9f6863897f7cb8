import { type ActionDeclaration, actionKey } from '../model/declaration.ts';
import type { ArtifactRecord } from './events.ts';
import type { ExecutionState } from './executionState.ts';
import { type Failure, findInputs, lookupFor, resolveRecord, resolver, tooLong, unresolved } from './lookups.ts';
import type { PlacedAction } from './shape.ts';
import { isPlain, type VariableReference } from './variables.ts';

/** What an action is started with; with a `failure` it is started and fails at once (semantics §3, §10). */
export interface PreparedAction {
  /** `configuration`, `commands` and the values of `environmentVariables` are resolved. */
  action: ActionDeclaration;
  resolvedConfiguration: Record<string, string>;
  inputArtifacts: ArtifactRecord[];
  failure?: Failure;
}

/** Resolves an action's variables and finds its input artifacts, both as they are now: a retry sees what is newest. */
export function prepareAction(state: ExecutionState, stageIndex: number, { action }: PlacedAction): PreparedAction {
  const asker = {
    name: action.name,
    stageIndex,
    runOrder: action.runOrder ?? 1,
    isSource: action.actionTypeId.category === 'Source',
    inputArtifacts: action.inputArtifacts ?? [],
  };
  const { inputArtifacts, failure: missingInput } = findInputs(state, asker);
  const missing: VariableReference[] = [];
  const resolved = resolveAction(action, resolver(lookupFor(state, asker), missing));
  const resolvedConfiguration = resolved.configuration ?? {};
  const where = actionKey(state.declaration.stages[stageIndex]?.name ?? '', action.name);
  const failure =
    missingInput ??
    unresolved(where, missing) ??
    tooLong(where, resolvedConfiguration, action.configuration ?? resolvedConfiguration);
  const prepared = { action: resolved, resolvedConfiguration, inputArtifacts };
  return failure ? { ...prepared, failure } : prepared;
}

/** The same object when nothing had to be replaced, which is so for most actions. */
function resolveAction(action: ActionDeclaration, put: (text: string) => string): ActionDeclaration {
  const { configuration, commands, environmentVariables } = action;
  const changed: Partial<ActionDeclaration> = {};
  const resolved = configuration && resolveRecord(configuration, put);
  if (resolved !== configuration) changed.configuration = resolved;
  if (commands && !commands.every(isPlain)) changed.commands = commands.map(put);
  if (environmentVariables && !environmentVariables.every(({ value }) => isPlain(value))) {
    changed.environmentVariables = environmentVariables.map((entry) => ({ ...entry, value: put(entry.value) }));
  }
  return Object.keys(changed).length === 0 ? action : { ...action, ...changed };
}
