import { describe, expect, it } from 'vitest';
import { createLogBuffer, MOST_HELD } from './logBuffer.ts';
import { MAX_LINE, textOf } from './logLine.ts';

const part = (text: string, start: number) => ({ text, start, end: start + text.length });

describe('the held part of a log', () => {
  it('joins what arrives in pieces, a line cut anywhere', () => {
    const whole = 'one\ntwo\nthree\n';
    for (let cut = 0; cut <= whole.length; cut += 1) {
      const buffer = createLogBuffer();
      buffer.append(part(whole.slice(0, cut), 0));
      buffer.append(part(whole.slice(cut), cut));
      expect(buffer.lines).toEqual(['one', 'two', 'three']);
    }
  });

  it('TE-17 joins an escape sequence that was split over two pieces', () => {
    const buffer = createLogBuffer();
    buffer.append(part('a\u001B[3', 0));
    buffer.append(part('1mred', 4));
    expect(textOf(buffer.lines[0]!)).toBe('ared');
  });

  it('TE-20 holds a line of 50 MB in short pieces and lets most of it go', () => {
    const buffer = createLogBuffer();
    const block = 'x'.repeat(1024 * 1024);
    for (let index = 0; index < 50; index += 1) buffer.append(part(block, index * block.length));
    expect(Math.max(...buffer.lines.map((line) => line.length))).toBeLessThanOrEqual(MAX_LINE);
    expect(buffer.lines.length * MAX_LINE).toBeLessThanOrEqual(MOST_HELD + MAX_LINE);
    expect(buffer.end).toBe(50 * block.length);
    expect(buffer.isCut).toBe(true);
  });

  it('holds no more than a bounded number of empty lines', () => {
    const buffer = createLogBuffer();
    for (let index = 0; index < 30; index += 1) buffer.append(part('\n'.repeat(100_000), index * 100_000));
    expect(buffer.lines.length).toBeLessThan(600_000);
    expect(buffer.end).toBe(3_000_000);
  });

  it('grows at its front and says by how many lines', () => {
    const buffer = createLogBuffer();
    buffer.append(part('ee\nfour\n', 10));
    expect(buffer.prepend(part('one\ntwo\nthr', 0 - 1))).toBe(2);
    expect(buffer.lines).toEqual(['one', 'two', 'three', 'four']);
  });

  it('takes no part at its front that does not touch it', () => {
    const buffer = createLogBuffer();
    buffer.append(part('b\n', 10));
    expect(buffer.prepend(part('a\n', 2))).toBe(0);
    expect(buffer.lines).toEqual(['b']);
  });

  it('starts over when a part comes from elsewhere in the log', () => {
    const buffer = createLogBuffer();
    buffer.append(part('old\n', 0));
    buffer.append(part('far\n', 1000));
    expect(buffer.lines).toEqual(['far']);
    expect(buffer).toMatchObject({ start: 1000, end: 1004, isCut: true });
  });

  it('counts the lines that had begun at a byte as it holds them, long ones and parts of characters included', () => {
    const whole = `a\n\n${'ä'.repeat(MAX_LINE)}x\nend\n`;
    const bytes = new TextEncoder().encode(whole);
    for (const cut of [0, 4, 5, 2 * MAX_LINE, bytes.length - 3]) {
      const text = new TextDecoder().decode(bytes.slice(0, cut));
      const alone = createLogBuffer();
      alone.append({ text: text.replace(/\uFFFD$/, ''), start: 0, end: cut });
      const all = createLogBuffer();
      all.append({ text: whole.slice(0, 3), start: 0, end: 3 });
      all.append({ text: whole.slice(3), start: 3, end: bytes.length });
      expect(all.linesUpTo(cut)).toBe(alone.lines.length);
    }
  });
});
