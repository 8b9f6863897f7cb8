import { z } from 'zod';
import { type ActionDeclaration, actionKey, actionTypeKey, type PipelineDeclaration } from '../model/declaration.ts';
import { ProblemError } from '../problem.ts';
import { quoted, quotedAll } from './words.ts';

/** What a start asks of a source action in place of the newest revision (reference/execution-semantics.md §2). */
export const revisionTypes = ['COMMIT_ID', 'IMAGE_DIGEST', 'S3_OBJECT_VERSION_ID', 'S3_OBJECT_KEY'] as const;
export const sourceRevisionSchema = z.object({
  actionName: z.string().min(1).max(100),
  revisionType: z.enum(revisionTypes),
  revisionValue: z.string().max(2000),
});
export type SourceRevision = z.output<typeof sourceRevisionSchema>;
type RevisionType = SourceRevision['revisionType'];

const MAX_REVISIONS = 50;
const MAX_VALUE = 1500;
const KEY_OVERRIDE = 'AllowOverrideForS3ObjectKey';

/** Which override a source action type takes, the usual one first (reference/actions.md, Override types). */
const OVERRIDES: ReadonlyMap<string, readonly RevisionType[]> = new Map([
  ['Source/AWS/CodeCommit/1', ['COMMIT_ID']],
  ['Source/AWS/CodeStarSourceConnection/1', ['COMMIT_ID']],
  ['Source/AWS/ECR/1', ['IMAGE_DIGEST']],
  ['Source/AWS/S3/1', ['S3_OBJECT_VERSION_ID', 'S3_OBJECT_KEY']],
]);

/** The overrides that an action takes, the usual one first; empty = none. */
export const revisionTypesOf = ({ actionTypeId }: Pick<ActionDeclaration, 'actionTypeId'>): readonly RevisionType[] =>
  OVERRIDES.get(actionTypeKey(actionTypeId)) ?? [];

/**
 * refuses source revisions that StartPipelineExecution would refuse. What a revision names (a commit, an
 * image, an object) is looked for by the source action.
 *
 * @throws ProblemError `execution.revision-*`.
 */
export function checkSourceRevisions(pipeline: PipelineDeclaration, revisions: readonly SourceRevision[]): void {
  const refuse = (code: string, where: string, what: string, fix: string) =>
    new ProblemError({ code: `execution.revision-${code}`, where, what: `${what} (ValidationException).`, fix });
  if (revisions.length > MAX_REVISIONS) {
    const what = `${revisions.length} source revisions are given, and a start takes ${MAX_REVISIONS}`;
    throw refuse('too-many', '', what, 'Give fewer.');
  }
  const sources = pipeline.stages.flatMap((stage) =>
    stage.actions
      .filter(({ actionTypeId }) => actionTypeId.category === 'Source')
      .map((action) => ({ where: actionKey(stage.name, action.name), action })),
  );
  const seen = new Set<string>();
  for (const { actionName, revisionType, revisionValue } of revisions) {
    const source = sources.find(({ action }) => action.name === actionName);
    if (!source) {
      const names = sources.map(({ action }) => action.name);
      const what = `The pipeline has no source action ${quoted(actionName)}`;
      throw refuse(
        'unknown-action',
        '',
        what,
        names.length > 0 ? `Its source actions are ${quotedAll(names)}.` : 'Give none.',
      );
    }
    const { where, action } = source;
    const types = revisionTypesOf(action);
    if (!types.includes(revisionType)) {
      const what = `A source revision of ${where} cannot have the type ${revisionType}`;
      throw refuse(
        'type',
        where,
        what,
        types.length > 0 ? `It takes ${types.join(' and ')}.` : 'This source takes none.',
      );
    }
    if (revisionValue.length < 1 || revisionValue.length > MAX_VALUE) {
      const what = `The ${revisionType} for ${where} has ${revisionValue.length} characters`;
      throw refuse('length', where, what, `Give 1 to ${MAX_VALUE}.`);
    }
    if (revisionType === 'S3_OBJECT_KEY' && action.configuration?.[KEY_OVERRIDE] !== 'true') {
      const what = `${where} does not let a start replace its object key`;
      throw refuse('key-not-allowed', where, what, `Set ${KEY_OVERRIDE} to true, or give an S3_OBJECT_VERSION_ID.`);
    }
    const key = `${actionName} ${revisionType}`;
    if (seen.has(key)) {
      const what = `Two source revisions give a ${revisionType} for ${where}`;
      throw refuse('twice', where, what, 'Give one.');
    }
    seen.add(key);
  }
}

/**
 * 'Action=VALUE' or 'Action=TYPE:VALUE' of a command line, as a source revision; without TYPE it is the action's usual one.
 *
 * @throws ProblemError `execution.revision-*` for what is neither.
 */
export function readSourceRevision(pipeline: PipelineDeclaration, text: string): SourceRevision {
  const at = text.indexOf('=');
  const actionName = text.slice(0, Math.max(at, 0));
  const value = text.slice(at + 1);
  const typed = revisionTypes.find((type) => value.startsWith(`${type}:`));
  const action = pipeline.stages.flatMap(({ actions }) => actions).find(({ name }) => name === actionName);
  const revisionType = typed ?? (action && revisionTypesOf(action)[0]) ?? 'COMMIT_ID';
  return { actionName, revisionType, revisionValue: typed ? value.slice(typed.length + 1) : value };
}
