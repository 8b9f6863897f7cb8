import { describe, expect, it, test } from 'vitest';
import { completePipeline } from '../testing/completePipeline.ts';
import { jsonExtent, MAX_DEPTH, MAX_JSON_TOKENS, MAX_YAML_ANCHORS, MAX_YAML_TOKENS, yamlExtent } from './extentOf.ts';

describe('how deep a JSON text nests', () => {
  test.each<[text: string, depth: number]>([
    ['', 0],
    ['1', 0],
    ['"{[{["', 0],
    ['{}', 1],
    ['[]', 1],
    ['[[]]', 2],
    ['[[],[]]', 2],
    ['{"a":[{"b":[]}]}', 4],
    ['{"\\"{": 1}', 1],
    ['{"a\\\\": [1]}', 2],
    ['[}[]', 1],
    [']]]]', 0],
    ['[[[', 3],
    ['"never closed {{{', 0],
    ['"closed by the line\n{{', 2],
  ])('%j: %d levels', (text, depth) => {
    expect(jsonExtent(text).depth).toBe(depth);
  });

  test.each<[text: string, tokens: number]>([
    ['', 0],
    [' \n\t\r ', 0],
    ['1', 1],
    ['true false', 2],
    ['{}', 2],
    ['{"a":1}', 5],
    ['{ "a" : 1 }', 5],
    ['[1,2,3]', 7],
    ['"a b c"', 1],
    [',,,', 3],
  ])('%j: %d marks, texts and words', (text, tokens) => {
    expect(jsonExtent(text).tokens).toBe(tokens);
  });

  it('is the real depth for any JSON', () => {
    const depthOf = (value: unknown): number =>
      typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
    for (const value of [completePipeline(), [[[{ a: [] }], 'x']], { '[': '{' }]) {
      for (const unit of [undefined, 2]) {
        expect(jsonExtent(JSON.stringify(value, null, unit)).depth).toBe(depthOf(value));
      }
    }
  });
});

describe('how deep a YAML text nests', () => {
  test.each<[text: string, depth: number]>([
    ['a: 1\n', 1],
    ['a:\n  b: 1\n', 2],
    ['a:\n  b:\n    c: 1\nd: 1\n', 3],
    ['a: [[1]]\n', 3],
    ['- - - a\n', 4],
    ['a:\n- b\n', 2],
  ])('%j: at least %d levels', (text, depth) => {
    expect(yamlExtent(text).depth).toBeGreaterThanOrEqual(depth);
  });

  it('does not add up what stands side by side', () => {
    expect(yamlExtent('a:\n  b: 1\n'.repeat(200)).depth).toBeLessThan(5);
    expect(yamlExtent('[x]\n'.repeat(200)).depth).toBeLessThan(5);
  });

  test.each<[text: string, anchors: number]>([
    ['a: &x 1\n', 1],
    ['a: &x 1\nb: *x\n', 2],
    ['[&a 1,*a]', 2],
    ['a: R&D\n', 0],
    ['a: 2*3\n', 0],
    ['a: b & c\n', 1],
    ['files: **/*\n', 1],
  ])('%j: at most %d anchors and aliases', (text, anchors) => {
    expect(yamlExtent(text).anchors).toBe(anchors);
  });
});

describe('the limits', () => {
  // A pipeline of 50 stages with 20 actions each is the largest that AWS takes.
  const largest = () => {
    const pipeline = completePipeline();
    const action = pipeline.stages[2]!.actions[1]!;
    pipeline.stages = Array.from({ length: 50 }, (_, stage) => ({
      name: `S${stage}`,
      actions: Array.from({ length: 20 }, (_, index) => ({ ...action, name: `A${index}` })),
    }));
    return pipeline;
  };

  it('are far above the largest pipeline that AWS takes', () => {
    const text = JSON.stringify(largest(), null, 2);
    const { depth, tokens } = jsonExtent(text);
    expect(depth * 5).toBeLessThan(MAX_DEPTH);
    expect(tokens * 5).toBeLessThan(MAX_JSON_TOKENS);
    const yaml = yamlExtent(text);
    expect(yaml.tokens).toBeLessThan(MAX_YAML_TOKENS);
    expect(yaml.anchors).toBeLessThan(MAX_YAML_ANCHORS);
  });
});
