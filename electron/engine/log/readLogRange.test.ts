import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLogRange } from './readLogRange.ts';

let folder = '';
let path = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'penstock-range-'));
  path = join(folder, 'log');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a part of a log', () => {
  it('is cut between characters at both ends', async () => {
    writeFileSync(path, 'aé€😀b');
    expect(await readLogRange(path, 0, 5)).toEqual({ text: 'aé', start: 0, end: 3, size: 11 });
    expect(await readLogRange(path, 3, 5)).toEqual({ text: '€', start: 3, end: 6, size: 11 });
    expect(await readLogRange(path, 4, 6)).toEqual({ text: '😀', start: 6, end: 10, size: 11 });
  });

  it('counts a negative offset from the end', async () => {
    writeFileSync(path, 'one\ntwo\n');
    expect(await readLogRange(path, -4, 100)).toEqual({ text: 'two\n', start: 4, end: 8, size: 8 });
    expect((await readLogRange(path, -100, 100)).text).toBe('one\ntwo\n');
  });

  it('leaves a character that is still being written to the next part, unless the log is complete', async () => {
    writeFileSync(path, Buffer.from('ok €').subarray(0, 5));
    expect(await readLogRange(path, 0, 100)).toEqual({ text: 'ok ', start: 0, end: 3, size: 5 });
    expect((await readLogRange(path, 0, 100, true)).text).toBe('ok \uFFFD');
  });

  it('reads a log that is not there, and an offset beyond the end, as empty', async () => {
    expect(await readLogRange(join(folder, 'none'), 10, 100)).toEqual({ text: '', start: 0, end: 0, size: 0 });
    writeFileSync(path, 'abc');
    expect(await readLogRange(path, 99, 100)).toEqual({ text: '', start: 3, end: 3, size: 3 });
  });

  it('comes forward through any bytes, and the parts are together the whole', async () => {
    const bytes = fc
      .array(fc.constantFrom('a', 'é', '€', '😀', '\x80', '\n'), { maxLength: 30 })
      .map((parts) => Buffer.concat(parts.map((part) => (part === '\x80' ? Buffer.from([0x80]) : Buffer.from(part)))));
    await fc.assert(
      fc.asyncProperty(bytes, fc.integer({ min: 1, max: 9 }), async (content, limit) => {
        writeFileSync(path, content);
        let text = '';
        for (let offset = 0; offset < content.length; ) {
          const part = await readLogRange(path, offset, limit, true);
          expect(part.start).toBe(offset);
          expect(part.end).toBeGreaterThan(offset);
          text += part.text;
          offset = part.end;
        }
        expect(text).toBe(content.toString());
      }),
      { numRuns: 60 },
    );
  });
});
