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

/** One thing that a run would execute, or a place outside the data directory that it would write to. */
export interface Executable {
  /** 'Stage/Action', and what of it. */
  where: string;
  text: string;
}

/** A longer buildspec is refused when it is run, too. */
const MAX_BUILDSPEC_BYTES = 1024 * 1024;

/**
 * Everything a run of this pipeline would execute, as far as the project says it: commands, buildspecs (inline, or the file
 * in a bound repository or folder as it lies there now), variables of the environment, and folders that are written to. Reads
 * files, starts nothing. What a build downloads or calls is beyond it.
 */
export async function listExecutables({ declaration, bindings, folder }: StartRequest): Promise<Executable[]> {
  const found: Executable[] = [];
  const bindingOf = (where: string) => (Object.hasOwn(bindings, where) ? bindings[where] : undefined);
  for (const stage of declaration.stages) {
    for (const { conditionType, rule } of rulesOfStage(stage)) {
      const where = ruleKey(stage.name, conditionType, rule.name);
      const binding = bindingOf(where);
      if (findRuleType(rule.ruleTypeId)?.executes) {
        const action = actionOfRule(rule);
        for (const text of rule.commands ?? []) found.push({ where, text });
        if (!rule.commands) found.push(await buildspecOf(declaration, action, where, binding, bindingOf, folder));
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
          found.push(...(await scriptsOf(provider.scripts, declaration, action, where, bindingOf, folder)));
        }
      } else if (provider.executes) {
        for (const text of action.commands ?? []) found.push({ where, text });
        if (!action.commands) found.push(await buildspecOf(declaration, action, where, binding, bindingOf, folder));
        found.push(...environmentOf(action, where, binding));
      }
      if (binding?.kind === 'handler') found.push(...(await handlerOf(binding, where, folder)));
      if (binding?.kind === 'folder' && action.actionTypeId.category === 'Deploy') {
        found.push({ where, text: `Writes files into ${absolutePath(binding.path, folder)}` });
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
    },
    ...(variables.length === 0 ? [] : [{ where: `${where}: environment`, text: variables.join('\n') }]),
  ];
}

async function buildspecOf(
  declaration: PipelineDeclaration,
  action: ActionDeclaration,
  where: string,
  binding: Binding | undefined,
  bindingOf: (where: string) => Binding | undefined,
  folder: string,
): Promise<Executable> {
  const { BuildspecOverride, PrimarySource } = action.configuration ?? {};
  const ofProject = binding?.kind === 'project' ? binding.buildspec : undefined;
  // The bound project's stands for one in S3, as when it is run.
  const given = BuildspecOverride?.startsWith('arn:') && ofProject ? ofProject : (BuildspecOverride ?? ofProject);
  // Inline or file: reference/buildspec.md §1.
  if (given !== undefined && /\n|^\s*(?:version:|\{)/.test(given)) return { where: `${where}: buildspec`, text: given };
  const path = given || 'buildspec.yml';
  const source = PrimarySource ?? action.inputArtifacts?.[0]?.name ?? '';
  const place = placeOf(declaration, source, bindingOf, folder);
  return fileOf(place, path, place && (await readInside(place.root, path)), where, source);
}

/** Scripts of the source that a deploy to a folder runs, each with its text as far as it can be read now. */
async function scriptsOf(
  scripts: NonNullable<Provider['scripts']>,
  declaration: PipelineDeclaration,
  action: ActionDeclaration,
  where: string,
  bindingOf: (where: string) => Binding | undefined,
  folder: string,
): Promise<Executable[]> {
  const source = action.inputArtifacts?.[0]?.name ?? '';
  const place = placeOf(declaration, source, bindingOf, folder);
  const read = async (path: string) => (place ? readInside(place.root, path) : undefined);
  const files = await scripts(action.configuration ?? {}, read);
  return files.map(({ path, text }) => fileOf(place, path, text, where, source));
}

interface SourcePlace {
  root: string;
  kind: 'repository' | 'folder';
}

/** Where an artifact's files lie now, if a source action takes them from there. */
function placeOf(
  declaration: PipelineDeclaration,
  source: string,
  bindingOf: (where: string) => Binding | undefined,
  folder: string,
): SourcePlace | undefined {
  const producer = producerOf(declaration, source);
  const bound = producer && bindingOf(producer);
  if (!bound || (bound.kind !== 'repository' && bound.kind !== 'folder')) return undefined;
  return { root: absolutePath(bound.path, folder), kind: bound.kind };
}

function fileOf(
  place: SourcePlace | undefined,
  path: string,
  text: string | undefined,
  where: string,
  source: string,
): Executable {
  if (!place) {
    return {
      where: `${where}: ${path}`,
      text: `The file ${path} of artifact "${source}", whatever it says when the run gets there.`,
    };
  }
  const { root, kind } = place;
  if (text === undefined) {
    return { where: `${where}: ${path}`, text: `The file ${path} of ${root}, as it is committed when the run starts.` };
  }
  const note = kind === 'repository' ? ', as it lies in the working tree; the run takes the committed one' : '';
  return { where: `${where}: ${path} of ${root}${note}`, text };
}

/** 'Stage/Action' that makes an artifact. */
function producerOf(declaration: PipelineDeclaration, artifactName: string): string | undefined {
  for (const stage of declaration.stages) {
    for (const action of stage.actions) {
      if (action.outputArtifacts?.some(({ name }) => name === artifactName)) return actionKey(stage.name, action.name);
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
  return lines.length === 0 ? [] : [{ where: `${where}: environment`, text: lines.join('\n') }];
}
