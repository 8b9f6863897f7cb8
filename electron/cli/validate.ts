import { type Problem, ProblemError } from '../../shared/problem.ts';
import { type Command, EXIT, parse } from './command.ts';
import { problemText, readPipelineFile } from './readFile.ts';

export const command: Command = {
  usage: `penstock validate FILE [--json]

Checks a pipeline file (JSON or YAML) as CodePipeline would and lists every problem.
Ends with 0 when there is no error (warnings are no errors), else with 2.

  --json   one problem a line on stdout
`,
  async run(argv, io) {
    const { values, positionals } = parse(argv, { json: { type: 'boolean' } }, { min: 1, max: 1 });
    const { problems, name } = await check(positionals[0]!, io.cwd);
    const errors = problems.filter(({ severity }) => severity === 'error').length;
    if (values.json) for (const found of problems) io.out(`${JSON.stringify(found)}\n`);
    else {
      for (const found of problems) io.err(problemText(found));
      const warnings = problems.length - errors;
      io.err(`${name}: ${count(errors, 'error')}, ${count(warnings, 'warning')}\n`);
    }
    return errors ? EXIT.usage : EXIT.succeeded;
  },
};

/** The problems of a file; that it cannot be read is one of them. */
async function check(file: string, cwd: string): Promise<{ name: string; problems: readonly Problem[] }> {
  try {
    const { parsed, problems } = await readPipelineFile(file, cwd);
    return { name: parsed.pipeline?.name ?? file, problems };
  } catch (error) {
    if (error instanceof ProblemError) return { name: file, problems: [error.problem] };
    throw error;
  }
}

const count = (number: number, noun: string) => `${number || 'no'} ${noun}${number === 1 ? '' : 's'}`;
