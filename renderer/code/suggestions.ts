import type { z } from 'zod';
import { type ActionDeclaration, type PipelineDeclaration, pipelineSchema } from '../../shared/model/declaration.ts';
import { regionNames } from '../../shared/model/regionNames.ts';
import type { Path } from '../../shared/model/textTree.ts';
import type { Field } from '../../shared/providers/provider.ts';
import { findProvider, findRuleType, providers, ruleTypes } from '../../shared/providers/table.ts';
import { availableArtifacts } from '../inspector/edits/available.ts';
import { isRequired } from '../inspector/fieldState.ts';
import { scopeAt } from '../inspector/variables/scopeAt.ts';
import { strings } from '../strings/strings.ts';
import type { CursorContext } from './cursorContext.ts';
import { helpOf } from './fieldHelp.ts';

export interface Suggestion {
  label: string;
  /** A few words beside it. */
  detail: string;
  help: string;
  /** What a new key begins with. */
  shape?: 'text' | 'number' | 'object' | 'list';
  /** A reference `#{…}`: it goes into a text instead of taking its place. */
  isReference?: boolean;
}

const said = (text: string): string => strings.provided.text(text);

type Schema = z.core.$ZodType;
interface Definition {
  type: string;
  innerType?: Schema;
  element?: Schema;
  valueType?: Schema;
  shape?: Record<string, Schema>;
  entries?: Record<string, string>;
}
const definitionOf = (schema: Schema): Definition => {
  const definition = schema._zod.def as unknown as Definition;
  return definition.innerType ? definitionOf(definition.innerType) : definition;
};

/** What the declaration's schema says of a place; undefined outside of what it knows. */
function schemaAt(path: Path): Definition | undefined {
  let definition: Definition | undefined = definitionOf(pipelineSchema);
  for (const segment of path) {
    const child: Schema | undefined =
      typeof segment === 'number' ? definition?.element : (definition?.shape?.[segment] ?? definition?.valueType);
    if (!child) return undefined;
    definition = definitionOf(child);
  }
  return definition;
}

const shapeOf = (schema: Schema): NonNullable<Suggestion['shape']> => {
  const { type } = definitionOf(schema);
  if (type === 'array') return 'list';
  if (type === 'object' || type === 'record') return 'object';
  return type === 'number' ? 'number' : 'text';
};

/** Where the cursor is, in the words of a pipeline. The declaration may be half written, so nothing of it is certain. */
function surroundings(pipeline: PipelineDeclaration, path: Path) {
  const stage = path[0] === 'stages' ? pipeline.stages[Number(path[1])] : undefined;
  const action = path[2] === 'actions' ? stage?.actions[Number(path[3])] : undefined;
  const rulePath = /^stages\.\d+\.(?:beforeEntry|onSuccess|onFailure)\.conditions\.\d+\.rules\.\d+/.exec(
    path.join('.'),
  );
  const rule = rulePath
    ? (valueAt(pipeline, rulePath[0].split('.')) as
        | { ruleTypeId?: { provider: string }; configuration?: Record<string, string> }
        | undefined)
    : undefined;
  return {
    stage,
    action,
    rule,
    isRule: rulePath !== null,
    rest: rulePath ? path.slice(7) : action ? path.slice(4) : path,
  };
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  let found = value;
  for (const segment of path)
    found =
      typeof found === 'object' && found !== null && Object.hasOwn(found, segment)
        ? (found as Record<string | number, unknown>)[segment]
        : undefined;
  return found;
}

function fieldsFor(pipeline: PipelineDeclaration, path: Path): Readonly<Record<string, Field>> | undefined {
  const { action, rule, rest } = surroundings(pipeline, path);
  if (rest[0] !== 'configuration') return undefined;
  if (rule?.ruleTypeId) return findRuleType(rule.ruleTypeId)?.configuration;
  return action?.actionTypeId ? findProvider(action.actionTypeId).configuration : undefined;
}

/** What may stand at the cursor, what is needed first. */
export function suggestionsAt(pipeline: PipelineDeclaration, context: CursorContext): Suggestion[] {
  if (context.isKey) return keysAt(pipeline, context.path);
  const reference = /#(\{[\w.@-]*)?$/.exec(context.typed);
  if (reference && context.typed.length > 0) return variablesAt(pipeline, context.path);
  return valuesAt(pipeline, context.path);
}

function keysAt(pipeline: PipelineDeclaration, path: Path): Suggestion[] {
  const present = valueAt(pipeline, path);
  const isAbsent = ({ label }: Suggestion) =>
    typeof present !== 'object' || present === null || !Object.hasOwn(present, label);
  const fields = fieldsFor(pipeline, [...path, '']);
  if (fields) {
    const { action } = surroundings(pipeline, path);
    const configuration = (present ?? {}) as Record<string, string>;
    const needs = (field: Field) => isRequired(field.required, configuration, action?.inputArtifacts?.length ?? 0);
    return Object.entries(fields)
      .map(([label, field]) => ({
        label,
        detail: needs(field) ? strings.code.required(said(field.label)) : said(field.label),
        help: said(field.help),
        shape: 'text' as const,
        isFirst: needs(field),
      }))
      .sort((a, b) => Number(b.isFirst) - Number(a.isFirst))
      .filter(isAbsent);
  }
  if (path.length === 1 && path[0] === 'artifactStores')
    return regions()
      .map((region) => ({ ...region, shape: 'object' as const }))
      .filter(isAbsent);
  return Object.entries(schemaAt(path)?.shape ?? {})
    .map(([label, schema]) => {
      const shape = shapeOf(schema);
      return { label, detail: '', help: helpOf([...path, label]) ?? '', shape };
    })
    .filter(isAbsent);
}

const plain = (labels: readonly string[], detail = ''): Suggestion[] =>
  labels.map((label) => ({ label, detail, help: '' }));
const regions = () => plain(regionNames, strings.code.region);

function valuesAt(pipeline: PipelineDeclaration, path: Path): Suggestion[] {
  const { stage, action, isRule, rest } = surroundings(pipeline, path);
  const place = rest.filter((segment) => typeof segment === 'string').join('.');
  if (place === 'actionTypeId.provider') return providersFor(action);
  if (place === 'ruleTypeId.provider')
    return ruleTypes.map(({ ruleTypeId, label, help }) => ({
      label: ruleTypeId.provider,
      detail: said(label),
      help: said(help),
    }));
  if (place === 'actionTypeId.version' || place === 'ruleTypeId.version') return plain(['1']);
  if (place === 'region') return regions();
  if (place === 'inputArtifacts.name' && stage)
    return artifactsFor(pipeline, stage.name, isRule ? Number.POSITIVE_INFINITY : (action?.runOrder ?? 1));
  if (place === 'triggers.gitConfiguration.sourceActionName')
    return (pipeline.stages[0]?.actions ?? []).map(({ name }) => ({
      label: name,
      detail: strings.code.sourceAction,
      help: '',
    }));
  const field = fieldsFor(pipeline, path)?.[String(rest[1])];
  if (field) return valuesOf(field, action);
  return plain(Object.values(schemaAt(path)?.entries ?? {}));
}

function providersFor(action: ActionDeclaration | undefined): Suggestion[] {
  const given = action?.actionTypeId;
  const isFor = ({ category, owner }: { category: string; owner: string }) =>
    (!given?.category || given.category === category) && (!given?.owner || given.owner === owner);
  return providers
    .filter(({ actionTypeId, status }) => isFor(actionTypeId) && status !== 'retired')
    .map(({ actionTypeId, label, help }) => ({
      label: actionTypeId.provider,
      detail: given?.category ? said(label) : `${said(label)}, ${actionTypeId.category}`,
      help: said(help),
    }));
}

const artifactsFor = (pipeline: PipelineDeclaration, stageName: string, runOrder: number): Suggestion[] =>
  availableArtifacts(pipeline, stageName, runOrder)
    .filter(({ name }) => name !== '')
    .map(({ name, producer }) => ({ label: name, detail: producer, help: strings.code.madeBy(producer) }));

function valuesOf(field: Field, action: ActionDeclaration | undefined): Suggestion[] {
  const usual = field.default === undefined ? '' : field.default;
  const listed = field.values ?? (field.type === 'boolean' ? ['true', 'false'] : usual === '' ? [] : [usual]);
  if (field.type === 'artifactName')
    return (action?.inputArtifacts ?? []).map(({ name }) => ({
      label: name,
      detail: strings.code.inputArtifact,
      help: said(field.help),
    }));
  if (field.type === 'artifactFile')
    return (action?.inputArtifacts ?? []).map(({ name }) => ({
      label: `${name}::`,
      detail: strings.code.fileOfIt,
      help: said(field.help),
    }));
  return listed.map((label) => ({
    label,
    detail: label === usual ? strings.code.usual : '',
    help: said(field.help),
  }));
}

function variablesAt(pipeline: PipelineDeclaration, path: Path): Suggestion[] {
  const { stage, action, isRule } = surroundings(pipeline, path);
  if (!stage) return [];
  const place = isRule
    ? ({ stageName: stage.name, set: 'onSuccess' } as const)
    : { stageName: stage.name, actionName: action?.name ?? '' };
  return scopeAt(pipeline, place)
    .filter(({ reason }) => reason === undefined)
    .flatMap(({ namespace, title, keys }) =>
      keys.map(({ key, help }) => ({ label: `#{${namespace}.${key}}`, detail: title, help, isReference: true })),
    );
}

/** What the word at a place means; undefined where there is nothing to say. */
export function meaningAt(
  pipeline: PipelineDeclaration,
  { path, isKey }: Pick<CursorContext, 'path' | 'isKey'>,
  word: string,
): { title: string; text: string } | undefined {
  const full = isKey ? [...path, word] : path;
  const key = String(full.at(-1) ?? '');
  const field = fieldsFor(pipeline, full)?.[key];
  if (field) {
    const facts = [said(field.help)];
    if (field.values) facts.push(strings.code.oneOf(field.values.join(', ')));
    if (field.default !== undefined) facts.push(strings.code.whenAbsent(field.default));
    return { title: `${key}: ${said(field.label)}`, text: facts.join(' ') };
  }
  const { action, rule, rest } = surroundings(pipeline, full);
  const place = rest.join('.');
  if (!isKey && place === 'actionTypeId.provider' && action) {
    const { label, help, local } = findProvider(action.actionTypeId);
    const text = strings.code.inLocalRun(said(help), local.fidelity, said(local.note));
    return { title: said(label), text };
  }
  if (!isKey && place === 'ruleTypeId.provider' && rule?.ruleTypeId) {
    const type = findRuleType(rule.ruleTypeId);
    return type && { title: said(type.label), text: said(type.help) };
  }
  if (!isKey && /^inputArtifacts\.\d+\.name$/.test(place)) {
    const maker = pipeline.stages
      .flatMap((stage) => stage.actions.map((one) => ({ stage, one })))
      .find(({ one }) => one.outputArtifacts?.some(({ name }) => name === word));
    if (maker) return { title: word, text: strings.code.madeBy(`${maker.stage.name}/${maker.one.name}`) };
  }
  const help = helpOf(full);
  return help === undefined ? undefined : { title: key, text: help };
}
