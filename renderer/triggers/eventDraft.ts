import type { PipelineDeclaration } from '../../shared/model/declaration.ts';
import { type GitEvent, gitEventSchema } from '../../shared/triggers/gitEvent.ts';
import { repositorySources } from '../../shared/triggers/sources.ts';
import { strings } from '../strings/strings.ts';

/** The fields of the sheet: what a person has typed of an event so far. */
export interface EventDraft {
  kind: GitEvent['kind'];
  branch: string;
  isNew: boolean;
  tag: string;
  event: 'OPEN' | 'UPDATED' | 'CLOSED';
  sourceBranch: string;
  destinationBranch: string;
  pullRequestId: string;
  title: string;
  /** One path a line. */
  files: string;
  /** 'Stage/Action' of the source action whose repository it is; '' = all. */
  of: string;
}

/** A first guess: a push to the branch that the first source action reads. */
export function firstDraft(pipeline: PipelineDeclaration | undefined): EventDraft {
  const branch = (pipeline && repositorySources(pipeline)[0]?.branch) ?? 'main';
  return {
    kind: 'push',
    branch,
    isNew: false,
    tag: 'v1.0.0',
    event: 'OPEN',
    sourceBranch: 'feature/new',
    destinationBranch: branch,
    pullRequestId: '1',
    title: strings.triggers.event.titleExample,
    files: '',
    of: '',
  };
}

/** The event of a draft, or what is missing in it. */
export function eventOfDraft(draft: EventDraft): GitEvent | string {
  const changedFiles = draft.files
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const branch = draft.branch.trim();
  const tag = draft.tag.trim();
  const [sourceBranch, destinationBranch] = [draft.sourceBranch.trim(), draft.destinationBranch.trim()];
  if (draft.kind === 'push' && branch === '') return strings.triggers.event.nameBranch;
  if (draft.kind === 'tag' && tag === '') return strings.triggers.event.nameTag;
  if (draft.kind === 'pullRequest' && (sourceBranch === '' || destinationBranch === ''))
    return strings.triggers.event.nameBranches;
  const read = gitEventSchema.safeParse(
    draft.kind === 'push'
      ? { kind: 'push', branch, isNew: draft.isNew, changedFiles }
      : draft.kind === 'tag'
        ? { kind: 'tag', tag }
        : {
            kind: 'pullRequest',
            event: draft.event,
            sourceBranch,
            destinationBranch,
            changedFiles,
            ...(draft.pullRequestId.trim() && { pullRequestId: draft.pullRequestId.trim() }),
            ...(draft.title.trim() && { title: draft.title.trim() }),
          },
  );
  return read.success ? read.data : strings.triggers.event.tooMuch;
}
