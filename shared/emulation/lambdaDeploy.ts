import { ActionFailure, type ActionOutcome, type ActionRun } from '../providers/host.ts';
import { counted } from './counted.ts';
import { itemsOf } from './inputFiles.ts';

type Key = 'FunctionName' | 'FunctionAlias' | 'PublishedTargetVersion' | 'DeployStrategy' | 'Alarms';

interface KeptFunction {
  /** Digest of the code of each version counted here, oldest first: version 1, 2, … */
  versions: string[];
  aliases: Record<string, string>;
}

/** Lambda's own limits for a package uploaded from S3, unpacked. */
const MAX_UNPACKED_BYTES = 262_144_000;
const MAX_ALARMS = 10;
/** All waiting of a traffic shift (reference/actions.md, Deploy / AWS / Lambda). */
const MAX_SHIFT_MINUTES = 2 * 24 * 60;

/** A deploy to Lambda: the package is checked, versions and aliases are counted here. */
export async function deployFunction(run: ActionRun<Key>): Promise<ActionOutcome> {
  const { configuration, host, inputs } = run;
  const {
    FunctionName = '',
    FunctionAlias,
    PublishedTargetVersion,
    DeployStrategy = 'AllAtOnce',
    Alarms,
  } = configuration;
  assertName(FunctionName);
  if (itemsOf(Alarms).length > MAX_ALARMS) {
    throw invalid(`Alarms names ${itemsOf(Alarms).length} alarms; at most ${MAX_ALARMS} are allowed.`, 'Name fewer.');
  }
  const minutes = shiftMinutes(DeployStrategy);
  if (minutes > MAX_SHIFT_MINUTES) {
    throw invalid(
      `DeployStrategy ${DeployStrategy} waits ${minutes} minutes; at most ${MAX_SHIFT_MINUTES} (2 days) are allowed.`,
      'Shift in larger or faster steps.',
    );
  }
  const emulation = await host.emulation();
  const [artifact] = inputs;
  if (!artifact && PublishedTargetVersion === undefined) {
    throw invalid(
      'There is neither an input artifact nor a PublishedTargetVersion.',
      'Connect one, or name a version.',
    );
  }
  if (artifact) {
    const files = await emulation.listFiles(artifact);
    const bytes = files.reduce((sum, { size }) => sum + size, 0);
    if (files.length === 0) {
      throw new ActionFailure(
        'JobFailed',
        'Uploaded file must be a non-empty zip (InvalidParameterValueException)',
        'Put the code into the artifact.',
      );
    }
    if (bytes > MAX_UNPACKED_BYTES) {
      throw new ActionFailure(
        'JobFailed',
        `Unzipped size must be smaller than ${MAX_UNPACKED_BYTES} bytes (InvalidParameterValueException)`,
        `The package has ${bytes} bytes. Leave out what the function does not need, or use layers.`,
      );
    }
    host.log(`Package of ${counted(files.length, 'file')}, ${bytes} bytes unpacked.`);
  } else if (!/^[1-9]\d{0,17}$/.test(PublishedTargetVersion ?? '')) {
    throw invalid(`PublishedTargetVersion "${PublishedTargetVersion}" is no version number.`, 'Write for example 7.');
  }
  let version = PublishedTargetVersion ?? '';
  await emulation.keep('lambda', `${emulation.region}/${FunctionName}`, ({ before }) => {
    const old = (before as KeptFunction | undefined) ?? { versions: [], aliases: {} };
    let versions = old.versions;
    if (artifact) {
      // Lambda publishes no new version for the code of the newest one.
      if (versions.at(-1) !== artifact.digest) versions = [...versions, artifact.digest];
      version = String(versions.length);
      host.log(`Version ${version} of ${FunctionName}, counted here; AWS goes on from its own newest version.`);
    } else host.log(`Not checked: whether ${FunctionName} has a version ${version}.`);
    const aliases = FunctionAlias === undefined ? old.aliases : { ...old.aliases, [FunctionAlias]: version };
    return { versions, aliases } satisfies KeptFunction;
  });
  if (FunctionAlias !== undefined) {
    const wait =
      minutes > 0 ? `; AWS would take ${minutes} minutes for ${DeployStrategy}, here it is done at once` : '';
    host.log(`Alias ${FunctionAlias} points at version ${version}${wait}.`);
  }
  return { summary: `Version ${version} of ${FunctionName} deployed.`, outputVariables: { FunctionVersion: version } };
}

const invalid = (message: string, fix: string) => new ActionFailure('ConfigurationError', message, fix);

function assertName(name: string): void {
  if (/^(?:arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:)?[A-Za-z0-9_-]{1,64}$/.test(name)) return;
  throw invalid(
    `FunctionName "${name.slice(0, 100)}" is no name or ARN of a function.`,
    'Use letters, digits, - and _.',
  );
}

/** Minutes that a strategy waits in all. */
function shiftMinutes(strategy: string): number {
  if (strategy === 'AllAtOnce') return 0;
  const canary = /^Canary(\d+)Percent(\d+)Minutes?$/.exec(strategy);
  const linear = /^Linear(\d+)PercentEvery(\d+)Minutes?$/.exec(strategy);
  const percent = Number((canary ?? linear)?.[1] ?? 0);
  if (percent < 1 || percent > 99) {
    throw invalid(
      `DeployStrategy "${strategy}" is none that AWS knows.`,
      'Write AllAtOnce, or for example Canary10Percent5Minutes or Linear10PercentEvery1Minute.',
    );
  }
  return canary ? Number(canary[2]) : (Math.ceil(100 / percent) - 1) * Number(linear?.[2]);
}
