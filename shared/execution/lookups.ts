import { actionKey } from '../model/declaration.ts';
import type { FailureCode } from '../providers/host.ts';
import type { ArtifactRecord } from './events.ts';
import { type ExecutionState, stageOf } from './executionState.ts';
import { type ActionPlace, runsBefore, shapeOf } from './shape.ts';
import { resultOfAction } from './startingResults.ts';
import {
  isPlain,
  MAX_RESOLVED_CONFIGURATION_BYTES,
  recordBytes,
  resolve,
  type VariableLookup,
  type VariableReference,
} from './variables.ts';

/** What both actions and rules are prepared with: variables, input artifacts, and what is wrong with them. */

/** Who asks: sees what ran before it. */
export interface Asker {
  name: string;
  stageIndex: number;
  /** Actions of its stage with a smaller one have run before it. */
  runOrder: number;
  /** Sources do not see the pipeline's variables (semantics §10). */
  isSource: boolean;
  inputArtifacts: readonly { name: string }[];
}

export interface Failure {
  code: FailureCode;
  message: string;
  fix?: string;
}

/**
 * The variables that can be seen: the execution's id, the pipeline's, those of actions before. What a person set at a
 * breakpoint comes before all of them.
 */
export function lookupFor(state: ExecutionState, { stageIndex, runOrder, isSource }: Asker): VariableLookup {
  return (namespace, key) => {
    const changed = own(state.changedVariables, `${namespace}.${key}`);
    if (changed !== undefined) return changed;
    if (namespace === 'codepipeline') return key === 'PipelineExecutionId' ? state.pipelineExecutionId : undefined;
    if (namespace === 'variables') return isSource ? undefined : own(state.variables, key);
    const place = shapeOf(state.declaration).namespaces.get(namespace);
    if (!place || !runsBefore(place, stageIndex, runOrder)) return undefined;
    return own(resultAt(state, place)?.outputVariables ?? {}, key);
  };
}

const own = (record: Readonly<Record<string, string>>, key: string): string | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;

const resultAt = (state: ExecutionState, { stageIndex, actionIndex }: ActionPlace) =>
  resultOfAction(state, stageIndex, actionIndex);

/** The input artifacts as they are now, up to the first that does not exist. */
export function findInputs(
  state: ExecutionState,
  asker: Asker,
): { inputArtifacts: ArtifactRecord[]; failure?: Failure } {
  const found = asker.inputArtifacts.map(({ name }) => {
    const place = producerBefore(state, asker, name);
    return place && resultAt(state, place)?.outputArtifacts.find((output) => output.name === name);
  });
  if (found.every((artifact) => artifact !== undefined)) return { inputArtifacts: found };
  const first = found.indexOf(undefined);
  const failure = missingInput(state, asker, asker.inputArtifacts[first]?.name ?? '');
  return { inputArtifacts: found.slice(0, first).filter((artifact) => artifact !== undefined), failure };
}

/** Who makes an artifact, when that has always ended before the asker starts. */
function producerBefore(state: ExecutionState, asker: Asker, name: string): ActionPlace | undefined {
  const place = shapeOf(state.declaration).producers.get(name);
  return place && runsBefore(place, asker.stageIndex, asker.runOrder) ? place : undefined;
}

function missingInput(state: ExecutionState, asker: Asker, name: string): Failure {
  const place = producerBefore(state, asker, name);
  const stage = place && state.declaration.stages[place.stageIndex];
  const producer = place && stage?.actions[place.actionIndex]?.name;
  const fail = (why: string, fix: string): Failure => ({
    code: 'ConfigurationError',
    message: `Input artifact "${name}" does not exist: ${why}`,
    fix,
  });
  if (!stage || producer === undefined) {
    return fail(
      `no action before ${asker.name} made it.`,
      `Add "${name}" to the outputs of an earlier action, or remove it from the inputs of ${asker.name}.`,
    );
  }
  if (resultAt(state, place)) {
    return fail(
      `${actionKey(stage.name, producer)} succeeded without making it.`,
      `Let ${producer} write the files of "${name}", then retry.`,
    );
  }
  const isSkipped = stageOf(state, stage.name)?.status === 'Skipped';
  return fail(
    `${actionKey(stage.name, producer)}, which makes it, did not run${isSkipped ? ': its stage was skipped' : ''}.`,
    `Remove "${name}" from the inputs of ${asker.name}, or let ${producer} run.`,
  );
}

/** Puts the values of variables into a text; notes in `missing` what can not be resolved, and leaves the text as it is. */
export const resolver = (lookup: VariableLookup, missing: VariableReference[]) => (text: string) => {
  if (isPlain(text)) return text;
  const answer = resolve(text, lookup);
  if ('value' in answer) return answer.value;
  missing.push(...answer.missing);
  return text;
};

/** The same object when nothing has to be replaced, which is so for most configurations. */
export const resolveRecord = <R extends Record<string, string>>(
  record: R,
  put: (text: string) => string,
): R | Record<string, string> =>
  Object.values(record).every(isPlain)
    ? record
    : Object.fromEntries(Object.entries(record).map(([key, text]) => [key, put(text)]));

/** */
export function unresolved(where: string, missing: readonly VariableReference[]): Failure | undefined {
  if (missing.length === 0) return undefined;
  const names = [...new Set(missing.map((reference) => reference.text))].join(', ');
  return {
    code: 'ConfigurationError',
    message: `One or more variables of ${where} could not be resolved: ${names}.`,
    fix: 'Use a variable that an action before this one sets (its namespace and key, upper and lower case as written there).',
  };
}

/** */
export function tooLong(
  where: string,
  resolved: Record<string, string>,
  declared: Record<string, string> | undefined,
): Failure | undefined {
  if (resolved === declared) return undefined; // plain values are bounded by the declaration's own limits
  const bytes = recordBytes(resolved);
  if (bytes <= MAX_RESOLVED_CONFIGURATION_BYTES) return undefined;
  return {
    code: 'ConfigurationError',
    message: `With its variables resolved the configuration of ${where} is ${bytes} bytes long; CodePipeline takes at most ${MAX_RESOLVED_CONFIGURATION_BYTES}.`,
    fix: 'Pass long values in an artifact instead of a variable.',
  };
}
