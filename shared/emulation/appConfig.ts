import { utf8Bytes } from '../execution/variables.ts';
import { ActionFailure, type ActionOutcome, type ActionRun } from '../providers/host.ts';
import { firstInput, reading, requiredFile } from './inputFiles.ts';
import { readJson, readYaml } from './readData.ts';

/** The largest configuration that AppConfig takes from CodePipeline. */
const MAX_CONFIGURATION_BYTES = 1024 * 1024;

/** An AppConfig deploy: the configuration file is read, and counted as the environment's next version. */
export async function deployConfiguration(
  run: ActionRun<'Application' | 'Environment' | 'ConfigurationProfile' | 'InputArtifactConfigurationPath'>,
): Promise<ActionOutcome> {
  const { host, configuration } = run;
  const { Application, Environment, ConfigurationProfile, InputArtifactConfigurationPath: path = '' } = configuration;
  const artifact = firstInput(run);
  const text = await requiredFile(run, artifact, path, MAX_CONFIGURATION_BYTES);
  if (text === '') {
    throw new ActionFailure(
      'JobFailed',
      `The configuration file ${path} is empty. (BadRequestException)`,
      'Put the configuration into the file.',
    );
  }
  const read = /\.json$/i.test(path) ? readJson : /\.ya?ml$/i.test(path) ? (yaml: string) => readYaml(yaml) : undefined;
  if (read) {
    reading(
      ({ line, column }) => ({
        message: `The configuration file ${path} is not well-formed (line ${line}, column ${column}). (BadRequestException)`,
      }),
      () => read(text),
    );
  } else host.log(`Not checked: the form of ${path}; its ending names none that is known here.`);
  const emulation = await host.emulation();
  let version = 1;
  const name = `${emulation.region}/${Application}/${Environment}/${ConfigurationProfile}`;
  await emulation.keep('appconfig', name, ({ before }) => {
    const old = before as { version: number; text: string } | undefined;
    version = old ? old.version + 1 : 1;
    const change = old ? (old.text === text ? ', the same as before' : ', which differs from the one before') : '';
    host.log(`Configuration version ${version} of ${utf8Bytes(text)} bytes${change}; versions are counted here.`);
    return { version, text };
  });
  return { summary: `Version ${version} of ${path} deployed to ${Environment}.` };
}
