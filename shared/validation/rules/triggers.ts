import type { PipelineDeclaration } from '../../model/declaration.ts';
import { isSame } from '../../model/isSame.ts';
import { oneOf, type Rule } from '../ruleContext.ts';

type Trigger = NonNullable<PipelineDeclaration['triggers']>[number];
type Filter = Readonly<
  Record<string, { includes?: readonly string[]; excludes?: readonly string[] } | readonly string[] | undefined>
>;

/** T-001 … T-009: which pushes and pull requests start the pipeline (reference/execution-semantics.md §13). */
export const triggers: Rule = (context) => {
  const { pipeline, isDeclaredV1, report } = context;
  const all = pipeline.triggers ?? [];
  if (all.length === 0) return;
  const fault = (code: string, field: string, what: string, fix: string) =>
    report({ code, where: '', field, what, fix });
  if (isDeclaredV1) {
    const what = 'Triggers exist only in pipelines of type V2.';
    fault('trigger.needs-v2', 'triggers', what, 'Set the pipeline type to V2, or remove the triggers.');
  }
  if (JSON.stringify(all).length > 200 * 1024) {
    fault(
      'trigger.too-large',
      'triggers',
      'The triggers are larger than 200 KB together.',
      'Use fewer or wider patterns.',
    );
  }
  const named = new Set<string>();
  for (const [index, trigger] of all.entries()) {
    const field = `triggers.${index}.gitConfiguration`;
    const git = (trigger as Partial<Trigger>).gitConfiguration;
    if (!git) continue;
    const name = git.sourceActionName;
    if (name) sourceOf(context, name, `${field}.sourceActionName`);
    if (name && named.has(name)) {
      const what = `Two triggers belong to the source action "${name}"; it can have one.`;
      fault('trigger.second', `${field}.sourceActionName`, what, 'Put the filters of both into one trigger.');
    }
    named.add(name);
    if (git.push === undefined && git.pullRequest === undefined) {
      const what = `The trigger of "${name}" has no filters, so it says nothing.`;
      fault('trigger.no-filters', field, what, 'Add a push or pull request filter, or remove the trigger.');
    }
    for (const kind of ['push', 'pullRequest'] as const) {
      const filters = (git[kind] ?? []) as readonly Filter[];
      for (const [at, filter] of filters.entries()) {
        const place = `${field}.${kind}.${at}`;
        filterFaults(filter, kind, (code, what, fix) => fault(code, place, what, fix));
        if (filters.findIndex((other) => isSame(other, filter)) < at) {
          const what = `Two ${kind === 'push' ? 'push' : 'pull request'} filters of "${name}" are the same.`;
          fault('trigger.duplicate-filter', place, what, 'Remove one.');
        }
      }
    }
  }
};

/** T-001. */
function sourceOf({ pipeline, actions, report }: Parameters<Rule>[0], name: string, field: string): void {
  // By provider name because the trigger says so itself: its providerType is the source action's provider.
  const connections = actions.filter(
    ({ isSource, action }) =>
      isSource && pipeline.triggers!.some(({ providerType }) => providerType === action.actionTypeId.provider),
  );
  if (connections.some(({ action }) => action.name === name)) return;
  const names = connections.map(({ action }) => action.name);
  report({
    code: 'trigger.no-such-source',
    where: '',
    field,
    what: `The trigger belongs to "${name}", which is no source action with a connection.`,
    fix: names.length > 0 ? `Choose ${oneOf(names)}.` : 'Remove the trigger: only connection sources have triggers.',
  });
}

/** T-003, T-004, T-006. */
function filterFaults(
  filter: Filter,
  kind: 'push' | 'pullRequest',
  fault: (code: string, what: string, fix: string) => void,
): void {
  const has = (key: string) => filter[key] !== undefined;
  const criteria = ['tags', 'branches', 'filePaths'].filter(has);
  if (kind === 'push' && has('tags') && criteria.length > 1) {
    fault(
      'trigger.combination',
      `A filter on tags cannot also have ${criteria.slice(1).join(' and ')}.`,
      'Use two filters.',
    );
  } else if (has('filePaths') && !has('branches')) {
    fault(
      'trigger.combination',
      'A filter on file paths needs branches as well.',
      'Add branches, for example "**" for all.',
    );
  } else if (kind === 'pullRequest' && !has('branches') && !has('events')) {
    fault('trigger.empty-filter', 'The filter has no criterion.', 'Add branches, or remove the filter.');
  } else if (kind === 'push' && criteria.length === 0) {
    fault('trigger.empty-filter', 'The filter has no criterion.', 'Add branches or tags, or remove the filter.');
  }
  for (const key of criteria) {
    const patterns = filter[key] as { includes?: readonly string[]; excludes?: readonly string[] };
    if (patterns.includes !== undefined || patterns.excludes !== undefined) continue;
    fault('trigger.empty-filter', `The criterion "${key}" has no patterns.`, 'Add includes or excludes, or remove it.');
  }
  const events = filter.events as readonly string[] | undefined;
  if (events && new Set(events).size < events.length) {
    fault('trigger.duplicate-event', 'The filter names an event twice.', 'Name each event once.');
  }
}
