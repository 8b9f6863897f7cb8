import { describe, expect, it } from 'vitest';
import { findInWorker } from './findInWorker.ts';

describe('a regular expression of a pipeline', () => {
  it('is evaluated', async () => {
    expect(await findInWorker({ source: '^v\\d+$', flags: '' }, 'v12')).toBe(true);
    expect(await findInWorker({ source: '^v\\d+$', flags: '' }, 'v')).toBe(false);
  });

  it('is given up when it would compare without end, while this thread goes on', async () => {
    let turns = 0;
    const turning = setInterval(() => {
      turns += 1;
    }, 5);
    await expect(findInWorker({ source: '^(a+)+c$', flags: '' }, `${'a'.repeat(60)}b`, 200)).rejects.toThrow(
      'given up',
    );
    clearInterval(turning);
    expect(turns).toBeGreaterThan(3);
  });
});
