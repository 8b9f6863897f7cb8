import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKeptRecords, type KeptRecords } from './keptRecords.ts';

let root: string;
let lines: string[];
let records: KeptRecords;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'penstock-kept-'));
  lines = [];
  records = createKeptRecords(root, (line) => lines.push(line));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const add = (by: string, value: string, name = 'eu-west-1/shop') =>
  records.keep(by, 'stack', name, ({ before }) => [...((before as string[] | undefined) ?? []), value]);

describe('what emulated actions have deployed', () => {
  it('is kept from attempt to attempt', () => {
    add('attempt-1', 'a');
    add('attempt-2', 'b');
    expect(records.kept('stack', 'eu-west-1/shop')).toEqual(['a', 'b']);
    expect(records.kept('stack', 'eu-west-1/other')).toBeUndefined();
  });

  it('is the same when an attempt is run again after a crash', () => {
    add('attempt-1', 'a');
    add('attempt-2', 'b');
    const seen: boolean[] = [];
    records.keep('attempt-2', 'stack', 'eu-west-1/shop', ({ before, isAgain }) => {
      seen.push(isAgain);
      return [...(before as string[]), 'b'];
    });
    expect([records.kept('stack', 'eu-west-1/shop'), seen]).toEqual([['a', 'b'], [true]]);
  });

  it('stays as it was when a check fails, and is gone once it is deleted', () => {
    add('attempt-1', 'a');
    const refuse = () => {
      throw new Error('refused');
    };
    expect(() => records.keep('attempt-2', 'stack', 'eu-west-1/shop', refuse)).toThrow('refused');
    expect(records.kept('stack', 'eu-west-1/shop')).toEqual(['a']);
    records.keep('attempt-3', 'stack', 'eu-west-1/shop', () => undefined);
    expect(records.kept('stack', 'eu-west-1/shop')).toBeUndefined();
  });

  it('is kept apart for names that look alike, in private files inside the data directory', () => {
    add('attempt-1', 'a', '../../x');
    add('attempt-1', 'b', '..-..-x');
    expect([records.kept('stack', '../../x'), records.kept('stack', '..-..-x')]).toEqual([['a'], ['b']]);
    const folder = join(root, 'emulated', 'stack');
    expect(readdirSync(folder)).toHaveLength(2);
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
  });

  it('counts as the first deployment when its file is damaged, and says so', () => {
    add('attempt-1', 'a');
    const [name = ''] = readdirSync(join(root, 'emulated', 'stack'));
    writeFileSync(join(root, 'emulated', 'stack', name), '{"penst');
    add('attempt-2', 'b');
    expect(records.kept('stack', 'eu-west-1/shop')).toEqual(['b']);
    expect(lines).toEqual([expect.stringMatching(/^The record of stack eu-west-1\/shop in .* cannot be read/)]);
  });
});
