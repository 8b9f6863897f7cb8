import { describe, expect, it } from 'vitest';
import { type RuleDeclaration, ruleKey, rulesOfStage } from './declaration.ts';
import { sidecarSchema } from './sidecar.ts';

const rule = (name: string): RuleDeclaration => ({ name, ruleTypeId: { category: 'Rule', provider: 'Commands' } });

describe('the places of rules', () => {
  it('are named by stage, condition and rule', () => {
    expect(ruleKey('Deploy', 'BEFORE_ENTRY', 'Gate')).toBe('Deploy/beforeEntry/Gate');
    expect(ruleKey('Deploy', 'ON_SUCCESS', 'Gate')).toBe('Deploy/onSuccess/Gate');
    expect(ruleKey('Deploy', 'ON_FAILURE', 'Gate')).toBe('Deploy/onFailure/Gate');
  });

  it('of a stage come in the order of its conditions', () => {
    const stage = {
      onFailure: { result: 'ROLLBACK' as const, conditions: [{ rules: [rule('C')] }] },
      beforeEntry: { conditions: [{ rules: [rule('A'), rule('B')] }] },
      onSuccess: { conditions: [{}] },
    };
    expect(rulesOfStage(stage).map(({ conditionType, rule: { name } }) => `${conditionType} ${name}`)).toEqual([
      'BEFORE_ENTRY A',
      'BEFORE_ENTRY B',
      'ON_FAILURE C',
    ]);
    expect(rulesOfStage({})).toEqual([]);
  });
});

describe('breakpoints in the sidecar', () => {
  it('stand before or after an action, and may be absent', () => {
    expect(sidecarSchema.parse({ breakpoints: { 'Build/Test': 'before' } }).breakpoints).toEqual({
      'Build/Test': 'before',
    });
    expect(sidecarSchema.parse({})).not.toHaveProperty('breakpoints');
    expect(sidecarSchema.safeParse({ breakpoints: { 'Build/Test': 'never' } }).success).toBe(false);
  });
});
