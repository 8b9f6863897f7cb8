import type { PipelineDeclaration } from '../../shared/model/declaration.ts';
import { ProblemError } from '../../shared/problem.ts';
import type { GitEvent } from '../../shared/triggers/gitEvent.ts';
import { matchTriggers, triggerOf } from '../../shared/triggers/matchTriggers.ts';
import type { StartRequest } from '../parts.ts';
import { type BoundSource, commitFor } from './boundSources.ts';
import { readRefs, refsFolder } from './readRefs.ts';

/**
 * What a start by an event that a person made up adds to a run: the trigger, and the exact commit, which is that of the bound
 * repository unless the event names one. Reads refs; runs git only for a tag.
 *
 * @throws ProblemError `trigger.not-matched`, `trigger.unknown-ref`, `source.*`.
 */
export async function startOfEvent({
  pipeline,
  event,
  of,
  sources,
  commitOf,
}: {
  pipeline: PipelineDeclaration;
  event: GitEvent;
  /** See matchTriggers. */
  of: readonly string[] | undefined;
  sources: readonly BoundSource[];
  commitOf: (repositoryPath: string, objectId: string) => Promise<string>;
}): Promise<Pick<StartRequest, 'trigger' | 'sourceRevisions'>> {
  const explanation = matchTriggers(pipeline, event, of ? { of } : {});
  if (!explanation.isMatched) {
    throw new ProblemError({
      code: 'trigger.not-matched',
      where: '',
      what: explanation.summary,
      fix: 'Choose an event that matches, or change the filters.',
    });
  }
  const started = sources.filter(({ where }) =>
    explanation.sources.some((one) => one.where === where && one.isMatched),
  );
  const sourceRevisions = [];
  let { commitId } = event;
  for (const source of started) {
    commitId ??= await commitIn(source.repositoryPath, event, commitOf);
    sourceRevisions.push(...commitFor(pipeline, [source], commitId));
  }
  const happened = commitId === undefined ? event : { ...event, commitId };
  return { trigger: triggerOf(explanation, happened, pipeline), sourceRevisions };
}

/** The commit that the event's branch or tag has in the bound repository now. */
async function commitIn(
  repositoryPath: string,
  event: GitEvent,
  commitOf: (repositoryPath: string, objectId: string) => Promise<string>,
): Promise<string> {
  const { refs } = await readRefs(await refsFolder(repositoryPath));
  const name = event.kind === 'push' ? event.branch : event.kind === 'tag' ? event.tag : event.sourceBranch;
  const what = event.kind === 'tag' ? 'tag' : 'branch';
  const id = refs.get(event.kind === 'tag' ? `refs/tags/${name}` : `refs/heads/${name}`);
  if (id !== undefined) return event.kind === 'tag' ? commitOf(repositoryPath, id) : id;
  throw new ProblemError({
    code: 'trigger.unknown-ref',
    where: repositoryPath,
    what: `The bound repository has no ${what} "${name}", so there is no commit to start with.`,
    fix: `Create the ${what} there, or choose one that exists.`,
  });
}
