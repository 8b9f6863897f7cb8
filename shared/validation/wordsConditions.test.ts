import { describe, test } from 'vitest';
import type { PipelineDeclaration } from '../model/declaration.ts';
import { codeBuild, git, put, rule } from '../testing/brokenPipeline.ts';
import { connection, ruleType, source } from '../testing/legalPipeline.ts';
import { expectSaid, type Said } from '../testing/saidOf.ts';

/* What a person reads: each variant names the culprit, and its remedy offers what is at hand. */

const last = (p: PipelineDeclaration) => p.stages[2]!.actions;

const conditions: Said[] = [
  [
    'S-005',
    'a rollback before entry',
    (p) => (p.stages[2]!.beforeEntry!.conditions[0]!.result = 'ROLLBACK'),
    '"beforeEntry" cannot end in ROLLBACK.',
    'Choose "FAIL" or "SKIP".',
  ],
  [
    'S-006',
    'a skip on success',
    (p) => (p.stages[2]!.onSuccess!.conditions[0]!.result = 'SKIP'),
    '"onSuccess" cannot end in SKIP.',
    'Choose "ROLLBACK" or "FAIL".',
  ],
  [
    'S-008',
    'a failure on failure',
    (p) => (p.stages[2]!.onFailure = { result: 'FAIL' }),
    '"onFailure" cannot end in FAIL.',
    'Choose "ROLLBACK" or "RETRY".',
  ],
  [
    'S-009',
    'a window that skips',
    (p) => (p.stages[2]!.beforeEntry!.conditions[0]!.result = 'SKIP'),
    'A condition that skips its stage cannot have the rule Deployment window.',
    'Choose the result FAIL, or another rule.',
  ],
  [
    'S-010',
    'a mode without retry',
    (p) => (p.stages[2]!.onFailure = { retryConfiguration: { retryMode: 'ALL_ACTIONS' } }),
    'A retry configuration has an effect only with the result RETRY.',
    'Set the result to RETRY, or remove it.',
  ],
  [
    'S-012',
    'a failure in PARALLEL',
    (p) => {
      p.executionMode = 'PARALLEL';
      delete p.stages[2]!.onSuccess;
      p.stages[2]!.onFailure = { result: 'ROLLBACK' };
    },
    'A pipeline in PARALLEL mode cannot roll back.',
    'Choose another result or another execution mode.',
  ],
  [
    'S-013',
    'a source on failure',
    (p) => (p.stages[0]!.onFailure = { result: 'ROLLBACK' }),
    'The source stage cannot be rolled back.',
    'Choose another result.',
  ],
  [
    'S-015',
    'an alarm without a name',
    (p) => (rule(p, 'onSuccess').configuration = {}),
    '"AlarmName" is missing; CloudWatch alarm needs it.',
    'Enter it.',
  ],
  [
    'S-015',
    'a build of two inputs',
    (p) =>
      Object.assign(rule(p), {
        ruleTypeId: ruleType('CodeBuild'),
        configuration: { ProjectName: 'p' },
        inputArtifacts: [{ name: 'app' }, { name: 'dist' }],
      }),
    '"PrimarySource" is missing; CodeBuild needs it.',
    'Enter it.',
  ],
  [
    'S-017',
    'an operator that does not exist',
    (p) =>
      Object.assign(rule(p), {
        ruleTypeId: ruleType('VariableCheck'),
        configuration: { Variable: '#{T.VERSION}', Value: '1', Operator: 'LT' },
      }),
    '"Operator" is "LT".',
    'Choose "EQ", "NE", "CONTAINS" or "MATCHES".',
  ],
  [
    'S-018',
    'commands of a window',
    (p) => (rule(p).commands = ['true']),
    'Deployment window takes no commands.',
    'Remove them.',
  ],
  [
    'S-018',
    'a command of two lines',
    (p) => Object.assign(rule(p), { ruleTypeId: ruleType('Commands'), configuration: {}, commands: ['a\nb'] }),
    'A command goes over several lines; AWS takes one line for each.',
    'Write each line as a command of its own.',
  ],
  [
    'S-019',
    'an artifact of the stage before its entry',
    (p) => {
      put(p, 'Deploy/Upload', {});
      last(p).push(codeBuild('Late', { outputArtifacts: [{ name: 'late' }] }));
      Object.assign(rule(p), {
        ruleTypeId: ruleType('LambdaInvoke'),
        configuration: { FunctionName: 'f' },
        inputArtifacts: [{ name: 'late' }],
      });
    },
    'Input artifact "late" is produced by no action that runs before this rule.',
    'Choose an artifact of an earlier action.',
  ],
  [
    'S-020',
    'a variable of the stage before its entry',
    (p) => {
      last(p).push(codeBuild('Late', { namespace: 'Late' }));
      rule(p).configuration!.TimeZone = '#{Late.X}';
    },
    '#{Late.X} is produced by no action that runs before this rule.',
    'Refer to an earlier action, or to a variable of the pipeline.',
  ],
  [
    'S-020',
    'an undeclared variable',
    (p) => (rule(p).configuration!.TimeZone = '#{variables.ZONE}'),
    '#{variables.ZONE} is produced by no action that runs before this rule.',
    'Refer to an earlier action, or to a variable of the pipeline.',
  ],
  [
    'S-020',
    'a broken reference',
    (p) => (rule(p).configuration!.TimeZone = '#{ZONE}'),
    '#{ZONE} is no variable reference. The period between namespace and key is missing.',
    'Write #{namespace.key}.',
  ],
];

const triggers: Said[] = [
  [
    'T-001',
    'another source',
    (p) => (git(p).sourceActionName = 'app'),
    'The trigger belongs to "app", which is no source action with a connection.',
    'Choose "App".',
  ],
  [
    'T-001',
    'a source without a connection',
    (p) => {
      p.stages[0]!.actions.push(source('Assets', 'assets'));
      git(p).sourceActionName = 'Assets';
    },
    'The trigger belongs to "Assets", which is no source action with a connection.',
    'Choose "App".',
  ],
  [
    'T-002',
    'a trigger twice',
    (p) =>
      p.triggers!.push({
        providerType: 'CodeStarSourceConnection',
        gitConfiguration: { sourceActionName: 'App', push: [{ tags: { includes: ['x'] } }] },
      }),
    'Two triggers belong to the source action "App"; it can have one.',
    'Put the filters of both into one trigger.',
  ],
  [
    'T-003',
    'tags with branches and paths',
    (p) =>
      (git(p).push![1] = { tags: { includes: ['v*'] }, branches: { includes: ['x'] }, filePaths: { includes: ['y'] } }),
    'A filter on tags cannot also have branches and filePaths.',
    'Use two filters.',
  ],
  [
    'T-003',
    'tags with paths',
    (p) => (git(p).push![1] = { tags: { includes: ['v*'] }, filePaths: { includes: ['y'] } }),
    'A filter on tags cannot also have filePaths.',
    'Use two filters.',
  ],
  [
    'T-003',
    'paths of pull requests',
    (p) => (git(p).pullRequest = [{ events: ['OPEN'], filePaths: { includes: ['y'] } }]),
    'A filter on file paths needs branches as well.',
    'Add branches, for example "**" for all.',
  ],
  [
    'T-004',
    'an empty push filter',
    (p) => (git(p).push![1] = {}),
    'The filter has no criterion.',
    'Add branches or tags, or remove the filter.',
  ],
  [
    'T-004',
    'an empty pull request filter',
    (p) => (git(p).pullRequest = [{}]),
    'The filter has no criterion.',
    'Add branches, or remove the filter.',
  ],
  [
    'T-004',
    'branches without patterns',
    (p) => (git(p).push = [{ branches: {} }]),
    'The criterion "branches" has no patterns.',
    'Add includes or excludes, or remove it.',
  ],
  [
    'T-005',
    'a push filter twice',
    (p) => (git(p).push = [{ tags: { includes: ['v*'] } }, { tags: { includes: ['v*'] } }]),
    'Two push filters of "App" are the same.',
    'Remove one.',
  ],
  [
    'T-005',
    'a pull request filter twice',
    (p) => (git(p).pullRequest = [{ events: ['OPEN'] }, { events: ['OPEN'] }]),
    'Two pull request filters of "App" are the same.',
    'Remove one.',
  ],
  [
    'T-006',
    'an event twice',
    (p) => (git(p).pullRequest = [{ events: ['OPEN', 'CLOSED', 'OPEN'] }]),
    'The filter names an event twice.',
    'Name each event once.',
  ],
  [
    'T-009',
    'no filters',
    (p) => (p.triggers![0]!.gitConfiguration = { sourceActionName: 'App' }),
    'The trigger of "App" has no filters, so it says nothing.',
    'Add a push or pull request filter, or remove the trigger.',
  ],
  [
    'T-001',
    'a trigger of a pipeline without connections',
    (p) => {
      p.stages[0]!.actions = [{ ...source('App', 'app'), namespace: 'Src' }];
    },
    'The trigger belongs to "App", which is no source action with a connection.',
    'Remove the trigger: only connection sources have triggers.',
  ],
  [
    'T-002',
    'a trigger of each connection, and one more',
    (p) => {
      p.stages[0]!.actions.push(connection(p, 'Docs'));
      const trigger = (sourceActionName: string) => ({
        providerType: 'CodeStarSourceConnection' as const,
        gitConfiguration: { sourceActionName, push: [{ tags: { includes: ['x'] } }] },
      });
      p.triggers!.push(trigger('Docs'), trigger('Docs'));
    },
    'Two triggers belong to the source action "Docs"; it can have one.',
    'Put the filters of both into one trigger.',
  ],
];

describe('what is said of conditions', () => {
  test.each(conditions)('%s: %s', (...said) => expectSaid(said));
});

describe('what is said of triggers', () => {
  test.each(triggers)('%s: %s', (...said) => expectSaid(said));
});
