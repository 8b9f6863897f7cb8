import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { terminal } from './io.ts';

const program = join(import.meta.dirname, '../penstock.ts');

describe.runIf(process.platform !== 'win32')('penstock as a process', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'penstock-io-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

  /** Runs it with its stdout closed by the reader, as `| head -1` does; answers its exit code and what it said. */
  const withoutReader = (...argv: string[]) =>
    new Promise<{ code: number | null; said: string }>((resolve) => {
      const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...argv], {
        env: { PATH: process.env.PATH, HOME: folder, PENSTOCK_DATA: join(folder, 'data') },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let said = '';
      child.stdout.destroy();
      child.stderr.on('data', (data: Buffer) => {
        said += data;
      });
      child.on('close', (code) => resolve({ code, said }));
    });

  it('ends in silence when nobody reads its output any more', async () => {
    expect(await withoutReader('--help')).toEqual({ code: 0, said: '' });
  });

  it('keeps its exit code when nobody reads', async () => {
    expect((await withoutReader('validate', 'nothing.json', '--json')).code).toBe(2);
  });
});

it('leaves nothing behind on the output each time it waits for a slow reader', async () => {
  const { stdout } = process;
  const io = terminal();
  Object.defineProperty(stdout, 'writableNeedDrain', { value: true, configurable: true });
  try {
    const before = { error: stdout.listenerCount('error'), drain: stdout.listenerCount('drain') };
    for (let time = 0; time < 3; time += 1) {
      const drained = io.drained();
      stdout.emit('drain');
      expect(await drained).toBe(true);
    }
    expect({ error: stdout.listenerCount('error'), drain: stdout.listenerCount('drain') }).toEqual(before);
  } finally {
    Reflect.deleteProperty(stdout, 'writableNeedDrain');
  }
});
