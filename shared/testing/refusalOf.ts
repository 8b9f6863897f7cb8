import { ProblemError } from '../problem.ts';

/** AWS's name of the exception with which something is refused (our own code where there is none), or 'accepted'. */
export function refusalOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof ProblemError) return /\((\w+)\)/.exec(error.message)?.[1] ?? error.problem.code;
    throw error;
  }
  return 'accepted';
}
