import { ActionFailure, type ActionRun, type ArtifactFile, type EmulationHost } from '../providers/host.ts';
import type { Hook } from './appSpec.ts';
import { counted } from './counted.ts';
import { firstInput, insideArtifact } from './inputFiles.ts';

/**
 * Puts a revision onto "the servers", which are the bound folder, and runs its scripts around that. Shared by CodeDeploy and
 * the EC2 action. Nothing runs and nothing is copied where no folder is bound.
 */
export interface ServerPlan {
  /** In the kept records; names what is deployed to. */
  target: string;
  /** Path in the artifact -> path in the bound folder. */
  files: ReadonlyMap<string, string>;
  fileExists: 'DISALLOW' | 'OVERWRITE' | 'RETAIN';
  before: readonly Step[];
  after: readonly Step[];
  environment: Readonly<Record<string, string>>;
}

/** The scripts of one lifecycle event. */
export interface Step {
  event: string;
  hooks: readonly Hook[];
}

/** @returns the number of files. */
export async function deployToServers(run: ActionRun, plan: ServerPlan): Promise<number> {
  const { host, binding } = run;
  const artifact = firstInput(run);
  const emulation = await host.emulation();
  const listed = await emulation.listFiles(artifact);
  for (const { hooks } of [...plan.before, ...plan.after]) for (const hook of hooks) scriptPath(listed, hook);
  const scripts = [...plan.before, ...plan.after].reduce((sum, { hooks }) => sum + hooks.length, 0);
  if (binding?.kind !== 'folder') {
    host.log(
      `No folder is bound, so nothing is done. Not copied: ${counted(plan.files.size, 'file')}; not run: ${counted(scripts, 'script')}. Bind a folder that stands for the servers to do both.`,
    );
    return 0;
  }
  const environment = { ...plan.environment, PENSTOCK_TARGET: binding.path };
  await runSteps(run, emulation, listed, plan.before, environment);
  const files = await install(run, emulation, plan, binding.path);
  await runSteps(run, emulation, listed, plan.after, environment);
  return files;
}

async function install(run: ActionRun, emulation: EmulationHost, plan: ServerPlan, folder: string): Promise<number> {
  const { host } = run;
  const destinations = [...plan.files.values()];
  const present = new Set(await emulation.existing(destinations));
  let files = plan.files;
  await emulation.keep('servers', `${plan.target} in ${folder}`, ({ before, isAgain }) => {
    const earlier = new Set((before as string[] | undefined) ?? []);
    const foreign = isAgain ? [] : destinations.filter((path) => present.has(path) && !earlier.has(path));
    if (foreign.length > 0 && plan.fileExists === 'DISALLOW') {
      throw new ActionFailure(
        'JobFailed',
        `The deployment failed because a specified file already exists at this location: /${foreign[0]}`,
        'Remove it from the bound folder, or set file_exists_behavior to OVERWRITE or RETAIN.',
      );
    }
    if (plan.fileExists === 'RETAIN') {
      const kept = new Set(foreign);
      files = new Map([...plan.files].filter(([, to]) => !kept.has(to)));
      if (kept.size > 0) host.log(`Kept as they are, because they are there already: ${counted(kept.size, 'file')}.`);
    }
    const gone = [...earlier].filter((path) => !destinations.includes(path));
    if (gone.length > 0) {
      host.log(`Left of the earlier revision: ${counted(gone.length, 'file')}. AWS removes them, here they stay.`);
    }
    return destinations;
  });
  const count = await emulation.installFiles(firstInput(run), files);
  host.log(`Install: ${counted(count, 'file')} copied into ${folder}`);
  return count;
}

async function runSteps(
  run: ActionRun,
  emulation: EmulationHost,
  listed: readonly ArtifactFile[],
  steps: readonly Step[],
  environment: Readonly<Record<string, string>>,
): Promise<void> {
  const { host } = run;
  for (const { event, hooks } of steps) {
    for (const [index, hook] of hooks.entries()) {
      if (hook.runas !== undefined) host.log(`${hook.location} runs as your own user, not as ${hook.runas}.`);
      host.log(`${event}: ${hook.location}`);
      const end = await emulation.runScript({
        step: `${event}-${index + 1}`,
        bundle: firstInput(run),
        location: scriptPath(listed, hook),
        environment: { ...environment, LIFECYCLE_EVENT: event },
        timeoutSeconds: hook.timeoutSeconds,
      });
      const where = `LifecycleEvent - ${event}: Script at specified location: ${hook.location}`;
      if (!('ended' in end)) {
        if (end.exitCode === 0) continue;
        throw new ActionFailure(
          'JobFailed',
          `${where} failed with exit code ${end.exitCode}`,
          'The lines before it in the log say why. Mend the script, then retry the stage.',
        );
      }
      if (end.ended === 'lost') {
        throw new ActionFailure(
          'Lost',
          `${where} ended without leaving a result: it was killed, or the machine was restarted.`,
          'Look at the log for how far it came, then retry the stage.',
        );
      }
      throw new ActionFailure(
        'JobFailed',
        `${where} failed to complete in ${hook.timeoutSeconds} seconds`,
        'Make the script faster, or raise its timeout.',
      );
    }
  }
}

/** The script inside the bundle; it must be there. */
function scriptPath(listed: readonly ArtifactFile[], { location }: Hook): string {
  const path = insideArtifact(location);
  if (listed.some((file) => file.path === path)) return path;
  throw new ActionFailure(
    'JobFailed',
    `Script does not exist at specified location: ${location}`,
    'Name a file of the artifact, relative to its root.',
  );
}

/**
 * What `files` of an AppSpec copy: `/` is the whole revision, a folder's content goes below the destination, a file goes into
 * it. Destinations are absolute on a server and lie below the bound folder here.
 */
export function filesToCopy(
  listed: readonly ArtifactFile[],
  entries: readonly { source: string; destination: string }[],
): Map<string, string> {
  const copied = new Map<string, string>();
  for (const { source, destination } of entries) {
    const from = insideArtifact(source).replace(/\/+$/, '');
    const below = inFolder(destination);
    let count = 0;
    for (const { path } of listed) {
      const isAll = from === '' || from === '.';
      if (!isAll && path !== from && !path.startsWith(`${from}/`)) continue;
      const rest = isAll ? path : path === from ? (path.split('/').at(-1) ?? path) : path.slice(from.length + 1);
      copied.set(path, below === '' ? rest : `${below}/${rest}`);
      count += 1;
    }
    if (count > 0) continue;
    throw new ActionFailure(
      'JobFailed',
      `No such file or directory - deployment-archive/${from}`,
      `The files section names ${source}, which the artifact does not have.`,
    );
  }
  return copied;
}

/** An absolute path of a server as one below the bound folder. */
export const inFolder = (path: string): string =>
  path
    .replaceAll('\\', '/')
    .replace(/^[A-Za-z]:/, '')
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');

/** Id of a deployment in the shape of CodeDeploy's, the same when the action is run again after a crash. */
export const deploymentIdOf = ({ actionExecutionId }: ActionRun): string =>
  `d-${actionExecutionId.replaceAll('-', '').slice(0, 9).toUpperCase()}`;
