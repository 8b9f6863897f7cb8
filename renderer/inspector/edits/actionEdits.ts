import type { ActionDeclaration, PipelineDeclaration } from '../../../shared/model/declaration.ts';
import type { Change } from '../../../shared/model/edits/change.ts';
import { strings } from '../../strings/strings.ts';

const words = strings.inspector.edits;

type Path = (string | number)[];
/** An action, or a rule: what both have. */
type Configured = Pick<ActionDeclaration, 'name' | 'configuration'>;
type TakesInput = Pick<ActionDeclaration, 'name' | 'inputArtifacts'>;

/** Path of an action in the declaration, or undefined when there is none of that name. */
export function actionPath(pipeline: PipelineDeclaration, stageName: string, actionName: string): Path | undefined {
  const stageIndex = pipeline.stages.findIndex((stage) => stage.name === stageName);
  const actionIndex = pipeline.stages[stageIndex]?.actions.findIndex((action) => action.name === actionName) ?? -1;
  return actionIndex < 0 ? undefined : ['stages', stageIndex, 'actions', actionIndex];
}

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0);

const sameJson = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Sets one field of an action; '' and [] remove it (AWS accepts neither). */
export function setActionField(action: { name: string }, path: Path, field: string, value: unknown): Change {
  const before = (action as Record<string, unknown> & typeof action)[field];
  const after = isEmpty(value) ? undefined : value;
  const label = (after === undefined ? words.clear : words.change)(field, action.name);
  return { label, edits: sameJson(before, after) ? [] : [{ path: [...path, field], value: after }] };
}

/** Sets one configuration key; '' removes it, and with the last key the configuration itself. */
export function setConfiguration(action: Configured, path: Path, key: string, value: string): Change {
  const label = (value === '' ? words.clear : words.change)(key, action.name);
  const configuration = action.configuration ?? {};
  const before = Object.hasOwn(configuration, key) ? configuration[key] : undefined;
  if ((before ?? '') === value) return { label, edits: [] };
  const target = [...path, 'configuration'];
  if (value === '') {
    const isLast = Object.keys(configuration).length === 1;
    return { label, edits: [{ path: isLast ? target : [...target, key], value: undefined }] };
  }
  // Setting a key of an object that is not there yet would leave it to the text editor to invent one.
  return action.configuration
    ? { label, edits: [{ path: [...target, key], value }] }
    : { label, edits: [{ path: target, value: { [key]: value } }] };
}

/** Adds an input artifact. */
export function connectInput(action: TakesInput, path: Path, artifactName: string): Change {
  const inputs = action.inputArtifacts ?? [];
  const label = words.connect(artifactName, action.name);
  if (inputs.some((input) => input.name === artifactName)) return { label, edits: [] };
  return { label, edits: [{ path: [...path, 'inputArtifacts'], value: [...inputs, { name: artifactName }] }] };
}

/** Removes an input artifact. */
export function disconnectInput(action: TakesInput, path: Path, artifactName: string): Change {
  const label = words.disconnect(artifactName, action.name);
  const left = (action.inputArtifacts ?? []).filter((input) => input.name !== artifactName);
  return { label, edits: [{ path: [...path, 'inputArtifacts'], value: left }] };
}

/** Adds an output artifact under a name that no other action uses. */
export function addOutput(pipeline: PipelineDeclaration, action: ActionDeclaration, path: Path): Change {
  const taken = new Set(
    pipeline.stages.flatMap((stage) => stage.actions.flatMap((a) => (a.outputArtifacts ?? []).map((o) => o.name))),
  );
  const base = `${action.name.replace(/[^a-zA-Z0-9_-]/g, '')}Output`.slice(0, 90);
  let name = base;
  for (let number = 2; taken.has(name); number += 1) name = `${base}${number}`;
  return {
    label: words.addOutput(name, action.name),
    edits: [{ path: [...path, 'outputArtifacts'], value: [...(action.outputArtifacts ?? []), { name }] }],
  };
}

/** Removes an output artifact; inputs that named it become problems with a fix, as everywhere. */
export function removeOutput(action: ActionDeclaration, path: Path, artifactName: string): Change {
  const left = (action.outputArtifacts ?? []).filter((output) => output.name !== artifactName);
  return {
    label: words.removeOutput(artifactName, action.name),
    edits: [{ path: [...path, 'outputArtifacts'], value: left.length ? left : undefined }],
  };
}
