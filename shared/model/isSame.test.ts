import { describe, expect, test } from 'vitest';
import { completePipeline } from '../testing/completePipeline.ts';
import { isSame } from './isSame.ts';

describe('two values are the same', () => {
  test.each<[why: string, a: unknown, b: unknown]>([
    ['texts', 'a', 'a'],
    ['numbers', 1, 1],
    ['not a number', Number.NaN, Number.NaN],
    ['booleans', true, true],
    ['nothing', null, null],
    ['absent', undefined, undefined],
    ['empty objects', {}, {}],
    ['empty lists', [], []],
    ['members in another order', { a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 }],
    ['an undefined member and none', { a: 1, b: undefined }, { a: 1 }],
    ['undefined members on both sides', { a: undefined, c: 1 }, { b: undefined, c: 1 }],
    ['lists in lists', [[1], [2, [3]]], [[1], [2, [3]]]],
    ['whole pipelines', completePipeline(), completePipeline()],
    ['a copy through JSON', completePipeline(), JSON.parse(JSON.stringify(completePipeline()))],
  ])('when they are %s', (_why, a, b) => {
    expect(isSame(a, b)).toBe(true);
    expect(isSame(b, a)).toBe(true);
  });

  test.each<[why: string, a: unknown, b: unknown]>([
    ['a text and a number', '1', 1],
    ['a text and a boolean', 'true', true],
    ['null and absent', null, undefined],
    ['null and an empty object', null, {}],
    ['an empty list and an empty object', [], {}],
    ['a list and an object with its indices', ['a'], { 0: 'a' }],
    ['zero and minus zero', 0, -0],
    ['texts in other letters', 'App', 'app'],
    ['a member more', { a: 1 }, { a: 1, b: 2 }],
    ['members of other names', { a: 1 }, { b: 1 }],
    ['members of other values', { a: { b: 1 } }, { a: { b: 2 } }],
    ['null and an absent member', { a: null }, {}],
    ['items in another order', [1, 2], [2, 1]],
    ['a shorter list', [1, 2], [1]],
    ['a hole and its absence', [1, undefined], [1]],
    ['an own member and an inherited one', { toString: 'x' }, {}],
    ['an own member that is called like an inherited one', { constructor: 'x' }, { constructor: 'y' }],
  ])('but not %s', (_why, a, b) => {
    expect(isSame(a, b)).toBe(false);
    expect(isSame(b, a)).toBe(false);
  });

  test.each(['name', 'roleArn', 'executionMode', 'artifactStore', 'stages', 'variables', 'triggers'] as const)(
    'two pipelines that differ in %s are not',
    (field) => {
      const { [field]: _gone, ...other } = completePipeline();
      expect(isSame(completePipeline(), other)).toBe(false);
    },
  );
});
