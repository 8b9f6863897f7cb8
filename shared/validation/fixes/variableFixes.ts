import { findReferences, type VariableReference } from '../../execution/variables.ts';
import { rewriteText } from '../../model/edits/lookupTexts.ts';
import { renameNamespace } from '../../model/edits/renames.ts';
import { uniqueName } from '../../model/edits/uniqueName.ts';
import { nearest } from '../../model/nearest.ts';
import { type ActionAt, isBefore } from '../ruleContext.ts';
import { outputVariablesOf } from '../rules/variables.ts';
import { behind } from './artifactFixes.ts';
import {
  type Faulty,
  type Fixer,
  insert,
  nearestFirst,
  pathOfAction,
  type QuickFix,
  remove,
  renaming,
  set,
} from './quickFix.ts';

/** Namespaces, pipeline variables and references to variables. */
export const variableFixers: Readonly<Record<string, Fixer>> = {
  'namespace.duplicate': anotherNamespace,
  'namespace.reserved': anotherNamespace,
  'namespace.is-artifact': anotherNamespace,
  'variable.duplicate-name': ({ pipeline, path, value }) => {
    const to = uniqueName(
      String(value),
      (pipeline.variables ?? []).map(({ name }) => name),
    );
    return [
      remove('remove-duplicate', `Remove the later variable ${String(value)}`, path.slice(0, -1)),
      set('rename-duplicate', `Rename the later variable to ${to}`, path, to),
    ];
  },
  'variable.malformed': (faulty) => {
    const reference = referenceOf(faulty, ({ malformed }) => malformed !== undefined);
    const text = reference && wellFormed(faulty, reference.text);
    return [text ? replaced(faulty, reference, text, 'mend-reference') : undefined];
  },
  'variable.unknown-namespace': (faulty) => {
    const { action, context, pipeline } = faulty;
    const reference = referenceOf(faulty, ({ namespace }) => !context.namespaces.has(namespace));
    if (!reference || !action) return [];
    const { namespace, key } = reference;
    const earlier = context.actions.filter((other) => isBefore(other, action));
    const known = earlier.flatMap((other) => other.action.namespace ?? []);
    const hasVariable = pipeline.variables?.some(({ name }) => name === key);
    const meant = nearest(namespace, hasVariable ? [...known, 'variables'] : known);
    const holders = nearestFirst(earlier.filter((other) => other.action.namespace === undefined));
    const makers = holders.filter((other) => outputVariablesOf(other)?.includes(key));
    // Most namespaces are called after their action.
    const called = holders.find(({ action: { name } }) => namespace.toLowerCase().startsWith(name.toLowerCase()));
    return [
      meant === undefined ? undefined : replaced(faulty, reference, `#{${meant}.${key}}`, 'did-you-mean'),
      ...[...new Set([...(called ? [called] : []), ...makers])]
        .slice(0, 2)
        .map((maker) => giveNamespace(maker, namespace)),
    ];
  },
  'variable.not-produced': (faulty) => {
    const reference = referenceOf(faulty, () => true);
    if (!reference) return [];
    const { namespace, key } = reference;
    if (namespace === 'codepipeline')
      return [replaced(faulty, reference, '#{codepipeline.PipelineExecutionId}', 'did-you-mean')];
    const producer = faulty.context.namespaces.get(namespace)?.[0];
    const names = (producer && outputVariablesOf(producer)) ?? [];
    const meant = nearest(key, names);
    const takes = producer?.provider?.declarationFields?.includes('outputVariables');
    return [
      meant === undefined ? undefined : replaced(faulty, reference, `#{${namespace}.${meant}}`, 'did-you-mean'),
      producer && takes ? declareOutput(producer, key) : undefined,
    ];
  },
  'variable.not-declared': (faulty) => {
    const { pipeline } = faulty;
    const reference = referenceOf(faulty, ({ namespace }) => namespace === 'variables');
    if (!reference) return [];
    const names = (pipeline.variables ?? []).map(({ name }) => name);
    const meant = nearest(reference.key, names);
    const declaration = { name: reference.key };
    return [
      meant === undefined ? undefined : replaced(faulty, reference, `#{variables.${meant}}`, 'did-you-mean'),
      pipeline.variables
        ? insert('declare-variable', `Declare the variable ${reference.key}`, ['variables', names.length], declaration)
        : set('declare-variable', `Declare the variable ${reference.key}`, ['variables'], [declaration]),
    ];
  },
  'variable.produced-too-late': (faulty) => {
    const { action, context } = faulty;
    const reference = referenceOf(faulty, () => true);
    const producer = reference && context.namespaces.get(reference.namespace)?.[0];
    return [action && producer && producer.label !== action.label ? behind(action, producer) : undefined];
  },
  'variable.in-source': (faulty) => {
    const reference = referenceOf(faulty, ({ namespace }) => namespace === 'variables');
    const variable = faulty.pipeline.variables?.find(({ name }) => name === reference?.key);
    return [
      reference && variable?.defaultValue !== undefined
        ? replaced(faulty, reference, variable.defaultValue, 'write-value')
        : undefined,
    ];
  },
  'rule.variable-not-produced': (faulty) => {
    const { context, path, pipeline } = faulty;
    const reference = referenceOf(faulty, () => true);
    if (!reference) return [];
    const place = { stageIndex: Number(path[1]), runOrder: path[2] === 'beforeEntry' ? -1 : Number.POSITIVE_INFINITY };
    const known = context.actions
      .filter((other) => isBefore(other, place))
      .flatMap((other) => other.action.namespace ?? []);
    const isPipelines = reference.namespace === 'variables';
    const meant = isPipelines
      ? nearest(
          reference.key,
          (pipeline.variables ?? []).map(({ name }) => name),
        )
      : nearest(reference.namespace, known);
    const text = isPipelines ? `#{variables.${meant}}` : `#{${meant}.${reference.key}}`;
    return [meant === undefined ? undefined : replaced(faulty, reference, text, 'did-you-mean')];
  },
};

/** The reference of the field that the problem is about: it is quoted in its words. */
function referenceOf(
  { value, problem }: Faulty,
  is: (reference: VariableReference) => boolean,
): VariableReference | undefined {
  if (typeof value !== 'string') return undefined;
  const candidates = findReferences(value).filter(is);
  return (
    candidates.find(({ text }) => problem.what.includes(text.slice(0, 60))) ??
    candidates.find(({ key }) => problem.what.includes(`"${key}"`) || problem.what.includes(`produce ${key};`))
  );
}

/** Every such reference of the field, written otherwise. */
function replaced(
  { path, value }: Faulty,
  reference: VariableReference,
  text: string,
  kind: string,
): QuickFix | undefined {
  const after = rewriteText(String(value), (other) => (other.text === reference.text ? text : undefined));
  return after === value
    ? undefined
    : set(kind, `Write ${text.slice(0, 60)} instead of ${reference.text.slice(0, 60)}`, path, after);
}

/** What a malformed reference was meant to be: no blanks, a period, a closing brace; a bare name of a pipeline variable. */
function wellFormed({ pipeline }: Faulty, text: string): string | undefined {
  const inner = /^#\{\s*([^}]*?)\s*\}?$/.exec(text)?.[1]?.replaceAll(/\s+/g, '');
  if (!inner) return undefined;
  const isVariable = pipeline.variables?.some(({ name }) => name === inner);
  const mended = isVariable ? `variables.${inner}` : inner.replace(/^([A-Za-z0-9@_-]+)[:/]/, '$1.');
  const candidate = `#{${mended}}`;
  const isSound = findReferences(candidate).every(({ malformed }) => malformed === undefined);
  return isSound && /^[A-Za-z0-9@_-]+\.[A-Za-z0-9@_-]+$/.test(mended) ? candidate : undefined;
}

function giveNamespace(maker: ActionAt, namespace: string): QuickFix {
  return set(
    'add-namespace',
    `Give ${maker.label} the namespace ${namespace}`,
    [...pathOfAction(maker), 'namespace'],
    namespace,
  );
}

function declareOutput(producer: ActionAt, key: string): QuickFix {
  const path = [...pathOfAction(producer), 'outputVariables'];
  const title = `Add ${key} to the output variables of ${producer.label}`;
  const { outputVariables } = producer.action;
  return outputVariables
    ? insert('declare-output', title, [...path, outputVariables.length], key)
    : set('declare-output', title, path, [key]);
}

/** A namespace that nothing else is called by. References follow where it is this action's alone. */
function anotherNamespace({ pipeline, context, action, problem }: Faulty): (QuickFix | undefined)[] {
  if (!action) return [];
  const base = `${action.action.name.replaceAll(/[^A-Za-z0-9@_-]/g, '')}Variables`;
  const taken = [...context.namespaces.keys(), ...context.producers.keys(), 'codepipeline', 'variables'];
  const to = uniqueName(base, taken);
  if (problem.code === 'namespace.reserved')
    return [set('rename-namespace', `Change the namespace to ${to}`, [...action.path, 'namespace'], to)];
  return [renaming('rename-namespace', renameNamespace(pipeline, action.path, to))];
}
