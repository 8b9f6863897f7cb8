import { describe, expect, test } from 'vitest';
import { javaPattern, PatternFault } from './javaPattern.ts';

const matches = (pattern: string, text: string) => {
  const { source, flags } = javaPattern(pattern);
  return new RegExp(source, flags).test(text);
};

describe('a Java pattern of a VariableCheck rule', () => {
  test.each([
    ['main', 'main', true],
    ['main', 'domain', false],
    ['main', 'maintenance', false],
    ['a|b', 'ab', false],
    ['a|b', 'b', true],
    ['release/.*', 'release/1.2', true],
    ['(?i)MAIN', 'main', true],
    ['(?s)a.b', 'a\nb', true],
    ['a.b', 'a\nb', false],
    ['(?m)a$', 'a\nb', false],
    ['\\d{3}-[a-z&]+', '123-a&b', true],
    ['\\Qa.b\\E+', 'a.bb', true],
    ['\\Qa.b\\E', 'axb', false],
    ['\\Qa.b', 'a.b', true],
    ['\\Amain\\z', 'main', true],
    ['\\p{L}+', 'größe', true],
    ['\\p{Lu}', 'a', false],
    ['\\x{1F600}', '😀', true],
    ['[\\w.]+', 'a.b', true],
    ['\\h+', ' \t', true],
    ['(?<n>a)\\k<n>', 'aa', true],
    ['', '', true],
  ])('%s on %j: %s', (pattern, text, expected) => {
    expect(matches(pattern, text)).toBe(expected);
  });

  test.each([
    ['(', 'can not be read'],
    ['v[0-9', 'can not be read'],
    ['a)|(b', 'can not be read'],
    ['a\\', 'lone backslash'],
    ['[a-z&&[^b]]', 'Intersections'],
    ['[a[b]]', 'another class'],
    ['[]a]', 'as "\\]"'],
    ['\\p{Alpha}', 'class "Alpha"'],
    ['\\p{javaLowerCase}', 'can not be read'],
    ['\\pL', 'in braces'],
    ['\\G', 'escape "\\G"'],
    ['[\\h]', 'escape "\\h"'],
    ['\\0101', 'Octal'],
    ['\\x{zz}', 'hexadecimal'],
    ['a++', 'can not be read'],
    ['(?>a)', 'can not be read'],
    ['(?x)a b', 'flag "x"'],
  ])('%s is refused: %s', (pattern, why) => {
    expect(() => javaPattern(pattern)).toThrow(PatternFault);
    expect(() => javaPattern(pattern)).toThrow(why);
  });
});
