import { ProblemError } from '../problem.ts';

/** the reason for disabling a transition; throws when it is no reason that CodePipeline would take (semantics §5). */
export function validateTransition({ reason, stageName = '' }: { reason: string; stageName?: string }): void {
  if (/^[a-zA-Z0-9!@ ().*?-]{1,300}$/.test(reason)) return;
  const wrong = [...new Set([...reason].filter((character) => !/[a-zA-Z0-9!@ ().*?-]/.test(character)))];
  throw new ProblemError({
    code: 'transition.reason',
    where: stageName,
    field: 'reason',
    what:
      wrong.length > 0
        ? `The reason contains ${wrong.map((character) => JSON.stringify(character)).join(', ')} (ValidationException).`
        : `The reason has ${reason.length} characters (ValidationException).`,
    fix: 'Give a reason of 1 to 300 letters, digits, spaces and !@().*?- characters.',
  });
}
