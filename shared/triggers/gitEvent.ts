import { z } from 'zod';

/** What happens in a repository, as far as triggers look at it. Names are without refs/heads/ and refs/tags/. */
const refName = z.string().min(1).max(1024);
const commitId = z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/);
/** Paths from the root of the repository, without a leading slash. */
const changedFiles = z.array(z.string().min(1).max(4096)).max(10_000).default([]);

export const gitEventSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('push'),
    branch: refName,
    /** The branch did not exist before. */
    isNew: z.boolean().default(false),
    changedFiles,
    /** Newest commit of the branch before and after. */
    before: commitId.optional(),
    commitId: commitId.optional(),
  }),
  z.object({ kind: z.literal('tag'), tag: refName, commitId: commitId.optional() }),
  z.object({
    kind: z.literal('pullRequest'),
    /** OPEN = created, UPDATED = new revision, CLOSED = merged or closed. */
    event: z.enum(['OPEN', 'UPDATED', 'CLOSED']),
    sourceBranch: refName,
    destinationBranch: refName,
    changedFiles,
    /** Head of the source branch. */
    commitId: commitId.optional(),
    pullRequestId: z.string().max(100).optional(),
    title: z.string().max(1000).optional(),
  }),
]);
export type GitEvent = z.output<typeof gitEventSchema>;

/** The event in words: 'a push to branch "main"'. */
export function eventText(event: GitEvent): string {
  switch (event.kind) {
    case 'push':
      return event.isNew ? `a push that creates branch "${event.branch}"` : `a push to branch "${event.branch}"`;
    case 'tag':
      return `a push of tag "${event.tag}"`;
    case 'pullRequest':
      return `a pull request (${event.event}) from "${event.sourceBranch}" into "${event.destinationBranch}"`;
    default:
      return event satisfies never;
  }
}
