import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { pathPattern } from './pathPattern.ts';

const files = ['a.txt', 'dist/b.js', 'dist/.hidden', 'dist/css/c.css', 'src/dist/d.js', 'dist[1]/e'];
const matching = (pattern: string) => files.filter((file) => pathPattern(pattern).matches(file));

describe('§8 a pattern of artifacts', () => {
  test.each([
    { pattern: 'a.txt', found: ['a.txt'] },
    { pattern: './a.txt', found: ['a.txt'] },
    { pattern: 'dist', found: [] },
    { pattern: 'dist/*', found: ['dist/b.js', 'dist/.hidden'] },
    { pattern: 'dist/**/*', found: ['dist/b.js', 'dist/.hidden', 'dist/css/c.css'] },
    { pattern: 'dist/', found: ['dist/b.js', 'dist/.hidden', 'dist/css/c.css'] },
    { pattern: '**/*', found: files },
    { pattern: '**', found: files },
    { pattern: '**/', found: files },
    { pattern: '*', found: ['a.txt'] },
    { pattern: '**/*.js', found: ['dist/b.js', 'src/dist/d.js'] },
    { pattern: '**/dist/*.js', found: ['dist/b.js', 'src/dist/d.js'] },
    { pattern: 'dist/?.js', found: ['dist/b.js'] },
    { pattern: 'dist/[a-c].js', found: ['dist/b.js'] },
    { pattern: 'dist/[!b].js', found: [] },
    { pattern: 'dist/{b,c}.js', found: [] },
    { pattern: '+(a|b).txt', found: [] },
  ])('$pattern', ({ pattern, found }) => {
    expect(matching(pattern)).toEqual(found);
  });

  it('reaches only into folders that can hold what it means', () => {
    expect(pathPattern('dist/**/*').reaches('node_modules')).toBe(false);
    expect(pathPattern('dist/**/*').reaches('dist/deep')).toBe(true);
    expect(pathPattern('a/b/c.txt').reaches('a')).toBe(true);
    expect(pathPattern('a/b/c.txt').reaches('a/b/c.txt')).toBe(false);
    expect(pathPattern('**/*.js').reaches('anything')).toBe(true);
  });

  it('means every file in a folder that it reaches into, and none in others', () => {
    const name = fc.constantFrom('a', 'b', 'ab');
    const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'));
    const segment = fc.constantFrom('a', '*', '**', '?', 'a*', '*b');
    const pattern = fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join('/'));
    fc.assert(
      fc.property(pattern, path, (text, file) => {
        const compiled = pathPattern(text);
        if (!compiled.matches(file)) return;
        const folders = file.split('/').slice(0, -1);
        for (let depth = 0; depth <= folders.length; depth += 1)
          expect(compiled.reaches(folders.slice(0, depth).join('/'))).toBe(true);
      }),
    );
  });

  // A pattern that went back and forth over these would not end while anybody waits.
  test.each([
    '**/'.repeat(50).concat('x'),
    '*a'.repeat(2000),
    `${'**/'.repeat(30)}${'*a'.repeat(100)}z`,
    '[a-z]*'.repeat(500),
  ])('ends on a hostile pattern', (text) => {
    expect(pathPattern(text).matches(`${'a/'.repeat(500)}${'a'.repeat(5000)}`)).toBe(false);
  });
});
