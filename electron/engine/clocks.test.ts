import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { actionOf, conditionOf, stageOf } from '../../shared/execution/executionState.ts';
import {
  approve,
  type EngineFixture,
  engineFixture,
  pipelineOf,
  rule,
  run,
  withConditions,
} from './testing/engineFixture.ts';

/** DU-36, DU-37 in a running engine: what happens to the machine's clocks and its time zone. */
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Real time for processes and files. */
const PATIENCE = { timeout: 10_000 };

let host: EngineFixture;
const zone = process.env.TZ;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
  vi.setSystemTime(Date.UTC(2026, 9, 24, 12)); // the day before Berlin leaves summer time
  host = engineFixture();
});
afterEach(async () => {
  vi.useRealTimers();
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
  await host.close();
});

/** Both clocks go on. */
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);
/** The wall clock jumps; no timer runs and the monotonic clock stands, as while the machine sleeps. */
const jump = (milliseconds: number) => vi.setSystemTime(Date.now() + milliseconds);
const settled = (check: () => Promise<void>) => vi.waitFor(check, PATIENCE);

async function approval() {
  const id = await host.start(pipelineOf({ Ask: [approve('Ok')] }));
  await host.seen(id, ({ type }) => type === 'ApprovalRequested');
  return async () => actionOf(await host.state(id), 'Ask', 'Ok')?.status;
}
/** Commands have 55 minutes (reference/actions.md, Timeouts). */
async function command() {
  const id = await host.start(
    pipelineOf({ Build: [run('Slow', `while [ ! -e ${host.root}/go ]; do sleep 0.05; done`)] }),
  );
  await host.seen(id, (event) => event.type === 'ActionStarted' && event.actionName === 'Slow');
  return async () => actionOf(await host.state(id), 'Build', 'Slow');
}
async function windowOf(Cron: string, TimeZone: string) {
  const pipeline = withConditions(pipelineOf({ Deploy: [run('Ship', 'true')] }), 'Deploy', {
    beforeEntry: { conditions: [{ result: 'FAIL', rules: [rule('DeploymentWindow', { Cron, TimeZone })] }] },
  });
  const id = await host.start(pipeline);
  await host.seen(id, ({ type }) => type === 'RuleStarted');
  return { id, status: async () => conditionOf(stageOf(await host.state(id), 'Deploy'), 'BEFORE_ENTRY')?.status };
}

describe('a machine that sleeps (DU-37)', () => {
  it('counts its sleep for an approval: seven days are over by the date', async () => {
    const status = await approval();
    await pass(DAY);
    jump(6 * DAY - HOUR);
    await pass(HOUR - MINUTE);
    expect(await status()).toBe('InProgress');
    await pass(HOUR);
    await settled(async () => expect(await status()).toBe('Failed'));
  });

  it('does not count it for a command: that has its 55 minutes of running time', async () => {
    const action = await command();
    await pass(20 * MINUTE);
    jump(8 * HOUR);
    await pass(34 * MINUTE);
    expect((await action())?.status).toBe('InProgress');
    await pass(2 * MINUTE);
    await settled(async () => expect(await action()).toMatchObject({ errorDetails: { code: 'TimedOut' } }));
  });

  it('opens the way at once when a deployment window came while it slept', async () => {
    const { status } = await windowOf('* * 9-17 * * ? *', 'Asia/Tokyo'); // 00:00 to 08:59 UTC
    await pass(HOUR);
    expect(await status()).toBe('InProgress');
    jump(13 * HOUR);
    await pass(HOUR);
    await settled(async () => expect(await status()).toBe('Succeeded'));
  });
});

describe('a wall clock that is set back while time goes on (DU-37)', () => {
  it('gives an approval its date, and a command no minute more', async () => {
    const status = await approval();
    const action = await command();
    await pass(30 * MINUTE);
    jump(-2 * DAY);
    await pass(26 * MINUTE);
    await settled(async () => expect(await action()).toMatchObject({ errorDetails: { code: 'TimedOut' } }));
    await pass(7 * DAY);
    expect(await status(), 'by the wall clock two days are left').toBe('InProgress');
    await pass(2 * DAY);
    await settled(async () => expect(await status()).toBe('Failed'));
  });
});

describe('a time zone that changes in the middle of a run (DU-36)', () => {
  const local = () => new Date(Date.UTC(2026, 9, 24, 12)).getHours();

  it('moves no deadline', async () => {
    process.env.TZ = 'Pacific/Auckland';
    const before = local();
    const action = await command();
    await pass(30 * MINUTE);
    process.env.TZ = 'America/Los_Angeles';
    expect(local(), 'the control: the change is felt').not.toBe(before);
    await pass(24 * MINUTE);
    expect((await action())?.status).toBe('InProgress');
    await pass(2 * MINUTE);
    await settled(async () => expect(await action()).toMatchObject({ errorDetails: { code: 'TimedOut' } }));
  });

  it('opens a window when its own zone says so, across the end of summer time', async () => {
    process.env.TZ = 'Pacific/Auckland';
    // 03:30 on the 25th comes once: 02:30 UTC, because the night has 25 hours.
    const { status } = await windowOf('0 30 3 25 10 ? *', 'Europe/Berlin');
    await pass(13 * HOUR);
    process.env.TZ = 'America/Los_Angeles';
    await pass(HOUR + 29 * MINUTE);
    expect(await status()).toBe('InProgress');
    await pass(2 * MINUTE);
    await settled(async () => expect(await status()).toBe('Succeeded'));
  });

  it('leaves journals that count milliseconds of UTC, in order', async () => {
    process.env.TZ = 'Pacific/Auckland';
    const { id, status } = await windowOf('0 30 3 25 10 ? *', 'Europe/Berlin');
    process.env.TZ = 'America/Los_Angeles';
    await pass(15 * HOUR);
    await settled(async () => expect(await status()).toBe('Succeeded'));
    const events = await host.history.events(id);
    const times = events.map(({ at }) => at);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times[0]).toBe(Date.UTC(2026, 9, 24, 12));
    const opened = events.find(({ type }) => type === 'RuleFinished')?.at ?? 0;
    expect(new Date(opened).toISOString()).toMatch(/^2026-10-25T02:30/);
    const journal = readFileSync(join(host.history.folder(id), 'journal.jsonl'), 'utf8');
    expect(journal).not.toMatch(/GMT|[+-]\d\d:\d\d"|PDT|NZ/);
  });
});
