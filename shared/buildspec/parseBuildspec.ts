import type { Node } from 'yaml';
import type { Problem } from '../problem.ts';
import {
  type ArtifactsSpec,
  type Buildspec,
  type BuildspecPhase,
  type OnFailure,
  type PhaseName,
  phaseNames,
} from './buildspec.ts';
import { readCache } from './readCache.ts';
import { readReports } from './readReports.ts';
import { NOTHING_LOCAL, section } from './section.ts';
import { YamlReader } from './yamlReader.ts';

const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const IDENTIFIER = /^[A-Za-z0-9_]{1,127}$/;
const QUOTE_IT = 'Put the whole command in quotes: YAML reads ": " and some first characters as structure.';

/**
 * Reads a buildspec, version 0.2 or 0.1 (reference/buildspec.md). Everything wrong with it is collected; `buildspec` is
 * absent when there is an error. Unknown keys and parts without local meaning are warnings.
 * @param where what the problems name as their place: the buildspec's path, or the action.
 */
export function parseBuildspec(text: string, where: string): { buildspec?: Buildspec; problems: Problem[] } {
  const reader = new YamlReader(text.replace(/^\uFEFF/, ''), where);
  if (reader.hasErrors) return { problems: reader.problems };
  const top = section(reader, reader.root, '', [
    ...['version', 'run-as', 'env', 'proxy', 'batch', 'phases', 'reports', 'artifacts', 'cache'],
    'environment_variables',
  ]);

  const version = reader.text(top.get('version'), 'version');
  if (version !== '0.2' && version !== '0.1') {
    const what = version === undefined ? 'version is missing.' : `version is "${version}".`;
    reader.error(top.get('version') ?? reader.root, 'version', what, 'Begin the buildspec with "version: 0.2".');
  }
  if (top.has('run-as')) warnRunAs(reader, top.get('run-as'), 'run-as');
  for (const key of ['proxy', 'batch'] as const) {
    if (top.has(key)) reader.warn(top.get(key), key, `The ${key} section has no effect in a local run.`, NOTHING_LOCAL);
  }

  const env = readEnv(reader, top, version);
  const { phases, runtimeVersions } = readPhases(reader, top);
  const { artifacts, secondaryArtifacts } = readArtifactsSection(reader, top.get('artifacts'));
  const reports = readReports(reader, top.get('reports'));
  const cache = readCache(reader, top.get('cache'));
  if (reader.hasErrors) return { problems: reader.problems };
  return {
    buildspec: {
      version: version as Buildspec['version'],
      ...env,
      runtimeVersions,
      phases,
      ...(artifacts ? { artifacts } : {}),
      secondaryArtifacts,
      ...(reports.length > 0 ? { reports } : {}),
      ...(cache ? { cache } : {}),
    },
    problems: reader.problems,
  };
}

function warnRunAs(reader: YamlReader, node: Node | undefined, field: string): void {
  const user = reader.text(node, field);
  reader.warn(node, field, `Commands run as you, not as "${user}", in a local run.`, NOTHING_LOCAL);
}

function readEnv(reader: YamlReader, top: Map<string, Node>, version: string | undefined) {
  const env = section(reader, top.get('env'), 'env', [
    ...['shell', 'variables', 'parameter-store', 'secrets-manager', 'exported-variables', 'git-credential-helper'],
  ]);
  const variables = readNames(reader, env.get('variables'), 'env.variables');
  if (top.has('environment_variables')) {
    if (version === '0.1') {
      const old = section(reader, top.get('environment_variables'), 'environment_variables', ['plaintext']);
      for (const [name, value] of readNames(reader, old.get('plaintext'), 'environment_variables.plaintext')) {
        variables.set(name, value);
      }
    } else {
      const node = top.get('environment_variables');
      reader.warn(node, 'environment_variables', 'environment_variables belongs to version 0.1.', 'Use env.variables.');
    }
  }
  if (env.has('git-credential-helper') && reader.flag(env.get('git-credential-helper'), 'env.git-credential-helper')) {
    const what = 'git-credential-helper has no effect in a local run; git uses your own settings.';
    reader.warn(env.get('git-credential-helper'), 'env.git-credential-helper', what, NOTHING_LOCAL);
  }
  return {
    shell: readShell(reader, env.get('shell')),
    variables,
    parameterStore: readNames(reader, env.get('parameter-store'), 'env.parameter-store'),
    secretsManager: readSecrets(reader, env.get('secrets-manager')),
    exportedVariables: readExported(reader, env.get('exported-variables')),
  };
}

function readShell(reader: YamlReader, node: Node | undefined): 'sh' | 'bash' {
  const shell = reader.text(node, 'env.shell');
  if (shell === undefined || shell === '' || /^(?:\/bin\/)?sh$/.test(shell)) return 'sh';
  if (/^(?:\/(?:usr\/)?bin\/)?bash$/.test(shell)) return 'bash';
  reader.error(node, 'env.shell', `The shell "${shell}" cannot be used in a local run.`, 'Use bash or /bin/sh.');
  return 'sh';
}

function readNames(reader: YamlReader, node: Node | undefined, field: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const { key, keyNode, value } of reader.entries(node, field)) {
    const text = reader.text(value, `${field}.${key}`) ?? '';
    if (!VARIABLE_NAME.test(key)) {
      const fix = 'Use letters, digits and underscores, not beginning with a digit.';
      reader.error(keyNode, `${field}.${key}`, `"${key}" is no name of an environment variable.`, fix);
    } else if (key.startsWith('CODEBUILD_')) {
      const what = `"${key}": names beginning with CODEBUILD_ are reserved.`;
      reader.warn(keyNode, `${field}.${key}`, what, 'Choose another name.', 'buildspec.reserved-name');
    } else found.set(key, text);
  }
  return found;
}

/** `secret-id:json-key:version-stage:version-id`, of which stage and id exclude each other (§3). An ARN has six colons more. */
function readSecrets(reader: YamlReader, node: Node | undefined): Map<string, string> {
  const field = 'env.secrets-manager';
  const found = readNames(reader, node, field);
  for (const [name, reference] of found) {
    const [, stage, id] = reference.split(':').slice(reference.startsWith('arn:') ? 7 : 1);
    if (!stage || !id) continue;
    const what = `"${name}" names a version-stage and a version-id; CodeBuild takes only one of them.`;
    reader.warn(node, `${field}.${name}`, what, 'Leave one of them empty.', 'buildspec.secret-version');
  }
  return found;
}

/** Names that CodeBuild can hand over (§3): an AWS_ name is left out, as CodeBuild does. */
function readExported(reader: YamlReader, node: Node | undefined): string[] {
  const field = 'env.exported-variables';
  return reader.texts(node, field).filter((name) => {
    if (!VARIABLE_NAME.test(name)) {
      reader.error(
        node,
        field,
        `"${name}" is no name of an environment variable.`,
        'Name variables, without a $ sign.',
      );
      return false;
    }
    if (name.startsWith('AWS_')) {
      reader.warn(node, field, `"${name}" cannot be exported: it begins with AWS_.`, 'Export a copy of another name.');
      return false;
    }
    return true;
  });
}

const phaseKeys: Readonly<Record<PhaseName, string>> = {
  INSTALL: 'install',
  PRE_BUILD: 'pre_build',
  BUILD: 'build',
  POST_BUILD: 'post_build',
};

function readPhases(reader: YamlReader, top: Map<string, Node>) {
  const found = section(reader, top.get('phases'), 'phases', Object.values(phaseKeys));
  const phases: BuildspecPhase[] = [];
  let runtimeVersions = new Map<string, string>();
  for (const name of phaseNames) {
    const key = phaseKeys[name];
    const node = found.get(key);
    if (!node) continue;
    const field = `phases.${key}`;
    const keys = ['run-as', 'on-failure', 'commands', 'finally', ...(name === 'INSTALL' ? ['runtime-versions'] : [])];
    const phase = section(reader, node, field, keys);
    if (phase.has('run-as')) warnRunAs(reader, phase.get('run-as'), `${field}.run-as`);
    if (name === 'INSTALL') runtimeVersions = readRuntimes(reader, phase.get('runtime-versions'));
    const told = reader.problems.length;
    const commands = reader.texts(phase.get('commands'), `${field}.commands`, QUOTE_IT);
    if (name !== 'INSTALL' && commands.length === 0 && reader.problems.length === told) {
      const fix = 'Add commands, or remove the phase.';
      reader.error(phase.get('commands') ?? node, `${field}.commands`, `Phase ${key} has no commands.`, fix);
    }
    const onFailure = readOnFailure(reader, phase.get('on-failure'), `${field}.on-failure`);
    phases.push({
      name,
      commands,
      finally: reader.texts(phase.get('finally'), `${field}.finally`, QUOTE_IT),
      ...(onFailure ? { onFailure } : {}),
    });
  }
  if (!phases.some(({ commands }) => commands.length > 0) && !reader.hasErrors) {
    const fix = 'Add a phase, e.g. phases: build: commands: with a list of commands.';
    reader.error(top.get('phases') ?? reader.root, 'phases', 'No phase has a command.', fix);
  }
  return { phases, runtimeVersions };
}

function readRuntimes(reader: YamlReader, node: Node | undefined): Map<string, string> {
  const known = ['android', 'dotnet', 'golang', 'java', 'nodejs', 'php', 'python', 'ruby'];
  const found = section(reader, node, 'phases.install.runtime-versions', known);
  return new Map([...found].map(([name, value]) => [name, reader.text(value, `runtime-versions.${name}`) ?? '']));
}

/** `ABORT`, `CONTINUE`, `RETRY`, `RETRY-<count>`, `RETRY-<regex>`, `RETRY-<count>-<regex>`, in any case (§4). */
function readOnFailure(reader: YamlReader, node: Node | undefined, field: string): OnFailure | undefined {
  const text = reader.text(node, field);
  if (text === undefined || text === '') return undefined;
  const word = text.toUpperCase();
  if (word === 'ABORT' || word === 'CONTINUE') return { kind: word };
  const retry = /^retry(?:-(\d+)(?=-|$))?(?:-([\s\S]+))?$/i.exec(text);
  const count = Number(retry?.[1] ?? 3);
  if (!retry || count > 100) {
    const fix = 'Use ABORT, CONTINUE, RETRY, RETRY-<count from 0 to 100>, RETRY-<regex> or RETRY-<count>-<regex>.';
    reader.error(node, field, `on-failure is "${text}".`, fix);
    return undefined;
  }
  if (retry[2] && !isRegExp(retry[2])) {
    const what = `"${retry[2]}" is no regular expression, so a failure of this phase is not retried.`;
    reader.warn(node, field, what, 'Correct the pattern, for example RETRY-3-timed? out.', 'buildspec.pattern');
  }
  return { kind: 'RETRY', count, ...(retry[2] ? { pattern: retry[2] } : {}) };
}

function isRegExp(pattern: string): boolean {
  try {
    new RegExp(pattern);
    return true;
  } catch {
    return false;
  }
}

const blockKeys = ['files', 'base-directory', 'discard-paths', 'exclude-paths', 'name', 'enable-symlinks', 's3-prefix'];

function readArtifactsSection(reader: YamlReader, node: Node | undefined) {
  const secondaryArtifacts = new Map<string, ArtifactsSpec>();
  if (!node) return { secondaryArtifacts };
  const block = section(reader, node, 'artifacts', [...blockKeys, 'secondary-artifacts']);
  for (const { key, keyNode, value } of reader.entries(
    block.get('secondary-artifacts'),
    'artifacts.secondary-artifacts',
  )) {
    const field = `artifacts.secondary-artifacts.${key}`;
    if (!IDENTIFIER.test(key)) {
      const fix = 'Use at most 127 letters, digits and underscores.';
      reader.error(keyNode, field, `Invalid input: "${key}" is no identifier of an artifact.`, fix);
      continue;
    }
    secondaryArtifacts.set(key, readBlock(reader, section(reader, value, field, blockKeys), field, value));
  }
  // `files` is required even when only secondary artifacts matter (§8); without any files there is no primary artifact.
  if (secondaryArtifacts.size > 0 && !block.has('files')) {
    const fix = 'Add files, for example - "**/*".';
    reader.warn(
      node,
      'artifacts.files',
      'CodeBuild requires artifacts.files here too.',
      fix,
      'buildspec.files-missing',
    );
    return { secondaryArtifacts };
  }
  return { artifacts: readBlock(reader, block, 'artifacts', node), secondaryArtifacts };
}

function readBlock(reader: YamlReader, block: Map<string, Node>, field: string, node: Node | undefined): ArtifactsSpec {
  const told = reader.problems.length;
  const files = reader.texts(block.get('files'), `${field}.files`);
  if (files.length === 0 && reader.problems.length === told) {
    reader.error(
      block.get('files') ?? node,
      `${field}.files`,
      `${field} has no files.`,
      'Add files, for example - "**/*".',
    );
  }
  return {
    files,
    excludePaths: reader.texts(block.get('exclude-paths'), `${field}.exclude-paths`),
    baseDirectory: reader.text(block.get('base-directory'), `${field}.base-directory`) ?? '',
    discardPaths: reader.flag(block.get('discard-paths'), `${field}.discard-paths`),
    enableSymlinks: reader.flag(block.get('enable-symlinks'), `${field}.enable-symlinks`),
  };
}
