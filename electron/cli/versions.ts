import { exportJson } from '../../shared/convert/exportJson.ts';
import { dataDirectory } from '../dataDirectory.ts';
import { createDefinitionVersions } from '../engine/pipelines/definitionVersions.ts';
import { type Command, EXIT, parse, UsageError } from './command.ts';
import { pipelineNamed } from './pipelineNamed.ts';
import { timeText } from './text.ts';

export const command: Command = {
  usage: `penstock versions FILE|NAME [VERSION] [--json] [--data-dir DIR]

Lists the definitions of a pipeline that were started here, newest first; with a VERSION it prints that one.

  --json   the list as one JSON text
`,
  async run(argv, io) {
    const { values, positionals } = parse(
      argv,
      { json: { type: 'boolean' }, 'data-dir': { type: 'string' } },
      { min: 1, max: 2 },
    );
    const [named = '', asked] = positionals;
    const { pipelineName } = await pipelineNamed(named, io.cwd);
    const versions = createDefinitionVersions(dataDirectory(io.environment, values['data-dir']), Date.now);
    if (asked !== undefined) {
      const version = Number(asked);
      if (!Number.isInteger(version) || version < 1) throw new UsageError('VERSION is a number from 1 on.');
      io.out(exportJson(await versions.read(pipelineName, version)));
      return EXIT.succeeded;
    }
    const list = await versions.list(pipelineName);
    if (values.json) io.out(`${JSON.stringify(list)}\n`);
    else for (const { version, createdAt } of list) io.out(`${version}  ${timeText(createdAt)}\n`);
    if (!values.json && list.length === 0) io.out(`"${pipelineName}" was never started here.\n`);
    return EXIT.succeeded;
  },
};
