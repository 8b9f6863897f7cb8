import { describe, expect, it, test } from 'vitest';
import { cloudFormationStackInstances } from '../../providers/actions/cloudFormationStackInstances.ts';
import { cloudFormationStackSet } from '../../providers/actions/cloudFormationStackSet.ts';
import { fakeHost, runOf } from '../../testing/fakeHost.ts';

const template =
  'Parameters:\n  Stage:\n    Type: String\nResources:\n  Trail:\n    Type: AWS::CloudTrail::Trail\n    Properties:\n      TrailName: !Ref Stage\n';
const base = {
  StackSetName: 'baseline',
  TemplatePath: 'In::t.yaml',
  Parameters: 'ParameterKey=Stage,ParameterValue=beta',
};
const ID = 'baseline:22222222-2222-4222-8222-222222222222';
const OPERATION = '22222222-2222-4222-8222-222222222222';

async function deploy(
  provider: typeof cloudFormationStackSet | typeof cloudFormationStackInstances,
  configuration: Record<string, string>,
  { files = {}, records = {} }: { files?: Record<string, string>; records?: Record<string, unknown> } = {},
) {
  const host = fakeHost({ files: { In: { 't.yaml': template, ...files } }, records });
  const outcome = await provider.run(runOf(host, { configuration, inputs: ['In'] }));
  return { ...outcome, lines: host.lines, records: Object.fromEntries(host.records) };
}
const set = (configuration: Record<string, string> = {}, given = {}) =>
  deploy(cloudFormationStackSet, { ...base, ...configuration }, given);
const instances = (configuration: Record<string, string> = {}, given = {}) =>
  deploy(
    cloudFormationStackInstances,
    { StackSetName: 'baseline', DeploymentTargets: '111122223333', Regions: 'eu-west-1', ...configuration },
    given,
  );

describe('a stack set', () => {
  it('is created with its instances in the order of Regions', async () => {
    const { outputVariables, lines, summary } = await set({
      DeploymentTargets: '111122223333,444455556666',
      Regions: 'eu-west-1,us-east-1',
    });
    expect(outputVariables).toEqual({ StackSetId: ID, OperationId: OPERATION });
    expect(summary).toBe('Stack set created: 1 added, 0 modified, 0 removed.');
    expect(lines.filter((line) => line.includes('instance '))).toEqual([
      '  + stack instance 111122223333/eu-west-1',
      '  + stack instance 444455556666/eu-west-1',
      '  + stack instance 111122223333/us-east-1',
      '  + stack instance 444455556666/us-east-1',
    ]);
  });

  it('is updated, keeps its instances and says what changes', async () => {
    const { records } = await set({ DeploymentTargets: '111122223333', Regions: 'eu-west-1' });
    const again = await set({ Parameters: 'ParameterKey=Stage,ParameterValue=production' }, { records });
    expect(again.summary).toBe('Stack set updated: 0 added, 1 modified, 0 removed.');
    expect(again.records).toMatchObject({
      'cloudformation-stack-set/eu-west-1/baseline': { instances: ['111122223333/eu-west-1'] },
    });
  });

  it('takes parameters and targets from JSON files of an artifact', async () => {
    const files = {
      'p.json': '[{"ParameterKey":"Stage","ParameterValue":"beta"}]',
      'targets.json': '["ou-abcd-12345678"]',
    };
    const { lines } = await set(
      {
        Parameters: 'In::p.json',
        PermissionModel: 'SERVICE_MANAGED',
        DeploymentTargets: 'In::targets.json',
        Regions: 'eu-west-1',
      },
      { files },
    );
    expect(lines).toContain('  + stack instance ou-abcd-12345678/eu-west-1');
  });

  test.each<[configuration: Record<string, string>, message: string]>([
    [
      { Parameters: 'Stage=beta' },
      'Parameters: "Stage=beta" is not of the form ParameterKey=name,ParameterValue=value.',
    ],
    [{ Parameters: 'In::no.json' }, 'File [no.json] does not exist in artifact [In].'],
    [{ Parameters: 'In::t.yaml' }, 'Parameters: file t.yaml is no JSON (line 1, column 1).'],
    [
      { Parameters: 'ParameterKey=X,ParameterValue=1' },
      'Parameters: [X] do not exist in the template (ValidationError)',
    ],
    [
      { DeploymentTargets: '12345', Regions: 'eu-west-1' },
      'DeploymentTargets: "12345" is neither an account id nor an organisational unit.',
    ],
    [
      { DeploymentTargets: 'ou-abcd-12345678', Regions: 'eu-west-1' },
      'DeploymentTargets: ou-abcd-12345678 is an organisational unit, but the stack set is SELF_MANAGED.',
    ],
    [
      { DeploymentTargets: '111122223333', Regions: 'eu-west-1', PermissionModel: 'SERVICE_MANAGED' },
      'DeploymentTargets: 111122223333 is an account, but the stack set is SERVICE_MANAGED.',
    ],
    [{ DeploymentTargets: '111122223333', Regions: 'Ireland' }, 'Regions: "Ireland" is no Region.'],
    [{ DeploymentTargets: '111122223333', Regions: 'eu-west-1,eu-west-1' }, 'Regions: eu-west-1 is listed twice.'],
  ])('with %j fails: %s', async (configuration, message) => {
    await expect(set(configuration)).rejects.toMatchObject({ message });
  });

  it('keeps its permission model while it has instances', async () => {
    const { records } = await set({ DeploymentTargets: '111122223333', Regions: 'eu-west-1' });
    await expect(set({ PermissionModel: 'SERVICE_MANAGED' }, { records })).rejects.toMatchObject({
      code: 'JobFailed',
      message: expect.stringContaining('You cannot change the permission model of stack set baseline'),
    });
  });

  it('needs capabilities for IAM resources', async () => {
    const files = { 't.yaml': template.replace('CloudTrail::Trail', 'IAM::Role') };
    await expect(set({}, { files })).rejects.toMatchObject({
      message: 'Requires capabilities : [CAPABILITY_IAM] (InsufficientCapabilitiesException)',
    });
  });
});

describe('stack instances', () => {
  it('are added to the stack set last deployed here', async () => {
    const { records } = await set();
    const { outputVariables, summary } = await instances({}, { records });
    expect(summary).toBe('1 stack instance added.');
    expect(outputVariables).toEqual({ StackSetId: ID, OperationId: OPERATION });
  });

  it('override only parameters that the stack set has', async () => {
    const { records } = await set();
    const ParameterOverrides = 'ParameterKey=Stag,ParameterValue=x';
    await expect(instances({ ParameterOverrides }, { records })).rejects.toMatchObject({
      code: 'JobFailed',
      message: 'Parameters: [Stag] do not exist in the template (ValidationError)',
    });
  });

  it('of a stack set unknown here are checked by themselves, and the log says so', async () => {
    const { lines, outputVariables } = await instances();
    expect(lines[1]).toBe(
      'Not checked: whether stack set baseline exists and takes these parameters; none of that name was deployed here.',
    );
    expect(outputVariables).toEqual({ StackSetId: 'baseline', OperationId: OPERATION });
    await expect(instances({ DeploymentTargets: 'everywhere' })).rejects.toMatchObject({ code: 'ConfigurationError' });
  });
});
