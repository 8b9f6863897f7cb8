import { type ActionTypeId, actionTypeKey } from '../model/declaration.ts';
import { alexaSkillsKit } from './actions/alexaSkillsKit.ts';
import { appConfig } from './actions/appConfig.ts';
import { blazeMeter } from './actions/blazeMeter.ts';
import { cloudBees } from './actions/cloudBees.ts';
import { cloudFormation } from './actions/cloudFormation.ts';
import { cloudFormationStackInstances } from './actions/cloudFormationStackInstances.ts';
import { cloudFormationStackSet } from './actions/cloudFormationStackSet.ts';
import { codeBuildBuild } from './actions/codeBuildBuild.ts';
import { codeBuildTest } from './actions/codeBuildTest.ts';
import { codeCommitSource } from './actions/codeCommitSource.ts';
import { codeDeploy } from './actions/codeDeploy.ts';
import { codeDeployToEcs } from './actions/codeDeployToEcs.ts';
import { commands } from './actions/commands.ts';
import { connectionSource } from './actions/connectionSource.ts';
import { deviceFarm } from './actions/deviceFarm.ts';
import { ec2Deploy } from './actions/ec2Deploy.ts';
import { ecrBuildAndPublish } from './actions/ecrBuildAndPublish.ts';
import { ecrSource } from './actions/ecrSource.ts';
import { ecsDeploy } from './actions/ecsDeploy.ts';
import { eksDeploy } from './actions/eksDeploy.ts';
import { elasticBeanstalk } from './actions/elasticBeanstalk.ts';
import { ghostInspector } from './actions/ghostInspector.ts';
import { gitHubSource } from './actions/gitHubSource.ts';
import { inspectorScan } from './actions/inspectorScan.ts';
import { jenkinsBuild } from './actions/jenkinsBuild.ts';
import { jenkinsTest } from './actions/jenkinsTest.ts';
import { lambdaDeploy } from './actions/lambdaDeploy.ts';
import { lambdaInvoke } from './actions/lambdaInvoke.ts';
import { manualApproval } from './actions/manualApproval.ts';
import { nouvola } from './actions/nouvola.ts';
import { opsWorks } from './actions/opsWorks.ts';
import { pipelineInvoke } from './actions/pipelineInvoke.ts';
import { runscope } from './actions/runscope.ts';
import { s3Deploy } from './actions/s3Deploy.ts';
import { s3Source } from './actions/s3Source.ts';
import { serviceCatalog } from './actions/serviceCatalog.ts';
import { snyk } from './actions/snyk.ts';
import { stepFunctions } from './actions/stepFunctions.ts';
import { stormRunnerLoad } from './actions/stormRunnerLoad.ts';
import { teamCity } from './actions/teamCity.ts';
import { xebiaLabs } from './actions/xebiaLabs.ts';
import { customProvider } from './customProvider.ts';
import type { Provider, RuleType } from './provider.ts';
import { cloudWatchAlarmRule } from './rules/cloudWatchAlarmRule.ts';
import { codeBuildRule } from './rules/codeBuildRule.ts';
import { commandsRule } from './rules/commandsRule.ts';
import { deploymentWindowRule } from './rules/deploymentWindowRule.ts';
import { lambdaInvokeRule } from './rules/lambdaInvokeRule.ts';
import { variableCheckRule } from './rules/variableCheckRule.ts';

/**
 * All action types and rule types, in the order of the palette. The one place that lists them: adding a type is one file
 * and one line here. Nothing else may know providers by name.
 */

type ActionTypeIdentity = Pick<ActionTypeId, 'category' | 'owner' | 'provider' | 'version'>;

export const providers: readonly Provider[] = [
  // Source
  codeCommitSource,
  s3Source,
  ecrSource,
  connectionSource,
  gitHubSource,
  // Build
  codeBuildBuild,
  ecrBuildAndPublish,
  jenkinsBuild,
  cloudBees,
  teamCity,
  // Compute
  commands,
  // Test
  codeBuildTest,
  deviceFarm,
  blazeMeter,
  ghostInspector,
  stormRunnerLoad,
  nouvola,
  runscope,
  jenkinsTest,
  // Deploy
  s3Deploy,
  cloudFormation,
  cloudFormationStackSet,
  cloudFormationStackInstances,
  codeDeploy,
  codeDeployToEcs,
  ecsDeploy,
  elasticBeanstalk,
  appConfig,
  serviceCatalog,
  opsWorks,
  ec2Deploy,
  eksDeploy,
  lambdaDeploy,
  alexaSkillsKit,
  xebiaLabs,
  // Approval
  manualApproval,
  // Invoke
  lambdaInvoke,
  stepFunctions,
  inspectorScan,
  pipelineInvoke,
  snyk,
];

export const ruleTypes: readonly RuleType[] = [
  cloudWatchAlarmRule,
  codeBuildRule,
  commandsRule,
  deploymentWindowRule,
  lambdaInvokeRule,
  variableCheckRule,
];

const byKey = new Map(providers.map((provider) => [actionTypeKey(provider.actionTypeId), provider]));

/** The provider of a type in the table; undefined for custom and unknown types. */
export const knownProvider = (actionTypeId: ActionTypeIdentity): Provider | undefined =>
  byKey.get(actionTypeKey(actionTypeId));

/** The provider of any type: of the table, else what a custom or unknown type gets. Same id, same object. */
export const findProvider = (actionTypeId: ActionTypeIdentity): Provider =>
  knownProvider(actionTypeId) ?? customProvider(actionTypeId);

/** The rule type of that provider name; undefined when there is none. */
export const findRuleType = (ruleTypeId: { provider: string }): RuleType | undefined =>
  ruleTypes.find((rule) => rule.ruleTypeId.provider === ruleTypeId.provider);
