import type { PipelineDeclaration } from '../../model/declaration.ts';
import type { DocumentEdit } from '../../model/documentText.ts';
import { nearest } from '../../model/nearest.ts';
import type { Path } from '../../model/textTree.ts';
import { type Faulty, type Fixer, type QuickFix, remove, set, valueAt } from './quickFix.ts';

const MOST_FILTERS = 3;

/** Triggers and their filters. */
export const triggerFixers: Readonly<Record<string, Fixer>> = {
  'trigger.no-such-source': ({ pipeline, context, path, value }) => {
    const used = new Set((pipeline.triggers ?? []).map((trigger) => trigger.gitConfiguration?.sourceActionName));
    const names = context.actions
      .filter(({ isSource, action }) => isSource && action.actionTypeId.provider === 'CodeStarSourceConnection')
      .map(({ action }) => action.name);
    const free = names.filter((name) => !used.has(name));
    const meant = nearest(String(value), free) ?? (free.length === 1 ? free[0] : undefined);
    return [
      meant === undefined ? undefined : set('did-you-mean', `Let the trigger belong to ${meant}`, path, meant),
      removeTrigger(pipeline, Number(path[1])),
    ];
  },
  'trigger.second': ({ pipeline, path, value: name }) => {
    const later = Number(path[1]);
    const triggers = pipeline.triggers ?? [];
    const first = triggers.findIndex(({ gitConfiguration }) => gitConfiguration?.sourceActionName === name);
    const merge = merged(pipeline, first, later);
    return [
      merge && { kind: 'merge-triggers', title: `Merge both triggers of ${String(name)}`, edits: merge },
      removeTrigger(pipeline, later),
    ];
  },
  'trigger.no-filters': ({ pipeline, path }) => [
    set('add-filter', 'Start on pushes to every branch', [...path, 'push'], [{ branches: { includes: ['**'] } }]),
    removeTrigger(pipeline, Number(path[1])),
  ],
  'trigger.combination': (faulty) => [splitFilter(faulty), addBranches(faulty)],
  'trigger.empty-filter': (faulty) => {
    const empty = Object.entries((faulty.value ?? {}) as Record<string, unknown>).filter(
      ([key, criterion]) =>
        key !== 'events' && typeof criterion === 'object' && criterion !== null && Object.keys(criterion).length === 0,
    );
    const hasOther = Object.keys((faulty.value ?? {}) as object).length > empty.length;
    return [
      ...empty.map(([key]) =>
        set('add-pattern', `Let ${key} include everything`, [...faulty.path, key], { includes: ['**'] }),
      ),
      hasOther && empty.length > 0
        ? {
            kind: 'remove-criterion',
            title: `Remove ${empty.map(([key]) => key).join(' and ')}`,
            edits: empty.map(([key]) => ({ path: [...faulty.path, key], value: undefined })),
          }
        : undefined,
      addBranches(faulty),
      removeFilter(faulty),
    ];
  },
  'trigger.duplicate-filter': (faulty) => [removeFilter(faulty)],
  'trigger.duplicate-event': ({ path, value }) => {
    const events = (value as { events?: string[] } | undefined)?.events ?? [];
    return [set('name-once', 'Name each event once', [...path, 'events'], [...new Set(events)])];
  },
};

/** Removes a trigger, and with the last one the list. */
const removeTrigger = (pipeline: PipelineDeclaration, index: number): QuickFix => {
  const name = pipeline.triggers?.[index]?.gitConfiguration?.sourceActionName;
  const isLast = pipeline.triggers?.length === 1;
  return remove(
    'remove-trigger',
    name ? `Remove the trigger of ${name}` : 'Remove the trigger',
    isLast ? ['triggers'] : ['triggers', index],
  );
};

/** Removes a filter, and with the last one what would say nothing without it. */
function removeFilter({ pipeline, path }: Faulty): QuickFix {
  const filters = valueAt(pipeline, path.slice(0, -1));
  const isLast = Array.isArray(filters) && filters.length === 1;
  if (!isLast) return remove('remove-filter', 'Remove the filter', path);
  const git = pipeline.triggers![Number(path[1])]!.gitConfiguration;
  return git.push && git.pullRequest
    ? remove('remove-filter', 'Remove the filter', path.slice(0, -1))
    : removeTrigger(pipeline, Number(path[1]));
}

/** A filter that mixes tags with branches or paths as two: a push is of a branch or of a tag. */
function splitFilter({ pipeline, path, value }: Faulty): QuickFix | undefined {
  const { tags, ...rest } = value as Record<string, unknown>;
  const filters = valueAt(pipeline, path.slice(0, -1));
  if (tags === undefined || Object.keys(rest).length === 0 || !Array.isArray(filters) || filters.length >= MOST_FILTERS)
    return undefined;
  // Paths alone make no filter.
  const branches = rest.branches === undefined ? { branches: { includes: ['**'] } } : {};
  return {
    kind: 'split-filter',
    title: 'Split it into a filter on tags and one on branches',
    edits: [
      { path: [...path, 'tags'], value: undefined },
      ...Object.entries(branches).map(([key, made]) => ({ path: [...path, key], value: made })),
      { path: [...path.slice(0, -1), Number(path.at(-1)) + 1], value: { tags }, insert: true },
    ],
  };
}

function addBranches({ path, value }: Faulty): QuickFix | undefined {
  const { tags, branches } = (value ?? {}) as Record<string, unknown>;
  return tags === undefined && branches === undefined
    ? set('add-branches', 'Add all branches (**)', [...path, 'branches'], { includes: ['**'] })
    : undefined;
}

/** The edits that put the filters of a later trigger into an earlier one; undefined where AWS takes no more. */
function merged({ triggers = [] }: PipelineDeclaration, first: number, later: number): DocumentEdit[] | undefined {
  const edits: DocumentEdit[] = [];
  for (const kind of ['push', 'pullRequest'] as const) {
    const own = triggers[first]?.gitConfiguration[kind];
    const more = triggers[later]?.gitConfiguration[kind];
    if (!more) continue;
    if ((own?.length ?? 0) + more.length > MOST_FILTERS) return undefined;
    const path: Path = ['triggers', first, 'gitConfiguration', kind];
    if (own)
      edits.push(
        ...more.map((filter, index) => ({ path: [...path, own.length + index], value: filter, insert: true })),
      );
    else edits.push({ path, value: more });
  }
  return [...edits, { path: ['triggers', later], value: undefined }];
}
