import { ActionFailure, type ActionRun, type Artifact } from '../providers/host.ts';
import { DataFault } from './readData.ts';

/** How emulated actions get at the files of their input artifacts, and how they fail when one is not there. */

const inputsOf = ({ inputs }: ActionRun) => inputs.map(({ name }) => name).join(', ') || 'none';

/** The input artifact that a configuration key names. */
export function inputNamed(run: ActionRun, key: string, name: string): Artifact {
  const artifact = run.inputs.find((input) => input.name === name);
  if (artifact) return artifact;
  throw new ActionFailure(
    'ConfigurationError',
    `${key} names artifact [${name}], which is not an input artifact of the action (${inputsOf(run)}).`,
    `Add ${name} to the input artifacts of the action, or name one of those.`,
  );
}

/** The first input artifact. */
export function firstInput(run: ActionRun): Artifact {
  const [artifact] = run.inputs;
  if (artifact) return artifact;
  throw new ActionFailure('ConfigurationError', 'The action has no input artifact.', 'Connect an artifact to it.');
}

/** Splits `artifact::path`. Undefined when the text has no such form. */
export function splitLocator(text: string): { artifactName: string; path: string } | undefined {
  const [, artifactName, path] = /^([^:]+)::(.+)$/s.exec(text) ?? [];
  return artifactName !== undefined && path !== undefined ? { artifactName, path } : undefined;
}

/** Text of a file of an artifact. `./x` and `/x` are `x`, as in AWS. */
export async function requiredFile(run: ActionRun, artifact: Artifact, path: string, limit?: number): Promise<string> {
  const text = await run.host.readFile(artifact, insideArtifact(path), limit);
  if (text !== undefined) return text;
  throw noSuchFile(artifact, path);
}

export const insideArtifact = (path: string): string => path.replace(/^(?:\.?\/)+/, '');

/** The file that `artifact::path` in a configuration key names. */
export async function locatedFile(
  run: ActionRun,
  key: string,
  locator: string,
  limit?: number,
): Promise<{ artifact: Artifact; path: string; text: string }> {
  const parts = splitLocator(locator);
  if (!parts) {
    throw new ActionFailure(
      'ConfigurationError',
      `${key} [${locator}] is not of the form InputArtifact::file.`,
      'Write the name of an input artifact, two colons and the path of the file in it.',
    );
  }
  const artifact = inputNamed(run, key, parts.artifactName);
  return { artifact, path: parts.path, text: await requiredFile(run, artifact, parts.path, limit) };
}

/** Runs a reader of a file's text; its fault becomes a failure of the action that names the file, line and column. */
export function reading<T>(
  what: (fault: DataFault) => { code?: 'ConfigurationError' | 'JobFailed'; message: string },
  read: () => T,
): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof DataFault)) throw error;
    const { code = 'JobFailed', message } = what(error);
    throw new ActionFailure(code, message, `Mend line ${error.line}, column ${error.column}: ${error.message}`, {
      cause: error,
    });
  }
}

/** Comma-separated items of a configuration value. */
export const itemsOf = (csv: string | undefined): string[] =>
  (csv ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

/** A file that must be in an artifact, whatever its content and size. */
export async function requiredEntry(run: ActionRun, artifact: Artifact, path: string): Promise<void> {
  const wanted = insideArtifact(path);
  const files = await (await run.host.emulation()).listFiles(artifact);
  if (!files.some((file) => file.path === wanted)) throw noSuchFile(artifact, path);
}

const noSuchFile = (artifact: Artifact, path: string) =>
  new ActionFailure(
    'ConfigurationError',
    `File [${path}] does not exist in artifact [${artifact.name}].`,
    'Mend the path, or let the action that makes the artifact put the file into it.',
  );
