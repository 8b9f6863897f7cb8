import { describe, test } from 'vitest';
import { asV1, type Broken, check, expectLocated, expectOnly, git, put, rule } from '../testing/brokenPipeline.ts';

const cases: Broken[] = [
  {
    rule: 'S-004',
    says: 'conditions need V2',
    code: 'condition.needs-v2',
    where: 'Build',
    field: 'onFailure',
    breaks: (p) => {
      asV1(p);
      p.stages[1]!.onFailure = { result: 'ROLLBACK' };
    },
  },
  {
    rule: 'S-005',
    says: 'an entry condition ends in FAIL or SKIP',
    code: 'condition.result',
    where: 'Deploy',
    field: 'beforeEntry.conditions.0.result',
    breaks: (p) => {
      p.stages[2]!.beforeEntry!.conditions[0]!.result = 'ROLLBACK';
    },
  },
  {
    rule: 'S-006',
    says: 'a success condition ends in ROLLBACK or FAIL',
    code: 'condition.result',
    where: 'Deploy',
    breaks: (p) => {
      p.stages[2]!.onSuccess!.conditions[0]!.result = 'RETRY';
    },
  },
  {
    rule: 'S-008',
    says: 'a failure ends in ROLLBACK or RETRY',
    code: 'condition.result',
    where: 'Deploy',
    field: 'onFailure.result',
    breaks: (p) => {
      p.stages[2]!.onFailure = { result: 'SKIP' };
    },
  },
  {
    rule: 'S-009',
    says: 'only two rule types can skip a stage',
    code: 'rule.skip-not-allowed',
    where: 'Deploy',
    breaks: (p) => {
      p.stages[2]!.beforeEntry!.conditions[0]!.result = 'SKIP';
    },
  },
  {
    rule: 'S-010',
    says: 'a retry mode belongs to RETRY',
    code: 'condition.retry-without-result',
    where: 'Build',
    breaks: (p) => {
      p.stages[1]!.onFailure!.result = 'ROLLBACK';
    },
  },
  {
    rule: 'S-011',
    says: 'retry and conditions do not go together',
    code: 'condition.retry-with-conditions',
    severity: 'warning',
    where: 'Build',
    breaks: (p) => {
      p.stages[1]!.onFailure!.conditions = [
        { result: 'ROLLBACK', rules: p.stages[2]!.onSuccess!.conditions[0]!.rules },
      ];
    },
  },
  {
    rule: 'S-012',
    says: 'PARALLEL pipelines do not roll back',
    code: 'condition.rollback-in-parallel',
    where: 'Deploy',
    breaks: (p) => {
      p.executionMode = 'PARALLEL';
    },
  },
  {
    rule: 'S-013',
    says: 'the source stage is not rolled back',
    code: 'condition.rollback-of-source',
    where: 'Source',
    breaks: (p) => {
      p.stages[0]!.onFailure = { result: 'ROLLBACK' };
    },
  },
  {
    rule: 'S-014',
    says: 'an unknown rule type is a warning',
    code: 'rule.unknown-type',
    severity: 'warning',
    where: 'Deploy',
    breaks: (p) => {
      rule(p).ruleTypeId.provider = 'Newest';
    },
  },
  {
    rule: 'S-015',
    says: 'a rule has its required keys',
    code: 'rule.missing',
    where: 'Deploy',
    field: 'beforeEntry.conditions.0.rules.0.configuration.Cron',
    breaks: (p) => {
      rule(p).configuration = {};
    },
  },
  {
    rule: 'S-017',
    says: 'a comparison has a known operator',
    code: 'rule.not-allowed',
    where: 'Deploy',
    breaks: (p) => {
      Object.assign(rule(p), {
        ruleTypeId: check,
        configuration: { Variable: '#{T.VERSION}', Value: '1', Operator: 'GT' },
      });
    },
  },
  {
    rule: 'S-018',
    says: 'a Commands rule has commands',
    code: 'rule.no-commands',
    where: 'Deploy',
    breaks: (p) => {
      Object.assign(rule(p), {
        ruleTypeId: { ...check, provider: 'Commands' },
        configuration: {},
        inputArtifacts: [{ name: 'app' }],
      });
    },
  },
  {
    rule: 'S-018',
    says: 'other rules have none',
    code: 'rule.commands-not-taken',
    where: 'Deploy',
    breaks: (p) => {
      rule(p).commands = ['true'];
    },
  },
  {
    rule: 'S-019',
    says: 'a rule’s input is produced before',
    code: 'rule.artifact-not-produced',
    where: 'Deploy',
    breaks: (p) => {
      rule(p).inputArtifacts = [{ name: 'gone' }];
    },
  },
  {
    rule: 'S-020',
    says: 'a rule’s variable is produced before',
    code: 'rule.variable-not-produced',
    where: 'Deploy',
    breaks: (p) => {
      put(p, 'Deploy/Upload', { namespace: 'Up' });
      rule(p).configuration!.TimeZone = '#{Up.X}';
    },
  },
  {
    rule: 'W-004',
    says: 'a rule’s variable is one that its action produces',
    code: 'variable.not-produced',
    severity: 'warning',
    where: 'Deploy',
    breaks: (p) => {
      rule(p).configuration!.TimeZone = '#{T.OTHER}';
    },
  },
  {
    rule: 'W-004',
    says: 'CodePipeline has one variable of its own, for rules too',
    code: 'variable.not-produced',
    severity: 'warning',
    where: 'Deploy',
    breaks: (p) => {
      rule(p).configuration!.TimeZone = '#{codepipeline.PipelineName}';
    },
  },

  {
    rule: 'T-001',
    says: 'a trigger belongs to a connection source',
    code: 'trigger.no-such-source',
    field: 'triggers.0.gitConfiguration.sourceActionName',
    breaks: (p) => {
      git(p).sourceActionName = 'Other';
    },
  },
  {
    rule: 'T-002',
    says: 'a source has one trigger',
    code: 'trigger.second',
    breaks: (p) => {
      p.triggers!.push({
        providerType: 'CodeStarSourceConnection',
        gitConfiguration: { sourceActionName: 'App', push: [{ branches: { includes: ['x'] } }] },
      });
    },
  },
  {
    rule: 'T-003',
    says: 'tags stand alone',
    code: 'trigger.combination',
    field: 'triggers.0.gitConfiguration.push.1',
    breaks: (p) => {
      git(p).push![1]!.branches = { includes: ['x'] };
    },
  },
  {
    rule: 'T-003',
    says: 'file paths need branches',
    code: 'trigger.combination',
    breaks: (p) => {
      delete git(p).push![0]!.branches;
    },
  },
  {
    rule: 'T-004',
    says: 'a filter has a criterion',
    code: 'trigger.empty-filter',
    breaks: (p) => {
      git(p).push![1] = {};
    },
  },
  {
    rule: 'T-004',
    says: 'a criterion has patterns',
    code: 'trigger.empty-filter',
    breaks: (p) => {
      git(p).push![1] = { tags: {} };
    },
  },
  {
    rule: 'T-005',
    says: 'filters differ',
    code: 'trigger.duplicate-filter',
    breaks: (p) => {
      git(p).push!.push(structuredClone(git(p).push![1]!));
    },
  },
  {
    rule: 'T-006',
    says: 'events differ',
    code: 'trigger.duplicate-event',
    breaks: (p) => {
      git(p).pullRequest![0]!.events = ['OPEN', 'OPEN'];
    },
  },
  {
    rule: 'T-008',
    says: 'triggers need V2',
    code: 'trigger.needs-v2',
    field: 'triggers',
    breaks: (p) => {
      const { triggers, stages } = structuredClone(p);
      asV1(p);
      p.stages[0] = stages[0]!;
      p.stages[0]!.actions[0]!.outputArtifacts = [{ name: 'RepoOut' }];
      p.triggers = triggers;
    },
  },
  {
    rule: 'T-009',
    says: 'a trigger has filters',
    code: 'trigger.no-filters',
    breaks: (p) => {
      delete git(p).push;
      delete git(p).pullRequest;
    },
  },
];

describe('conditions of stages (rules.md §1, §2), and triggers (§13)', () => {
  test.each(cases)('$rule: $says ($code)', (broken) => expectOnly(broken));

  test.each(cases)('$rule: $says: found in the text ($code)', (broken) => expectLocated(broken));
});
