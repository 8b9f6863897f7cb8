import { describe, expect, test } from 'vitest';
import { nearest } from './nearest.ts';

describe('what was probably meant', () => {
  test.each<[written: string, candidates: string[], meant: string | undefined, why: string]>([
    ['commitid', ['BranchName', 'CommitId'], 'CommitId', 'only case differs'],
    ['us-east1', ['us-east-1', 'us-east-2'], 'us-east-1', 'only punctuation differs'],
    ['BranhcName', ['BranchName', 'CommitId'], 'BranchName', 'two letters are swapped'],
    ['ProjctName', ['ProjectName', 'PrimarySource'], 'ProjectName', 'a letter is missing'],
    ['ab', ['xy', 'abc'], 'abc', 'a short name is one letter away'],
    ['Source', ['Deploy', 'Build'], undefined, 'nothing is near'],
    ['main', ['main'], undefined, 'it is the same already'],
    ['', ['a'], 'a', 'a letter is all that is missing'],
    ['x'.repeat(101), ['x'.repeat(100)], undefined, 'long texts are no slips'],
    ['--', ['__'], undefined, 'punctuation alone says nothing'],
  ])('%j of %j is %j: %s', (written, candidates, meant) => {
    expect(nearest(written, candidates)).toBe(meant);
  });
});
