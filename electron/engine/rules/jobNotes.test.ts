import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Happening } from '../../../shared/execution/events.ts';
import type { AttemptFolder } from '../attemptFolder.ts';
import { temporaryRoot } from '../testing/engineFixture.ts';
import { jobNotes } from './jobNotes.ts';

let root: string;
let remove: () => void;
let said: string[];
beforeEach(() => {
  ({ root, remove } = temporaryRoot());
  said = [];
});
afterEach(() => remove());

const place = { stageName: 'Deploy', actionName: 'Ask', actionExecutionId: 'a-1', jobId: 'j1' };
const queued: Happening = { type: 'JobQueued', ...place, availableAt: 5 };
const finished: Happening = { type: 'JobFinished', ...place, result: { status: 'Succeeded', summary: 'fine' } };
const notes = () =>
  jobNotes(
    { path: root, ensure: () => undefined } as AttemptFolder,
    () => 5,
    (line) => said.push(line),
  );
const file = () => join(root, 'jobs');
const called = (jobId = 'j1') => mkdirSync(join(root, `call-${jobId}`));
const harm = (line: number) => {
  const lines = readFileSync(file(), 'utf8').split('\n');
  lines[line] = lines[line]!.replace('"jobId":"j1"', '"jobId":"j0"');
  writeFileSync(file(), lines.join('\n'));
};

describe('the notes of a rule’s jobs', () => {
  it('are there for the next host', async () => {
    await notes().record([queued]);
    await notes().record([finished]);
    expect(notes().known()?.jobs).toEqual([
      { jobId: 'j1', queuedAt: 5, availableAt: 5, result: { status: 'Succeeded', summary: 'fine' } },
    ]);
    expect(said).toEqual([]);
  });

  it('without checksums, as an earlier version wrote them, count', () => {
    writeFileSync(file(), `${JSON.stringify({ ...queued, at: 5 })}\n`);
    expect(notes().known()?.jobs).toHaveLength(1);
  });

  it('of which one line is damaged are set aside with a message, and the rest counts', async () => {
    await notes().record([queued, { ...queued, jobId: 'j2' }, finished, { ...finished, jobId: 'j2' }]);
    harm(2);
    expect(
      notes()
        .known()
        ?.jobs.map(({ jobId, result }) => [jobId, result?.status]),
    ).toEqual([
      ['j1', undefined],
      ['j2', 'Succeeded'],
    ]);
    const aside = `${file()}.damaged`;
    expect(said).toEqual([`1 of the notes about this function's jobs cannot be read. They are kept in ${aside}.`]);
    expect(readFileSync(aside, 'utf8')).toContain('"jobId":"j0"');
  });

  it.each([
    ['damaged', () => harm(0)],
    ['gone', () => rmSync(file())],
    ['emptied', () => writeFileSync(file(), '')],
    [
      'no file',
      () => {
        rmSync(file());
        mkdirSync(file());
      },
    ],
  ])('that are %s after a call do not let the function be called a second time', async (_, harmed) => {
    await notes().record([queued]);
    called();
    expect(notes().known()?.jobs, 'the control').toHaveLength(1);
    harmed();
    expect(() => notes().known()).toThrow(expect.objectContaining({ code: 'Lost' }));
  });

  it('that lost the result of a call do not pass for one that passed', async () => {
    await notes().record([queued, finished]);
    called();
    harm(1);
    expect(() => notes().known()).toThrow(expect.objectContaining({ code: 'Lost' }));
  });

  it('go on in a line of their own after a torn one', async () => {
    await notes().record([queued]);
    appendFileSync(file(), '{"crc":"0000');
    expect(notes().known()?.jobs).toHaveLength(1);
    await notes().record([finished]);
    expect(notes().known()?.jobs[0]?.result).toMatchObject({ status: 'Succeeded' });
    expect(said).toEqual([]);
  });
});
