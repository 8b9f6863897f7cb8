import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAlarms } from './alarms.ts';

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'penstock-alarms-'));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

describe('the local states of alarms', () => {
  let now = 0;
  const alarms = () => createAlarms(data, () => ++now);

  it('are known to another host, with when each was set', async () => {
    await alarms().set('errors', 'OK');
    await alarms().set('errors', 'ALARM');
    expect(
      alarms()
        .changes('errors')
        .map(({ state }) => state),
    ).toEqual(['OK', 'ALARM']);
    expect(alarms().list()).toEqual([{ alarmName: 'errors', state: 'ALARM', at: expect.any(Number) }]);
  });
  it('change nothing when they are set to what they are', async () => {
    const kept = alarms();
    await kept.set('errors', 'OK');
    await kept.set('errors', 'OK');
    expect(kept.changes('errors')).toHaveLength(1);
  });
  it('are heard of when another process sets them', async () => {
    const heard = Promise.withResolvers<void>();
    const mine = alarms();
    const stop = mine.watch(heard.resolve);
    await alarms().set('errors', 'OK');
    await heard.promise;
    stop();
    mine.close();
  });
  it('names of any kind become no paths, and a damaged file counts as never set', async () => {
    const kept = alarms();
    await kept.set('../../etc/passwd', 'OK');
    const [file = ''] = readdirSync(join(data, 'alarms'));
    expect(file).toMatch(/^[0-9a-f]{32}\.json$/);
    writeFileSync(join(data, 'alarms', file), '{');
    expect(kept.changes('../../etc/passwd')).toEqual([]);
    expect(kept.list()).toEqual([]);
    await kept.set('../../etc/passwd', 'ALARM');
    expect(kept.list()).toHaveLength(1);
  });
  it('there are none before one was set', () => {
    expect([alarms().list(), alarms().changes('errors')]).toEqual([[], []]);
  });
});
