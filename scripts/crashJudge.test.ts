import { spawn } from 'node:child_process';
import { appendFileSync, readdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { engineFixture, pipelineOf, run, temporaryRoot } from '../electron/engine/testing/engineFixture.ts';
import { judgeTrial, noCounts } from './crashJudge.ts';
import type { CrashScenario } from './crashScenarios.ts';

/** Positive controls of the crash table: what it counts as zero, it would have seen. */
let root: string;
let remove: () => void;
let attempt: string;
let journal: string;
beforeEach(async () => {
  ({ root, remove } = temporaryRoot());
  const host = engineFixture({ root });
  const { pipelineExecutionId } = await host.run(pipelineOf({ Build: [run('Make', 'true')] }));
  journal = join(host.history.folder(pipelineExecutionId), 'journal.jsonl');
  attempt = readdirSync(join(host.history.folder(pipelineExecutionId), 'actions')).at(-1)!;
  await host.close();
});
afterEach(() => remove());

const scenario: CrashScenario = { next: () => undefined, isOver: () => true, judge: () => [] };
const judged = async (code: number | 'hung' = 0, more: Partial<CrashScenario> = {}) => {
  const counts = noCounts();
  const faults = await judgeTrial(root, code, { ...scenario, ...more }, counts);
  return { ...counts, faults: faults.length };
};

describe('the judge of crash trials', () => {
  it('finds nothing wrong with a run that was left alone', async () => {
    expect(await judged()).toEqual({ ...noCounts(), faults: 0 });
  });

  it('sees a command that ran twice', async () => {
    appendFileSync(join(root, 'evidence'), 'Make one\nMake one\n');
    expect(await judged()).toMatchObject({ doubleStarts: 1, faults: 1 });
  });

  it('sees a record that was acknowledged and is not there', async () => {
    appendFileSync(join(root, 'acknowledged'), 'gone 1 ExecutionStarted\n');
    expect(await judged()).toMatchObject({ recordsLost: 1, faults: 1 });
  });

  it('sees an action and a run without their ends', async () => {
    truncateSync(journal, 4000);
    expect(await judged()).toMatchObject({ unrecoverable: 1 });
  });

  it('sees a host that could not start, one that hangs, and an end that is not the right one', async () => {
    expect(await judged(1)).toMatchObject({ unrecoverable: 1 });
    expect(await judged('hung')).toMatchObject({ unrecoverable: 1 });
    expect(await judged(0, { judge: () => ['Not so.'] })).toMatchObject({ unrecoverable: 1 });
  });

  it('sees a process that was left over', async () => {
    const left = spawn('sleep', ['60'], { env: { PENSTOCK_COOKIE: attempt, PATH: process.env.PATH }, stdio: 'ignore' });
    try {
      await new Promise((resolve) => left.once('spawn', resolve));
      expect(await judged()).toMatchObject({ orphans: 1, faults: 1 });
    } finally {
      left.kill('SIGKILL');
    }
  });
});
