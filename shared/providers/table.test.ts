import { describe, expect, it, test } from 'vitest';
import { categories } from '../model/declaration.ts';
import catalog from '../testing/actions-catalog.json' with { type: 'json' };
import { customProvider } from './customProvider.ts';
import { categoryGlyphs } from './glyphs.ts';
import { type Field, localRunOf, type Provider, type RuleType } from './provider.ts';
import { findProvider, findRuleType, knownProvider, providers, ruleTypes } from './table.ts';

/** The catalogue's JSON as the specs read it; the import's own type is a union of every entry's shape. */
interface CatalogField {
  key: string;
  required: 'always' | 'never' | 'conditional';
  requiredWhen?: Record<string, unknown>;
  type: string;
  values?: string[];
  default?: string;
}
interface CatalogAction {
  category: Provider['actionTypeId']['category'];
  owner: Provider['actionTypeId']['owner'];
  provider: string;
  version: string;
  pipelineTypes: string[];
  status: string;
  inputArtifacts: { min: number; max: number };
  outputArtifacts: { min: number; max: number };
  crossRegionAllowed: boolean;
  timeoutMinutes: { default: number; configurableWithTimeoutInMinutes: boolean };
  config: CatalogField[];
  outputVariables: { name: string }[];
  dynamicOutputVariables?: unknown;
  declarationFields?: { field: string }[];
}
interface CatalogRule {
  provider: string;
  inputArtifacts: { min: number; max: number };
  config: CatalogField[];
  skipResultAllowed: boolean;
  timeoutMinutes?: { default: number | null };
  declarationFields?: { field: string }[];
}
const actions = catalog.actions as unknown as CatalogAction[];
const rules = catalog.rules as unknown as CatalogRule[];

/** Defaults that the catalogue describes in words: no value that a form could fill in. */
const describedDefaults = ['the only input artifact', 'artifact root'];

const asCatalogued = (fields: readonly CatalogField[]) =>
  Object.fromEntries(
    fields.map((field) => [
      field.key,
      {
        type: field.type,
        required:
          field.required === 'conditional' ? field.requiredWhen : field.required === 'always' ? 'always' : undefined,
        values: field.values,
        default: describedDefaults.includes(field.default ?? '') ? undefined : field.default,
      },
    ]),
  );

const asDefined = (fields: Readonly<Record<string, Field>>) =>
  Object.fromEntries(
    Object.entries(fields).map(([key, field]) => [
      key,
      { type: field.type, required: field.required, values: field.values, default: field.default },
    ]),
  );

const nameOf = ({ actionTypeId: { category, owner, provider } }: Provider) => `${category}/${owner}/${provider}`;

describe('the table of action types', () => {
  it('has exactly the types of the catalogue', () => {
    const catalogued = actions.map(({ category, owner, provider, version }) => [category, owner, provider, version]);
    const defined = providers.map(({ actionTypeId: id }) => [id.category, id.owner, id.provider, id.version]);
    expect(defined.toSorted()).toEqual(catalogued.toSorted());
    expect(defined).toHaveLength(41);
  });

  describe.each(actions.map((entry) => [`${entry.category}/${entry.owner}/${entry.provider}`, entry] as const))(
    '%s',
    (_name, entry) => {
      const provider = findProvider(entry);

      it('takes the artifacts, pipeline types and Regions that AWS lets it take', () => {
        expect({
          inputs: provider.artifacts.inputs,
          outputs: provider.artifacts.outputs,
          pipelineTypes: provider.pipelineTypes,
          crossRegion: provider.crossRegion,
          status: provider.status,
        }).toEqual({
          inputs: [entry.inputArtifacts.min, entry.inputArtifacts.max],
          outputs: [entry.outputArtifacts.min, entry.outputArtifacts.max],
          pipelineTypes: entry.pipelineTypes,
          crossRegion: entry.crossRegionAllowed,
          status: entry.status,
        });
      });

      it('times out when AWS lets it time out', () => {
        expect(provider.timeoutMinutes).toBe(entry.timeoutMinutes.default);
        expect(provider.timeoutConfigurable ?? false).toBe(entry.timeoutMinutes.configurableWithTimeoutInMinutes);
      });

      it('has the configuration keys, their types, values, defaults and requirements', () => {
        expect(asDefined(provider.configuration)).toEqual(asCatalogued(entry.config));
        const fields = (entry.declarationFields ?? []).map(({ field }) => field.replace('outputArtifacts[].', ''));
        expect(provider.declarationFields ?? []).toEqual(fields);
      });

      it('has the output variables', () => {
        const names = provider.outputVariables.map((variable) => variable.name);
        expect(names).toEqual(entry.outputVariables.map((variable) => variable.name));
        expect(provider.dynamicOutputVariables !== undefined).toBe(entry.dynamicOutputVariables !== undefined);
      });
    },
  );
});

describe('what a person reads of an action type', () => {
  const texts = (provider: Provider): string[] => [
    provider.help,
    provider.local.note,
    ...Object.values(provider.configuration).map((field) => field.help),
    ...provider.outputVariables.map((variable) => variable.help),
  ];

  test.each(providers.map((provider) => [nameOf(provider), provider] as const))(
    '%s speaks in short sentences',
    (_, provider) => {
      for (const text of texts(provider)) {
        expect(text).toMatch(/^[A-Z].*[.]$/);
        expect(text).not.toContain('!');
        expect(text.length).toBeLessThanOrEqual(130);
      }
      expect(provider.label).not.toBe('');
      expect(provider.shortLabel.length).toBeLessThanOrEqual(16);
    },
  );

  it('labels every field of one form differently', () => {
    for (const provider of providers) {
      const labels = Object.values(provider.configuration).map((field) => field.label);
      expect(new Set(labels).size, nameOf(provider)).toBe(labels.length);
    }
  });

  it('shows only keys on the card that the type has, and never a secret', () => {
    for (const provider of providers) {
      for (const key of provider.summaryKeys ?? []) {
        expect(provider.configuration[key]?.type, `${nameOf(provider)} ${key}`).toBeTypeOf('string');
        expect(provider.configuration[key]?.type).not.toBe('secret');
      }
    }
  });

  it('has a glyph for every category', () => {
    expect(Object.keys(categoryGlyphs).toSorted()).toEqual([...categories].toSorted());
  });
});

describe('what a local run of an action type is', () => {
  it('is real for repositories, S3, CodeBuild, Commands and Manual approval; the others can be scripted', () => {
    const real = providers.filter((provider) => provider.local.fidelity === 'real').map(nameOf);
    expect(real).toEqual([
      'Source/AWS/CodeCommit',
      'Source/AWS/S3',
      'Source/AWS/CodeStarSourceConnection',
      'Source/ThirdParty/GitHub',
      'Build/AWS/CodeBuild',
      'Compute/AWS/Commands',
      'Test/AWS/CodeBuild',
      'Deploy/AWS/S3',
      'Approval/AWS/Manual',
    ]);
    for (const provider of providers) {
      if (provider.local.fidelity !== 'real')
        expect(provider.local.binding?.kinds, nameOf(provider)).toContain('simulation');
    }
  });

  it('is emulated where AWS’s checks can be made here, and simulated again once its end is scripted', () => {
    const emulated = providers.filter((provider) => provider.local.fidelity === 'emulated');
    expect(emulated.map(nameOf)).toEqual([
      'Source/AWS/ECR',
      'Build/AWS/ECRBuildAndPublish',
      'Test/AWS/DeviceFarm',
      'Deploy/AWS/CloudFormation',
      'Deploy/AWS/CloudFormationStackSet',
      'Deploy/AWS/CloudFormationStackInstances',
      'Deploy/AWS/CodeDeploy',
      'Deploy/AWS/CodeDeployToECS',
      'Deploy/AWS/ECS',
      'Deploy/AWS/ElasticBeanstalk',
      'Deploy/AWS/AppConfig',
      'Deploy/AWS/ServiceCatalog',
      'Deploy/AWS/EC2',
      'Deploy/AWS/EKS',
      'Deploy/AWS/Lambda',
      'Invoke/AWS/StepFunctions',
      'Invoke/AWS/InspectorScan',
      'Invoke/AWS/CodePipeline',
    ]);
    for (const provider of emulated) {
      expect(localRunOf(provider, undefined)).toEqual({ fidelity: 'emulated', usesSlot: true });
      expect(localRunOf(provider, { kind: 'simulation' })).toEqual({ fidelity: 'simulated', usesSlot: false });
    }
  });

  it('asks for consent exactly where a project’s commands run', () => {
    const executing = providers.filter((provider) => provider.executes).map(nameOf);
    expect(executing.filter((name) => name !== 'Invoke/AWS/Lambda')).toEqual([
      'Build/AWS/CodeBuild',
      'Compute/AWS/Commands',
      'Test/AWS/CodeBuild',
      'Deploy/AWS/CodeDeploy',
      'Deploy/AWS/EC2',
    ]);
  });

  it('cannot start without a source’s repository or file and a deploy’s folder', () => {
    const required = providers.filter((provider) => provider.local.binding?.required).map(nameOf);
    expect(required).toEqual([
      'Source/AWS/CodeCommit',
      'Source/AWS/S3',
      'Source/AWS/ECR',
      'Source/AWS/CodeStarSourceConnection',
      'Source/ThirdParty/GitHub',
      'Deploy/AWS/S3',
    ]);
  });
});

describe('checks that the fields alone cannot express', () => {
  const WINDOWS = 'WINDOWS_SERVER_2022_CONTAINER';
  const CONNECTION = 'arn:aws:codeconnections:eu-west-1:111122223333:connection/1';

  test.each<[type: string, configuration: Record<string, string>, faulty: string[]]>([
    ['Build/AWS/CodeBuild', { CombineArtifacts: 'true' }, ['CombineArtifacts']],
    ['Build/AWS/CodeBuild', { CombineArtifacts: 'true', BatchEnabled: 'true' }, []],
    ['Test/AWS/CodeBuild', { CombineArtifacts: 'false' }, []],
    ['Compute/AWS/Commands', { EnvironmentType: WINDOWS }, ['ComputeType']],
    ['Compute/AWS/Commands', { EnvironmentType: WINDOWS, ComputeType: 'BUILD_GENERAL1_LARGE' }, []],
    ['Compute/AWS/Commands', {}, []],
    ['Source/AWS/CodeStarSourceConnection', { ConnectionArn: CONNECTION, FullRepositoryId: 'acme/group/shop' }, []],
    [
      'Source/AWS/CodeStarSourceConnection',
      { ConnectionArn: 'arn:aws:s3:::b', FullRepositoryId: 'a/b' },
      ['ConnectionArn'],
    ],
    [
      'Source/AWS/CodeStarSourceConnection',
      { ConnectionArn: CONNECTION, FullRepositoryId: 'shop' },
      ['FullRepositoryId'],
    ],
    ['Deploy/AWS/ECS', { DeploymentTimeout: '60' }, []],
    ['Deploy/AWS/ECS', { DeploymentTimeout: '61' }, ['DeploymentTimeout']],
    ['Deploy/AWS/ECS', { DeploymentTimeout: '#{variables.minutes}' }, []],
    ['Test/AWS/DeviceFarm', { FuzzEventCount: '10000', FuzzEventThrottle: '1000' }, []],
    ['Test/AWS/DeviceFarm', { FuzzEventCount: '0', FuzzEventThrottle: '1.5' }, ['FuzzEventCount', 'FuzzEventThrottle']],
    ['Deploy/AWS/CloudFormation', { StackName: 'shop-1' }, []],
    ['Deploy/AWS/CloudFormation', { StackName: '1-shop' }, ['StackName']],
    ['Deploy/AWS/CloudFormation', { StackName: 'shop-#{variables.stage}' }, []],
    [
      'Deploy/AWS/CloudFormationStackSet',
      { StackSetName: 'a_b', MaxConcurrentPercentage: '0' },
      ['StackSetName', 'MaxConcurrentPercentage'],
    ],
    ['Deploy/AWS/CloudFormationStackSet', { OrganizationsAutoDeployment: 'Enabled' }, ['OrganizationsAutoDeployment']],
    [
      'Deploy/AWS/CloudFormationStackSet',
      { OrganizationsAutoDeployment: 'Enabled', PermissionModel: 'SERVICE_MANAGED' },
      [],
    ],
    [
      'Deploy/AWS/CloudFormationStackSet',
      { OrganizationsAutoDeployment: 'Enabled', PermissionModel: 'SERVICE_MANAGED', DeploymentTargets: 'ou-1' },
      ['OrganizationsAutoDeployment'],
    ],
    ['Deploy/AWS/CloudFormationStackSet', { OrganizationsAutoDeployment: 'Disabled', DeploymentTargets: '1' }, []],
    ['Deploy/AWS/CloudFormationStackInstances', { FailureTolerancePercentage: '101' }, ['FailureTolerancePercentage']],
    ['Deploy/AWS/Lambda', { DeployStrategy: 'Canary10Percent5Minutes', FunctionAlias: 'live' }, []],
    ['Deploy/AWS/Lambda', { DeployStrategy: 'AllAtOnce' }, ['DeployStrategy']],
    ['Deploy/AWS/Lambda', { DeployStrategy: 'Slowly', FunctionAlias: 'live' }, ['DeployStrategy']],
    ['Invoke/AWS/InspectorScan', { InspectorRunMode: 'SourceCodeScan' }, ['InspectorRunMode']],
    ['Invoke/AWS/InspectorScan', { InspectorRunMode: 'ECRImageScan' }, []],
  ])('of %s with %j find faults in %j', (type, configuration, faulty) => {
    const provider = providers.find((candidate) => nameOf(candidate) === type);
    const problems = provider?.check?.(configuration, { inputArtifacts: [], outputArtifacts: [] }) ?? [];
    expect(problems.map((problem) => problem.field)).toEqual(faulty);
    for (const { what, fix } of problems) for (const text of [what, fix]) expect(text).toMatch(/^[A-Z].*\.$/);
  });
});

describe('an action type outside the table', () => {
  const mine = { category: 'Build', owner: 'Custom', provider: 'OurFarm', version: '7' } as const;

  it('gets free configuration, up to five artifacts each way and a simulated run', () => {
    expect(knownProvider(mine)).toBeUndefined();
    expect(findProvider(mine)).toMatchObject({
      actionTypeId: mine,
      shortLabel: 'OurFarm',
      artifacts: { inputs: [0, 5], outputs: [0, 5] },
      freeConfiguration: true,
      timeoutMinutes: 1440,
      local: { fidelity: 'simulated' },
    });
  });

  it('is told from a type of the table by any of the four parts of its id', () => {
    const lambda = { category: 'Invoke', owner: 'AWS', provider: 'Lambda', version: '1' } as const;
    expect(findProvider(lambda).label).toBe('AWS Lambda invoke');
    expect(findProvider({ ...lambda, category: 'Deploy' }).label).toBe('AWS Lambda deploy');
    expect(knownProvider({ ...lambda, version: '2' })).toBeUndefined();
    expect(knownProvider({ ...lambda, owner: 'Custom' })).toBeUndefined();
    expect(knownProvider({ ...lambda, category: 'Test' })).toBeUndefined();
  });

  it('is the same object each time, and memory stays bounded', () => {
    expect(findProvider(mine)).toBe(findProvider({ ...mine }));
    const first = customProvider({ ...mine, version: 'a' });
    for (let index = 0; index < 600; index += 1) customProvider({ ...mine, version: `v${index}` });
    expect(customProvider({ ...mine, version: 'a' })).not.toBe(first);
  });
});

describe('the rule types', () => {
  it('are exactly those of the catalogue', () => {
    const named = (rule: RuleType) => rule.ruleTypeId.provider;
    expect(ruleTypes.map(named).toSorted()).toEqual(rules.map((rule) => rule.provider).toSorted());
    expect(findRuleType({ provider: 'Lambda' })).toBeUndefined();
  });

  test.each(rules.map((entry) => [entry.provider, entry] as const))(
    '%s is as the catalogue has it',
    (provider, entry) => {
      const rule = findRuleType({ provider });
      expect({
        configuration: asDefined(rule?.configuration ?? {}),
        inputs: rule?.inputs,
        skipAllowed: rule?.skipAllowed,
        timeoutMinutes: rule?.timeoutMinutes ?? null,
        commandsField: rule?.commandsField ?? false,
      }).toEqual({
        configuration: asCatalogued(entry.config),
        inputs: [entry.inputArtifacts.min, entry.inputArtifacts.max],
        skipAllowed: entry.skipResultAllowed,
        timeoutMinutes: entry.timeoutMinutes?.default ?? null,
        commandsField: (entry.declarationFields ?? []).some(({ field }) => field === 'commands'),
      });
    },
  );
});
