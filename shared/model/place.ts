import type { PipelineDeclaration } from './declaration.ts';

type Path = (string | number)[];

/** Fields of an action outside its configuration. */
const actionFields = new Set(
  'name actionTypeId runOrder configuration commands environmentVariables outputVariables inputArtifacts outputArtifacts roleArn region namespace timeoutInMinutes'.split(
    ' ',
  ),
);

/**
 * The path in the declaration of a Problem's place: `where` is '' | 'Stage' | 'Stage/Action'; `field` is a declaration field,
 * dotted below it ('inputArtifacts.0.name'), or a key of the action's configuration. Undefined when there is no such place.
 */
export function pathOf(pipeline: PipelineDeclaration, where: string, field?: string): Path | undefined {
  if (where === '') return field === undefined ? [] : segments(field);
  const stageIndex = pipeline.stages.findIndex((stage) => stage.name === where);
  if (stageIndex >= 0) return ['stages', stageIndex, ...(field === undefined ? [] : segments(field))];
  for (const [index, stage] of pipeline.stages.entries()) {
    const actionIndex = stage.actions.findIndex((action) => `${stage.name}/${action.name}` === where);
    if (actionIndex < 0) continue;
    const path: Path = ['stages', index, 'actions', actionIndex];
    if (field === undefined) return path;
    const configuration = stage.actions[actionIndex]?.configuration;
    const isDeclared = actionFields.has(field.split('.')[0]!);
    const isKey = configuration !== undefined && Object.hasOwn(configuration, field);
    return isKey || !isDeclared ? [...path, 'configuration', field] : [...path, ...segments(field)];
  }
  return undefined;
}

const segments = (field: string): Path => field.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));

/** The reverse of pathOf: how a Problem names a path. Unnamed stages and actions are named by their index in `field`. */
export function placeOf(pipeline: unknown, path: readonly PropertyKey[]): { where: string; field?: string } {
  const joined = (rest: readonly PropertyKey[]) => (rest.length > 0 ? { field: rest.map(String).join('.') } : {});
  const stage = path[0] === 'stages' && path.length > 1 ? at(at(pipeline, 'stages'), path[1]!) : undefined;
  const stageName = at(stage, 'name');
  if (typeof stageName !== 'string' || stageName === '') return { where: '', ...joined(path) };
  const action = path[2] === 'actions' && path.length > 3 ? at(at(stage, 'actions'), path[3]!) : undefined;
  const actionName = at(action, 'name');
  if (typeof actionName !== 'string' || actionName === '') return { where: stageName, ...joined(path.slice(2)) };
  const rest = path.slice(4);
  const where = `${stageName}/${actionName}`;
  if (rest[0] === 'configuration' && rest.length === 2) return { where, field: String(rest[1]) };
  return { where, ...joined(rest) };
}

function at(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<PropertyKey, unknown>)[key]
    : undefined;
}
