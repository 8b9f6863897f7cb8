import { ActionFailure, type ActionOutcome, type ActionRun, type ArtifactFile } from '../providers/host.ts';
import { counted } from './counted.ts';
import { firstInput, insideArtifact, itemsOf } from './inputFiles.ts';

type Key = 'ECRRepositoryName' | 'DockerFilePath' | 'ImageTags' | 'RegistryType';

const INSTRUCTIONS = new Set(
  'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(
    ' ',
  ),
);

const failure = (message: string, fix: string) => new ActionFailure('JobFailed', message, fix);

/** Builds no image: what `docker build` finds before its first step, and what ECR finds in names and tags. */
export async function buildImage(run: ActionRun<Key>): Promise<ActionOutcome> {
  const { configuration, host } = run;
  const { ECRRepositoryName = '', DockerFilePath = '', ImageTags = 'latest' } = configuration;
  const isPublic = configuration.RegistryType === 'public';
  if (!/^[a-z0-9]+(?:[._/-][a-z0-9]+)*$/.test(ECRRepositoryName) || ECRRepositoryName.length > 256) {
    throw new ActionFailure(
      'ConfigurationError',
      `ECRRepositoryName "${ECRRepositoryName}" is no name of a repository.`,
      `Use lower-case letters, digits and . _ - / between them${isPublic ? ', after the alias of the registry' : ''}.`,
    );
  }
  const tags = itemsOf(ImageTags);
  const wrong = tags.find((tag) => !/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/.test(tag));
  if (wrong !== undefined || tags.length === 0) {
    throw new ActionFailure(
      'ConfigurationError',
      `invalid argument "${ECRRepositoryName}:${wrong ?? ''}" for "-t, --tag" flag: invalid reference format`,
      'A tag has at most 128 letters, digits, periods, hyphens and underscores.',
    );
  }
  const artifact = firstInput(run);
  const files = await (await host.emulation()).listFiles(artifact);
  const path = dockerfilePath(insideArtifact(DockerFilePath), files);
  const text = path === undefined ? undefined : await host.readFile(artifact, path);
  if (path === undefined || text === undefined) {
    throw failure(
      'ERROR: failed to solve: failed to read dockerfile: open Dockerfile: no such file or directory',
      `Artifact ${artifact.name} has no Dockerfile at "${DockerFilePath || './'}". Mend DockerFilePath.`,
    );
  }
  const folder = path.split('/').slice(0, -1).join('/');
  const stages = checkDockerfile(
    text,
    path,
    files.map((file) => file.path),
    folder,
  );
  host.log(`${path}: ${counted(stages, 'stage')}; it would be pushed to ${ECRRepositoryName} as ${tags.join(', ')}.`);
  host.log(
    'Output variable ECRImageDigestId is left out: no image is built. Script this action under Local to give it a value.',
  );
  return {
    summary: `Dockerfile checked for ${ECRRepositoryName}; no image was built.`,
    outputVariables: { ECRRepositoryName },
  };
}

/** DockerFilePath names the file or its folder. */
function dockerfilePath(given: string, files: readonly ArtifactFile[]): string | undefined {
  const trimmed = given.replace(/^\.$/, '').replace(/\/+$/, '');
  const candidates = [trimmed, trimmed === '' ? 'Dockerfile' : `${trimmed}/Dockerfile`];
  return candidates.find((candidate) => files.some(({ path }) => path === candidate));
}

function checkDockerfile(text: string, path: string, files: readonly string[], folder: string): number {
  let stages = 0;
  for (const { instruction, rest, line } of instructionsOf(text)) {
    if (!INSTRUCTIONS.has(instruction)) {
      throw failure(
        `ERROR: failed to solve: dockerfile parse error on line ${line}: unknown instruction: ${instruction.slice(0, 60)}`,
        `Mend line ${line} of ${path}.`,
      );
    }
    if (instruction === 'FROM') stages += 1;
    else if (stages === 0 && instruction !== 'ARG') {
      throw failure(
        `ERROR: failed to solve: dockerfile parse error on line ${line}: no build stage in current context`,
        `Begin ${path} with FROM.`,
      );
    }
    if (instruction === 'COPY' || instruction === 'ADD') assertCopied(rest, line, files, folder);
  }
  if (stages === 0) throw failure('ERROR: failed to solve: file with no instructions', `Write a FROM into ${path}.`);
  return stages;
}

/** Instructions with the lines they continue on; bodies of here-documents are left out. */
function* instructionsOf(text: string): Generator<{ instruction: string; rest: string; line: number }> {
  const lines = text.split(/\r?\n/);
  for (let index = 0; index < lines.length; index += 1) {
    const line = index + 1;
    let logical = lines[index]?.trim() ?? '';
    if (logical === '' || logical.startsWith('#')) continue;
    while (/[\\`]$/.test(logical) && index + 1 < lines.length) {
      index += 1;
      const next = lines[index]?.trim() ?? '';
      if (next.startsWith('#')) continue;
      logical = `${logical.slice(0, -1).trimEnd()} ${next}`;
    }
    for (const [, end] of [...logical.matchAll(/<<-?["']?([A-Za-z_][A-Za-z0-9_]*)["']?/g)]) {
      while (index + 1 < lines.length && lines[index + 1]?.trim() !== end) index += 1;
      index += 1;
    }
    const [word = '', ...rest] = logical.split(/\s+/);
    yield { instruction: word.toUpperCase(), rest: rest.join(' '), line };
  }
}

/** Sources that are plain paths must be in the artifact; patterns, variables, URLs and other stages are left to the build. */
function assertCopied(rest: string, line: number, files: readonly string[], folder: string): void {
  if (/--from=|<<|^\s*\[/.test(rest)) return;
  const sources = rest
    .split(/\s+/)
    .filter((word) => !word.startsWith('--'))
    .slice(0, -1);
  for (const source of sources) {
    if (/[*?[\]$"']|^https?:|^git@/.test(source)) continue;
    const inside = source.replace(/^(?:\.?\/)+/, '').replace(/\/+$/, '');
    const full = folder === '' ? inside : `${folder}/${inside}`;
    if (inside === '' || inside === '.' || files.some((file) => file === full || file.startsWith(`${full}/`))) continue;
    throw failure(
      `ERROR: failed to solve: failed to compute cache key: failed to calculate checksum of ref: "/${inside}": not found`,
      `Line ${line} copies ${source}, which the artifact does not have.`,
    );
  }
}
