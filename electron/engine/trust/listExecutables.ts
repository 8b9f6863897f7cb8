import { basename, dirname } from 'node:path';
import {
  type ActionDeclaration,
  actionKey,
  type PipelineDeclaration,
  ruleKey,
  rulesOfStage,
} from '../../../shared/model/declaration.ts';
import type { Binding } from '../../../shared/model/sidecar.ts';
import { ProblemError } from '../../../shared/problem.ts';
import type { Provider } from '../../../shared/providers/provider.ts';
import { findProvider, findRuleType } from '../../../shared/providers/table.ts';
import type { StartRequest } from '../../parts.ts';
import { openInside } from '../artifacts/resolveInside.ts';
import { absolutePath } from '../attemptFolder.ts';
import { actionOfRule } from '../attemptSubject.ts';
import type { CommittedFiles } from './committedFiles.ts';

/** What an entry of the list is, so that it can be counted. */
export type ExecutableKind = 'command' | 'buildspec' | 'script' | 'function' | 'environment' | 'folder' | 'unread';

/** One thing that a run would execute, or a place outside the data directory that it would write to. */
export interface Executable {
  /** 'Stage/Action', and what of it. */
  where: string;
  text: string;
  kind: ExecutableKind;
}

/** A longer buildspec is refused when it is run, too. */
export const MAX_BUILDSPEC_BYTES = 1024 * 1024;

/**
 * Everything a run of this pipeline would execute, as far as the project says it: commands, buildspecs (inline, or the file in
 * a bound folder as it lies there now, or in a bound repository as it is committed), variables of the environment, and folders
 * that are written to. Reads files, starts nothing of the project. What a build downloads or calls is beyond it.
 */
export async function listExecutables(request: StartRequest, committed: CommittedFiles): Promise<Executable[]> {
  const { declaration, bindings, folder } = request;
  const found: Executable[] = [];
  const bindingOf = (where: string) => (Object.hasOwn(bindings, where) ? bindings[where] : undefined);
  const sources: Sources = { placeOf: (artifact) => placeOf(request, artifact, bindingOf), committed };
  for (const stage of declaration.stages) {
    for (const { conditionType, rule } of rulesOfStage(stage)) {
      const where = ruleKey(stage.name, conditionType, rule.name);
      const binding = bindingOf(where);
      if (findRuleType(rule.ruleTypeId)?.executes) {
        const action = actionOfRule(rule);
        for (const text of rule.commands ?? []) found.push({ where, text, kind: 'command' });
        if (!rule.commands) found.push(await buildspecOf(action, where, binding, sources));
        found.push(...environmentOf(action, where, binding));
      }
      if (binding?.kind === 'handler') found.push(...(await handlerOf(binding, where, folder)));
    }
    for (const action of stage.actions) {
      const where = actionKey(stage.name, action.name);
      const binding = bindingOf(where);
      const provider = findProvider(action.actionTypeId);
      if (provider.scripts) {
        if (binding?.kind === 'folder') {
          found.push(...(await scriptsOf(provider.scripts, action, where, sources)));
        }
      } else if (provider.executes) {
        for (const text of action.commands ?? []) found.push({ where, text, kind: 'command' });
        if (!action.commands) found.push(await buildspecOf(action, where, binding, sources));
        found.push(...environmentOf(action, where, binding));
      }
      if (binding?.kind === 'handler') found.push(...(await handlerOf(binding, where, folder)));
      if (binding?.kind === 'folder' && action.actionTypeId.category === 'Deploy') {
        found.push({ where, text: `Writes files into ${absolutePath(binding.path, folder)}`, kind: 'folder' });
      }
    }
  }
  return found;
}

/** The file of a function, as it lies there now. What it loads besides is beyond it. */
async function handlerOf(
  binding: Extract<Binding, { kind: 'handler' }>,
  where: string,
  folder: string,
): Promise<Executable[]> {
  const path = absolutePath(binding.path, folder);
  const text = await readInside(dirname(path), basename(path));
  const variables = Object.entries(binding.environment ?? {}).map(([name, value]) => `${name}=${value}`);
  return [
    {
      where: `${where}: handler ${path}`,
      text:
        text ?? `The function "${binding.handler ?? 'handler'}" of ${path}, whatever it says when the run gets there.`,
      kind: text === undefined ? 'unread' : 'function',
    },
    ...environmentEntry(where, variables),
  ];
}

/** Where the files of artifacts lie, and how those in commits are read. */
interface Sources {
  placeOf(artifactName: string): SourcePlace | undefined;
  committed: CommittedFiles;
}

async function buildspecOf(
  action: ActionDeclaration,
  where: string,
  binding: Binding | undefined,
  sources: Sources,
): Promise<Executable> {
  const { BuildspecOverride, PrimarySource } = action.configuration ?? {};
  const ofProject = binding?.kind === 'project' ? binding.buildspec : undefined;
  // The bound project's stands for one in S3, as when it is run.
  const given = BuildspecOverride?.startsWith('arn:') && ofProject ? ofProject : (BuildspecOverride ?? ofProject);
  // Inline or file: reference/buildspec.md §1.
  if (given !== undefined && /\n|^\s*(?:version:|\{)/.test(given))
    return { where: `${where}: buildspec`, text: given, kind: 'buildspec' };
  const path = given || 'buildspec.yml';
  const artifact = PrimarySource ?? action.inputArtifacts?.[0]?.name ?? '';
  const place = sources.placeOf(artifact);
  return fileOf(place, path, place && (await readFrom(place, path, sources)), where, artifact, 'buildspec');
}

/** Scripts of the source that a deploy to a folder runs, each with its text as far as it can be read now. */
async function scriptsOf(
  scripts: NonNullable<Provider['scripts']>,
  action: ActionDeclaration,
  where: string,
  sources: Sources,
): Promise<Executable[]> {
  const artifact = action.inputArtifacts?.[0]?.name ?? '';
  const place = sources.placeOf(artifact);
  const why = new Map<string, string>();
  const read = async (path: string) => {
    const found = place && (await readFrom(place, path, sources));
    if (found && 'why' in found) why.set(path, found.why);
    return found && 'text' in found ? found.text : undefined;
  };
  const files = await scripts(action.configuration ?? {}, read);
  return files.map(({ path, text }) => {
    const found = text === undefined ? { why: why.get(path) ?? `${path} cannot be told before the run.` } : { text };
    return fileOf(place, path, found, where, artifact, 'script');
  });
}

/** Where the files of an artifact come from: a folder as it lies there, or a commit of a repository. */
interface SourcePlace {
  root: string;
  /** Absent for a plain folder. */
  branch?: string;
  commitId?: string | undefined;
}

/** A source's branch, by action type. */
const BRANCH_KEYS = ['BranchName', 'Branch'];

/** Where an artifact's files lie now, if a source action takes them from there. */
function placeOf(
  { declaration, folder, variables, sourceRevisions = [] }: StartRequest,
  artifactName: string,
  bindingOf: (where: string) => Binding | undefined,
): SourcePlace | undefined {
  const producer = producerOf(declaration, artifactName);
  const bound = producer && bindingOf(producer.where);
  if (!bound || (bound.kind !== 'repository' && bound.kind !== 'folder')) return undefined;
  const root = absolutePath(bound.path, folder);
  if (bound.kind === 'folder') return { root };
  const { name, configuration = {} } = producer.action;
  const given = BRANCH_KEYS.map((key) => configuration[key]).find((value) => value !== undefined) ?? '';
  const declared = new Map(declaration.variables?.map((variable) => [variable.name, variable.defaultValue]));
  const branch = given.replace(/#\{variables\.([A-Za-z0-9@_-]+)\}/g, (whole, variable: string) => {
    const value = Object.hasOwn(variables, variable) ? variables[variable] : declared.get(variable);
    return value ?? whole;
  });
  const revision = sourceRevisions.find(
    ({ actionName, revisionType }) => actionName === name && revisionType === 'COMMIT_ID',
  );
  return { root, branch, commitId: revision?.revisionValue };
}

type Read = { text: string } | { why: string };

async function readFrom({ root, branch, commitId }: SourcePlace, path: string, { committed }: Sources): Promise<Read> {
  if (branch === undefined) {
    const text = await readInside(root, path);
    return text === undefined ? { why: `${path} cannot be read in ${root} now.` } : { text };
  }
  if (!commitId && branch === '') return { why: 'The source action names no branch.' };
  if (!commitId && branch.includes('#{')) return { why: `The branch ${branch} is known to the run only.` };
  const found = await committed.read({ repositoryPath: root, branch, commitId }, path);
  return 'text' in found ? found : { why: found.problem.what };
}

function fileOf(
  place: SourcePlace | undefined,
  path: string,
  found: Read | undefined,
  where: string,
  artifact: string,
  kind: ExecutableKind,
): Executable {
  if (!place || !found) {
    return {
      where: `${where}: ${path}`,
      text: `The file ${path} of artifact "${artifact}", whatever it says when the run gets there.`,
      kind: 'unread',
    };
  }
  const { root, branch } = place;
  // Not the commit: another commit with the same file is no other command.
  const of = branch ? `${root}, branch ${branch}` : root;
  if ('text' in found) return { where: `${where}: ${path} of ${of}`, text: found.text, kind };
  return {
    where: `${where}: ${path} of ${of}`,
    text: `This file could not be read: ${found.why} The run fails, or runs what it says then; you are asked again once it can be read.`,
    kind: 'unread',
  };
}

/** 'Stage/Action' that makes an artifact. */
function producerOf(
  declaration: PipelineDeclaration,
  artifactName: string,
): { where: string; action: ActionDeclaration } | undefined {
  for (const stage of declaration.stages) {
    for (const action of stage.actions) {
      if (action.outputArtifacts?.some(({ name }) => name === artifactName))
        return { where: actionKey(stage.name, action.name), action };
    }
  }
  return undefined;
}

async function readInside(root: string, path: string): Promise<string | undefined> {
  try {
    const { file, stats } = await openInside(root, path);
    try {
      if (!stats.isFile() || stats.size > MAX_BUILDSPEC_BYTES) return undefined;
      return await file.readFile('utf8');
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof ProblemError || (error as NodeJS.ErrnoException).code) return undefined;
    throw error;
  }
}

/** Variables the project sets for its commands: PATH or LD_PRELOAD change what a harmless command does (EN-03). */
function environmentOf(action: ActionDeclaration, where: string, binding: Binding | undefined): Executable[] {
  const lines: string[] = [];
  for (const { name, value } of action.environmentVariables ?? []) lines.push(`${name}=${value}`);
  const json = action.configuration?.EnvironmentVariables;
  if (json !== undefined) lines.push(json);
  if (binding?.kind === 'project') {
    for (const [name, value] of Object.entries(binding.environment ?? {})) lines.push(`${name}=${value}`);
    if (binding.container) {
      const { image, network } = binding.container;
      lines.push(`Runs in a container of ${image}${network ? `, network ${network}` : ''}`);
    }
    for (const [reference, name] of Object.entries(binding.secretsFromEnvironment ?? {})) {
      lines.push(`${reference}: the value of $${name} in your own environment`);
    }
  }
  return environmentEntry(where, lines);
}

const environmentEntry = (where: string, lines: readonly string[]): Executable[] =>
  lines.length === 0 ? [] : [{ where: `${where}: environment`, text: lines.join('\n'), kind: 'environment' }];
