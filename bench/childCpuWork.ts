import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';

/** CPU seconds of a shell command: the shell's `times` gives those of its children in its second line. Throws when it fails. */
export function childCpu(command: string, folder: string, environment = process.env): number {
  mkdirSync(folder, { recursive: true });
  const { stdout, stderr, status } = spawnSync('sh', ['-c', `${command} && times`], {
    cwd: folder,
    env: environment,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${command} failed: ${stderr}`);
  const seconds = [...(stdout.trim().split('\n').at(-1) ?? '').matchAll(/(\d+)m([\d.]+)s/g)];
  return seconds.reduce((sum, [, minutes, rest]) => sum + Number(minutes) * 60 + Number(rest), 0);
}

export const isInstalled = (command: string): boolean => !spawnSync(command, ['--version']).error;
