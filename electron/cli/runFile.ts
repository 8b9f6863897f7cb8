import { realpathSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { actionKey, type PipelineDeclaration } from '../../shared/model/declaration.ts';
import type { Sidecar } from '../../shared/model/sidecar.ts';
import { dataDirectory } from '../dataDirectory.ts';
import { nodeFileSystem } from '../documents/fileSystem.ts';
import { readSidecarFile } from '../documents/readSidecar.ts';
import type { History } from '../parts.ts';
import { prepareRun, type RunRequest } from '../prepareRun.ts';
import { withBindings } from './bindings.ts';
import { createBoundWorkers } from './boundWorkers.ts';
import { askerOf, openCliHost } from './cliHost.ts';
import { EXIT, type Io, UsageError } from './command.ts';
import { followRun } from './followRun.ts';
import { prepareOthers } from './prepareOthers.ts';
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
  const { bindings, workers } = withBindings(pipeline, sidecar.bindings, values, io.cwd);
  checkApprovals(pipeline, values.approve);
  const more = await moreOf({ pipeline, bindings, folder, scratch: directory });
  const host = openCliHost({ dataDirectory: directory, io, slots: () => slots });
  const { engine, history, trust } = host;
  const askConsent = askerOf(values, io);
  const boundWorkers = createBoundWorkers({ commands: workers, dataDirectory: directory, history, engine, io });
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
      askConsent,
    );
    await prepareOthers(start, trust, askConsent);
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
    await boundWorkers.close();
    await host.close();
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
