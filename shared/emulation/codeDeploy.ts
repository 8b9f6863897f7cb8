import type { ActionOutcome, ActionRun } from '../providers/host.ts';
import type { ScriptReader } from '../providers/provider.ts';
import { appSpecFailure, readAppSpec, SERVER_EVENTS, type ServerAppSpec } from './appSpec.ts';
import { counted } from './counted.ts';
import { firstInput, insideArtifact } from './inputFiles.ts';
import { deploymentIdOf, deployToServers, filesToCopy, type Step } from './serverDeploy.ts';

const APP_SPECS = ['appspec.yml', 'appspec.yaml', 'appspec.json'];

/** A CodeDeploy deployment: the AppSpec is read as the agent reads it; files and scripts go to the bound folder. */
export async function deployRevision(
  run: ActionRun<'ApplicationName' | 'DeploymentGroupName'>,
): Promise<ActionOutcome> {
  const { host, configuration } = run;
  const { ApplicationName = '', DeploymentGroupName = '' } = configuration;
  const artifact = firstInput(run);
  const emulation = await host.emulation();
  const listed = await emulation.listFiles(artifact);
  const path = APP_SPECS.find((name) => listed.some((file) => file.path === name));
  if (path === undefined) {
    throw appSpecFailure(
      'The CodeDeploy agent did not find an AppSpec file within the unpacked revision directory at revision-relative path "appspec.yml".',
      `Put appspec.yml into the root of artifact ${artifact.name}.`,
    );
  }
  const appSpec = readAppSpec((await host.readFile(artifact, path)) ?? '', path);
  const target = `${ApplicationName}/${DeploymentGroupName}`;
  const externalExecutionId = deploymentIdOf(run);
  if (appSpec.target === 'lambda') {
    host.log(`${path} shifts traffic of function ${appSpec.functionName}; no function is changed.`);
    return { summary: `Deployment ${externalExecutionId} to ${target} checked.`, externalExecutionId };
  }
  const { spec } = appSpec;
  const files = filesToCopy(listed, spec.files);
  if (spec.hasPermissions) host.log('The permissions section is left to AWS: files get those of the artifact.');
  if (spec.os === 'windows') {
    host.log('Scripts and files for Windows servers are checked only: they do not run or go anywhere here.');
    return { summary: `Deployment ${externalExecutionId} to ${target} checked.`, externalExecutionId };
  }
  if (spec.hooks.has('ApplicationStop')) {
    host.log('ApplicationStop does not run: AWS runs the script of the revision deployed before, not of this one.');
  }
  const at = SERVER_EVENTS.indexOf('Install');
  const count = await deployToServers(run, {
    target: `codedeploy ${emulation.region}/${target}`,
    files,
    fileExists: spec.fileExists,
    before: stepsOf(spec, SERVER_EVENTS.slice(0, at)),
    after: stepsOf(spec, SERVER_EVENTS.slice(at + 1)),
    environment: {
      APPLICATION_NAME: ApplicationName,
      DEPLOYMENT_GROUP_NAME: DeploymentGroupName,
      DEPLOYMENT_ID: externalExecutionId,
    },
  });
  return { summary: `Deployment ${externalExecutionId} to ${target}: ${counted(count, 'file')}.`, externalExecutionId };
}

const stepsOf = ({ hooks }: ServerAppSpec, events: readonly string[]): Step[] =>
  events
    .filter((event) => event !== 'ApplicationStop')
    .map((event) => ({ event, hooks: hooks.get(event) ?? [] }))
    .filter(({ hooks: scripts }) => scripts.length > 0);

/** The AppSpec and every script it names, for the consent dialog. */
export async function codeDeployScripts(read: ScriptReader): Promise<{ path: string; text: string | undefined }[]> {
  for (const path of APP_SPECS) {
    const text = await read(path);
    if (text === undefined) continue;
    const found = [{ path, text: text as string | undefined }];
    let hooks: ServerAppSpec['hooks'] = new Map();
    try {
      const appSpec = readAppSpec(text, path);
      if (appSpec.target === 'server') hooks = appSpec.spec.hooks;
    } catch {
      return found; // it fails before anything runs
    }
    for (const { location } of [...hooks.values()].flat()) {
      found.push({ path: location, text: await read(insideArtifact(location)) });
    }
    return found;
  }
  return [{ path: 'appspec.yml', text: undefined }];
}
