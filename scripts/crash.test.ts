import { expect, it } from 'vitest';
import { crashTrials } from './crashTrials.ts';

it('a host that is killed at 20 random instants loses nothing, runs nothing twice and is always taken over', async () => {
  const report = await crashTrials(20, Date.now() % 2 ** 31);
  expect(report.faults, `seed ${report.seed}`).toEqual([]);
  expect(report).toMatchObject({ tried: 20, recordsLost: 0, doubleStarts: 0, unrecoverable: 0, orphans: 0 });
}, 180_000);
