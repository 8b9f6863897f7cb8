import { ActionFailure, type ActionOutcome, type ActionRun } from '../providers/host.ts';
import type { ScriptReader } from '../providers/provider.ts';
import { appSpecFailure, type Hook, readAppSpec, SERVER_EVENTS } from './appSpec.ts';
import { counted } from './counted.ts';
import { firstInput, insideArtifact, requiredFile } from './inputFiles.ts';
import { DataFault, isFields, member, readYaml } from './readData.ts';
import { deployToServers, filesToCopy, inFolder, type ServerPlan, type Step } from './serverDeploy.ts';

type Key =
  | 'InstanceTagKey'
  | 'InstanceTagValue'
  | 'InstanceType'
  | 'TargetDirectory'
  | 'PreScript'
  | 'PostScript'
  | 'DeploySpec'
  | 'MaxBatch'
  | 'MaxError';

/** Longest run of a script of which nothing says how long it may take, in seconds. */
const DEFAULT_SECONDS = 3600;

type Parts = Pick<ServerPlan, 'before' | 'after'> & { entries: readonly { source: string; destination: string }[] };

/** A deploy to instances: files go to the bound folder, the scripts before and after run there. */
export async function deployToInstances(run: ActionRun<Key>): Promise<ActionOutcome> {
  const { configuration, host } = run;
  const { DeploySpec, TargetDirectory, InstanceTagKey = '', InstanceTagValue } = configuration;
  if (DeploySpec !== undefined && TargetDirectory !== undefined) {
    throw new ActionFailure(
      'ConfigurationError',
      'DeploySpec and TargetDirectory exclude each other.',
      'Keep one of them.',
    );
  }
  for (const key of ['MaxBatch', 'MaxError'] as const) {
    const value = configuration[key];
    if (value === undefined || /^\d+%?$/.test(value)) continue;
    throw new ActionFailure('ConfigurationError', `${key} "${value}" is no number.`, 'Write for example 2.');
  }
  const artifact = firstInput(run);
  const parts =
    DeploySpec === undefined
      ? partsOf(configuration)
      : readDeploySpec(await requiredFile(run, artifact, DeploySpec), DeploySpec);
  const emulation = await host.emulation();
  const target = InstanceTagValue === undefined ? InstanceTagKey : `${InstanceTagKey}=${InstanceTagValue}`;
  host.log(
    `One bound folder stands for all instances tagged ${target}; batches and target groups have no meaning here.`,
  );
  const count = await deployToServers(run, {
    target: `ec2 ${emulation.region}/${target}`,
    files: filesToCopy(await emulation.listFiles(artifact), parts.entries),
    fileExists: 'OVERWRITE',
    before: parts.before,
    after: parts.after,
    environment: { TARGET_DIRECTORY: inFolder(TargetDirectory ?? '') },
  });
  return { summary: `${counted(count, 'file')} deployed to ${target}.` };
}

function partsOf(configuration: ActionRun<Key>['configuration']): Parts {
  const { TargetDirectory, PreScript, PostScript } = configuration;
  if (TargetDirectory === undefined || PostScript === undefined) {
    throw new ActionFailure(
      'ConfigurationError',
      `${TargetDirectory === undefined ? 'TargetDirectory' : 'PostScript'} is missing.`,
      'Enter it, or name a DeploySpec.',
    );
  }
  const step = (event: string, location: string | undefined): Step[] =>
    location === undefined ? [] : [{ event, hooks: [hookOf(location)] }];
  return {
    entries: [{ source: '/', destination: TargetDirectory }],
    before: step('PreScript', PreScript),
    after: step('PostScript', PostScript),
  };
}

const hookOf = (location: string, timeoutSeconds = DEFAULT_SECONDS, runas?: string): Hook => ({
  location,
  timeoutSeconds,
  runas,
});

/** A deploy spec (version 0.1), or an AppSpec file (0.0) as far as it fits (reference/actions.md, "Files that travel"). */
function readDeploySpec(text: string, path: string): Parts {
  let root: unknown;
  try {
    [root] = readYaml(text);
  } catch (error) {
    if (!(error instanceof DataFault)) throw error;
    throw appSpecFailure(
      `The deploy spec ${path} could not be parsed (line ${error.line}, column ${error.column}).`,
      error.message,
    );
  }
  const version = String(member(root, 'version'));
  if (version === '0' || version === '0.0') {
    const appSpec = readAppSpec(text, path);
    if (appSpec.target !== 'server') {
      throw appSpecFailure(`The AppSpec file ${path} deploys no servers.`, 'Write os and files.');
    }
    const { files, hooks } = appSpec.spec;
    const at = SERVER_EVENTS.indexOf('Install');
    const steps = (events: readonly string[]) =>
      events.flatMap((event) => (hooks.has(event) ? [{ event, hooks: hooks.get(event) ?? [] }] : []));
    return { entries: files, before: steps(SERVER_EVENTS.slice(0, at)), after: steps(SERVER_EVENTS.slice(at + 1)) };
  }
  if (version !== '0.1') {
    throw appSpecFailure(`The deploy spec ${path} has an invalid version "${version}".`, 'Write version: 0.1.');
  }
  const files = member(root, 'files');
  const entries = (Array.isArray(files) ? files : []).map((item) => {
    const [source, destination] = [member(item, 'source'), member(item, 'destination')];
    if (typeof source === 'string' && typeof destination === 'string') return { source, destination };
    throw appSpecFailure(`The deploy spec ${path}: an entry of files is incomplete.`, 'Give source and destination.');
  });
  if (entries.length === 0)
    throw appSpecFailure(`The deploy spec ${path} has no files.`, 'List source and destination.');
  return { entries, before: scriptsOf(root, 'BeforeDeploy', path), after: scriptsOf(root, 'AfterDeploy', path) };
}

function scriptsOf(root: unknown, event: string, path: string): Step[] {
  const list = member(member(root, 'scripts'), event);
  if (!Array.isArray(list) || list.length === 0) return [];
  const hooks = list.map((item) => {
    const location = member(item, 'location');
    const timeout = Number(member(item, 'timeout') ?? DEFAULT_SECONDS);
    if (!isFields(item) || typeof location !== 'string' || !(timeout > 0)) {
      throw appSpecFailure(
        `The deploy spec ${path}: a script of ${event} is incomplete.`,
        'Give location and timeout.',
      );
    }
    const runas = member(item, 'runas');
    return hookOf(location, timeout, typeof runas === 'string' ? runas : undefined);
  });
  return [{ event, hooks }];
}

/** The scripts that the action runs, for the consent dialog. */
export async function ec2Scripts(
  configuration: Readonly<Partial<Record<string, string>>>,
  read: ScriptReader,
): Promise<{ path: string; text: string | undefined }[]> {
  const { PreScript, PostScript, DeploySpec } = configuration;
  const found: { path: string; text: string | undefined }[] = [];
  const locations = [PreScript, PostScript].filter((path) => path !== undefined);
  if (DeploySpec !== undefined) {
    const text = await read(insideArtifact(DeploySpec));
    found.push({ path: DeploySpec, text });
    try {
      const { before, after } = text === undefined ? { before: [], after: [] } : readDeploySpec(text, DeploySpec);
      for (const { hooks } of [...before, ...after]) locations.push(...hooks.map(({ location }) => location));
    } catch {
      return found; // it fails before anything runs
    }
  }
  for (const path of locations) found.push({ path, text: await read(insideArtifact(path)) });
  return found;
}
