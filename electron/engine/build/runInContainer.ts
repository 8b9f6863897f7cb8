import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Cancellation } from '../../../shared/providers/host.ts';
import { COOKIE } from '../process/childEnvironment.ts';
import { NOTE } from '../process/shellNote.ts';
import type { ExitCode } from '../process/superviseShell.ts';
import { type ContainerSpec, checkImage, containerScript, removeContainer } from './container.ts';

interface Running {
  script: string;
  own: Readonly<Record<string, string>>;
  cwd: string;
  shell: 'sh' | 'bash';
}

export interface InContainer extends Running {
  container: ContainerSpec;
  folder: string;
  secretNames: ReadonlySet<string>;
  signal: Cancellation;
  log: { line(text: string): void };
}

/**
 * Runs a build's script in its container, by way of the supervised shell on the host that `run` starts or joins. A container that is
 * left, because the shell around it was killed or told to end, is removed before this settles.
 */
export async function runInContainer(
  request: InContainer,
  run: (inside: Running) => Promise<ExitCode>,
): Promise<ExitCode> {
  const { container, folder, signal, log, secretNames, cwd, shell } = request;
  if (!existsSync(join(folder, NOTE))) {
    await checkImage(container);
    log.line(`Runs in a container of ${container.image} (${basename(container.program)}).`);
  }
  const { script, environment } = containerScript({
    container,
    script: request.script,
    shell,
    environment: request.own,
    secretNames,
    cwd,
    folder,
    passed: ['TERM', COOKIE],
  });
  const exitCode = await run({ script, own: environment, cwd, shell: 'sh' });
  if (signal.aborted || exitCode !== 0) await removeContainer(container);
  return exitCode;
}
