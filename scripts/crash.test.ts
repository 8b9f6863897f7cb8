import { expect, it } from 'vitest';
import { crashTrials } from './crashTrials.ts';

it('a host that is killed at 20 random instants loses nothing, runs nothing twice and is always taken over', async () => {
  const { seed, rows, faults } = await crashTrials(20, Date.now() % 2 ** 31);
  expect(faults, `seed ${seed}`).toEqual([]);
  const sum = (of: 'tried' | 'recordsLost' | 'doubleStarts' | 'unrecoverable' | 'orphans') =>
    rows.reduce((before, row) => before + row[of], 0);
  expect([sum('tried'), sum('recordsLost'), sum('doubleStarts'), sum('unrecoverable'), sum('orphans')]).toEqual([
    20, 0, 0, 0, 0,
  ]);
}, 180_000);
