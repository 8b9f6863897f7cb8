import { describe, expect, it, test } from 'vitest';
import { findRoot, isTemplate, treeOf } from './documentTree.ts';
import { childOf, type DocumentFormat, linesOf, nodeAt, type TextNode, toValue } from './textTree.ts';

const readValue = (text: string, format: DocumentFormat) => toValue(treeOf(text, format).root!);
const faultsOf = (text: string, format: DocumentFormat) =>
  treeOf(text, format).problems.map(({ code, line, column }) => `${code} ${line}:${column}`);

/** The texts of all values of a tree, depth first: what each node's start and end cut out of the text. */
function* cuts(text: string, node: TextNode): Generator<string> {
  yield text.slice(node.start, node.end);
  const children =
    node.kind === 'map' ? node.entries.map((entry) => entry.node) : node.kind === 'seq' ? node.items : [];
  for (const child of children) yield* cuts(text, child);
}

describe('lines and columns', () => {
  test.each<[text: string, offset: number, line: number, column: number]>([
    ['', 0, 1, 1],
    ['abc', 0, 1, 1],
    ['abc', 2, 1, 3],
    ['abc', 3, 1, 4],
    ['abc', 99, 1, 4],
    ['a\nb', 1, 1, 2],
    ['a\nb', 2, 2, 1],
    ['a\r\nb', 2, 1, 3],
    ['a\r\nb', 3, 2, 1],
    ['a\rb', 2, 2, 1],
    ['a\n\nb', 3, 3, 1],
    ['a\n', 2, 2, 1],
    ['ä\n🚀x', 4, 2, 3],
  ])('of %j at %d are %d and %d', (text, offset, line, column) => {
    expect(linesOf(text)(offset)).toEqual({ line, column });
  });
});

describe('JSON and YAML texts', () => {
  test.each<[json: string, yaml: string]>([
    ['"a"', 'a'],
    ['"a b"', 'a b'],
    ['1', '1'],
    ['1.5', '1.5'],
    ['true', 'true'],
    ['null', '~'],
    ['[]', '[]'],
    ['{}', '{}'],
    ['{"a": null}', 'a:'],
    ['{"a": ""}', 'a: ""'],
    ['{"a": "1"}', "a: '1'"],
    ['{"a": [1, 2]}', 'a:\n- 1\n- 2'],
    ['{"a": [1, 2]}', 'a:\n  - 1\n  - 2'],
    ['{"a": [1, 2]}', 'a: [1, 2]'],
    ['{"a": {"b": "c"}}', 'a: {b: c}'],
    ['{"a": {"b": "c"}}', 'a:\n  b: c # d'],
    ['{"a": "b\\nc\\n"}', 'a: |\n  b\n  c\n'],
    ['{"a": "b c\\n"}', 'a: >\n  b\n  c\n'],
    ['{"a": "b\\nc"}', 'a: |-\n  b\n  c\n'],
    ['{"a": "b c"}', 'a: b\n  c'],
    ['{"a b": 1}', '"a b": 1'],
    ['{"a": [{"b": 1}, {"b": 2}]}', 'a:\n- b: 1\n- b: 2\n'],
    ['[{"a": 1}, {"a": 1}]', '- &x\n  a: 1\n- *x'],
    ['{"a": "yes"}', 'a: yes'],
    ['{"a": "2026-01-02"}', 'a: 2026-01-02'],
    ['{"a": "0o8"}', 'a: 0o8'],
    ['{"a": "12:30"}', 'a: 12:30'],
  ])('%s and %j are the same value', (json, yaml) => {
    expect(readValue(json, 'json')).toEqual(JSON.parse(json));
    expect(readValue(yaml, 'yaml')).toEqual(JSON.parse(json));
    expect([...faultsOf(json, 'json'), ...faultsOf(yaml, 'yaml')]).toEqual([]);
  });

  it('know the place of every JSON value', () => {
    const text = '{ "a" : [ 1 , {"b": "x"} ],\n "c": null }';
    expect([...cuts(text, treeOf(text, 'json').root!)]).toEqual([
      text,
      '[ 1 , {"b": "x"} ]',
      '1',
      '{"b": "x"}',
      '"x"',
      'null',
    ]);
  });

  it('know the place of every YAML value, without the comment behind it', () => {
    const text = 'a:\n- 1 # one\n- b: "x"   # two\nc: [d, e]\nf: |\n  g\nh:\n';
    expect([...cuts(text, treeOf(text, 'yaml').root!)].slice(1)).toEqual([
      '- 1 # one\n- b: "x"',
      '1',
      'b: "x"',
      '"x"',
      '[d, e]',
      'd',
      'e',
      '|\n  g\n',
      '',
    ]);
  });

  it('keep how a number is spelled', () => {
    for (const [text, format] of [
      ['{"v": 1.10}', 'json'],
      ['v: 1.10', 'yaml'],
    ] as const) {
      expect(nodeAt(treeOf(text, format).root, ['v'])).toMatchObject({ value: 1.1, source: '1.10' });
    }
  });

  it('give the last of two values under one key', () => {
    const json = treeOf('{"a": 1, "a": 2}', 'json').root!;
    expect(childOf(json, 'a')).toMatchObject({ value: 2 });
    expect(toValue(json)).toEqual({ a: 2 });
  });

  test.each<[path: (string | number)[], found: unknown]>([
    [[], { a: [1, { b: 2 }] }],
    [['a'], [1, { b: 2 }]],
    [['a', 0], 1],
    [['a', 1, 'b'], 2],
    [['a', 2], undefined],
    [['a', -1], undefined],
    [['a', '0'], undefined],
    [['b'], undefined],
    [['a', 0, 'c'], undefined],
    [['a', 1, 'b', 'c'], undefined],
    [['toString'], undefined],
    [['__proto__'], undefined],
  ])('have at %j: %j', (path, found) => {
    const node = nodeAt(treeOf('{"a": [1, {"b": 2}]}', 'json').root, path);
    expect(node && toValue(node)).toEqual(found);
  });
});

describe('faults of JSON, each with its place', () => {
  test.each<[text: string, faults: string[]]>([
    ['{', ['text.syntax 1:2']],
    ['[1', ['text.syntax 1:3']],
    ['{"a"}', ['text.syntax 1:5']],
    ['{"a":}', ['text.syntax 1:6']],
    ['{"a" 1}', ['text.syntax 1:6']],
    ['{a: 1}', ['text.syntax 1:2']],
    ["{'a': 1}", ['text.syntax 1:2']],
    ['[1 2]', ['text.syntax 1:4']],
    ['[1,]', ['text.trailing-comma 1:4']],
    ['{"a": 1,\n}', ['text.trailing-comma 2:1']],
    ['[,1]', ['text.syntax 1:2']],
    ['[1]x', ['text.syntax 1:4']],
    ['[1]\n[2]', ['text.syntax 2:1']],
    ['// c\n[1]', ['text.comment 1:1']],
    ['[1] /* c */', ['text.comment 1:5']],
    ['["a]', ['text.syntax 1:2']],
    ['["a\nb"]', ['text.syntax 1:2']],
    ['["\\x"]', ['text.syntax 1:2']],
    ['["\\u12"]', ['text.syntax 1:2']],
    ['[01]', ['text.syntax 1:3']],
    ['[1.]', ['text.syntax 1:2']],
    ['[NaN]', ['text.syntax 1:2']],
    ['[True]', ['text.syntax 1:2']],
    ['{"a": 1,\n "a": 2}', ['text.duplicate-key 2:2']],
    ['{"a": {"b": 1, "b": 2}}', ['text.duplicate-key 1:16']],
  ])('%j: %j', (text, faults) => {
    expect(faultsOf(text, 'json').slice(0, 1)).toEqual(faults);
  });

  it('are at most 20, so that a wrong file does not fill the screen', () => {
    expect(faultsOf(`[${'x '.repeat(500)}]`, 'json').length).toBeLessThanOrEqual(20);
    expect(faultsOf(`{${'"a": 1, '.repeat(500)}"a": 1}`, 'json')).toHaveLength(20);
  });

  test.each([
    ['{"a": 1,}', false],
    ['{"a": 1 // c\n}', false],
    ['{"a": 1, "a": 2}', false],
    ['{"a" 1}', true],
    ['{"a": 1', true],
    ['[1] 2', true],
  ])('%j leaves the structure in doubt: %s', (text, isBroken) => {
    expect(treeOf(text, 'json').isBroken).toBe(isBroken);
  });

  it('are said in whole sentences, with a remedy', () => {
    const texts = [
      '{',
      '[1',
      '{"a"}',
      '{"a":}',
      '{a: 1}',
      '[1 2]',
      '[1]x',
      '// c\n1',
      '["a]',
      '["\\x"]',
      '["\\u1"]',
      '[1.]',
    ];
    for (const text of [...texts, '["\t"]', '/* c', '{"a":1,}', '{"a":1,"a":2}']) {
      for (const { what, fix } of treeOf(text, 'json').problems) {
        expect(what, text).toMatch(/^[A-Z].*\.$/);
        expect(fix, text).toMatch(/^[A-Z].*[.}\]\\:]*\.$/);
      }
      expect(treeOf(text, 'json').problems, text).not.toEqual([]);
    }
  });
});

describe('faults of YAML, each with its place', () => {
  test.each<[text: string, fault: string]>([
    ['a: b: c', 'text.syntax 1:4'],
    ['a: [1, 2', 'text.syntax 1:9'],
    ['a: "b', 'text.syntax 1:6'],
    ['a:\n\tb: 1', 'text.syntax 2:1'],
    ['a: *x', 'text.syntax 1:4'],
    ['a: *x\nb: &x 1', 'text.syntax 1:4'],
    ['? [a]\n: 1', 'text.syntax 1:3'],
    ['{a: 1}: 2', 'text.syntax 1:1'],
    ['a: 1\na: 2', 'text.duplicate-key 2:1'],
    ['a: !Ref x', 'text.unknown-tag 1:4'],
    ['a: 1\n---\nb: 2', 'text.several-documents 2:1'],
  ])('%j: %s', (text, fault) => {
    expect(faultsOf(text, 'yaml')[0]).toBe(fault);
  });

  it('are at most 20', () => {
    expect(faultsOf('a: !x 1\n'.repeat(100), 'yaml')).toHaveLength(20);
  });
});

describe('where the declaration stands', () => {
  const rootOf = (text: string) => findRoot(treeOf(text, 'json'))?.path;

  test.each<[text: string, path: (string | number)[] | undefined]>([
    ['{"name": "x", "stages": []}', []],
    ['{"stages": []}', []],
    ['{"name": "x", "roleArn": "r"}', []],
    ['{"name": "x"}', undefined],
    ['{"roleArn": "r"}', undefined],
    ['{"pipeline": {}}', ['pipeline']],
    ['{"pipeline": {"stages": []}, "stages": []}', ['pipeline']],
    ['{"pipeline": "x", "stages": []}', []],
    ['{"pipeline": []}', undefined],
    ['{"data": {"pipeline": {}}}', ['data', 'pipeline']],
    ['{"data": {"stages": []}}', undefined],
    ['{"pipeline": {}, "data": {"pipeline": {}}}', ['pipeline']],
    ['{"Pipeline": {"Stages": []}}', undefined],
    ['[{"stages": []}]', undefined],
    ['"stages"', undefined],
    ['', undefined],
  ])('%s: at %j', (text, path) => {
    expect(rootOf(text)).toEqual(path);
  });

  test.each<[text: string, expected: boolean]>([
    ['{"Resources": {}}', true],
    ['{"AWSTemplateFormatVersion": "2010-09-09"}', true],
    ['{"Type": "AWS::CodePipeline::Pipeline", "Properties": {}}', true],
    ['{"Type": "x"}', false],
    ['{"Properties": {}}', false],
    ['{"resources": {}}', false],
    ['{"pipeline": {}}', false],
    ['[]', false],
  ])('%s is a template: %s', (text, expected) => {
    expect(isTemplate(treeOf(text, 'json'))).toBe(expected);
  });
});
