import { ActionFailure, type ActionOutcome, type ActionRun } from '../../providers/host.ts';
import { counted } from '../counted.ts';
import { itemsOf, locatedFile } from '../inputFiles.ts';
import { checkCapabilities } from './capabilities.ts';
import { changeLines, countChanges, isChange, type KeptResource, resourcesOf, summarize } from './changes.ts';
import { resolveParameters } from './parameters.ts';
import { checkReferences } from './references.ts';
import { stackArn, stackScope } from './stackScope.ts';
import { readParameters, readRegions, readTargets } from './stackSetInputs.ts';
import { readTemplate } from './template.ts';

/** Stack sets and their instances without CloudFormation: checked, remembered, and told what would change. */

interface KeptStackSet {
  id: string;
  permissionModel: string;
  parameters: string[];
  resources: Record<string, KeptResource>;
  /** 'target/region' */
  instances: string[];
}

type SetRun = ActionRun<
  'StackSetName' | 'TemplatePath' | 'Parameters' | 'Capabilities' | 'PermissionModel' | 'DeploymentTargets' | 'Regions'
>;

const SERVICE = 'cloudformation-stack-set';
/** The limit of a stack set's template (reference/actions.md). */
const MAX_TEMPLATE_BYTES = 460_800;

export async function deployStackSet(run: SetRun): Promise<ActionOutcome> {
  const { configuration, host, actionExecutionId } = run;
  const { StackSetName: name = '', PermissionModel: permissionModel = 'SELF_MANAGED' } = configuration;
  const emulation = await host.emulation();
  const { path, text } = await locatedFile(run, 'TemplatePath', configuration.TemplatePath ?? '', MAX_TEMPLATE_BYTES);
  const template = readTemplate(text, path);
  const given = await readParameters(run, 'Parameters', configuration.Parameters);
  const parameters = resolveParameters(template, given, host.log);
  checkReferences(template);
  checkCapabilities(template, itemsOf(configuration.Capabilities), { throughChangeSet: true });
  const regions = readRegions(configuration.Regions);
  const targets = configuration.DeploymentTargets
    ? await readTargets(run, configuration.DeploymentTargets, permissionModel === 'SERVICE_MANAGED')
    : [];
  // Each instance has its own account and Region: what is compared is the template with the set's own parameters.
  const stack = { name, id: stackArn(emulation, name, actionExecutionId) };
  const resources = resourcesOf(stackScope(template, parameters, emulation, stack));

  let id = '';
  let summary = '';
  await emulation.keep(SERVICE, `${emulation.region}/${name}`, ({ before }) => {
    const old = before as KeptStackSet | undefined;
    if (old && old.instances.length > 0 && old.permissionModel !== permissionModel) {
      throw new ActionFailure(
        'JobFailed',
        `You cannot change the permission model of stack set ${name} while it has stack instances (ValidationError)`,
        `Keep PermissionModel ${old.permissionModel}, or delete the stack instances first.`,
      );
    }
    id = old?.id ?? `${name}:${actionExecutionId}`;
    const changes = summarize(old?.resources ?? {}, resources);
    summary = `Stack set ${old ? 'updated' : 'created'}: ${countChanges(changes)}.`;
    host.log(isChange(changes) || !old ? summary : `Stack set ${name}: the template does not change.`);
    for (const line of changeLines(changes)) host.log(line);
    const instances = withInstances(old?.instances ?? [], targets, regions, host.log);
    return { id, permissionModel, parameters: [...parameters.keys()], resources, instances } satisfies KeptStackSet;
  });
  return { summary, outputVariables: { StackSetId: id, OperationId: actionExecutionId }, externalExecutionId: id };
}

type InstancesRun = ActionRun<'StackSetName' | 'DeploymentTargets' | 'Regions' | 'ParameterOverrides'>;

export async function deployStackInstances(run: InstancesRun): Promise<ActionOutcome> {
  const { configuration, host, actionExecutionId } = run;
  const { StackSetName: name = '', DeploymentTargets = '' } = configuration;
  const emulation = await host.emulation();
  const key = `${emulation.region}/${name}`;
  const known = (await emulation.kept(SERVICE, key)) as KeptStackSet | undefined;
  const overrides = await readParameters(run, 'ParameterOverrides', configuration.ParameterOverrides);
  const regions = readRegions(configuration.Regions);
  const isServiceManaged = known ? known.permissionModel === 'SERVICE_MANAGED' : undefined;
  const targets = await readTargets(run, DeploymentTargets, isServiceManaged);
  if (!known) {
    host.log(
      `Not checked: whether stack set ${name} exists and takes these parameters; none of that name was deployed here.`,
    );
    const pairs = targets.length * regions.length;
    return {
      summary: `${counted(pairs, 'stack instance')} asked for.`,
      outputVariables: { StackSetId: name, OperationId: actionExecutionId },
    };
  }
  const unknown = Object.keys(overrides).filter((parameter) => !known.parameters.includes(parameter));
  if (unknown.length > 0) {
    throw new ActionFailure(
      'JobFailed',
      `Parameters: [${unknown.join(', ')}] do not exist in the template (ValidationError)`,
      `The stack set takes ${known.parameters.join(', ') || 'no parameters'}.`,
    );
  }
  let added = 0;
  await emulation.keep(SERVICE, key, ({ before }) => {
    const old = (before as KeptStackSet | undefined) ?? known;
    const instances = withInstances(old.instances, targets, regions, host.log);
    added = instances.length - old.instances.length;
    return { ...old, instances } satisfies KeptStackSet;
  });
  return {
    summary: `${counted(added, 'stack instance')} added.`,
    outputVariables: { StackSetId: known.id, OperationId: actionExecutionId },
    externalExecutionId: actionExecutionId,
  };
}

/** Regions in the order given, and all targets in each. */
function withInstances(
  old: readonly string[],
  targets: readonly string[],
  regions: readonly string[],
  log: (line: string) => void,
): string[] {
  const wanted = regions.flatMap((region) => targets.map((target) => `${target}/${region}`));
  const added = wanted.filter((instance) => !old.includes(instance));
  for (const instance of added) log(`  + stack instance ${instance}`);
  return [...old, ...added];
}
