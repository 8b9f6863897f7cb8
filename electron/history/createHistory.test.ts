import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import type { Happening } from '../../shared/execution/events.ts';
import type { Problem } from '../../shared/problem.ts';
import { pipelineOf } from '../../shared/testing/pipelineOf.ts';
import { simulate } from '../../shared/testing/simulate.ts';
import type { History } from '../parts.ts';
import { createHistory, type HistoryOptions } from './createHistory.ts';
import { faultyFs } from './testing/faultyFs.ts';

let dataDirectory: string;
let problems: Problem[];
let opened: History[];

beforeEach(() => {
  dataDirectory = mkdtempSync(join(tmpdir(), 'penstock-history-'));
  problems = [];
  opened = [];
});
afterEach(async () => {
  await Promise.all(opened.map((history) => history.close()));
  rmSync(dataDirectory, { recursive: true, force: true });
});

const open = (options: Partial<HistoryOptions> = {}): History => {
  const history = createHistory({ dataDirectory, report: (found) => problems.push(found), ...options });
  opened.push(history);
  return history;
};
const pipeline = pipelineOf({ Source: ['Repo'], Build: ['Compile'] });
/** The facts of a whole execution that succeeds. */
const facts = (id: string): Happening[] => {
  const run = simulate({ pipeline });
  // 'e-3' is the third start of the pipeline.
  for (let number = 1; number < Number(id.split('-')[1] ?? 1); number += 1) run.start(`earlier-${number}`);
  run.clock.runToEnd();
  run.start(id);
  run.clock.runToEnd();
  return run.log(id).map(({ seq: _seq, at: _at, mono: _mono, ...happening }) => happening as Happening);
};
const journalOf = (id: string) => join(dataDirectory, 'executions', id, 'journal.jsonl');
const list = async (history: History) =>
  (await history.handlers.listPipelineExecutions({ limit: 100 })).executions.map(
    ({ pipelineExecutionId, status }) => `${pipelineExecutionId} ${status}`,
  );
const reopen = async (history: History) => {
  await history.close();
  return open();
};
/** Leaves everything as a kill would: nothing is closed, the lock is let go as the system does. */
const store = async (ids: readonly string[]) => {
  let now = 1_760_000_000_000;
  const history = open({ now: () => (now += 1000) });
  for (const id of ids) for (const fact of facts(id)) await history.append(id, [fact]);
  return history;
};

describe('appending', () => {
  it('gives facts their sequence and times, tells subscribers once they are on disk, and keeps them', async () => {
    let now = 5000;
    let mono = 70;
    const history = open({ now: () => now, mono: () => mono });
    const told: string[] = [];
    history.subscribe((id, events) => {
      expect(readFileSync(journalOf(id), 'utf8').trimEnd().split('\n')).toHaveLength(events.at(-1)!.seq);
      told.push(...events.map((event) => `${event.seq} ${event.at} ${event.mono} ${event.type}`));
    });
    const [started, ...rest] = facts('e-1');
    await history.append('e-1', [started!]);
    now = 9000;
    mono = 72.5;
    await history.append('e-1', rest.slice(0, 2));
    expect(told).toEqual(['1 5000 0 ExecutionStarted', '2 9000 2.5 StageEntranceReached', '3 9000 2.5 StageStarted']);
    const again = await reopen(history);
    expect(await again.events('e-1')).toMatchObject([{ seq: 1 }, { seq: 2, at: 9000 }, { seq: 3, mono: 2.5 }]);
  });

  it('shares one write and one sync among all appends of one turn', async () => {
    const fs = faultyFs();
    const history = open({ fs });
    const [started, ...rest] = facts('e-1');
    await history.append('e-1', [started!]);
    fs.counts.fdatasync = 0;
    fs.counts.writeSync = 0;
    const answers = await Promise.all(rest.map((fact) => history.append('e-1', [fact])));
    expect(answers.flat().map((event) => event.seq)).toEqual(rest.map((_, index) => index + 2));
    expect(fs.counts).toMatchObject({ fdatasync: 1, writeSync: 1 });
  });

  it('keeps order by sequence and durations by the monotonic clock when the wall clock is set back', async () => {
    let now = 10_000;
    let mono = 0;
    const history = open({ now: () => now, mono: () => mono });
    const [started, ...rest] = facts('e-1');
    await history.append('e-1', [started!]);
    now -= 3_600_000;
    mono += 250;
    const [second] = await history.append('e-1', rest.slice(0, 1));
    expect(second).toMatchObject({ seq: 2, mono: 250 });
    const again = createHistory({ dataDirectory, readOnly: true, now: () => now });
    expect((await again.events('e-1')).map((event) => event.seq)).toEqual([1, 2]);
  });

  it('goes on in sequence and in monotonic time when another host takes over', async () => {
    const history = open({ now: () => 1000, mono: () => 500 });
    const [started, second] = facts('e-1');
    await history.append('e-1', [started!]);
    await history.close();
    const next = open({ now: () => 4000, mono: () => 3 });
    expect(await next.append('e-1', [second!])).toMatchObject([{ seq: 2, at: 4000, mono: 3000 }]);
  });

  it('gives a happening that was taken from another event its own place', async () => {
    const history = open();
    const copied = { seq: 99, at: 1, mono: 1, ...facts('e-1')[0]! };
    await history.append('e-1', [copied, copied]);
    expect((await (await reopen(history)).events('e-1')).map((event) => event.seq)).toEqual([1, 2]);
    expect(problems).toEqual([]);
  });

  it('refuses a journal that would not begin with the start of its execution', async () => {
    await expect(open().append('e-1', facts('e-1').slice(1))).rejects.toThrow(/cannot begin/);
  });

  it('refuses ids that are no plain names', async () => {
    const history = open();
    for (const id of ['../e', '.', 'a/b', 'a\\b', '']) {
      await expect(history.append(id, facts('e'))).rejects.toMatchObject({ problem: { code: 'execution.unknown' } });
      await expect(history.events(id)).rejects.toMatchObject({ problem: { code: 'execution.unknown' } });
    }
    expect(existsSync(join(dataDirectory, 'executions'))).toBe(false);
  });
});

describe('a damaged journal', () => {
  it('torn at any byte of its last record keeps every record before it and sets the rest aside', async () => {
    await (await store(['e-1'])).close();
    const whole = readFileSync(journalOf('e-1'));
    const lastStart = whole.lastIndexOf(10, whole.length - 2) + 1;
    const count = facts('e-1').length;
    for (let length = lastStart; length < whole.length; length += 1) {
      rmSync(join(dataDirectory, 'executions', 'e-1'), { recursive: true });
      mkdirSync(join(dataDirectory, 'executions', 'e-1'));
      writeFileSync(journalOf('e-1'), whole.subarray(0, length));
      const history = createHistory({ dataDirectory, report: (found) => problems.push(found) });
      expect(await history.unfinished()).toEqual(['e-1']);
      expect(await history.events('e-1')).toHaveLength(count - 1);
      await history.close();
      expect(readFileSync(journalOf('e-1'))).toEqual(whole.subarray(0, lastStart));
      const tail = join(dataDirectory, 'executions', 'e-1', 'journal.tail-1');
      if (length === lastStart) expect(existsSync(tail)).toBe(false);
      else expect(readFileSync(tail)).toEqual(whole.subarray(lastStart, length));
    }
    expect(problems).toHaveLength(whole.length - lastStart - 1);
    expect(problems[0]).toMatchObject({ code: 'history.journal-damaged', severity: 'warning' });
  });

  it('with any one bit flipped never shows a record that was not written', async () => {
    await (await store(['e-1'])).close();
    const whole = readFileSync(journalOf('e-1'));
    const sound = await createHistory({ dataDirectory, readOnly: true }).events('e-1');
    let seed = 7;
    for (let trial = 0; trial < 200; trial += 1) {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      const flipped = Buffer.from(whole);
      const at = seed % whole.length;
      flipped[at] = flipped[at]! ^ (1 << (trial % 8));
      writeFileSync(journalOf('e-1'), flipped);
      const history = createHistory({ dataDirectory, readOnly: true, report: (found) => problems.push(found) });
      const line = whole.subarray(0, at).filter((byte) => byte === 10).length;
      const events = await history.events('e-1').catch(() => []);
      expect(events).toEqual(sound.slice(0, events.length));
      expect(events).toHaveLength(line);
    }
    expect(problems).toHaveLength(200);
  });

  it('with a record missing in the middle ends before the gap', async () => {
    await (await store(['e-1'])).close();
    const lines = readFileSync(journalOf('e-1'), 'utf8').split('\n');
    writeFileSync(journalOf('e-1'), [...lines.slice(0, 2), ...lines.slice(3)].join('\n'));
    expect(await open().events('e-1')).toHaveLength(2);
    expect(problems).toHaveLength(1);
  });

  it('keeps every tail, and goes on after the readable part', async () => {
    await (await store(['e-1'])).close();
    const count = facts('e-1').length;
    for (const number of [1, 2]) {
      appendFileSync(journalOf('e-1'), `garbage ${number}`);
      const history = open();
      await history.append('e-1', [{ type: 'StopRequested', abandon: false, reason: `after ${number}` }]);
      expect((await history.events('e-1')).at(-1)).toMatchObject({ seq: count + number });
      await history.close();
      const tail = join(dataDirectory, 'executions', 'e-1', `journal.tail-${number}`);
      expect(readFileSync(tail, 'utf8')).toBe(`garbage ${number}`);
    }
  });

  test.each([
    ['deleted', (path: string) => rmSync(path)],
    ['emptied', (path: string) => truncateSync(path)],
    [
      'replaced by a folder',
      (path: string) => {
        rmSync(path);
        mkdirSync(path);
      },
    ],
  ])('that was %s leaves the other executions alone', async (_, harm) => {
    const history = await store(['e-1', 'e-2']);
    await history.close();
    harm(journalOf('e-1'));
    const again = open();
    expect(await list(again)).toEqual(['e-2 Succeeded']);
    await expect(again.events('e-1')).rejects.toMatchObject({ name: 'ProblemError' });
  });

  it('is only looked at, not changed, when the history is open for reading', async () => {
    await (await store(['e-1'])).close();
    appendFileSync(journalOf('e-1'), 'torn');
    const before = readFileSync(journalOf('e-1'));
    const reader = open({ readOnly: true });
    expect(await list(reader)).toEqual(['e-1 Succeeded']);
    expect(readFileSync(journalOf('e-1'))).toEqual(before);
    expect(readdirSync(join(dataDirectory, 'executions', 'e-1'))).toEqual(['journal.jsonl']);
    expect(problems).toHaveLength(1);
    await expect(reader.append('e-1', facts('e-1'))).rejects.toThrow(/reading only/);
  });
});

describe('a disk that refuses', () => {
  const begun = async () => {
    const fs = faultyFs();
    const history = open({ fs });
    const [started, ...rest] = facts('e-1');
    await history.append('e-1', [started!]);
    return { fs, history, rest, size: () => statSync(journalOf('e-1')).size };
  };

  it('for lack of space leaves nothing half-written and takes the record once there is space', async () => {
    const { fs, history, rest, size } = await begun();
    const before = size();
    fs.fail('writeSync', 'ENOSPC', { partial: 10 });
    await expect(history.append('e-1', rest.slice(0, 1))).rejects.toMatchObject({
      problem: { code: 'history.disk-full' },
    });
    expect(size()).toBe(before);
    expect(await history.append('e-1', rest.slice(0, 1))).toMatchObject([{ seq: 2 }]);
  });

  it('for lack of space at the very first record can be asked again', async () => {
    const fs = faultyFs();
    const history = open({ fs });
    fs.fail('writeSync', 'ENOSPC', { partial: 3 });
    await expect(history.append('e-1', facts('e-1'))).rejects.toMatchObject({ name: 'ProblemError' });
    expect(await history.append('e-1', facts('e-1'))).toHaveLength(facts('e-1').length);
    expect(await (await reopen(history)).events('e-1')).toHaveLength(facts('e-1').length);
  });

  it('at a sync is not trusted again: the journal takes nothing more', async () => {
    const { fs, history, rest } = await begun();
    fs.fail('fdatasync', 'EIO');
    await expect(history.append('e-1', rest.slice(0, 1))).rejects.toMatchObject({
      problem: { code: 'history.journal-closed' },
    });
    await expect(history.append('e-1', rest.slice(0, 1))).rejects.toMatchObject({
      problem: { code: 'history.journal-closed' },
    });
    expect(fs.counts.fdatasync).toBe(2);
    expect(await history.events('e-1')).toHaveLength(1);
    expect(await (await reopen(history)).events('e-1')).toHaveLength(1);
  });

  it('to open the file says so and loses nothing', async () => {
    const { fs, history, rest } = await begun();
    await history.close();
    const again = open({ fs });
    fs.fail('openSync', 'EMFILE');
    await expect(again.append('e-1', rest.slice(0, 1))).rejects.toMatchObject({
      problem: { code: 'history.not-writable' },
    });
    expect(await again.append('e-1', rest.slice(0, 1))).toMatchObject([{ seq: 2 }]);
  });

  it('because the folder was removed does not acknowledge what nobody will find again', async () => {
    const { history, rest } = await begun();
    rmSync(join(dataDirectory, 'executions'), { recursive: true });
    await expect(history.append('e-1', rest.slice(0, 1))).rejects.toMatchObject({
      problem: { code: 'history.journal-closed' },
    });
    expect(await history.append('e-2', facts('e-2'))).toHaveLength(facts('e-2').length);
  });

  it('to cut a partial record off closes that journal only', async () => {
    const { fs, history, rest } = await begun();
    fs.fail('writeSync', 'ENOSPC', { partial: 10 });
    fs.fail('ftruncateSync', 'EIO');
    await expect(history.append('e-1', rest.slice(0, 1))).rejects.toMatchObject({
      problem: { code: 'history.journal-closed' },
    });
    expect(await history.append('e-2', facts('e-2'))).toHaveLength(facts('e-2').length);
    expect(await (await reopen(history)).events('e-1')).toHaveLength(1);
  });
});

describe('the index', () => {
  const indexPath = () => join(dataDirectory, 'index.sqlite');
  const expected = ['e-3 Succeeded', 'e-2 Succeeded', 'e-1 Succeeded'];

  it('lists the newest first, by pipeline, by status, from a time on', async () => {
    const history = await store(['e-1', 'e-2', 'e-3']);
    expect(await list(history)).toEqual(expected);
    const ask = history.handlers.listPipelineExecutions;
    const all = await ask({ limit: 2 });
    expect(all.total).toBe(3);
    expect(all.executions).toHaveLength(2);
    expect(await ask({ limit: 5, before: all.executions[1]!.startTime })).toMatchObject({
      executions: [{ pipelineExecutionId: 'e-1' }],
    });
    expect(await ask({ limit: 5, pipelineName: 'other' })).toEqual({ executions: [], total: 0 });
    expect(await ask({ limit: 5, status: 'Failed' })).toEqual({ executions: [], total: 0 });
    expect(await history.lastStartNumber('sketch')).toBe(3);
    expect(await history.startedAfter('sketch', 1)).toEqual(['e-2', 'e-3']);
  });

  test.each([
    ['missing', () => rmSync(indexPath())],
    ['empty', () => truncateSync(indexPath())],
    [
      'no database',
      () => writeFileSync(indexPath(), 'not a database at all, but long enough to look like one'.repeat(50)),
    ],
    [
      'cut short',
      () => {
        const bytes = readFileSync(indexPath());
        writeFileSync(indexPath(), bytes.subarray(0, Math.floor(bytes.length / 2)));
      },
    ],
    [
      'a folder',
      () => {
        rmSync(indexPath());
        mkdirSync(indexPath());
      },
    ],
  ])('that is %s is made anew from the journals', async (_, harm) => {
    const history = await store(['e-1', 'e-2', 'e-3']);
    await list(history);
    await history.close();
    harm();
    const again = open();
    expect(await list(again)).toEqual(expected);
    expect(await list(await reopen(again))).toEqual(expected);
  });

  it('that a newer program wrote is left as it is, and the journals are read', async () => {
    const history = await store(['e-1', 'e-2', 'e-3']);
    await list(history);
    await history.close();
    const newer = new DatabaseSync(indexPath());
    newer.exec('PRAGMA user_version = 99; PRAGMA wal_checkpoint(TRUNCATE);');
    newer.close();
    const before = readFileSync(indexPath());
    const again = open();
    expect(await list(again)).toEqual(expected);
    await again.close();
    expect(readFileSync(indexPath())).toEqual(before);
    expect(problems).toMatchObject([
      { code: 'history.index-unusable', what: expect.stringContaining('newer program') },
    ]);
  });

  it('that fails while it is used is replaced, and nothing is missing', async () => {
    const history = await store(['e-1', 'e-2', 'e-3']);
    await list(history);
    const other = new DatabaseSync(indexPath());
    other.exec('DROP TABLE executions');
    other.close();
    expect(await list(history)).toEqual(expected);
    await history.append('e-4', facts('e-4').slice(0, 1));
    expect(await history.unfinished()).toEqual(['e-4']);
  });

  it('that is older than a journal reads that journal again, and no other', async () => {
    const history = await store(['e-1', 'e-2']);
    await list(history);
    await history.close();
    const kept = readFileSync(indexPath());
    const later = open();
    await later.append('e-2', [
      { type: 'StageRetryRequested', stageName: 'Build', retryMode: 'ALL_ACTIONS', trigger: 'ManualStageRetry' },
    ]);
    await later.close();
    writeFileSync(indexPath(), kept);
    const fs = faultyFs();
    const again = open({ fs });
    expect(await again.unfinished()).toEqual(['e-2']);
    expect(await list(again)).toEqual(['e-2 InProgress', 'e-1 Succeeded']);
    expect(fs.counts.readFileSync).toBe(1);
  });

  it('that is current is opened without reading a journal', async () => {
    const history = await store(['e-1', 'e-2']);
    await list(history);
    await history.close();
    const fs = faultyFs();
    expect(await list(open({ fs }))).toEqual(['e-2 Succeeded', 'e-1 Succeeded']);
    expect(fs.counts.readFileSync ?? 0).toBe(0);
  });

  it('forgets executions whose folder is gone', async () => {
    const history = await store(['e-1', 'e-2']);
    await list(history);
    await history.close();
    rmSync(join(dataDirectory, 'executions', 'e-1'), { recursive: true });
    expect(await list(open())).toEqual(['e-2 Succeeded']);
  });

  it('shows what is running now', async () => {
    const history = open();
    const [started, ...rest] = facts('e-1');
    await history.append('e-1', [started!]);
    expect(await list(history)).toEqual(['e-1 InProgress']);
    expect(await history.unfinished()).toEqual(['e-1']);
    await history.append('e-1', rest);
    expect(await list(history)).toEqual(['e-1 Succeeded']);
    expect(await history.unfinished()).toEqual([]);
    expect(await history.summary('e-1')).toMatchObject({ status: 'Succeeded', pipelineName: 'sketch' });
  });
});

describe('the lock of a store', () => {
  it('keeps a second engine out, with a Problem that says who is in', async () => {
    await open().append('e-1', facts('e-1'));
    const second = open();
    await expect(second.append('e-2', facts('e-2'))).rejects.toMatchObject({
      problem: { code: 'store.in-use', what: expect.stringContaining(String(process.pid)) },
    });
    await expect(second.unfinished()).rejects.toMatchObject({ problem: { code: 'store.in-use' } });
  });

  it('lets others look', async () => {
    const history = open();
    await history.append('e-1', facts('e-1'));
    const reader = open({ readOnly: true });
    expect(await list(reader)).toEqual(['e-1 Succeeded']);
    await history.append('e-2', facts('e-2').slice(0, 1));
    expect((await list(reader)).sort()).toEqual(['e-1 Succeeded', 'e-2 InProgress']);
  });

  it('is free again after close, and a left-over process id means nothing', async () => {
    const history = open();
    await history.append('e-1', facts('e-1').slice(0, 1));
    await history.close();
    writeFileSync(join(dataDirectory, 'engine.pid'), '1\n');
    writeFileSync(join(dataDirectory, 'engine.lock'), 'rubbish that was left behind '.repeat(40));
    expect(await open().unfinished()).toEqual(['e-1']);
  });
});
