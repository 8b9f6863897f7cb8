import { describe, expect, it } from 'vitest';
import type { Sidecar } from '../../shared/model/sidecar.ts';
import { getReadiness } from './readiness.ts';
import { approve, pipelineOf, rule, run, withConditions } from './testing/engineFixture.ts';

const pipeline = pipelineOf({ Build: [run('Test', 'make'), approve('Ok')] });
const missing = (bindings: Sidecar['bindings'], declaration = pipeline, variables = {}) =>
  getReadiness(declaration, { bindings, variables }).map((entry) =>
    entry.kind === 'binding' ? entry.where : entry.name,
  );
const bound: Sidecar['bindings'] = { 'Source/Files': { kind: 'folder', path: '.' } };

describe('what a run lacks', () => {
  it('is nothing when all that is needed is bound, even if more could be', () => {
    expect(missing(bound)).toEqual([]);
  });

  it('asks along what may stay open when it has to ask at all', () => {
    expect(missing({})).toEqual(['Source/Files', 'Build/Test']);
  });

  it('asks again when the binding is of a kind that the action cannot use', () => {
    expect(missing({ 'Source/Files': { kind: 'simulation' } })).toContain('Source/Files');
  });

  it('asks for the function of a rule, which never passes without one', () => {
    const gated = withConditions(pipeline, 'Build', {
      beforeEntry: { conditions: [{ result: 'FAIL', rules: [rule('LambdaInvoke', { FunctionName: 'gate' })] }] },
    });
    const where = 'Build/beforeEntry/LambdaInvoke';
    expect(missing(bound, gated)).toContain(where);
    expect(missing({ ...bound, [where]: { kind: 'simulation' } }, gated)).toEqual([]);
  });

  it('asks for variables that have neither a default nor a remembered value', () => {
    const declaration = {
      ...pipeline,
      variables: [{ name: 'A' }, { name: 'B', defaultValue: 'b' }, { name: 'constructor' }],
    };
    expect(missing(bound, declaration)).toEqual(expect.arrayContaining(['A', 'constructor']));
    expect(missing(bound, declaration)).not.toContain('B');
    expect(missing(bound, declaration, { A: 'a', constructor: 'c' })).toEqual([]);
  });
});
