import { realpathSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import type { Consent } from '../../shared/ipc/contract.ts';
import { ProblemError } from '../../shared/problem.ts';
import { providers } from '../../shared/providers/table.ts';
import { dataDirectory } from '../dataDirectory.ts';
import { nodeFileSystem } from '../documents/fileSystem.ts';
import { readSidecarFile } from '../documents/readSidecar.ts';
import { createEngine } from '../engine/createEngine.ts';
import { createTrust } from '../engine/trust/createTrust.ts';
import { createHistory } from '../history/createHistory.ts';
import type { History } from '../parts.ts';
import { prepareRun } from '../prepareRun.ts';
import { withBindings } from './bindings.ts';
import { type Command, EXIT, type Io, isYes, pair, parse, UsageError } from './command.ts';
import { followRun } from './followRun.ts';
import { problemText, readPipelineFile } from './readFile.ts';

const options = {
  source: { type: 'string', multiple: true, default: [] as string[] },
  bind: { type: 'string', multiple: true, default: [] as string[] },
  var: { type: 'string', multiple: true, default: [] as string[] },
  approve: { type: 'string', multiple: true, default: [] as string[] },
  'approve-all': { type: 'boolean' },
  trust: { type: 'boolean' },
  json: { type: 'boolean' },
  quiet: { type: 'boolean', short: 'q' },
  slots: { type: 'string' },
  'data-dir': { type: 'string' },
} as const;

export const command: Command = {
  usage: `penstock run FILE [OPTIONS]

Runs a pipeline on this machine and waits for its end.

  --source Action=PATH       repository or folder of a source action
  --bind Stage/Action=PATH   any other local binding (a bucket's folder …)
  --var NAME=VALUE           a pipeline variable
  --approve Stage/Action     approve this manual approval when it comes
  --approve-all              approve all of them
  --trust                    agree to run this project's commands
  --slots N                  actions that may run at once (default: number of cores)
  --json                     one event a line on stdout
  --quiet, -q                say only how it ends
  --data-dir DIR             keep history and artifacts there

Ends with 0 succeeded, 1 failed, 2 usage or invalid file, 3 stopped, 4 waits for an approval that nobody here can give.
Ctrl+C stops after the running actions; a second one (or SIGTERM) abandons them.
`,
  async run(argv, io) {
    const { values, positionals } = parse(argv, options, { min: 1, max: 1 });
    const slots = values.slots === undefined ? availableParallelism() : Number(values.slots);
    if (!Number.isInteger(slots) || slots < 1 || slots > 64)
      throw new UsageError('--slots wants a number from 1 to 64.');
    const { path, text, format, parsed, problems } = await readPipelineFile(positionals[0]!, io.cwd);
    if (!parsed.pipeline || problems.some(({ severity }) => severity === 'error')) {
      for (const found of problems) io.err(problemText(found));
      return EXIT.usage;
    }
    const realPath = realpathSync(path);
    const { sidecar, untouchable } = await readSidecarFile(nodeFileSystem, realPath);
    if (untouchable) io.err(problemText(untouchable));
    const directory = dataDirectory(io.environment, values['data-dir']);
    const trust = createTrust({ dataDirectory: directory });
    const start = await prepareRun(
      {
        text,
        format,
        sidecar: { ...sidecar, bindings: withBindings(parsed.pipeline, sidecar.bindings, values, io.cwd) },
        variables: Object.fromEntries(values.var.map((given) => pair(given, '--var'))),
        documentPath: realPath,
        folder: dirname(realPath),
        openedAs: dirname(path),
      },
      trust,
      (consent) => (values.trust ? Promise.resolve(true) : askInTerminal(consent, io)),
    );

    const history = createHistory({ dataDirectory: directory });
    const engine = createEngine({
      dataDirectory: directory,
      history,
      providers,
      slots: () => slots,
    });
    try {
      await tellOfUnfinished(history, io);
      return await followRun({
        engine,
        history,
        io,
        json: values.json ?? false,
        quiet: values.quiet ?? false,
        approves: (key) => values['approve-all'] === true || values.approve.includes(key),
        start: () => engine.start(start),
      });
    } finally {
      await engine.close();
      await history.close();
    }
  },
};

/** Not taken over here: whoever asks for one run should not have to wait for another. */
async function tellOfUnfinished(history: History, io: Io): Promise<void> {
  for (const id of await history.unfinished()) {
    io.err(`${id} was left unfinished by an earlier run. The window, or penstock resume ${id}, goes on with it.\n`);
  }
}

export async function askInTerminal(consent: Consent, io: Io): Promise<boolean> {
  if (!io.isInteractive) {
    throw new ProblemError({
      code: 'trust.refused',
      where: '',
      what: `The commands of ${consent.folder} were never agreed to${consent.changed ? ' in this form' : ''}.`,
      fix: 'Read them, then run again with --trust.',
    });
  }
  io.err(
    `This runs commands of ${consent.folder} with your own rights${consent.changed ? ' (they changed since you agreed)' : ''}:\n`,
  );
  for (const { where, text } of consent.commands) io.err(`\n  ${where}\n${text.replace(/^/gm, '    ')}\n`);
  return isYes(await io.ask('\nRun them? [y/N] '));
}
