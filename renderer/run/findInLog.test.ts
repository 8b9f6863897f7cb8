import { describe, expect, it } from 'vitest';
import { findInLog, firstError } from './findInLog.ts';

describe('the first error of a log', () => {
  it('is the command that failed, not a program that merely speaks of errors before it', () => {
    const lines = [
      '[Penstock] Running command: npm ci',
      'found 0 errors',
      '[Penstock] Running command: npm test',
      'AssertionError: expected 1 to be 2',
      '[Penstock] Command did not exit successfully: exit status 1',
    ];
    expect(firstError(lines)).toBe(2);
  });

  it('is the first line that speaks of an error where no command failed', () => {
    expect(firstError(['fine', 'fatal: not a git repository', 'error'])).toBe(1);
    expect(firstError(['fine'])).toBe(-1);
  });
});

describe('searching a log', () => {
  it('finds text as the reader sees it, across colours', () => {
    expect(findInLog(['a', '\u001B[31mre\u001B[0md Car', 'RED CAR'], 'red car')).toEqual([1, 2]);
  });

  it('finds nothing for an empty text and stops at its limit', () => {
    expect(findInLog(['a', 'b'], '')).toEqual([]);
    expect(
      findInLog(
        Array.from({ length: 50 }, () => 'x'),
        'x',
        7,
      ),
    ).toHaveLength(7);
  });
});
