import { describe, expect, it, test } from 'vitest';
import { stringify } from 'yaml';
import { parseDocument } from '../../model/documentText.ts';
import { pipelineOf } from '../../testing/pipelineOf.ts';
import { textFixes } from './textFixes.ts';

const pipeline = pipelineOf({ Source: ['App'], Build: ['Compile'] });
const texts = { json: JSON.stringify({ pipeline }, null, 2), yaml: stringify({ pipeline }) };

/** Breaks a text and mends the first fault by its best fix. */
function mend(format: 'json' | 'yaml', part: string | RegExp, broken: string) {
  const text = texts[format].replace(part, broken);
  expect(text).not.toBe(texts[format]);
  const [problem] = parseDocument(text, format).problems;
  const fixes = textFixes(problem!, text, format);
  const [best] = fixes;
  if (!best) return { title: undefined, mended: text };
  const { start, removed, inserted } = best.patch;
  expect(text.slice(start, start + removed.length)).toBe(removed);
  return { title: best.title, mended: text.slice(0, start) + inserted + text.slice(start + removed.length) };
}

describe('a fault of the text', () => {
  test.each<[what: string, format: 'json' | 'yaml', part: string | RegExp, broken: string, title: string]>([
    ['a comma that is missing', 'json', '"Source",\n', '"Source"\n', 'Insert the comma'],
    ['a comma too many', 'json', '"Source",\n', '"Source",,\n', 'Remove ,'],
    ['a comma behind the last entry', 'json', /"1"\n/, '"1",\n', 'Remove the comma'],
    ['a colon that is missing', 'json', '"name": "Compile"', '"name" "Compile"', 'Insert the colon'],
    ['a text that is not closed', 'json', '"Compile",', '"Compile,', 'Close the text with a quote'],
    ['an empty text too many', 'json', '"Source",\n', '"Source",""\n', 'Remove ""'],
    ['a comment', 'json', '"name": "Compile",', '"name": "Compile", // the compiler', 'Remove the comment'],
    ['brackets that are not closed', 'json', /\s*\}\s*\}\s*$/, '', 'Close what is open with }}'],
    ['a quote that is not closed', 'yaml', 'name: Compile', 'name: "Compile', 'Close the text with a quote'],
    ['a tab', 'yaml', /^ {4}- name: Build/m, '\t\t- name: Build', 'Indent with spaces'],
    ['a bracket that is not closed', 'yaml', 'name: Compile', 'commands: [a, b', 'Close the bracket'],
  ])('%s (%s)', (_what, format, part, broken, title) => {
    const found = mend(format, part, broken);
    expect(found.title).toBe(title);
    const { pipeline: read, problems } = parseDocument(found.mended, format);
    expect(problems).toEqual([]);
    expect(read?.stages.map(({ name }) => name)).toEqual(['Source', 'Build']);
  });

  it('that nobody can guess has no fix', () => {
    expect(mend('json', '"Compile"', '@@ %%').title).toBeUndefined();
  });

  it('elsewhere than in a line has none', () => {
    expect(
      textFixes({ code: 'text.too-large', severity: 'error', where: '', what: '', fix: '' }, '{}', 'json'),
    ).toEqual([]);
  });
});
