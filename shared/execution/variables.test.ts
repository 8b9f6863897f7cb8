import { describe, expect, it, test } from 'vitest';
import { findReferences, outputVariablesFault, recordBytes, references, resolve, utf8Bytes } from './variables.ts';

const values: Record<string, string> = {
  'Build.Tag': 'v1',
  'codepipeline.PipelineExecutionId': 'e-1',
  'SourceVariables.CommitMessage': 'say #{Build.Tag} "twice"',
};
const lookup = (namespace: string, key: string) => values[`${namespace}.${key}`];

describe('variable references', () => {
  it('are found with their place, whatever surrounds them', () => {
    expect(references('a #{Build.Tag}#{my-ns.key_1@x}!')).toEqual([
      { namespace: 'Build', key: 'Tag', text: '#{Build.Tag}', index: 2 },
      { namespace: 'my-ns', key: 'key_1@x', text: '#{my-ns.key_1@x}', index: 14 },
    ]);
  });

  it('are not what a shell writes for its own variables', () => {
    expect(findReferences('echo $' + '{X} $' + '{#LIST} # {a.b}')).toEqual([]);
  });

  test.each([
    ['#{Build.Tag', /closing brace/],
    ['#{}', /names nothing/],
    ['#{Build}', /period/],
    ['#{.Tag}', /namespace before/],
    ['#{Build.}', /key after/],
    ['#{Build .Tag}', /no spaces/],
    ['#{Build.Tag.More}', /key has only/],
    ['#{Bu/ild.Tag}', /namespace has only/],
    ['#{a.#{Build.Tag}}', /another reference/],
  ])('%s is malformed', (text, why) => {
    expect(findReferences(text)[0]?.malformed).toMatch(why);
    expect(resolve(text, () => 'value')).toHaveProperty('missing');
  });
});

describe('resolving a text', () => {
  it('replaces every reference by its value', () => {
    expect(resolve('#{Build.Tag}-#{Build.Tag}/#{codepipeline.PipelineExecutionId}', lookup)).toEqual({
      value: 'v1-v1/e-1',
    });
  });

  it('never evaluates a value that looks like a reference', () => {
    expect(resolve('#{SourceVariables.CommitMessage}', lookup)).toEqual({ value: 'say #{Build.Tag} "twice"' });
  });

  it('tells apart upper and lower case', () => {
    expect(resolve('#{build.Tag}', lookup)).toMatchObject({ missing: [{ text: '#{build.Tag}' }] });
  });

  it('names everything that is missing (X-009)', () => {
    expect(resolve('#{Build.Tag} #{Build.A} #{Other.B}', lookup)).toMatchObject({
      missing: [{ key: 'A' }, { key: 'B' }],
    });
  });
});

describe('limits', () => {
  it('count bytes, not characters', () => {
    expect(utf8Bytes('aé€😀')).toBe(Buffer.byteLength('aé€😀'));
    expect(recordBytes({ a: 'é', bb: '' })).toBe(5);
  });

  it('allow 122880 bytes of output variables and not one more (X-007)', () => {
    expect(outputVariablesFault({ k: 'x'.repeat(122_879) })).toBeUndefined();
    expect(outputVariablesFault({ k: 'x'.repeat(122_880) })).toMatch(/122881/);
  });
});
