import { describe, expect, it } from 'vitest';
import { textDiff } from './textDiff.ts';

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `line ${index + 1}\n`);

describe('the difference between live and local', () => {
  it('is empty for the same text', () => {
    expect(textDiff('a\nb\n', 'a\nb\n')).toEqual({ lines: [], added: 0, removed: 0 });
  });

  it('shows changed lines with three lines around them and says what it leaves out', () => {
    const before = numbered(20);
    const after = before.with(9, 'changed\n');
    const { lines, added, removed } = textDiff(before.join(''), after.join(''));
    expect([added, removed]).toEqual([1, 1]);
    expect(lines[0]).toEqual({ kind: 'gap', text: '6 lines as before' });
    expect(lines.filter(({ kind }) => kind === 'same')).toHaveLength(6);
    expect(lines).toContainEqual({ kind: 'removed', text: 'line 10', before: 10 });
    expect(lines).toContainEqual({ kind: 'added', text: 'changed', after: 10 });
  });

  it('is all additions for a pipeline that does not exist yet', () => {
    const { lines, added, removed } = textDiff('', 'a\nb\n');
    expect([added, removed]).toEqual([2, 0]);
    expect(lines.map(({ kind }) => kind)).toEqual(['added', 'added']);
  });

  it('ends for two long texts that have nothing in common', () => {
    const { added, removed } = textDiff(
      numbered(15_000).join(''),
      numbered(15_000)
        .map((line) => `other ${line}`)
        .join(''),
    );
    expect([added, removed]).toEqual([15_000, 15_000]);
  });
});
