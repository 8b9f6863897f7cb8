import type { PipelineDeclaration } from '../../shared/model/declaration.ts';
import { type Problem, ProblemError, problem } from '../../shared/problem.ts';

/** What arming and starting by an event say when they cannot. */

/** A start by an event has no values for variables (reference/execution-semantics.md §2). @throws ProblemError */
export function refuseMissingVariables(pipeline: PipelineDeclaration | undefined): void {
  const missing = pipeline?.variables?.filter(({ defaultValue }) => defaultValue === undefined) ?? [];
  if (missing.length === 0) return;
  throw new ProblemError({
    code: 'trigger.variable-missing',
    where: '',
    field: 'variables',
    what: `The variable "${missing[0]?.name}" has no default, and an event has no value to give.`,
    fix: 'Declare a defaultValue.',
  });
}

export const faulty = () =>
  new ProblemError({
    code: 'trigger.no-pipeline',
    where: '',
    what: 'The text is no pipeline that can be read.',
    fix: 'Mend it in the Code tab.',
  });

export const unsaved = () =>
  new ProblemError({
    code: 'trigger.unsaved',
    where: '',
    what: 'Only a saved pipeline can be armed: events start what is in its file.',
    fix: 'Save it first.',
  });

export const nothingToWatch = ({ name }: PipelineDeclaration) =>
  new ProblemError({
    code: 'trigger.nothing-to-watch',
    where: '',
    what: `No push can start "${name}" here: none of its source actions that detect changes is bound to a local repository.`,
    fix: 'Bind a source action to a git repository in its Local tab, and give it a trigger or DetectChanges.',
  });

export const lost = (path: string, { what, fix }: Problem) =>
  problem({ code: 'trigger.lost', severity: 'warning', where: path, what: `${path} is disarmed. ${what}`, fix });

export const untrusted = (path: string) =>
  problem({
    code: 'trigger.untrusted',
    severity: 'warning',
    where: path,
    what: `A push would have started ${path}, but what it would run is not what was agreed to. Nothing was started, and its triggers are disarmed.`,
    fix: 'Arm them again to see and agree to its commands.',
  });

export const notStarted = (path: string, ref: string, { code, what, fix }: Problem) =>
  problem({
    code,
    severity: 'warning',
    where: path,
    what: `${ref} changed, but ${path} could not be started. ${what}`,
    fix,
  });

export const stayedDisarmed = (path: string, { code, what, fix }: Problem) =>
  problem({
    code: code === 'trust.refused' ? 'trigger.untrusted' : code,
    severity: 'warning',
    where: path,
    what: `The triggers of ${path} are not armed. ${code === 'trust.refused' ? 'Its commands are not agreed to.' : what}`,
    fix: code === 'trust.refused' ? 'Arm them to see and agree to its commands.' : fix,
  });
