import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'vite';
import { root } from '../scripts/root.ts';

/**
 * A benchmark's process (a source of this folder) as one file, as the product is bundled, so that no types are stripped while
 * it is measured. Answers its path below `folder`.
 */
export async function bundleWork(name: string, folder: string): Promise<string> {
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: join(root, 'bench', `${name}.ts`),
      outDir: join(folder, 'bundle'),
      emptyOutDir: true,
      target: 'node22',
      rolldownOptions: { output: { entryFileNames: `${name}.mjs` } },
    },
    ssr: { noExternal: true },
  });
  return join(folder, 'bundle', `${name}.mjs`);
}

/** What a Node program prints. Throws what it says on its standard error when it fails. */
export function runNode(args: readonly string[], cwd: string): string {
  const flags = ['--disable-warning=ExperimentalWarning', ...args];
  const { stdout, stderr, status } = spawnSync(process.execPath, flags, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

/** CPU, wall time and memory of some work in a process of its own. */
export interface Measured {
  /** Of this process and of its children that have ended, in steps of 10 ms. */
  cpuMs: number;
  /** Of this process alone. */
  ownCpuMs: number;
  wallMs: number;
  peakMiB: number;
}
