import { realpathSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import type { Consent } from '../../shared/ipc/contract.ts';
import { actionKey, type PipelineDeclaration } from '../../shared/model/declaration.ts';
import type { Sidecar } from '../../shared/model/sidecar.ts';
import { ProblemError } from '../../shared/problem.ts';
import { providers } from '../../shared/providers/table.ts';
import { dataDirectory } from '../dataDirectory.ts';
import { nodeFileSystem } from '../documents/fileSystem.ts';
import { readSidecarFile } from '../documents/readSidecar.ts';
import { createEndpoint } from '../endpoint/createEndpoint.ts';
import { createEngine } from '../engine/createEngine.ts';
import { createTrust } from '../engine/trust/createTrust.ts';
import { createHistory } from '../history/createHistory.ts';
import type { History } from '../parts.ts';
import { prepareRun, type RunRequest } from '../prepareRun.ts';
import { withBindings } from './bindings.ts';
import { EXIT, type Io, isYes, UsageError } from './command.ts';
import { followRun } from './followRun.ts';
import { problemText, readPipelineFile } from './readFile.ts';

/** The options of every command that runs a pipeline file. */
export const runOptions = {
  source: { type: 'string', multiple: true, default: [] as string[] },
  bind: { type: 'string', multiple: true, default: [] as string[] },
  approve: { type: 'string', multiple: true, default: [] as string[] },
  'approve-all': { type: 'boolean' },
  trust: { type: 'boolean' },
  json: { type: 'boolean' },
  quiet: { type: 'boolean', short: 'q' },
  slots: { type: 'string' },
  'data-dir': { type: 'string' },
} as const;

export interface RunValues {
  source: string[];
  bind: string[];
  approve: string[];
  'approve-all'?: boolean | undefined;
  trust?: boolean | undefined;
  json?: boolean | undefined;
  quiet?: boolean | undefined;
  slots?: string | undefined;
  'data-dir'?: string | undefined;
}

/** What a command adds to the run of a file: variables, revisions, a trigger. */
export type RunMore = Pick<RunRequest, 'variables' | 'trigger' | 'sourceRevisions'>;

/** Runs a pipeline file on this machine and answers the exit code when it has ended. */
export async function runFile(
  file: string,
  values: RunValues,
  io: Io,
  moreOf: (found: {
    pipeline: PipelineDeclaration;
    bindings: Sidecar['bindings'];
    folder: string;
    scratch: string;
  }) => RunMore | Promise<RunMore>,
): Promise<number> {
  const slots = values.slots === undefined ? availableParallelism() : Number(values.slots);
  if (!Number.isInteger(slots) || slots < 1 || slots > 64) throw new UsageError('--slots wants a number from 1 to 64.');
  const { path, text, format, parsed, problems } = await readPipelineFile(file, io.cwd);
  if (!parsed.pipeline || problems.some(({ severity }) => severity === 'error')) {
    for (const found of problems) io.err(problemText(found));
    return EXIT.usage;
  }
  const realPath = realpathSync(path);
  const folder = dirname(realPath);
  const { sidecar, untouchable } = await readSidecarFile(nodeFileSystem, realPath);
  if (untouchable) io.err(problemText(untouchable));
  const directory = dataDirectory(io.environment, values['data-dir']);
  const { pipeline } = parsed;
  const bindings = withBindings(pipeline, sidecar.bindings, values, io.cwd);
  checkApprovals(pipeline, values.approve);
  const more = await moreOf({ pipeline, bindings, folder, scratch: directory });
  const trust = createTrust({ dataDirectory: directory });

  // First of all, so that nothing is agreed to for a run that cannot be: another Penstock may use the directory.
  const history = createHistory({ dataDirectory: directory });
  const endpoint = createEndpoint({ dataDirectory: directory });
  const engine = createEngine({
    endpoint,
    dataDirectory: directory,
    history,
    providers,
    slots: () => slots,
  });
  try {
    const start = await prepareRun(
      {
        text,
        format,
        // Nobody could let it go on here: breakpoints are the window's.
        sidecar: { ...sidecar, bindings, breakpoints: undefined },
        documentPath: realPath,
        folder,
        openedAs: dirname(path),
        ...more,
      },
      trust,
      (consent) => (values.trust ? Promise.resolve(true) : askInTerminal(consent, io)),
    );
    if (!values.quiet) await tellOfUnfinished(history, pipeline.name, io);
    return await followRun({
      engine,
      history,
      io,
      json: values.json ?? false,
      quiet: values.quiet ?? false,
      answers: (key) => (values['approve-all'] || values.approve.includes(key) ? 'Approved' : undefined),
      start: () => engine.start(start),
    });
  } finally {
    await engine.close();
    await endpoint.close();
    await history.close();
  }
}

function checkApprovals(pipeline: PipelineDeclaration, keys: readonly string[]): void {
  const approvals = pipeline.stages.flatMap((stage) =>
    stage.actions
      .filter(({ actionTypeId }) => actionTypeId.category === 'Approval')
      .map((action) => actionKey(stage.name, action.name)),
  );
  const unknown = keys.find((key) => !approvals.includes(key));
  if (unknown === undefined) return;
  throw new UsageError(
    `--approve ${unknown}: the pipeline has no such approval${approvals.length > 0 ? `; it has ${approvals.join(', ')}` : ''}.`,
  );
}

/** Not taken over here: whoever asks for one run should not have to wait for another. */
async function tellOfUnfinished(history: History, pipelineName: string, io: Io): Promise<void> {
  for (const id of await history.unfinished()) {
    if ((await history.summary(id))?.pipelineName !== pipelineName) continue;
    io.err(`${id} was left unfinished by an earlier run. The window, or penstock resume ${id}, goes on with it.\n`);
  }
}

/** Shows what would run; only a person at the terminal can agree to it here. */
export async function askInTerminal(consent: Consent, io: Io): Promise<boolean> {
  io.err(
    `This runs commands of ${consent.folder} with your own rights${consent.changed ? ' (they changed since you agreed)' : ''}:\n${consent.summary ? `${consent.summary}\n` : ''}`,
  );
  for (const { where, text } of consent.commands) io.err(`\n  ${where}\n${text.replace(/^/gm, '    ')}\n`);
  io.err('\n');
  if (io.isInteractive) return isYes(await io.ask('Run them? [y/N] '));
  throw new ProblemError({
    code: 'trust.refused',
    where: '',
    what: `The commands of ${consent.folder} were never agreed to${consent.changed ? ' in this form' : ''}.`,
    fix: 'Read them above, then run again with --trust.',
  });
}
