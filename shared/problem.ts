import { z } from 'zod';

/**
 * A fault the user can act on. `where` is a path the canvas can select: '' (the pipeline), 'Stage', 'Stage/Action',
 * or a file path for faults of a file. `field` names the configuration key or declaration field inside that place.
 * `line`/`column` (1-based) are given for faults located in a text.
 */
export const problemSchema = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning']).default('error'),
  where: z.string(),
  field: z.string().optional(),
  what: z.string(),
  fix: z.string(),
  line: z.number().int().positive().optional(),
  column: z.number().int().positive().optional(),
});

export type Problem = z.output<typeof problemSchema>;

/** What a rule writes; `severity` may be left out and then means error. */
export type ProblemInput = z.input<typeof problemSchema>;

export const problem = (input: ProblemInput): Problem => ({ severity: 'error', ...input });

/** Carries a Problem through code that throws. A plain Error means a bug of ours. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(input: ProblemInput, options?: ErrorOptions) {
    super(`${input.what} ${input.fix}`.trim(), options);
    this.name = 'ProblemError';
    this.problem = problem(input);
  }
}

/** Any thrown value as a Problem; `code` is used for values that are not a ProblemError. */
export function toProblem(code: string, error: unknown, where = ''): Problem {
  if (error instanceof ProblemError) return error.problem;
  const what = error instanceof Error ? error.message : String(error);
  return problem({ code, where, what, fix: 'This is a fault in Penstock. Please report it with these details.' });
}
