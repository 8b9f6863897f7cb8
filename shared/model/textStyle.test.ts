import { describe, expect, it, test } from 'vitest';
import { indentAt, lineEnd, lineStart, splice, styleOf } from './textStyle.ts';

describe('the layout of a text', () => {
  test.each<[layout: string, text: string, eol: string]>([
    ['Unix', '{\n}\n', '\n'],
    ['Windows', '{\r\n}\r\n', '\r\n'],
    ['an old Mac', '{\r}\r', '\r'],
    ['one line with a final break', '{}\n', '\n'],
    ['one line with a final Windows break', '{}\r\n', '\r\n'],
    ['one line', '{}', '\n'],
    ['nothing', '', '\n'],
    ['both, by the first', '{\r\n"a": 1,\n"b": 2}', '\r\n'],
  ])('of %s breaks lines as it did', (_layout, text, eol) => {
    expect(styleOf(text).eol).toBe(eol);
  });

  test.each<[layout: string, text: string, unit: string]>([
    ['two blanks', '{\n  "a": {\n    "b": 1\n  }\n}', '  '],
    ['four blanks', '{\n    "a": 1\n}', '    '],
    ['three blanks', '{\n   "a": 1\n}', '   '],
    ['one blank', '{\n "a": 1\n}', ' '],
    ['tabs', '{\n\t"a": 1\n}', '\t'],
    ['tabs after Windows breaks', '{\r\n\t"a": 1\r\n}', '\t'],
    ['a list first', '[\n    1\n]', '    '],
    ['an object in a list first', '[\n    {}\n]', '    '],
    ['no indentation', '{\n"a": 1\n}', '  '],
    ['one line', '{"a": 1}', '  '],
    ['YAML of two blanks', 'a:\n  b: 1\n', '  '],
    ['YAML of four blanks', 'a:\n    b: 1\n', '    '],
    ['YAML that begins with an indented list', 'a:\n  - b: 1\n    c: 2\n', '  '],
    ['YAML that begins with a list at its key', 'a:\n- b: 1\n  c: 2\n', '  '],
    ['YAML with quoted keys', "a:\n   'b': 1\n", '   '],
    ['YAML that begins with an indented comment', 'a:\n      # c\n  b: 1\n', '  '],
  ])('of %s is indented as it was', (_layout, text, unit) => {
    expect(styleOf(text).unit).toBe(unit);
  });

  test.each<[text: string, isOneLine: boolean, isSpaced: boolean]>([
    ['{"a":1}', true, false],
    ['{"a":1}\n', true, false],
    ['{"a": 1}', true, true],
    ['{"a":1, "b":2}', true, false],
    ['{"a": 1,"b": 2}', true, true],
    ['{\n"a":1}', false, true],
    ['{"a":1}\n\n', true, false],
    ['{"a":1}\n{', false, true],
  ])('%j is in one line: %s, with blanks behind colons: %s', (text, isOneLine, isSpaced) => {
    expect(styleOf(text)).toMatchObject({ isOneLine, isSpaced });
  });

  test.each<[layout: string, text: string, indentsLists: boolean]>([
    ['below their key', 'stages:\n  - name: A\n', true],
    ['at their key', 'stages:\n- name: A\n', false],
    ['at an indented key', 'pipeline:\n  stages:\n  - name: A\n', false],
    ['below an indented key', 'pipeline:\n  stages:\n    - name: A\n', true],
    ['at a quoted key', '"stages":\n- name: A\n', false],
    ['at their key after Windows breaks', 'stages:\r\n- name: A\r\n', false],
    ['nowhere yet', 'stages: []\n', true],
  ])('of YAML puts lists %s', (_layout, text, indentsLists) => {
    expect(styleOf(text).indentsLists).toBe(indentsLists);
  });
});

describe('a line', () => {
  const text = 'one\n  two\r\n\tthree\rfour';
  const at = (word: string) => text.indexOf(word);

  test.each<[word: string, line: string, indent: string]>([
    ['one', 'one\n', ''],
    ['ne', 'one\n', ''],
    ['two', '  two\r\n', '  '],
    ['three', '\tthree\r', '\t'],
    ['four', 'four', ''],
  ])('around %j is %j, indented by %j', (word, line, indent) => {
    const offset = at(word);
    expect(text.slice(lineStart(text, offset), lineEnd(text, offset + 1))).toBe(line);
    expect(indentAt(text, offset)).toBe(indent);
  });

  it('that has ended already ends where it ended', () => {
    expect(lineEnd(text, at('\n') + 1)).toBe(at('\n') + 1);
    expect(lineEnd(text, text.length)).toBe(text.length);
    expect(lineEnd('', 0)).toBe(0);
  });

  it('starts at the start of the text', () => {
    expect(lineStart(text, 0)).toBe(0);
    expect(lineStart('', 0)).toBe(0);
  });
});

describe('a splice', () => {
  test.each<[start: number, end: number, added: string, result: string]>([
    [0, 0, 'x', 'xabc'],
    [3, 3, 'x', 'abcx'],
    [1, 2, '', 'ac'],
    [1, 2, 'xyz', 'axyzc'],
    [0, 3, '', ''],
  ])('of %d to %d by %j gives %j', (start, end, added, result) => {
    expect(splice('abc', start, end, added)).toBe(result);
  });
});
