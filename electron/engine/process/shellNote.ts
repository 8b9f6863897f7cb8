import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The file in an attempt's folder where its shell notes how it came and went. */
export const NOTE = 'shell';

/** What the shell noted, as far as it came. Undefined when no shell has claimed the attempt. */
export function readNote(folder: string): { pid?: number; exitCode?: number } | undefined {
  const text = readText(join(folder, NOTE));
  if (text === undefined) return undefined;
  const pid = /^(\d+)\n/.exec(text)?.[1];
  const exitCode = /\n(\d+)\n$/.exec(text)?.[1];
  return { ...(pid ? { pid: Number(pid) } : {}), ...(exitCode ? { exitCode: Number(exitCode) } : {}) };
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
