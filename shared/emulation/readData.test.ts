import { describe, expect, it, test } from 'vitest';
import { DataFault, member, readEither, readJson, readYaml } from './readData.ts';

const faultOf = (read: () => unknown): DataFault => {
  try {
    read();
  } catch (error) {
    if (error instanceof DataFault) return error;
    throw error;
  }
  throw new Error('It was read.');
};

describe('files that actions take from artifacts', () => {
  it('keep the leading zero of an account id, and dates as they are written', () => {
    expect(readYaml('id: 012345678901\nversion: 2010-09-09\nyes: no\n')).toEqual([
      { id: '012345678901', version: '2010-09-09', yes: 'no' },
    ]);
  });

  it('are read document by document, with merge keys and aliases written out', () => {
    expect(readYaml('a: &x {b: 1}\nc: {<<: *x, d: 2}\n---\n- *x\n'.replace('- *x', '- 1'))).toEqual([
      { a: { b: 1 }, c: { b: 1, d: 2 } },
      [1],
    ]);
  });

  it('are JSON when they begin as JSON does, whatever a byte order mark says', () => {
    expect(readEither('\uFEFF{"a":1}')).toEqual({ a: 1 });
    expect(readEither('a: 1')).toEqual({ a: 1 });
  });

  it('reach no inherited member', () => {
    const data = readJson('{"__proto__":{"polluted":true},"a":1}');
    expect(member(data, '__proto__')).toEqual({ polluted: true });
    expect(member(data, 'constructor')).toBeUndefined();
    expect(member(readYaml('__proto__: {polluted: true}\n')[0], 'polluted')).toBeUndefined();
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test.each<[why: string, read: () => unknown, what: RegExp]>([
    ['nests without end in JSON', () => readJson('['.repeat(100_000)), /deeper than 100 levels/],
    ['nests without end in YAML', () => readYaml('['.repeat(100_000)), /deeper than 100 levels/],
    [
      'multiplies by aliases',
      () =>
        readYaml(
          `a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n${[1, 2, 3, 4, 5, 6].map((n) => `a${n}: &a${n} [${`*a${n - 1},`.repeat(10)}]`).join('\n')}\n`,
        ),
      /more than 100000 values/,
    ],
    ['names a tag that makes code', () => readYaml('a: !!js/function "x"\n'), /The tag .* is not known/],
    ['has an alias to nothing', () => readYaml('a: *b\n'), /./],
  ])('are refused when one %s', (_, read, what) => {
    expect(faultOf(read).message).toMatch(what);
  });

  it('say where they are broken', () => {
    expect(faultOf(() => readJson('{\n "a": ]'))).toMatchObject({ line: 2 });
    expect(faultOf(() => readYaml('a: 1\nb: [\n'))).toMatchObject({ line: 3, column: 1 });
  });
});
