import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parseGlob } from './glob.ts';

const matches = (pattern: string, name: string) => parseGlob(pattern).matches(name);

describe('§13 a pattern of a trigger filter', () => {
  test.each([
    ['`*` matches zero or more characters', 'feature*', ['feature', 'feature-1'], ['a-feature']],
    ['`*` does not match /', 'feature*', [], ['feature/x']],
    ['`**` matches zero or more characters including /', 'feature**', ['feature', 'feature/x/y'], ['other']],
    ['`**` alone matches everything', '**', ['main', 'a/b/c.ts', '.hidden'], []],
    ['`?` matches exactly one character', 'v?', ['v1'], ['v', 'v12']],
    ['`?` does not match /', 'a?b', ['a-b'], ['a/b']],
    ['`[abc]` matches one character of the set', 'v[abc]', ['va', 'vc'], ['vd', 'v', 'vab']],
    ['`[a-z]` matches one character of the range', 'v[0-3x]', ['v0', 'v3', 'vx'], ['v4']],
    ['`[!a]` matches one character that is not of the set', 'v[!a]', ['vb'], ['va', 'v']],
    ['`[!a]` does not match /', 'v[!a]x', ['v-x'], ['v/x']],
    ['inside a set `*`, `?` and `\\` are literal', 'a[*?\\]', ['a*', 'a?', 'a\\'], ['ab', 'a']],
    ['inside a set `-` is literal when it comes first', 'a[-b]', ['a-', 'ab'], ['aa']],
    ['inside a set `-` is literal right after `!`', 'a[!-b]', ['aa'], ['a-', 'ab']],
    ['inside a set `-` is literal at its end', 'a[b-]', ['a-', 'ab'], ['ac']],
    ['`{a,b}` matches either subpattern', '{main,release/*}', ['main', 'release/1'], ['release', 'dev']],
    ['`{a,b}` goes on with what follows', '*.{ts,js}x', ['a.tsx', 'b.jsx'], ['a.ts', 'a.x']],
    ['an alternative may be empty', 'v1{,-beta}', ['v1', 'v1-beta'], ['v1-']],
    ['`\\x` is a literal x', 'a\\*\\{', ['a*{'], ['ab{', 'a']],
    ['`dir/**` matches everything below dir at any depth', 'dir/**', ['dir/a', 'dir/a/b/c'], ['dir', 'other/dir/a']],
    ['`dir/*` matches direct children of dir only', 'dir/*', ['dir/a'], ['dir/a/b', 'dir']],
    [
      '`**/` is zero or more directories',
      'common/**/*.js',
      ['common/app.js', 'common/a/b/app.js'],
      ['common.js', 'x/common/app.js'],
    ],
    ['`**/` at the start also matches at the root', '**/README.md', ['README.md', 'docs/README.md'], ['MYREADME.md']],
    ['`**/` counts in an alternative too', '{**/a,b}', ['a', 'x/a', 'b'], ['xa', 'x/b']],
    ['`**` next to other letters is no directory', 'a**/b', ['a/b', 'ax/y/b'], ['ab']],
    ['case counts', 'Main', ['Main'], ['main']],
    ['the whole name must match', 'feature', ['feature'], ['feature/x', 'my-feature', 'features']],
    ['`feature/**` takes branches below feature', 'feature/**', ['feature/x'], ['feature']],
    ['`}` and `,` outside alternatives are literal', 'a},b', ['a},b'], ['a']],
    ['a letter outside the first plane is one character', '?', ['🚰'], ['🚰🚰']],
  ])('%s', (_, pattern, yes, no) => {
    expect(parseGlob(pattern).fault).toBeUndefined();
    expect(yes.filter((name) => !matches(pattern, name))).toEqual([]);
    expect(no.filter((name) => matches(pattern, name))).toEqual([]);
  });

  test.each([
    ['a{b', 'a "{" is never closed'],
    ['a{b{c,d}}', 'alternatives do not nest'],
    ['a[b', 'a "[" is never closed'],
    ['a[]', 'the set "[]" is empty'],
    ['a[!]', 'the set "[]" is empty'],
    ['a[/]', 'a set cannot hold "/"'],
    ['a[z-a]', 'the range "z-a" runs backwards'],
    ['a\\', 'escapes nothing'],
    ['a'.repeat(256), 'longer than 255'],
  ])('%s matches nothing and says why', (pattern, fault) => {
    const glob = parseGlob(pattern);
    expect(glob.fault).toContain(fault);
    expect(glob.matches(pattern)).toBe(false);
  });
});

/** The slow and obvious way, for patterns without sets, alternatives and escapes. */
function slow(pattern: string, name: string): boolean {
  if (pattern === '') return name === '';
  if (pattern.startsWith('**')) {
    const rest = pattern.replace(/^\*+/, '');
    for (let cut = 0; cut <= name.length; cut += 1) if (slow(rest, name.slice(cut))) return true;
    return false;
  }
  if (pattern[0] === '*') {
    for (let cut = 0; cut <= name.length && !name.slice(0, cut).includes('/'); cut += 1)
      if (slow(pattern.slice(1), name.slice(cut))) return true;
    return false;
  }
  if (name === '') return false;
  return (pattern[0] === '?' ? name[0] !== '/' : pattern[0] === name[0]) && slow(pattern.slice(1), name.slice(1));
}

describe('any pattern', () => {
  const name = fc.string({ unit: fc.constantFrom('a', 'b', '/', '.'), maxLength: 9 });

  it('matches as trying every way would', () => {
    // `**` next to a slash on both sides means directories, which the slow way does not know.
    const pattern = fc
      .string({ unit: fc.constantFrom('a', 'b', '/', '*', '**', '?'), maxLength: 7 })
      .filter((text) => !/(^|\/)\*\*+\//.test(text));
    fc.assert(
      fc.property(pattern, name, (text, value) => matches(text, value) === slow(text, value)),
      {
        numRuns: 2000,
      },
    );
  });

  it('matches a name that is written with escapes, and no other', () => {
    const any = fc.string({ maxLength: 40 });
    fc.assert(
      fc.property(any, any, (value, other) => {
        const pattern = [...value].map((char) => `\\${char}`).join('');
        return matches(pattern, value) && matches(pattern, other) === (value === other);
      }),
    );
  });

  it('is read without a fault of ours, whatever it holds', () => {
    const wild = fc.string({ unit: fc.constantFrom('{', '}', ',', '[', ']', '!', '-', '\\', '*', '?', '/', 'a') });
    fc.assert(
      fc.property(wild, name, (text, value) => typeof matches(text, value) === 'boolean'),
      { numRuns: 1000 },
    );
  });

  it('reads `**/x` as x in the root or in any directory', () => {
    const segment = fc.string({ unit: fc.constantFrom('a', 'b', '.'), minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 4 }), segment, (folders, file) =>
        matches(`**/${file}`, [...folders, file].join('/')),
      ),
    );
  });
});

describe('PR hostile patterns of trigger filters', () => {
  const long = 'a'.repeat(20_000);

  test.each([
    ['PR-26 +(a|aa) is plain text', '+(a|aa)', '+(a|aa)'],
    ['PR-27 nested extended globs are plain text', '+(+(a|aa)|@(b|!(c)))', '+(+(a|aa)|@(b|!(c)))'],
    ['PR-28 a brace range is one alternative, not a million', 'v{1..1000000}', 'v1..1000000'],
    ['PR-29 fifty times `**/` still matches', `${'**/'.repeat(50)}a`, 'a/b/a'],
    ['eighty stars still match', '*a'.repeat(80), 'a'.repeat(80)],
  ])('%s', (_, pattern, name) => {
    expect(matches(pattern, name)).toBe(true);
    expect(matches(pattern, `${long}!`)).toBe(false);
    expect(matches(pattern, `${'/a'.repeat(10_000)}!`)).toBe(false);
  });

  it('visits each character of the name once for each of its steps, and no more', () => {
    let visits = 0;
    const name = {
      *[Symbol.iterator]() {
        for (let index = 0; index < 10_000; index += 1) {
          visits += 1;
          yield 'a';
        }
      },
    };
    expect(parseGlob('**a**a**a**a**b').matches(name as unknown as string)).toBe(false);
    expect(visits).toBe(10_000);
  });
});
