import { describe, expect, it, vi } from 'vitest';
import { ProblemError } from '../../shared/problem.ts';
import { createLogReader, type LogRange } from './logReader.ts';

/** A log on the host: grows when told, is read by range. */
function hostLog(initial: string) {
  let text = initial;
  const reads: [number, number][] = [];
  return {
    reads,
    grow: (added: string) => {
      text += added;
      return text.length;
    },
    read: async (offset: number, limit: number): Promise<LogRange> => {
      reads.push([offset, limit]);
      const start = offset < 0 ? Math.max(0, text.length + offset) : offset;
      const end = Math.min(text.length, start + limit);
      return { text: text.slice(start, end), start, end, size: text.length, complete: false };
    },
  };
}
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
const lines = (count: number, width = 100) =>
  Array.from({ length: count }, (_, index) => `${index} `.padEnd(width - 1, '.'))
    .join('\n')
    .concat('\n');

describe('a followed log', () => {
  it('shows its end first and reads on from there as it grows', async () => {
    const log = hostLog('one\ntwo\n');
    const reader = createLogReader(log.read, vi.fn());
    await vi.waitFor(() => expect(reader.buffer.lines).toEqual(['one', 'two']));
    reader.grew(log.grow('three\n'), false);
    await vi.waitFor(() => expect(reader.buffer.lines).toEqual(['one', 'two', 'three']));
    expect(log.reads.at(-1)?.[0]).toBe(8);
  });

  it('reads what a push announced while another read was under way', async () => {
    const log = hostLog('a\n');
    const reader = createLogReader(log.read, vi.fn());
    reader.grew(log.grow('b\n'), false);
    reader.grew(log.grow('c\n'), true);
    await vi.waitFor(() => expect(reader.buffer.lines).toEqual(['a', 'b', 'c']));
  });

  it('jumps to the end when it is far behind instead of reading all between', async () => {
    const log = hostLog(lines(10));
    const reader = createLogReader(log.read, vi.fn());
    await vi.waitFor(() => expect(reader.buffer.end).toBe(1000));
    reader.grew(log.grow(lines(200_000)), false);
    await vi.waitFor(() => expect(reader.buffer.end).toBe(20_001_000));
    expect(log.reads.length).toBeLessThan(5);
  });

  it('is left alone while the reader is elsewhere, and caught up when followed again', async () => {
    const log = hostLog('a\n');
    const reader = createLogReader(log.read, vi.fn());
    await vi.waitFor(() => expect(reader.buffer.lines).toEqual(['a']));
    reader.setFollowing(false);
    reader.grew(log.grow('b\n'), false);
    await settled();
    expect(reader.buffer.lines).toEqual(['a']);
    expect(reader.size).toBe(4);
    reader.setFollowing(true);
    await vi.waitFor(() => expect(reader.buffer.lines).toEqual(['a', 'b']));
  });
});

describe('a long log', () => {
  it('is read backwards to its beginning, part by part', async () => {
    const text = lines(6000);
    const log = hostLog(text);
    const reader = createLogReader(log.read, vi.fn());
    await vi.waitFor(() => expect(reader.buffer.end).toBe(text.length));
    reader.setFollowing(false);
    while ((await reader.loadEarlier()) > 0);
    expect(reader.buffer.start).toBe(0);
    expect(reader.buffer.lines).toHaveLength(6000);
    expect(reader.buffer.lines.join('\n').concat('\n')).toBe(text);
  });

  it('shows its beginning at once when asked', async () => {
    const log = hostLog(lines(100_000));
    const reader = createLogReader(log.read, vi.fn());
    await vi.waitFor(() => expect(reader.buffer.end).toBe(10_000_000));
    await reader.toStart();
    expect(reader.buffer.start).toBe(0);
    expect(reader.isFollowing).toBe(false);
    await reader.loadLater();
    expect(reader.buffer.end).toBe(512 * 1024);
  });
});

it('a log that cannot be read says why and can be asked again', async () => {
  let isBroken = true;
  const log = hostLog('fine\n');
  const reader = createLogReader(async (offset, limit) => {
    if (isBroken) throw new ProblemError({ code: 'log.gone', where: '', what: 'The log is gone.', fix: 'Run again.' });
    return log.read(offset, limit);
  }, vi.fn());
  await vi.waitFor(() => expect(reader.problem?.code).toBe('log.gone'));
  isBroken = false;
  reader.grew(5, true);
  await vi.waitFor(() => expect(reader.buffer.lines).toEqual(['fine']));
  expect(reader.problem).toBeUndefined();
});
