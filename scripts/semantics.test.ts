import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './root.ts';

/** The rows of docs/semantics.md: a section, and the spec file and its words that hold the statement; none where it differs. */
const rows = readFileSync(join(root, 'docs/semantics.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| \d/.test(line))
  .map((line) => {
    const [, section = '', statement = '', spec = ''] = line.split('|').map((cell) => cell.trim());
    const [, file = '', words = ''] = /^`([^`]+)` (.+)$/.exec(spec) ?? [];
    return { section, statement, spec, file: `${file}.test.ts`, words };
  });

const held = rows.filter(({ spec }) => spec !== 'differs');
const textOf = (file: string) => (existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : '');

/** The texts that begin a call: titles of specs, also of those that are given by tables. */
const titlesOf = (text: string): string[] =>
  [...text.matchAll(/\(\s*(['"`])((?:\\.|(?!\1).)*)\1/g)].map(([, , title = '']) => title);

describe('the table of what CodePipeline does', () => {
  it('names a spec for each statement, or says that it differs', () => {
    expect(rows.length).toBeGreaterThan(150);
    expect(held.filter(({ words }) => words === '').map(({ statement }) => statement)).toEqual([]);
  });

  it.each([...new Set(held.map(({ file }) => file))])('is true of %s: it has the sections and the words', (file) => {
    const text = textOf(file);
    const titles = titlesOf(text);
    const missing = held
      .filter((row) => row.file === file)
      .flatMap(({ section, words }) => [
        ...(titles.some((title) => namesSection(title, section)) ? [] : [`§${section}`]),
        ...(text.includes(words) ? [] : [words]),
      ]);
    expect(missing).toEqual([]);
  });

  it('knows a section from those that begin like it', () => {
    expect(['§3 a', 'x (rules.md §3)', '§13, §3'].every((title) => namesSection(title, '3'))).toBe(true);
    expect(['§3.1 a', '§31 a', '3 a'].some((title) => namesSection(title, '3'))).toBe(false);
  });
});

function namesSection(title: string, section: string): boolean {
  return new RegExp(`§${section.replaceAll('.', '\\.')}(?![\\d]|\\.\\d)`).test(title);
}
