import { describe, expect, it, test } from 'vitest';
import type { PipelineDeclaration } from '../model/declaration.ts';
import {
  action,
  type Broken,
  check,
  codeBuild,
  configure,
  expectLocated,
  expectOnly,
  put,
  rule,
} from '../testing/brokenPipeline.ts';
import { completePipeline } from '../testing/completePipeline.ts';
import { deploy, expectLegal, type Legal, source } from '../testing/legalPipeline.ts';
import { validate } from './validate.ts';

/* Regions, Git references, identifiers of builds, and what rules of conditions hold beyond their required keys. */

const stack = (members: Record<string, string> = {}) =>
  deploy('CloudFormation', {
    ActionMode: 'DELETE_ONLY',
    StackName: 's',
    RoleArn: 'arn:aws:iam::111122223333:role/r',
    ...members,
  });
const deployActions = (p: PipelineDeclaration) => p.stages[2]!.actions;
const toStores = (p: PipelineDeclaration, ...regions: string[]) => {
  p.artifactStores = Object.fromEntries(regions.map((region) => [region, p.artifactStore!]));
  delete p.artifactStore;
};
const variableCheck = (p: PipelineDeclaration, members: Record<string, string> = {}) =>
  Object.assign(rule(p), {
    ruleTypeId: check,
    configuration: { Variable: '#{T.VERSION}', Value: '1', Operator: 'EQ', ...members },
  });

const cases: Broken[] = [
  {
    rule: 'V-011',
    says: 'a store belongs to a Region',
    code: 'region.unknown',
    severity: 'warning',
    field: 'artifactStores.us-east1',
    breaks: (p) => toStores(p, 'us-east1'),
  },
  {
    rule: 'V-011',
    says: 'an action runs in a Region',
    code: 'region.unknown',
    severity: 'warning',
    where: 'Deploy/Upload',
    field: 'region',
    breaks: (p) => put(p, 'Deploy/Upload', { region: 'EU-West-1' }),
  },
  {
    rule: 'P-010',
    says: 'stores name at least the pipeline’s own Region',
    code: 'artifact-store.empty',
    field: 'artifactStores',
    breaks: (p) => toStores(p),
  },
  {
    rule: 'S-015',
    says: 'a rule has no keys that its type lacks',
    code: 'rule.unknown-key',
    severity: 'warning',
    where: 'Deploy',
    field: 'beforeEntry.conditions.0.rules.0.configuration.Timezone',
    breaks: (p) => {
      rule(p).configuration!.Timezone = 'UTC';
    },
  },
  {
    rule: 'S-016',
    says: 'the window of a rule can be read',
    code: 'rule.check',
    where: 'Deploy',
    field: 'beforeEntry.conditions.0.rules.0.configuration.Cron',
    breaks: (p) => {
      rule(p).configuration!.Cron = '0 9-17 * * MON-FRI';
    },
  },
  {
    rule: 'S-016',
    says: 'the time zone of a rule is known',
    code: 'rule.check',
    severity: 'warning',
    where: 'Deploy',
    field: 'beforeEntry.conditions.0.rules.0.configuration.TimeZone',
    breaks: (p) => {
      rule(p).configuration!.TimeZone = 'Europe/Atlantis';
    },
  },
  {
    rule: 'S-017',
    says: 'the pattern of a rule can be read',
    code: 'rule.check',
    severity: 'warning',
    where: 'Deploy',
    field: 'beforeEntry.conditions.0.rules.0.configuration.Value',
    breaks: (p) => variableCheck(p, { Operator: 'MATCHES', Value: 'v[0-9' }),
  },
  {
    rule: 'S-019',
    says: 'a rule takes as many artifacts as its type',
    code: 'rule.input-count',
    severity: 'warning',
    where: 'Deploy',
    field: 'beforeEntry.conditions.0.rules.0.inputArtifacts',
    breaks: (p) => {
      rule(p).inputArtifacts = [{ name: 'app' }];
    },
  },
  {
    rule: 'rules.md §2',
    says: 'names of rules are unique in their condition',
    code: 'rule.duplicate-name',
    severity: 'warning',
    where: 'Deploy',
    field: 'beforeEntry.conditions.0.rules.1.name',
    breaks: (p) => {
      p.stages[2]!.beforeEntry!.conditions[0]!.rules!.push(structuredClone(rule(p)));
    },
  },
  {
    rule: 'A-036',
    says: 'a stack is made with a role',
    code: 'configuration.role-arn',
    severity: 'warning',
    where: 'Deploy/CloudFormation',
    field: 'RoleArn',
    breaks: (p) => deployActions(p).push(stack({ RoleArn: 'stack-maker' })),
  },
  {
    rule: 'A-037',
    says: 'only builds follow a Git reference',
    code: 'artifact.clone-reference',
    where: 'Build/Test',
    field: 'inputArtifacts.0.name',
    breaks: (p) => configure(p, 'Source/App', { OutputArtifactFormat: 'CODEBUILD_CLONE_REF' }),
  },
  {
    rule: 'A-038',
    says: 'one of several outputs of a build is named like an identifier',
    code: 'configuration.check',
    severity: 'warning',
    where: 'Build/Lint',
    field: 'outputArtifacts',
    breaks: (p) => put(p, 'Build/Lint', { outputArtifacts: [{ name: 'report' }, { name: 'coverage-html' }] }),
  },
  {
    rule: 'A-038',
    says: 'a secondary input of a build is named like an identifier',
    code: 'configuration.check',
    severity: 'warning',
    where: 'Build/Lint',
    field: 'inputArtifacts',
    breaks: (p) => {
      p.stages[0]!.actions.push(source('Tools', 'lint-tools'));
      put(p, 'Build/Lint', { inputArtifacts: [{ name: 'app' }, { name: 'lint-tools' }] });
      configure(p, 'Build/Lint', { PrimarySource: 'app' });
    },
  },
  {
    rule: 'A-039',
    says: 'nothing is approved before there is a source',
    code: 'stage.first-not-source',
    where: 'Source/Ask',
    breaks: (p) => {
      const actionTypeId = { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' } as const;
      p.stages[0]!.actions.push({ name: 'Ask', actionTypeId });
    },
  },
  {
    rule: 'P-008',
    says: 'something is done with what was fetched',
    code: 'action.source-not-first',
    where: 'Build/More',
    breaks: (p) => {
      p.stages = [p.stages[0]!, { name: 'Build', actions: [source('More', 'more')] }];
    },
  },
  {
    rule: 'P-016',
    says: 'V1 has no triggers on tags',
    code: 'trigger.needs-v2',
    field: 'triggers',
    breaks: (p) => {
      const [first] = p.stages;
      const lint = codeBuild('Lint');
      Object.assign(p, { pipelineType: 'V1', executionMode: 'SUPERSEDED' });
      delete p.variables;
      p.stages = [first!, { name: 'Build', actions: [lint] }];
      const push = [{ tags: { includes: ['v*'] } }];
      p.triggers = [{ providerType: 'CodeStarSourceConnection', gitConfiguration: { sourceActionName: 'App', push } }];
    },
  },
];

describe('further rules', () => {
  test.each(cases)('$rule: $says ($code)', expectOnly);
  test.each(cases)('$rule: $says: found in the text ($code)', expectLocated);
});

const legal: Legal[] = [
  ['V-011', 'stores of Regions', (p) => toStores(p, 'eu-west-1', 'us-gov-west-1', 'ap-southeast-7')],
  ['S-016', 'a window that a variable names', (p) => (rule(p).configuration!.Cron = '#{T.VERSION}')],
  ['S-016', 'an offset from UTC', (p) => (rule(p).configuration!.TimeZone = 'UTC+02:00')],
  ['S-017', 'a pattern', (p) => variableCheck(p, { Operator: 'MATCHES', Value: 'v[0-9]+' })],
  ['S-017', 'a text that is no pattern, compared', (p) => variableCheck(p, { Value: 'v[0-9' })],
  [
    'A-036',
    'a role of a partition',
    (p) => deployActions(p).push(stack({ RoleArn: 'arn:aws-cn:iam::111122223333:role/a/b' })),
  ],
  ['A-037', 'a zip of the files', (p) => configure(p, 'Source/App', { OutputArtifactFormat: 'CODE_ZIP' })],
  ['A-038', 'a single output with a hyphen', (p) => put(p, 'Build/Lint', { outputArtifacts: [{ name: 'a-b' }] })],
  [
    'A-038',
    'a primary source with a hyphen',
    (p) => {
      p.stages[0]!.actions.push(source('Tools', 'lint-tools'));
      put(p, 'Build/Lint', { inputArtifacts: [{ name: 'lint-tools' }, { name: 'app' }] });
      configure(p, 'Build/Lint', { PrimarySource: 'lint-tools' });
    },
  ],
];
describe('what AWS takes: further rules', () => {
  test.each(legal)('%s: %s', (...legal) => expectLegal(legal));

  it('a Git reference that a custom action takes is not judged', () => {
    const p = completePipeline();
    configure(p, 'Source/App', { OutputArtifactFormat: 'CODEBUILD_CLONE_REF' });
    const { name } = action(p, 'Build/Test');
    p.stages[1]!.actions[0] = {
      ...action(p, 'Build/Test'),
      name,
      actionTypeId: { category: 'Build', owner: 'Custom', provider: 'Ours', version: '1' },
    };
    expect(validate(p).filter(({ code }) => code === 'artifact.clone-reference')).toEqual([]);
  });
});
