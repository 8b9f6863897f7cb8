import { ActionFailure, type ActionOutcome, type ActionRun } from '../providers/host.ts';
import { firstInput } from './inputFiles.ts';
import { DataFault, readEither, readJson } from './readData.ts';

/** The limit of a source bundle (reference/actions.md, "Artifact size limits"). */
const MAX_BUNDLE_BYTES = 512 * 1024 * 1024;

/** An Elastic Beanstalk deploy: the source bundle is checked, and its version remembered for the environment. */
export async function deployToBeanstalk(run: ActionRun<'ApplicationName' | 'EnvironmentName'>): Promise<ActionOutcome> {
  const { host, configuration, actionExecutionId } = run;
  const { ApplicationName = '', EnvironmentName = '' } = configuration;
  const artifact = firstInput(run);
  if (artifact.size > MAX_BUNDLE_BYTES) {
    throw new ActionFailure(
      'JobFailed',
      `The source bundle is ${artifact.size} bytes long; Elastic Beanstalk takes at most ${MAX_BUNDLE_BYTES}. (SourceBundleTooLarge)`,
      'Leave out of the artifact what the application does not need.',
    );
  }
  const emulation = await host.emulation();
  const files = await emulation.listFiles(artifact);
  if (files.length === 0) {
    throw new ActionFailure(
      'JobFailed',
      'The source bundle is empty or exceeds maximum allowed size: 524288000. (ValidationError)',
      'Put the files of the application into the artifact.',
    );
  }
  for (const { path } of files) {
    if (/^\.ebextensions\/[^/]+\.config$/.test(path)) {
      await assertReadable(run, path, readEither, (what) => [
        `The configuration file ${path} in application version contains invalid YAML or JSON. ${what}`,
        'Update the configuration file.',
      ]);
    }
    if (path === 'Dockerrun.aws.json' || path === 'cron.yaml' || path === 'env.yaml') {
      const read = path.endsWith('.json') ? readJson : readEither;
      await assertReadable(run, path, read, (what) => [`${path} is not well-formed. ${what}`, `Mend ${path}.`]);
    }
  }
  const [root] = new Set(files.map(({ path }) => path.split('/')[0]));
  if (files.every(({ path }) => path.includes('/') && path.startsWith(`${root}/`))) {
    host.log(`All files lie below ${root}/: Elastic Beanstalk looks for the application in the root of the bundle.`);
  }
  const label = `code-pipeline-${run.startedAt}-${artifact.digest.slice(0, 12)}`;
  await emulation.keep('beanstalk', `${emulation.region}/${ApplicationName}/${EnvironmentName}`, ({ before }) => {
    const was = (before as { label?: string } | undefined)?.label;
    host.log(`${EnvironmentName} runs version ${label}${was ? ` (was ${was})` : ''}`);
    return { label, digest: artifact.digest, by: actionExecutionId };
  });
  return { summary: `Version ${label} of ${ApplicationName} deployed to ${EnvironmentName}.` };
}

async function assertReadable(
  run: ActionRun,
  path: string,
  read: (text: string) => unknown,
  failure: (what: string) => [message: string, fix: string],
): Promise<void> {
  try {
    read((await run.host.readFile(firstInput(run), path)) ?? '');
  } catch (error) {
    if (!(error instanceof DataFault)) throw error;
    const [message, fix] = failure(`Line ${error.line}, column ${error.column}: ${error.message}`);
    throw new ActionFailure('JobFailed', message, fix, { cause: error });
  }
}
