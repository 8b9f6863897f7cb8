import { realpathSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import type { ExecutionEvent } from '../../shared/execution/events.ts';
import type { Consent } from '../../shared/ipc/contract.ts';
import { actionKey } from '../../shared/model/declaration.ts';
import { ProblemError } from '../../shared/problem.ts';
import { providers } from '../../shared/providers/table.ts';
import { dataDirectory } from '../dataDirectory.ts';
import { readSidecar } from '../documents/readSidecar.ts';
import { createEngine } from '../engine/createEngine.ts';
import { createTrust } from '../engine/trust/createTrust.ts';
import { createHistory } from '../history/createHistory.ts';
import type { Engine, History } from '../parts.ts';
import { prepareRun } from '../prepareRun.ts';
import { withBindings } from './bindings.ts';
import { type Command, EXIT, type Io, pair, parse } from './command.ts';
import { eventText } from './eventText.ts';
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
Ctrl+C stops after the running actions; a second one abandons them.
`,
  async run(argv, io) {
    const { values, positionals } = parse(argv, options, { min: 1, max: 1 });
    const { path, text, format, parsed, problems } = await readPipelineFile(positionals[0]!, io.cwd);
    if (!parsed.pipeline || problems.some(({ severity }) => severity === 'error')) {
      for (const found of problems) io.err(problemText(found));
      return EXIT.usage;
    }
    const realPath = realpathSync(path);
    const sidecar = await readSidecar(realPath);
    const directory = dataDirectory(io.environment, values['data-dir']);
    const trust = createTrust({ dataDirectory: directory });
    const start = await prepareRun(
      {
        text,
        format,
        sidecar: { ...sidecar, bindings: withBindings(parsed.pipeline, sidecar.bindings, values, io.cwd) },
        variables: { ...sidecar.variables, ...Object.fromEntries(values.var.map((given) => pair(given, '--var'))) },
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
      slots: () => Number(values.slots) || availableParallelism(),
    });
    try {
      return await follow({ engine, history, io, values, start: () => engine.start(start) });
    } finally {
      await engine.close();
      await history.close();
    }
  },
};

interface Follow {
  engine: Engine;
  history: History;
  io: Io;
  values: { json?: boolean; quiet?: boolean; approve: readonly string[]; 'approve-all'?: boolean };
  start: () => Promise<{ pipelineExecutionId: string }>;
}

/** Prints events as they come, answers approvals, and resolves with the exit code when the execution ends or waits. */
async function follow({ engine, history, io, values, start }: Follow): Promise<number> {
  let pipelineExecutionId = '';
  let interrupts = 0;
  let settle: (code: number) => void;
  const ended = new Promise<number>((resolve) => {
    settle = resolve;
  });

  const answerApproval = async (event: ExecutionEvent & { type: 'ApprovalRequested' }) => {
    const { stageName, actionName, token } = event;
    const key = actionKey(stageName, actionName);
    let status: 'Approved' | 'Rejected' = 'Approved';
    let summary = 'Approved on the command line.';
    if (!values['approve-all'] && !values.approve.includes(key)) {
      if (!io.isInteractive) return;
      const answer = await io.ask(
        `${key} waits for approval${event.customData ? `: ${event.customData}` : ''}\nApprove? [y/N] `,
      );
      status = /^y(es)?$/i.test(answer.trim()) ? 'Approved' : 'Rejected';
      summary = `${status} in the terminal.`;
    }
    await engine.handlers.putApprovalResult({ pipelineExecutionId, stageName, actionName, token, status, summary });
  };

  const unsubscribe = history.subscribe((id, events) => {
    if (pipelineExecutionId && id !== pipelineExecutionId) return;
    for (const event of events) {
      if (values.json) io.out(`${JSON.stringify(event)}\n`);
      else if (!values.quiet) io.err(eventText(event));
      if (event.type === 'ApprovalRequested')
        answerApproval(event).catch((error: unknown) =>
          io.err(`${error instanceof Error ? error.message : String(error)}\n`),
        );
      if (event.type === 'ExecutionFinished')
        settle(event.status === 'Succeeded' ? EXIT.succeeded : event.status === 'Stopped' ? EXIT.stopped : EXIT.failed);
    }
  });

  const offInterrupt = io.onInterrupt(() => {
    interrupts += 1;
    if (!pipelineExecutionId || interrupts > 2) return settle(EXIT.stopped);
    const abandon = interrupts === 2;
    io.err(
      abandon
        ? 'Abandoning the running actions …\n'
        : 'Stopping after the running actions (Ctrl+C again abandons them) …\n',
    );
    engine.handlers
      .stopPipelineExecution({ pipelineExecutionId, abandon, reason: 'Stopped in the terminal' })
      .catch((error: unknown) => io.err(`${error instanceof Error ? error.message : String(error)}\n`));
  });

  try {
    ({ pipelineExecutionId } = await start());
    const waits = io.isInteractive ? new Promise<never>(() => {}) : engine.idle().then(() => EXIT.waitsForApproval);
    const code = await Promise.race([
      ended,
      waits.then(async (waiting) => ((await history.summary(pipelineExecutionId))?.waitsForApproval ? waiting : ended)),
    ]);
    if (!values.json)
      io.err(
        code === EXIT.waitsForApproval
          ? `${pipelineExecutionId} waits for an approval. Give it in the window, or run with --approve Stage/Action.\n`
          : `${pipelineExecutionId}\n`,
      );
    return code;
  } finally {
    unsubscribe();
    offInterrupt();
  }
}

async function askInTerminal(consent: Consent, io: Io): Promise<boolean> {
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
  return /^y(es)?$/i.test((await io.ask('\nRun them? [y/N] ')).trim());
}
