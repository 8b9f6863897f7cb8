import type { z } from 'zod';
import { pipelineSchema } from '../../model/declaration.ts';
import {
  renameAction,
  renameArtifact,
  renameNamespace,
  renameStage,
  renameVariable,
} from '../../model/edits/renames.ts';
import { uniqueName } from '../../model/edits/uniqueName.ts';
import { nearest } from '../../model/nearest.ts';
import { providers } from '../../providers/table.ts';
import {
  type Faulty,
  type Fixer,
  outputNameFor,
  outputNames,
  type QuickFix,
  remove,
  renaming,
  set,
} from './quickFix.ts';

type Issue = z.core.$ZodIssue;

/** Fields by themselves: what the model of the declaration refuses. */
export const shapeFixers: Readonly<Record<string, Fixer>> = {
  'shape.pattern': (faulty) => {
    const { path, value } = faulty;
    if (typeof value !== 'string') return [];
    const field = path.at(-1);
    if (field === 'provider' && path.at(-2) === 'actionTypeId') return [providerName(faulty, value)];
    if (field === 'roleArn') return [];
    const isArtifact = /Artifacts$/.test(String(path.at(-3)));
    return [rewrite(faulty, 'trim-characters', cleaned(value, isArtifact ? 'artifact' : String(field)))];
  },
  'shape.too-large': (faulty) => {
    const { path, value } = faulty;
    const issue = issueAt(faulty);
    if (issue?.code !== 'too_big') return [];
    const most = Number(issue.maximum);
    const name = String(path.at(-1));
    if (typeof value === 'number') return [set('into-range', `Lower ${name} to ${most}`, path, most)];
    // Cut texts of people only: half a command or half a value is worse than one too long.
    if (typeof value === 'string' && (name === 'name' || name === 'description'))
      return [rewrite(faulty, 'shorten', value.slice(0, most).trimEnd())];
    return [];
  },
  'shape.too-small': (faulty) => {
    const { path, value } = faulty;
    const issue = issueAt(faulty);
    if (issue?.code !== 'too_small') return [];
    const name = String(path.at(-1));
    if (typeof value === 'number')
      return [set('into-range', `Raise ${name} to ${Number(issue.minimum)}`, path, Number(issue.minimum))];
    return Array.isArray(value) && value.length === 0 ? [remove('remove-field', `Remove the empty ${name}`, path)] : [];
  },
  'shape.not-allowed': (faulty) => {
    const { path, value } = faulty;
    const issue = issueAt(faulty);
    if (issue?.code !== 'invalid_value') return [];
    const values = issue.values.map(String);
    const meant = values.length === 1 ? values[0] : nearest(String(value), values);
    return [
      meant === undefined ? undefined : set('nearest-value', `Change ${String(value)} to ${meant}`, path, meant),
      // A value of a list, such as one of the events of a filter.
      typeof path.at(-1) === 'number' ? remove('remove-value', `Remove ${String(value)}`, path) : undefined,
    ];
  },
  'shape.missing': (faulty) => {
    const { path, value } = faulty;
    const issue = issueAt(faulty);
    const field = String(path.at(-1));
    const known = issue?.code === 'invalid_value' && issue.values.length === 1 ? String(issue.values[0]) : undefined;
    return [
      known === undefined ? undefined : set('known-value', `Set ${field} to ${known}`, path, known),
      field === 'version' && path.at(-2) === 'actionTypeId'
        ? set('known-value', 'Set the version to 1', path, '1')
        : undefined,
      nameFor(faulty),
      value === '' ? remove('remove-field', `Remove the empty ${field}`, path) : undefined,
    ];
  },
};

/** What the model says of the very place. */
function issueAt({ pipeline, path }: Faulty): Issue | undefined {
  const parsed = pipelineSchema.safeParse(pipeline, { reportInput: true });
  return parsed.error?.issues.find((issue) => issue.path.join('\n') === path.join('\n'));
}

/** A name for what has none. */
function nameFor({ pipeline, path }: Faulty): QuickFix | undefined {
  if (path.at(-1) !== 'name') return undefined;
  const named = (name: string) => set('give-name', `Name it ${name}`, path, name);
  const { stages } = pipeline;
  if (path.length === 1) return named('pipeline');
  const action = stages[Number(path[1])]?.actions[Number(path[3])];
  if (path.length === 3)
    return named(
      uniqueName(
        'Stage',
        stages.map(({ name }) => name),
      ),
    );
  if (path[2] === 'actions' && path.length === 5)
    return named(
      uniqueName(
        action!.actionTypeId?.category ?? 'Action',
        stages[Number(path[1])]!.actions.map(({ name }) => name),
      ),
    );
  if (path[4] === 'outputArtifacts') return named(uniqueName(outputNameFor(action!), outputNames(pipeline)));
  return undefined;
}

/** Characters that a field takes, from what was written: blanks and punctuation become what separates there. */
function cleaned(value: string, field: string): string {
  const trimmed = value.trim();
  if (field === 'artifact') return trimmed.replaceAll(/[^a-zA-Z0-9_-]+/g, '-').replaceAll(/^-+|-+$/g, '');
  if (field === 'location')
    return trimmed
      .toLowerCase()
      .replaceAll(/[^a-z0-9.-]+/g, '-')
      .replaceAll(/^-+|-+$/g, '');
  if (field === 'namespace') return trimmed.replaceAll(/[^A-Za-z0-9@_-]+/g, '-').replaceAll(/^-+|-+$/g, '');
  if (field === 'name') return trimmed.replaceAll(/[^A-Za-z0-9.@_-]+/g, '-').replaceAll(/^-+|-+$/g, '');
  if (field === 'provider' || field === 'version') return trimmed.replaceAll(/[^0-9A-Za-z_-]+/g, '');
  return trimmed.replaceAll(/\s*[\r\n]+\s*/g, ' ');
}

/** The cleaned text in place of the written one; of a name wherever it is used. */
function rewrite({ pipeline, path, value: from, action }: Faulty, kind: string, to: string): QuickFix | undefined {
  if (to === '' || to === from || typeof from !== 'string') return undefined;
  const field = path.at(-1);
  const parent = path.at(-3);
  const title = `Change "${short(from)}" to "${short(to)}"`;
  const titled = (fix: QuickFix | undefined) => fix && { ...fix, title };
  if (field === 'name' && /Artifacts$/.test(String(parent)))
    return titled(renaming(kind, renameArtifact(pipeline, from, to)));
  if (field === 'namespace' && action) return titled(renaming(kind, renameNamespace(pipeline, action.path, to)));
  if (field === 'name' && path[0] === 'variables')
    return titled(renaming(kind, renameVariable(pipeline, from, to.replaceAll('.', '-'))));
  if (field === 'name' && path.length === 3 && path[0] === 'stages')
    return titled(renaming(kind, renameStage(pipeline, pipeline.stages[Number(path[1])]!, to)));
  if (field === 'name' && path.length === 5 && action)
    return titled(renaming(kind, renameAction(pipeline, action.stage.name, from, to)));
  if (field === 'name' && parent === 'environmentVariables') return set(kind, title, path, to.replaceAll(/\W/g, '_'));
  return set(kind, title, path, to);
}

/** 'AWS CodeBuild', as AWS's former documentation had it, is 'CodeBuild'. */
function providerName({ path, action }: Faulty, value: string): QuickFix | undefined {
  const plain = value.replace(/^(AWS|Amazon)\s+/i, '').replaceAll(/[^0-9A-Za-z_-]+/g, '');
  const names = providers
    .filter(({ actionTypeId }) => actionTypeId.category === action?.action.actionTypeId.category)
    .map(({ actionTypeId }) => actionTypeId.provider);
  const meant = names.find((name) => name === plain) ?? nearest(plain, names) ?? plain;
  return meant === '' ? undefined : set('known-type', `Change the provider to ${meant}`, path, meant);
}

const short = (text: string) => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
