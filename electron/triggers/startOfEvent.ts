import type { PipelineDeclaration } from '../../shared/model/declaration.ts';
import { ProblemError } from '../../shared/problem.ts';
import type { GitEvent } from '../../shared/triggers/gitEvent.ts';
import { matchTriggers, triggerOf } from '../../shared/triggers/matchTriggers.ts';
import type { StartRequest } from '../parts.ts';
import { type BoundSource, commitFor } from './boundSources.ts';
import { readRefs, refsFolder } from './readRefs.ts';

/** A start by an event that a person made up: the commit is that of the bound repository, unless the event names one. */
export async function startOfEvent(
  pipeline: PipelineDeclaration,
  event: GitEvent,
  of: readonly string[] | undefined,
  powers: {
    sources: readonly BoundSource[];
    prepare: (more: Pick<StartRequest, 'trigger' | 'sourceRevisions'>) => Promise<StartRequest>;
    commitOf: (repositoryPath: string, objectId: string) => Promise<string>;
  },
): Promise<StartRequest> {
  const explanation = matchTriggers(pipeline, event, of ? { of } : {});
  if (!explanation.isMatched) {
    throw new ProblemError({
      code: 'trigger.not-matched',
      where: '',
      what: explanation.summary,
      fix: 'Choose an event that matches, or change the filters.',
    });
  }
  const started = powers.sources.filter(({ where }) =>
    explanation.sources.some((one) => one.where === where && one.isMatched),
  );
  const sourceRevisions = [];
  let commitId = event.commitId;
  for (const source of started) {
    commitId ??= await commitIn(source.repositoryPath, event, powers.commitOf);
    sourceRevisions.push(...commitFor(pipeline, [source], commitId));
  }
  const happened = commitId === undefined ? event : { ...event, commitId };
  return powers.prepare({ trigger: triggerOf(explanation, happened, pipeline), sourceRevisions });
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
