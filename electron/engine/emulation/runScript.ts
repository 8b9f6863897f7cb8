import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Cancellation, EmulationHost, ScriptRequest } from '../../../shared/providers/host.ts';
import type { ActionLog } from '../actionLog.ts';
import type { Attempt } from '../actionRunner.ts';
import { extractZip } from '../artifacts/extractZip.ts';
import { openKeptZip } from '../artifacts/openKeptZip.ts';
import type { TakeArtifact } from '../artifacts/takeArtifact.ts';
import type { AttemptFolder } from '../attemptFolder.ts';
import { childEnvironment } from '../process/childEnvironment.ts';
import type { ProcessIdentity } from '../process/processIdentity.ts';
import { superviseShell } from '../process/superviseShell.ts';

export interface ScriptOptions {
  request: ScriptRequest;
  attempt: Attempt;
  folder: AttemptFolder;
  take: TakeArtifact;
  log: ActionLog;
  signal: Cancellation;
  closing: Cancellation;
  onStarted: (identity: ProcessIdentity) => void;
}

/**
 * Runs one script of an unpacked bundle, in the bundle's root. Each step has a folder of its own in which its shell notes how
 * it came and went, so a later host knows of every step whether it ran. The bundle is unpacked once for all of them.
 */
export async function runScript(options: ScriptOptions): ReturnType<EmulationHost['runScript']> {
  const { request, attempt, folder, take, log, signal, closing } = options;
  folder.ensure();
  const bundle = join(folder.workspace, 'bundle');
  if (!existsSync(bundle)) {
    await extractZip(await take(request.bundle), bundle, { durable: false, open: openKeptZip });
  }
  const step = join(folder.path, `step-${request.step}`);
  mkdirSync(step, { recursive: true, mode: 0o700 });

  const ending = new AbortController();
  let isLate = false;
  const onAbort = () => ending.abort();
  if (signal.aborted) ending.abort();
  signal.addEventListener('abort', onAbort);
  const timer = setTimeout(() => {
    isLate = true;
    ending.abort();
  }, request.timeoutSeconds * 1000);
  const stop = () => {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  };
  closing.addEventListener('abort', stop);
  try {
    const path = quote(`./${request.location}`);
    const exitCode = await superviseShell({
      folder: step,
      outputPath: log.startOutput(),
      // CodeDeploy's agent makes scripts executable that are not.
      script: `chmod +x ${path}\n${path}`,
      shell: 'sh',
      environment: childEnvironment(attempt.actionExecutionId, request.environment),
      cwd: bundle,
      cookie: attempt.actionExecutionId,
      before: attempt.before,
      mayStart: attempt.mayStart,
      signal: ending.signal,
      closing,
      onStarted: options.onStarted,
    });
    if (isLate) return { ended: 'timedOut' };
    return exitCode === 'lost' ? { ended: 'lost' } : { exitCode };
  } finally {
    stop();
    closing.removeEventListener('abort', stop);
  }
}

/** Single quotes around a text for a POSIX shell. */
const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
