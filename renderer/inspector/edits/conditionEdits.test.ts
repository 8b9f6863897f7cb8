import { describe, expect, it } from 'vitest';
import type { ConditionType } from '../../../shared/execution/events.ts';
import type { PipelineDeclaration, StageDeclaration } from '../../../shared/model/declaration.ts';
import { applyEdits } from '../../../shared/model/edits/applyEdits.ts';
import type { Change, Refused } from '../../../shared/model/edits/change.ts';
import { type Binding, emptySidecar } from '../../../shared/model/sidecar.ts';
import { findRuleType, ruleTypes } from '../../../shared/providers/table.ts';
import { pipelineOf } from '../../../shared/testing/pipelineOf.ts';
import { conditionOf, withStages } from '../../../shared/testing/withConditions.ts';
import {
  addCondition,
  addRule,
  removeCondition,
  removeRule,
  renameRule,
  setResult,
  setRetryMode,
} from './conditionEdits.ts';
import { type ParkedRule, switchRuleType } from './switchRuleType.ts';

const plain = pipelineOf({ S: ['Repo'], B: ['Make'] });
const check = findRuleType({ provider: 'VariableCheck' })!;
const placeOf = (pipeline: PipelineDeclaration, conditionType: ConditionType, stageIndex = 1) => ({
  stage: pipeline.stages[stageIndex]!,
  stageIndex,
  conditionType,
});
/** The stage B after a change. */
const changed = (pipeline: PipelineDeclaration, change: Change | Refused): StageDeclaration => {
  if ('refused' in change) throw new Error(change.refused);
  return applyEdits(pipeline, change.edits).stages[1]!;
};
const gated = withStages(plain, { B: { beforeEntry: { conditions: [conditionOf('FAIL', 'One', 'Two')] } } });
const rollsBack = withStages(plain, { B: { onFailure: { result: 'ROLLBACK' } } });

describe('a condition', () => {
  it('is added with one rule, and removed whole', () => {
    const change = addCondition(plain, placeOf(plain, 'BEFORE_ENTRY'), check);
    expect(changed(plain, change).beforeEntry).toEqual({
      conditions: [{ result: 'FAIL', rules: [{ name: 'VariableCheck', ruleTypeId: check.ruleTypeId }] }],
    });
    expect(changed(gated, removeCondition(placeOf(gated, 'BEFORE_ENTRY')))).not.toHaveProperty('beforeEntry');
  });
  it('of a failure begins as a rollback, where there can be none as a retry', () => {
    expect(changed(plain, addCondition(plain, placeOf(plain, 'ON_FAILURE'), check)).onFailure).toEqual({
      result: 'ROLLBACK',
    });
    const [edit] = addCondition(plain, placeOf(plain, 'ON_FAILURE', 0), check).edits;
    expect(edit?.value).toEqual({ result: 'RETRY', retryConfiguration: { retryMode: 'FAILED_ACTIONS' } });
    const parallel = { ...plain, executionMode: 'PARALLEL' as const };
    expect(addCondition(parallel, placeOf(parallel, 'ON_FAILURE'), check).edits[0]?.value).toMatchObject({
      result: 'RETRY',
    });
  });
  it('gets a retry mode with RETRY, and loses it with another result', () => {
    const retries = withStages(plain, {
      B: changed(rollsBack, setResult(placeOf(rollsBack, 'ON_FAILURE'), 'RETRY')),
    });
    expect(retries.stages[1]?.onFailure?.retryConfiguration?.retryMode).toBe('FAILED_ACTIONS');
    const all = changed(retries, setRetryMode(placeOf(retries, 'ON_FAILURE'), 'ALL_ACTIONS'));
    expect(all.onFailure?.retryConfiguration?.retryMode).toBe('ALL_ACTIONS');
    expect(changed(retries, setResult(placeOf(retries, 'ON_FAILURE'), 'ROLLBACK')).onFailure).toEqual({
      result: 'ROLLBACK',
    });
  });
  it('changes its result where the rules are', () => {
    const change = setResult(placeOf(gated, 'BEFORE_ENTRY'), 'SKIP');
    expect(changed(gated, change).beforeEntry?.conditions[0]?.result).toBe('SKIP');
    expect(setResult(placeOf(gated, 'BEFORE_ENTRY'), 'FAIL').edits).toEqual([]);
  });
});

describe('a rule', () => {
  it.each(ruleTypes.map((type) => [type.label, type] as const))('of type %s is added under a free name', (_, type) => {
    const rules = changed(gated, addRule(placeOf(gated, 'BEFORE_ENTRY'), type)).beforeEntry?.conditions[0]?.rules ?? [];
    expect(rules.map(({ name }) => name)).toEqual(['One', 'Two', type.ruleTypeId.provider]);
  });
  it('is refused as the sixth, and beside an automatic retry', () => {
    const full = withStages(plain, {
      B: { beforeEntry: { conditions: [conditionOf('FAIL', 'a', 'b', 'c', 'd', 'e')] } },
    });
    expect(addRule(placeOf(full, 'BEFORE_ENTRY'), check)).toHaveProperty('refused');
    const retries = withStages(plain, { B: { onFailure: { result: 'RETRY' } } });
    expect(addRule(placeOf(retries, 'ON_FAILURE'), check)).toHaveProperty('refused');
  });
  it('that is the first of onFailure takes the result along; the last one gives it back', () => {
    const { onFailure } = changed(rollsBack, addRule(placeOf(rollsBack, 'ON_FAILURE'), check));
    expect(onFailure).toMatchObject({ conditions: [{ result: 'ROLLBACK', rules: [{ name: 'VariableCheck' }] }] });
    expect(onFailure).not.toHaveProperty('result');
    const ruled = withStages(plain, { B: { onFailure } });
    expect(changed(ruled, removeRule(placeOf(ruled, 'ON_FAILURE'), 0)).onFailure).toEqual({ result: 'ROLLBACK' });
  });
  it('is removed alone, the last one of a gate with the gate', () => {
    const left = changed(gated, removeRule(placeOf(gated, 'BEFORE_ENTRY'), 0));
    expect(left.beforeEntry?.conditions[0]?.rules?.map(({ name }) => name)).toEqual(['Two']);
    const single = withStages(plain, { B: { beforeEntry: { conditions: [conditionOf('FAIL', 'One')] } } });
    expect(changed(single, removeRule(placeOf(single, 'BEFORE_ENTRY'), 0))).not.toHaveProperty('beforeEntry');
  });
  it('is renamed with its local stand-in, but not to a name that is taken', () => {
    const change = renameRule(placeOf(gated, 'BEFORE_ENTRY'), 0, 'First');
    expect(changed(gated, change).beforeEntry?.conditions[0]?.rules?.[0]?.name).toBe('First');
    const sidecar = { ...emptySidecar(), bindings: { 'B/beforeEntry/One': { kind: 'simulation' as const } } };
    const moved = 'sidecar' in change ? change.sidecar?.(sidecar).bindings : undefined;
    expect(moved).toEqual({ 'B/beforeEntry/First': { kind: 'simulation' } });
    expect(renameRule(placeOf(gated, 'BEFORE_ENTRY'), 0, 'Two')).toHaveProperty('refused');
  });
  it('of another type loses what was for the old one, and gets it back with the old type', () => {
    const drawer = new Map<string, ParkedRule>();
    const binding = { kind: 'project', environment: { A: '1' } } as const;
    const configured = withStages(plain, {
      B: { beforeEntry: { conditions: [conditionOf('FAIL', { name: 'One', configuration: { Value: '1' } })] } },
    });
    const to = (pipeline: PipelineDeclaration, provider: string, bound?: Binding) =>
      switchRuleType(placeOf(pipeline, 'BEFORE_ENTRY'), 0, findRuleType({ provider })!, { drawer, binding: bound });
    const ruleOf = (stage: StageDeclaration) => stage.beforeEntry!.conditions[0]!.rules![0]!;

    const commands = withStages(plain, { B: changed(configured, to(configured, 'Commands')) });
    expect(ruleOf(commands.stages[1]!)).toMatchObject({ ruleTypeId: { provider: 'Commands' }, commands: ['true'] });
    expect(ruleOf(commands.stages[1]!)).not.toHaveProperty('configuration');

    const lambda = to(commands, 'LambdaInvoke', binding);
    const sidecar = { ...emptySidecar(), bindings: { 'B/beforeEntry/One': binding } };
    const without = lambda.sidecar!(sidecar);
    expect(without.bindings).toEqual({});
    const invokes = withStages(plain, { B: changed(commands, lambda) });
    const again = to(invokes, 'Commands');
    expect(again.sidecar!(without).bindings).toEqual(sidecar.bindings);
    expect(ruleOf(changed(invokes, again)).commands).toEqual(['true']);

    const back = changed(commands, to(commands, 'VariableCheck'));
    expect(ruleOf(back)).toEqual(ruleOf(configured.stages[1]!));
  });
});
