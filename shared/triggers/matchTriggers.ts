import { z } from 'zod';
import type { Trigger } from '../execution/events.ts';
import type { PipelineDeclaration } from '../model/declaration.ts';
import { eventText, type GitEvent } from './gitEvent.ts';
import { type GitFilter, judgeFilter } from './judgeFilter.ts';
import { type RepositorySource, repositorySources } from './sources.ts';
import { quoted, quotedAll } from './words.ts';

/**
 * Which Git events start a pipeline (reference/execution-semantics.md §13). Pure: the watch of a repository, the sheet
 * "Simulate an event" and `penstock trigger` all ask here, so what is explained is what happens.
 */

export const triggerExplanationSchema = z.object({
  isMatched: z.boolean(),
  /** One sentence over all. */
  summary: z.string(),
  sources: z.array(
    z.object({
      /** 'Stage/Action' of the source action. */
      where: z.string(),
      isMatched: z.boolean(),
      /** What the execution would be said to be started by; absent when nothing starts. */
      triggerType: z.enum(['Webhook', 'WebhookV2', 'PollForSourceChanges']).optional(),
      why: z.string(),
      /** Every filter of the action's trigger, in their order, pushes first. */
      filters: z.array(
        z.object({
          kind: z.enum(['push', 'pullRequest']),
          /** From 0, within its kind. */
          index: z.number(),
          /** Its place in the declaration: 'triggers.0.gitConfiguration.push.1'. */
          field: z.string(),
          isMatched: z.boolean(),
          why: z.array(z.string()),
        }),
      ),
    }),
  ),
  /** What differs in AWS, or what else to know. */
  notes: z.array(z.string()),
});
export type TriggerExplanation = z.output<typeof triggerExplanationSchema>;
type SourceExplanation = TriggerExplanation['sources'][number];

/**
 * Explains what an event does. `of`: places ('Stage/Action') of the source actions whose repository the event is in; absent
 * = the event is in the repository of every one.
 */
export function matchTriggers(
  pipeline: PipelineDeclaration,
  event: GitEvent,
  { of }: { of?: readonly string[] } = {},
): TriggerExplanation {
  const sources = repositorySources(pipeline);
  const explained = sources.map((source) => {
    if (of && !of.includes(source.where)) return refused(source, 'The event is in another repository.');
    const trigger = source.hasTriggers ? explainTrigger(pipeline, source, event) : undefined;
    return trigger ?? explainDetection(pipeline, source, event);
  });
  const started = explained.filter(({ isMatched }) => isMatched);
  return {
    isMatched: started.length > 0,
    summary: summaryOf(pipeline, event, explained),
    sources: explained,
    notes: notesOn(sources, started),
  };
}

function summaryOf({ name }: PipelineDeclaration, event: GitEvent, explained: readonly SourceExplanation[]): string {
  const started = explained.filter(({ isMatched }) => isMatched).map(({ where }) => where);
  const what = eventText(event);
  if (explained.length === 0) return `Nothing starts: ${quoted(name)} has no source action that reads a repository.`;
  if (started.length > 0) return `Starts ${quoted(name)}, by ${started.join(' and ')}: ${what}.`;
  return `Starts nothing: ${what}.`;
}

const refused = (source: RepositorySource, why: string): SourceExplanation => ({
  where: source.where,
  isMatched: false,
  why,
  filters: [],
});

/** By the action's entry in `triggers`; undefined when it has none and the default applies. */
function explainTrigger(
  pipeline: PipelineDeclaration,
  source: RepositorySource,
  event: GitEvent,
): SourceExplanation | undefined {
  const all = pipeline.triggers ?? [];
  const at = all.findIndex(({ gitConfiguration }) => gitConfiguration.sourceActionName === source.action.name);
  if (at < 0) {
    if (all.length === 0) return undefined;
    const why = `No trigger names ${quoted(source.action.name)}, and the default (a push to the configured branch) is off because the pipeline has triggers.`;
    return refused(source, why);
  }
  const { push = [], pullRequest = [] } = all[at]!.gitConfiguration;
  const explain = (kind: 'push' | 'pullRequest', filters: readonly GitFilter[]) =>
    filters.map((filter, index) => ({
      kind,
      index,
      field: `triggers.${at}.gitConfiguration.${kind}.${index}`,
      ...judgeFilter(kind, filter, event),
    }));
  const filters = [...explain('push', push), ...explain('pullRequest', pullRequest)];
  const matched = filters.filter(({ isMatched }) => isMatched);
  const isMatched = matched.length > 0;
  return {
    where: source.where,
    isMatched,
    ...(isMatched && { triggerType: 'WebhookV2' as const }),
    why: isMatched
      ? `${matched.map(filterName).join(' and ')} matched; one is enough.`
      : filters.length === 0
        ? 'Its trigger has no filter, so it says nothing.'
        : `None of its ${filters.length === 1 ? 'filters' : `${filters.length} filters`} matched.`,
    filters,
  };
}

/** 'Push filter 1', as people count. */
export const filterName = ({ kind, index }: { kind: 'push' | 'pullRequest'; index: number }): string =>
  `${kind === 'push' ? 'Push' : 'Pull request'} filter ${index + 1}`;

/** The default: a push to the configured branch, unless the action says that changes are not to be detected. */
function explainDetection(pipeline: PipelineDeclaration, source: RepositorySource, event: GitEvent): SourceExplanation {
  const { branch, detection } = source;
  if (detection && !detection.isOn) {
    const why = source.hasTriggers
      ? `${detection.key} is false and no trigger names the action: it starts only by hand.`
      : `${detection.key} is false: only an event rule or webhook outside the pipeline's declaration would start it.`;
    return refused(source, why);
  }
  const key = detection
    ? `${detection.key} is ${source.action.configuration?.[detection.key] ?? 'true by default'}`
    : 'It watches its branch';
  if (branch === undefined) return refused(source, 'It has no configured branch to watch.');
  if (event.kind !== 'push') {
    return refused(
      source,
      `${key}, which means pushes to branch ${quoted(branch)} only; the event is ${eventText(event)}.`,
    );
  }
  if (event.branch !== branch) {
    return refused(source, `${key} and the configured branch is ${quoted(branch)}; the event is ${eventText(event)}.`);
  }
  return {
    where: source.where,
    isMatched: true,
    triggerType: source.hasTriggers ? 'Webhook' : 'PollForSourceChanges',
    why: `${key} and the push is to the configured branch ${quoted(branch)}${pipeline.triggers?.length ? '' : '; the pipeline has no triggers'}.`,
    filters: [],
  };
}

function notesOn(sources: readonly RepositorySource[], started: readonly SourceExplanation[]): string[] {
  const connections = sources.filter(({ hasTriggers, repository }) => hasTriggers && repository !== '');
  const shared = new Set(
    connections
      .filter(({ repository, where }) =>
        connections.some((other) => other.repository === repository && other.where !== where),
      )
      .map(({ repository }) => repository),
  );
  return [
    ...[...shared].map(
      (repository) =>
        `Several source actions read ${quoted(repository)}. AWS registers one webhook for a pipeline and repository, so only one of them triggers there.`,
    ),
    ...(started.length > 1
      ? [`One event starts one execution, also when it matches ${quotedAll(started.map(({ where }) => where))}.`]
      : []),
  ];
}

/** The trigger of the execution that an event starts: repository facts as a JSON text ([unsure] in AWS what exactly it holds). */
export function triggerOf(explanation: TriggerExplanation, event: GitEvent, pipeline: PipelineDeclaration): Trigger {
  const started = explanation.sources.filter(({ isMatched }) => isMatched);
  const [first] = started;
  const sources = repositorySources(pipeline);
  const { changedFiles: _, ...facts } = { changedFiles: [], ...event };
  return {
    triggerType: first?.triggerType ?? 'WebhookV2',
    triggerDetail: JSON.stringify({
      ...facts,
      repository: sources.find(({ where }) => where === first?.where)?.repository ?? '',
      sourceActions: started.map(({ where }) => where),
      filters: started.flatMap(({ filters }) => filters.filter(({ isMatched }) => isMatched).map(({ field }) => field)),
    }),
  };
}
