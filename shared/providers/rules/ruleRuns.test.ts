import { describe, expect, it, test } from 'vitest';
import type { ConditionType } from '../../execution/events.ts';
import type { Binding } from '../../model/sidecar.ts';
import { ActionFailure, type BuildRequest } from '../host.ts';
import type { AlarmChange, AlarmState, RuleHost, RuleRun } from '../ruleHost.ts';
import { findRuleType } from '../table.ts';

const MINUTE = 60_000;
const START = Date.UTC(2026, 0, 5, 8, 0); // a Monday

interface Script {
  conditionType?: ConditionType;
  commands?: string[];
  inputs?: string[];
  binding?: Binding;
  /** [minute, state] */
  alarm?: [number, AlarmState][];
  /** How the function answers. */
  answers?: { status: 'Succeeded' } | { status: 'Failed'; type: 'JobFailed'; message: string };
}

/** Runs a rule on a clock that jumps to whatever is waited for. */
async function evaluate(provider: string, configuration: Record<string, string>, script: Script = {}) {
  const { conditionType = 'BEFORE_ENTRY', commands, inputs = [], binding, alarm = [], answers } = script;
  let now = START;
  const lines: string[] = [];
  const builds: BuildRequest[] = [];
  const invoked: unknown[] = [];
  const changes = alarm.map(([minute, state]): AlarmChange => ({ state, at: START + minute * MINUTE }));
  const host = {
    log: (line: string) => lines.push(line),
    now: () => now,
    delay: async () => undefined,
    async waitUntil(at: number) {
      now = Math.max(now, at);
    },
    finds: async ({ source, flags }: { source: string; flags: string }, text: string) =>
      new RegExp(source, flags).test(text),
    alarm: () => changes.filter(({ at }) => at <= now),
    async alarmChangedOr(at: number) {
      now = changes.find((change) => change.at > now && change.at <= at)?.at ?? at;
    },
    async build(request: BuildRequest) {
      builds.push(request);
      return { buildId: 'b', exportedVariables: {}, outputArtifacts: [] };
    },
    jobs: async () => ({
      async invoke(...of: unknown[]) {
        invoked.push(of);
        return { result: answers, outputArtifacts: [] };
      },
    }),
  };
  const artifacts = inputs.map((name) => ({ name, digest: 'd', size: 1 }));
  const run: RuleRun = {
    configuration,
    conditionType,
    action: {
      name: 'Gate',
      actionTypeId: { category: 'Compute', owner: 'AWS', provider, version: '1' },
      ...(commands ? { commands } : {}),
    },
    pipelineName: 'shop',
    stageName: 'Deploy',
    pipelineExecutionId: 'e',
    actionExecutionId: 'r',
    startedAt: START,
    inputs: artifacts,
    binding,
    host: host as unknown as RuleHost,
  };
  const type = findRuleType({ provider });
  const outcome = await type!.run(run).then(
    ({ summary }) => ({ passes: true, summary }),
    (error: unknown) => {
      if (!(error instanceof ActionFailure)) throw error;
      return { passes: false, code: error.code, what: error.message };
    },
  );
  return { ...outcome, minutes: (now - START) / MINUTE, lines, builds, invoked };
}

describe('VariableCheck (rules.md §2)', () => {
  test.each([
    ['main', 'EQ', 'main', true],
    ['main', 'EQ', 'Main', false],
    ['main', 'NE', 'Main', true],
    ['main', 'NE', 'main', false],
    ['release/1', 'CONTAINS', 'release', true],
    ['release/1', 'CONTAINS', 'Release', false],
    ['release/1', 'MATCHES', 'release/\\d', true],
    ['release/1', 'MATCHES', 'release', false],
    ['', 'EQ', '', true],
  ])('"%s" %s "%s": %s', async (Variable, Operator, Value, passes) => {
    expect((await evaluate('VariableCheck', { Variable, Operator, Value })).passes).toBe(passes);
  });

  test.each([
    ['GT', '1', 'operator'],
    ['MATCHES', '(', 'can not be read'],
  ])('with the operator %s and the value %s is an error, not a verdict', async (Operator, Value, what) => {
    const found = await evaluate('VariableCheck', { Variable: '1', Operator, Value });
    expect(found).toMatchObject({ passes: false, code: 'ConfigurationError', what: expect.stringContaining(what) });
  });
});

describe('DeploymentWindow', () => {
  test.each([
    ['0 * 8-17 ? * MON-FRI *', 'UTC', 0],
    ['0 * 9-17 ? * MON-FRI *', 'UTC', 60],
    ['0 30 8 ? * * *', 'UTC', 30],
    ['0 * 9 ? * * *', 'UTC+01:00', 0],
    ['0 * 9 ? * * *', 'Europe/Berlin', 0],
    ['0 0 8 ? * SUN', 'UTC', 6 * 24 * 60],
  ])('%s in %s is waited for %d minutes', async (Cron, TimeZone, minutes) => {
    const found = await evaluate('DeploymentWindow', { Cron, TimeZone });
    expect([found.passes, found.minutes]).toEqual([true, minutes]);
    if (minutes > 0) expect(found.lines[0]).toContain('opens at');
  });

  test.each([
    [{ Cron: '* *' }, 'six or seven fields'],
    [{ Cron: '0 0 9 ? * * *', TimeZone: 'Mars/Base' }, 'Mars/Base'],
    [{ Cron: '0 0 0 ? * * 1999' }, 'does not open'],
  ])('%j is an error', async (configuration, what) => {
    const found = await evaluate('DeploymentWindow', configuration as Record<string, string>);
    expect(found).toMatchObject({ passes: false, code: 'ConfigurationError', what: expect.stringContaining(what) });
  });
});

describe('CloudWatchAlarm', () => {
  const watch = (conditionType: ConditionType, alarm: [number, AlarmState][], more: Record<string, string> = {}) =>
    evaluate('CloudWatchAlarm', { AlarmName: 'errors', ...more }, { conditionType, alarm });

  test.each<[ConditionType, [number, AlarmState][], Record<string, string>, boolean, number]>([
    ['BEFORE_ENTRY', [[-1, 'OK']], {}, true, 0],
    ['BEFORE_ENTRY', [[-1, 'OK']], { WaitTime: '10' }, true, 0],
    ['BEFORE_ENTRY', [[-1, 'ALARM']], {}, false, 0],
    ['BEFORE_ENTRY', [[-1, 'ALARM']], { WaitTime: '10' }, false, 10],
    [
      'BEFORE_ENTRY',
      [
        [-1, 'ALARM'],
        [4, 'OK'],
      ],
      { WaitTime: '10' },
      true,
      4,
    ],
    ['BEFORE_ENTRY', [[-1, 'INSUFFICIENT_DATA']], { AlarmStates: 'INSUFFICIENT_DATA, ALARM' }, false, 0],
    ['ON_SUCCESS', [[-1, 'OK']], { WaitTime: '60' }, true, 60],
    [
      'ON_SUCCESS',
      [
        [-1, 'OK'],
        [7, 'ALARM'],
      ],
      { WaitTime: '60' },
      false,
      7,
    ],
    [
      'ON_SUCCESS',
      [
        [-1, 'OK'],
        [7, 'INSUFFICIENT_DATA'],
      ],
      { WaitTime: '60' },
      true,
      60,
    ],
    [
      'ON_SUCCESS',
      [
        [-9, 'ALARM'],
        [-1, 'OK'],
      ],
      { WaitTime: '5' },
      true,
      5,
    ],
    ['ON_FAILURE', [[-1, 'ALARM']], {}, true, 0],
    ['ON_FAILURE', [[-1, 'OK']], {}, false, 0],
    [
      'ON_FAILURE',
      [
        [-1, 'OK'],
        [3, 'ALARM'],
      ],
      { WaitTime: '5' },
      true,
      3,
    ],
    ['ON_FAILURE', [[-1, 'OK']], { WaitTime: '5' }, false, 5],
  ])('%s with %j and %j passes: %s, after %d minutes', async (conditionType, alarm, more, passes, minutes) => {
    const found = await watch(conditionType, alarm, more);
    expect([found.passes, found.minutes]).toEqual([passes, minutes]);
  });

  it('fails as an error when nobody gave the alarm a state, or its settings make no sense', async () => {
    const errors = [
      await watch('BEFORE_ENTRY', []),
      await watch('BEFORE_ENTRY', [[-1, 'OK']], { AlarmStates: 'RED' }),
      await watch('BEFORE_ENTRY', [[-1, 'OK']], { WaitTime: 'soon' }),
    ];
    for (const found of errors) expect(found).toMatchObject({ passes: false, code: 'ConfigurationError' });
  });
});

describe('LambdaInvoke (rules.md §2)', () => {
  const handler: Binding = { kind: 'handler', path: '/gate.mjs' };
  const call = (script: Script) => evaluate('LambdaInvoke', { FunctionName: 'gate' }, script);

  it('passes when the bound function reports success or returns', async () => {
    const found = await call({ binding: handler, answers: { status: 'Succeeded' } });
    expect([found.passes, found.invoked]).toEqual([true, [['gate', handler, { returnPasses: true }]]]);
  });
  it('fails with the words that the function reports', async () => {
    const answers = { status: 'Failed', type: 'JobFailed', message: 'Not today.' } as const;
    expect(await call({ binding: handler, answers })).toMatchObject({ passes: false, what: 'Not today.' });
  });
  it('ends as it is scripted, and never without either', async () => {
    expect((await call({ binding: { kind: 'simulation' } })).passes).toBe(true);
    expect(await call({ binding: { kind: 'simulation', result: 'Failed', message: 'No.' } })).toMatchObject({
      what: 'No.',
    });
    expect(await call({})).toMatchObject({ passes: false, code: 'ConfigurationError' });
    expect(await call({ binding: { kind: 'folder', path: '/x' } })).toMatchObject({ passes: false });
  });
});

describe('Commands and CodeBuild', () => {
  it('run as the actions of the same name do', async () => {
    const commands = await evaluate('Commands', {}, { commands: ['make check'], inputs: ['App'] });
    expect(commands).toMatchObject({
      passes: true,
      builds: [{ kind: 'commands', commands: ['make check'], primarySource: 'App' }],
    });
    const build = await evaluate('CodeBuild', { ProjectName: 'gate' }, { inputs: ['App'] });
    expect(build).toMatchObject({
      passes: true,
      builds: [{ kind: 'buildspec', projectName: 'gate', primarySource: 'App' }],
    });
  });
  it('Commands need no input, but commands', async () => {
    expect((await evaluate('Commands', {}, { commands: ['true'] })).builds).toMatchObject([{ primarySource: '' }]);
    expect(await evaluate('Commands', {})).toMatchObject({ passes: false, code: 'ConfigurationError' });
  });
  it('CodeBuild runs no batch', async () => {
    const batch = await evaluate('CodeBuild', { ProjectName: 'gate', BatchEnabled: 'true' }, { inputs: ['App'] });
    expect(batch).toMatchObject({ passes: false, builds: [] });
  });
});
