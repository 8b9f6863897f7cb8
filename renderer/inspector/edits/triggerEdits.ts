import type { PipelineDeclaration } from '../../../shared/model/declaration.ts';
import type { Change } from '../../../shared/model/edits/change.ts';
import { strings } from '../../strings/strings.ts';

const words = strings.inspector.edits;

export type Trigger = NonNullable<PipelineDeclaration['triggers']>[number];
type Git = Trigger['gitConfiguration'];
export type PushFilter = NonNullable<Git['push']>[number];
export type PullRequestFilter = NonNullable<Git['pullRequest']>[number];
export type Patterns = NonNullable<PushFilter['branches']>;
export type FilterKind = 'push' | 'pullRequest';
type Filter = PushFilter | PullRequestFilter;

/** At most so many filters of one kind (reference/pipeline-structure.md §7). */
export const MOST_FILTERS = 3;

/** A trigger for a source action, with the filter that most people want first. */
export function addTrigger(pipeline: PipelineDeclaration, sourceActionName: string): Change {
  const trigger = {
    providerType: 'CodeStarSourceConnection',
    gitConfiguration: { sourceActionName, push: [{ branches: { includes: ['main'] } }] },
  };
  const at = pipeline.triggers?.length ?? 0;
  return {
    label: words.addTrigger(sourceActionName),
    edits: [
      pipeline.triggers
        ? { path: ['triggers', at], value: trigger, insert: true }
        : { path: ['triggers'], value: [trigger] },
    ],
  };
}

export function removeTrigger(pipeline: PipelineDeclaration, index: number): Change {
  const isLast = pipeline.triggers?.length === 1;
  return {
    label: words.removeTrigger(index + 1),
    edits: [{ path: isLast ? ['triggers'] : ['triggers', index], value: undefined }],
  };
}

export const setTriggerSource = (index: number, sourceActionName: string): Change => ({
  label: words.changeSource(index + 1),
  edits: [{ path: ['triggers', index, 'gitConfiguration', 'sourceActionName'], value: sourceActionName }],
});

export function addFilter(trigger: Trigger, index: number, kind: FilterKind): Change {
  const filters: readonly Filter[] = trigger.gitConfiguration[kind] ?? [];
  const filter = { branches: { includes: ['main'] } };
  return {
    label: words.addFilter[kind](index + 1),
    edits: [{ path: ['triggers', index, 'gitConfiguration', kind], value: [...filters, filter] }],
  };
}

/** Another filter in the place of one; undefined takes it away, and with the last one the list. */
export function setFilter(
  trigger: Trigger,
  at: { index: number; kind: FilterKind; filter: number },
  value: Filter | undefined,
): Change {
  const path = ['triggers', at.index, 'gitConfiguration', at.kind];
  const isLast = trigger.gitConfiguration[at.kind]?.length === 1;
  return {
    label: (value ? words.changeFilter : words.removeFilter)[at.kind](at.filter + 1, at.index + 1),
    edits: [{ path: value === undefined && isLast ? path : [...path, at.filter], value }],
  };
}

/** Patterns with one list changed; undefined where none is left. AWS takes no empty list. */
export function withPatterns(
  patterns: Patterns | undefined,
  side: 'includes' | 'excludes',
  list: readonly string[],
): Patterns | undefined {
  const { [side]: _, ...others } = patterns ?? {};
  const next: Patterns = { ...others, ...(list.length > 0 && { [side]: [...list] }) };
  return next.includes || next.excludes ? next : undefined;
}
