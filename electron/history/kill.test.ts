import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createHistory } from './createHistory.ts';

let dataDirectory: string;
beforeEach(() => {
  dataDirectory = mkdtempSync(join(tmpdir(), 'penstock-kill-'));
});
afterEach(() => rmSync(dataDirectory, { recursive: true, force: true }));

/** Runs a writer, kills it once it acknowledged `until` records more, and answers the last it acknowledged. */
const killAfter = (until: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const writer = spawn(process.execPath, [join(import.meta.dirname, 'testing', 'appendForEver.ts'), dataDirectory], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    writer.stdout.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      if (text.split('\n').length > until) writer.kill('SIGKILL');
    });
    writer.on('error', reject);
    writer.on('close', () => resolve(Number(text.split('\n').at(-2))));
  });

it('keeps every acknowledged record when the host is killed in the middle of writing, and lets the next host in', async () => {
  for (const until of [1, 7, 40]) {
    const acknowledged = await killAfter(until);
    const history = createHistory({ dataDirectory, report: () => {} });
    expect(await history.unfinished()).toEqual(['e-1']);
    const events = await history.events('e-1');
    expect(events.length).toBeGreaterThanOrEqual(acknowledged);
    expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1));
    await history.close();
  }
});
