import type { ActionDeclaration } from '../model/declaration.ts';
import type { FailureCode } from '../providers/host.ts';
import type { ArtifactRecord } from './events.ts';
import type { ActionAttempt, ExecutionState } from './executionState.ts';
import { type ActionPlace, type PlacedAction, runsBefore, shapeOf } from './shape.ts';
import {
  isPlain,
  MAX_RESOLVED_CONFIGURATION_BYTES,
  recordBytes,
  resolve,
  type VariableLookup,
  type VariableReference,
} from './variables.ts';

/** What an action is started with; with a `failure` it is started and fails at once (semantics §3, §10). */
export interface PreparedAction {
  /** `configuration`, `commands` and the values of `environmentVariables` are resolved. */
  action: ActionDeclaration;
  resolvedConfiguration: Record<string, string>;
  inputArtifacts: ArtifactRecord[];
  failure?: { code: FailureCode; message: string; fix?: string };
}

/** Resolves an action's variables and finds its input artifacts, both as they are now: a retry sees what is newest. */
export function prepareAction(state: ExecutionState, stageIndex: number, { action }: PlacedAction): PreparedAction {
  const { inputArtifacts, failure: missingInput } = findInputs(state, stageIndex, action);
  const missing: VariableReference[] = [];
  const resolved = resolveAction(action, lookupFor(state, stageIndex, action), missing);
  const resolvedConfiguration = resolved.configuration ?? {};
  const failure = missingInput ?? unresolved(action, missing) ?? tooLong(action, resolvedConfiguration);
  const prepared = { action: resolved, resolvedConfiguration, inputArtifacts };
  return failure ? { ...prepared, failure } : prepared;
}

/** The variables an action may see: its execution's id, the pipeline's (not for sources), those of actions before it. */
export function lookupFor(state: ExecutionState, stageIndex: number, action: ActionDeclaration): VariableLookup {
  const runOrder = action.runOrder ?? 1;
  return (namespace, key) => {
    if (namespace === 'codepipeline') return key === 'PipelineExecutionId' ? state.pipelineExecutionId : undefined;
    if (namespace === 'variables') {
      return action.actionTypeId.category === 'Source' ? undefined : own(state.variables, key);
    }
    const place = shapeOf(state.declaration).namespaces.get(namespace);
    if (!place || !runsBefore(place, stageIndex, runOrder)) return undefined;
    return own(latestSuccess(state, place)?.outputVariables ?? {}, key);
  };
}

const own = (record: Readonly<Record<string, string>>, key: string): string | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;

/** The newest attempt that succeeded: its artifacts and variables replaced those of every attempt before (semantics §7). */
function latestSuccess(state: ExecutionState, place: ActionPlace): ActionAttempt | undefined {
  let attempt = state.stages[place.stageIndex]?.actions[place.actionIndex];
  while (attempt && attempt.status !== 'Succeeded') attempt = attempt.previous;
  return attempt;
}

function findInputs(
  state: ExecutionState,
  stageIndex: number,
  action: ActionDeclaration,
): Pick<PreparedAction, 'inputArtifacts' | 'failure'> {
  const inputArtifacts: ArtifactRecord[] = [];
  for (const { name } of action.inputArtifacts ?? []) {
    const place = shapeOf(state.declaration).producers.get(name);
    const producer =
      place && runsBefore(place, stageIndex, action.runOrder ?? 1) ? latestSuccess(state, place) : undefined;
    const artifact = producer?.outputArtifacts.find((output) => output.name === name);
    if (artifact) {
      inputArtifacts.push(artifact);
      continue;
    }
    const message = producer
      ? `Input artifact "${name}" does not exist: ${producer.stageName}/${producer.actionName} succeeded without making it.`
      : `Input artifact "${name}" does not exist: no action before ${action.name} made it.`;
    const fix = producer
      ? `Let ${producer.actionName} write the files of "${name}", then retry.`
      : `Add "${name}" to the outputs of an earlier action, or remove it from the inputs of ${action.name}.`;
    return { inputArtifacts, failure: { code: 'ConfigurationError', message, fix } };
  }
  return { inputArtifacts };
}

/** The same object when nothing had to be replaced, which is so for most actions. */
function resolveAction(
  action: ActionDeclaration,
  lookup: VariableLookup,
  missing: VariableReference[],
): ActionDeclaration {
  const put = (text: string): string => {
    if (isPlain(text)) return text;
    const answer = resolve(text, lookup);
    if ('value' in answer) return answer.value;
    missing.push(...answer.missing);
    return text;
  };
  const { configuration, commands, environmentVariables } = action;
  const changed: Partial<ActionDeclaration> = {};
  if (configuration && !Object.values(configuration).every(isPlain)) {
    changed.configuration = Object.fromEntries(Object.entries(configuration).map(([key, text]) => [key, put(text)]));
  }
  if (commands && !commands.every(isPlain)) changed.commands = commands.map(put);
  if (environmentVariables && !environmentVariables.every(({ value }) => isPlain(value))) {
    changed.environmentVariables = environmentVariables.map((entry) => ({ ...entry, value: put(entry.value) }));
  }
  return Object.keys(changed).length === 0 ? action : { ...action, ...changed };
}

function unresolved(action: ActionDeclaration, missing: readonly VariableReference[]): PreparedAction['failure'] {
  if (missing.length === 0) return undefined;
  const names = [...new Set(missing.map((reference) => reference.text))].join(', ');
  return {
    code: 'ConfigurationError',
    message: `One or more variables of ${action.name} could not be resolved: ${names}.`,
    fix: 'Use a variable that an action before this one sets (its namespace and key, upper and lower case as written there).',
  };
}

function tooLong(action: ActionDeclaration, configuration: Record<string, string>): PreparedAction['failure'] {
  if (configuration === action.configuration) return undefined; // plain values are bounded by the declaration's own limits
  const bytes = recordBytes(configuration);
  if (bytes <= MAX_RESOLVED_CONFIGURATION_BYTES) return undefined;
  return {
    code: 'ConfigurationError',
    message: `With its variables resolved the configuration of ${action.name} is ${bytes} bytes long; CodePipeline takes at most ${MAX_RESOLVED_CONFIGURATION_BYTES}.`,
    fix: 'Pass long values in an artifact instead of a variable.',
  };
}
