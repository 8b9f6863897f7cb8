import { type Problem, problem } from '../problem.ts';
import type { PipelineDeclaration } from './declaration.ts';
import { placeOf } from './place.ts';
import { entryOf, type MapNode, type Path, type SeqNode, type TextNode, toValue } from './textTree.ts';

/**
 * Reads a declaration out of a text so that every later reader may trust its structure: lists are lists, names are texts.
 * What does not fit is coerced where its meaning is plain (a number where a text belongs) and left out otherwise; either way
 * the fault is reported with its place. Limits, patterns and required fields are validation's business, not this file's.
 */

type Shape =
  | { kind: 'text' | 'number'; required?: boolean }
  | { kind: 'list'; item: Shape; required?: boolean }
  | { kind: 'map'; item: Shape; required?: boolean }
  | { kind: 'object'; fields: Readonly<Record<string, Shape>>; required?: boolean };

const text: Shape = { kind: 'text' };
const requiredText: Shape = { kind: 'text', required: true };
const number: Shape = { kind: 'number' };
const list = (item: Shape): Shape => ({ kind: 'list', item });
const requiredList = (item: Shape): Shape => ({ kind: 'list', item, required: true });
const map = (item: Shape): Shape => ({ kind: 'map', item });
const object = (fields: Readonly<Record<string, Shape>>): Shape => ({ kind: 'object', fields });
const requiredObject = (fields: Readonly<Record<string, Shape>>): Shape => ({ kind: 'object', fields, required: true });

const artifactStore = object({ type: text, location: text, encryptionKey: object({ id: text, type: text }) });
const artifacts = list(object({ name: requiredText, files: list(text) }));
const rule = object({
  name: requiredText,
  ruleTypeId: requiredObject({ category: requiredText, owner: text, provider: requiredText, version: text }),
  configuration: map(text),
  commands: list(text),
  inputArtifacts: artifacts,
  roleArn: text,
  region: text,
  timeoutInMinutes: number,
});
const conditions = list(object({ result: text, rules: list(rule) }));
const action = object({
  name: requiredText,
  actionTypeId: requiredObject({
    category: requiredText,
    owner: requiredText,
    provider: requiredText,
    version: requiredText,
  }),
  runOrder: number,
  configuration: map(text),
  commands: list(text),
  environmentVariables: list(object({ name: requiredText, value: requiredText, type: text })),
  outputVariables: list(text),
  inputArtifacts: artifacts,
  outputArtifacts: artifacts,
  roleArn: text,
  region: text,
  namespace: text,
  timeoutInMinutes: number,
});
const stage = object({
  name: requiredText,
  actions: requiredList(action),
  blockers: list(object({ name: text, type: text })),
  beforeEntry: object({ conditions }),
  onSuccess: object({ conditions }),
  onFailure: object({ result: text, retryConfiguration: object({ retryMode: text }), conditions }),
});
const filter = object({ includes: list(text), excludes: list(text) });
const pipelineShape = object({
  name: requiredText,
  roleArn: text,
  artifactStore,
  artifactStores: map(artifactStore),
  stages: requiredList(stage),
  version: number,
  executionMode: text,
  pipelineType: text,
  variables: list(object({ name: requiredText, defaultValue: text, description: text })),
  triggers: list(
    object({
      providerType: text,
      gitConfiguration: requiredObject({
        sourceActionName: requiredText,
        push: list(object({ tags: filter, branches: filter, filePaths: filter })),
        pullRequest: list(object({ events: list(text), branches: filter, filePaths: filter })),
      }),
    }),
  ),
});

const called = { text: 'a text', number: 'a number', list: 'a list', object: 'an object' };

function calledOf(shape: Shape): string {
  if (shape.kind !== 'map') return called[shape.kind];
  return shape.item.kind === 'text' ? 'a mapping of keys to texts' : 'an object with a key for each Region';
}

/** More than this is not a pipeline that a canvas could show; AWS allows 1,000. */
const MAX_ACTIONS = 5000;
const MAX_FAULTS = 200;

function countActions(stages: SeqNode): number {
  let count = 0;
  for (const stage of stages.items) {
    const actions = stage.kind === 'map' ? entryOf(stage, 'actions')?.node : undefined;
    if (actions?.kind === 'seq') count += actions.items.length;
  }
  return count;
}

export function readDeclaration(
  node: MapNode,
  at: (offset: number) => { line: number; column: number },
): { pipeline: PipelineDeclaration | undefined; problems: Problem[] } {
  // Refused before it is read: a million stages would make a million faults.
  const stages = entryOf(node, 'stages')?.node;
  const actions = stages?.kind === 'seq' ? countActions(stages) : 0;
  if (actions > MAX_ACTIONS || (stages?.kind === 'seq' && stages.items.length > MAX_ACTIONS)) {
    const what = `The pipeline has ${(stages as SeqNode).items.length} stages and ${actions} actions; AWS allows 50 and 1,000, and more than ${MAX_ACTIONS} are not read.`;
    const fix = 'Split it into several pipelines.';
    const place = at(stages!.start);
    return {
      pipeline: undefined,
      problems: [problem({ code: 'text.too-many-actions', where: '', what, fix, ...place })],
    };
  }
  const faults: { path: Path; node: TextNode; what: string; fix: string }[] = [];
  const missing = Symbol('missing');

  function read(node: TextNode, shape: Shape, path: Path): unknown {
    if (node.kind === 'scalar') {
      if (shape.kind === 'text') {
        if (typeof node.value === 'string') return node.value;
        if (node.value !== null) return wrong(node, shape, path, node.source);
      }
      if (shape.kind === 'number') {
        if (typeof node.value === 'number' && Number.isFinite(node.value)) return node.value;
        if (typeof node.value === 'string' && /^\d{1,9}$/.test(node.value))
          return wrong(node, shape, path, Number(node.value));
      }
      // `inputArtifacts: [Source]` is how Terraform and people write it.
      if (shape.kind === 'object' && Object.hasOwn(shape.fields, 'files') && typeof node.value === 'string') {
        return wrong(node, shape, path, { name: node.value });
      }
      return wrong(node, shape, path, missing);
    }
    if (node.kind === 'seq') {
      if (shape.kind !== 'list') return wrong(node, shape, path, missing);
      const items = node.items.map((item, index) => read(item, shape.item, [...path, index]));
      // An unreadable item keeps its place, so that paths into the text stay true.
      return items.map((item) => (item === missing ? emptyOf(shape.item) : item));
    }
    if (shape.kind !== 'map' && shape.kind !== 'object') return wrong(node, shape, path, missing);
    const value: Record<string, unknown> = {};
    for (const { key, node: child } of node.entries) {
      if (key === '__proto__') continue;
      const known =
        shape.kind === 'map' ? shape.item : Object.hasOwn(shape.fields, key) ? shape.fields[key] : undefined;
      const result = known ? read(child, known, [...path, key]) : toValue(child);
      if (result !== missing) value[key] = result;
      else if (known && shape.kind === 'map' && known.kind === 'text') value[key] = '';
    }
    return shape.kind === 'object' ? fill(value, shape) : value;
  }

  function wrong(node: TextNode, shape: Shape, path: Path, value: unknown): unknown {
    const isScalar = node.kind === 'scalar' && node.value !== null;
    const found =
      node.kind === 'seq'
        ? 'a list'
        : node.kind === 'map'
          ? 'an object'
          : node.value === null
            ? 'nothing'
            : node.source;
    const fix =
      shape.kind === 'text' && isScalar
        ? `Write it in double quotes: "${node.source}".`
        : shape.kind === 'number' && value !== missing
          ? 'Write the number without quotes.'
          : shape.kind === 'object' && value !== missing
            ? `Write {"name": "…"}.`
            : `Write ${calledOf(shape)}, or remove the field.`;
    faults.push({
      path,
      node,
      what: `"${String(path.at(-1))}" must be ${calledOf(shape)}; here stands ${short(found)}.`,
      fix,
    });
    return value;
  }

  const pipeline = read(node, pipelineShape, []) as PipelineDeclaration;
  const problems = faults
    .slice(0, MAX_FAULTS)
    .map(({ path, node: place, what, fix }) =>
      problem({ code: 'text.wrong-type', ...placeOf(pipeline, path), what, fix, ...at(place.start) }),
    );
  return { pipeline, problems };
}

const short = (found: string) => (found.length > 40 ? `${found.slice(0, 40)}…` : found);

/** Required members that are absent, filled so that they are safe to read; validation says that they are missing. */
function fill(value: Record<string, unknown>, shape: Shape & { kind: 'object' }): Record<string, unknown> {
  for (const [key, field] of Object.entries(shape.fields)) {
    if (field.required && !Object.hasOwn(value, key)) value[key] = emptyOf(field);
  }
  return value;
}

function emptyOf(shape: Shape): unknown {
  if (shape.kind === 'list') return [];
  if (shape.kind === 'map') return {};
  if (shape.kind === 'object') return fill({}, shape);
  return '';
}
