import { exportJson } from '../../shared/convert/exportJson.ts';
import { ProblemError } from '../../shared/problem.ts';
import { type Command, EXIT, parse, UsageError } from './command.ts';
import { readPipelineFile } from './readFile.ts';

export const command: Command = {
  usage: `penstock export FILE --to json

Prints the declaration on stdout, ready for another tool.

  --to json   what "aws codepipeline create-pipeline --cli-input-json" and "update-pipeline" take
`,
  async run(argv, io) {
    const { values, positionals } = parse(argv, { to: { type: 'string' } }, { min: 1, max: 1 });
    if (values.to !== 'json')
      throw new UsageError(
        values.to ? `"${values.to}" is no format this version exports; it exports json.` : 'Say --to json.',
      );
    const { parsed, problems } = await readPipelineFile(positionals[0]!, io.cwd);
    const fault = problems.find(({ severity }) => severity === 'error');
    if (!parsed.pipeline || fault)
      throw new ProblemError(
        fault ?? {
          code: 'text.not-a-pipeline',
          where: '',
          what: 'The file holds no pipeline.',
          fix: 'Name another file.',
        },
      );
    io.out(exportJson(parsed.pipeline));
    return EXIT.succeeded;
  },
};
