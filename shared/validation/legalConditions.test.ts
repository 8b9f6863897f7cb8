import { describe, test } from 'vitest';
import { put, rule } from '../testing/brokenPipeline.ts';
import { expectLegal, type Legal, ruleType, variableCheck } from '../testing/legalPipeline.ts';

/* The nearest pipelines that AWS takes: for each rule what stands just inside its border, so that no rule cries wolf. */

const stageConditions: Legal[] = [
  ['S-004', 'conditions in a pipeline without a type', (p) => delete p.pipelineType],
  [
    'S-005',
    'an entry that skips',
    (p) => (p.stages[2]!.beforeEntry = { conditions: [{ result: 'SKIP', rules: [variableCheck] }] }),
  ],
  ['S-005', 'an entry without a result', (p) => delete p.stages[2]!.beforeEntry!.conditions[0]!.result],
  ['S-006', 'a success that fails', (p) => (p.stages[2]!.onSuccess!.conditions[0]!.result = 'FAIL')],
  [
    'S-007',
    'a failure whose condition rolls back',
    (p) => (p.stages[2]!.onFailure = { conditions: [{ result: 'ROLLBACK', rules: [variableCheck] }] }),
  ],
  ['S-008', 'a failure that rolls back', (p) => (p.stages[2]!.onFailure = { result: 'ROLLBACK' })],
  ['S-008', 'a failure that does nothing', (p) => (p.stages[2]!.onFailure = {})],
  [
    'S-009',
    'a Lambda function that skips',
    (p) =>
      (p.stages[2]!.beforeEntry = {
        conditions: [
          {
            result: 'SKIP',
            rules: [{ name: 'Ask', ruleTypeId: ruleType('LambdaInvoke'), configuration: { FunctionName: 'f' } }],
          },
        ],
      }),
  ],
  ['S-010', 'a retry without a mode', (p) => (p.stages[1]!.onFailure = { result: 'RETRY' })],
  [
    'S-010',
    'a retry of the source stage',
    (p) => (p.stages[0]!.onFailure = { result: 'RETRY', retryConfiguration: { retryMode: 'ALL_ACTIONS' } }),
  ],
  [
    'S-011',
    'a rollback with conditions',
    (p) =>
      (p.stages[2]!.onFailure = { result: 'ROLLBACK', conditions: [{ result: 'ROLLBACK', rules: [variableCheck] }] }),
  ],
  [
    'S-012',
    'an entry that fails in PARALLEL mode',
    (p) => {
      p.executionMode = 'PARALLEL';
      delete p.stages[2]!.onSuccess;
    },
  ],
  ['S-013', 'a rollback of the second stage', (p) => (p.stages[1]!.onFailure = { result: 'ROLLBACK' })],
  ['S-014', 'a condition without rules', (p) => (p.stages[2]!.beforeEntry = { conditions: [{ result: 'FAIL' }] })],
  [
    'S-014',
    'five rules',
    (p) =>
      (p.stages[2]!.beforeEntry!.conditions[0]!.rules = Array.from({ length: 5 }, (_, n) => ({
        ...variableCheck,
        name: `R${n}`,
      }))),
  ],
  ['S-015', 'a window without a time zone', (p) => (rule(p).configuration = { Cron: '* * 9-17 ? * MON-FRI *' })],
  [
    'S-015',
    'a build of one input without a primary source',
    (p) =>
      Object.assign(rule(p), {
        ruleTypeId: ruleType('CodeBuild'),
        configuration: { ProjectName: 'p' },
        inputArtifacts: [{ name: 'app' }],
      }),
  ],
  [
    'S-017',
    'each operator',
    (p) =>
      (p.stages[2]!.beforeEntry!.conditions[0]!.rules = ['EQ', 'NE', 'CONTAINS', 'MATCHES'].map((Operator) => ({
        ...variableCheck,
        name: Operator,
        configuration: { Variable: '#{T.VERSION}', Value: 'v.*', Operator },
      }))),
  ],
  [
    'S-018',
    'a Commands rule',
    (p) =>
      Object.assign(rule(p), {
        ruleTypeId: ruleType('Commands'),
        configuration: undefined,
        commands: ['test -f x'],
        inputArtifacts: [{ name: 'app' }],
      }),
  ],
  [
    'S-019',
    'an artifact of the stage itself on success',
    (p) => {
      put(p, 'Build/Lint', { outputArtifacts: [{ name: 'report' }] });
      p.stages[1]!.onSuccess = {
        conditions: [
          {
            result: 'FAIL',
            rules: [
              {
                name: 'R',
                ruleTypeId: ruleType('LambdaInvoke'),
                configuration: { FunctionName: 'f' },
                inputArtifacts: [{ name: 'report' }],
              },
            ],
          },
        ],
      };
    },
  ],
  [
    'S-020',
    'a variable of the stage itself on success',
    (p) => {
      put(p, 'Deploy/Upload', {
        actionTypeId: { category: 'Invoke', owner: 'AWS', provider: 'Lambda', version: '1' },
        configuration: { FunctionName: 'f' },
        namespace: 'Up',
      });
      rule(p, 'onSuccess').configuration!.AlarmName = '#{Up.X}';
    },
  ],
  [
    'S-020',
    'a pipeline variable and the execution’s id',
    (p) => {
      rule(p).configuration!.TimeZone = '#{variables.TARGET}#{codepipeline.PipelineExecutionId}';
    },
  ],
];

describe('what AWS takes: conditions of stages', () => {
  test.each(stageConditions)('%s: %s', (...legal) => expectLegal(legal));
});
