import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { ArtifactRecord } from '../../../shared/execution/events.ts';
import { type ExecutionState, stageIndexOf } from '../../../shared/execution/executionState.ts';
import { prepareAction } from '../../../shared/execution/prepareAction.ts';
import { shapeOf } from '../../../shared/execution/shape.ts';
import type { PausedAction } from '../../../shared/ipc/contract.ts';
import { actionKey, actionTypeKey } from '../../../shared/model/declaration.ts';
import { ProblemError } from '../../../shared/problem.ts';
import { createArtifactStore } from '../artifacts/artifactStore.ts';
import { extractZip } from '../artifacts/extractZip.ts';
import { openKeptZip } from '../artifacts/openKeptZip.ts';
import { type CapturedBuild, captureBuild } from './captureBuild.ts';
import { pausedFolder } from './pausedFolder.ts';
import { visibleVariables } from './visibleVariables.ts';

export interface PausedOptions {
  dataDirectory: string;
  executionFolder: string;
  state: ExecutionState;
}

/** Files listed of one artifact. */
const MOST_FILES = 2000;
/** Where nothing says a Region, as in AWS's own samples. */
const DEFAULT_REGION = 'us-east-1';

/**
 * What an action that waits at a breakpoint has before it. Its inputs are laid out as its commands would find them, in a folder
 * that is removed when it goes on; nothing is started. @throws ProblemError `breakpoint.not-paused`
 */
export async function inspectPaused(
  { dataDirectory, executionFolder, state }: PausedOptions,
  stageName: string,
  actionName: string,
): Promise<PausedAction> {
  const stageIndex = stageIndexOf(state, stageName);
  const pause = state.stages[stageIndex]?.paused[actionName];
  const index = shapeOf(state.declaration).stages[stageIndex]?.actionIndex.get(actionName);
  const declared = index === undefined ? undefined : state.declaration.stages[stageIndex]?.actions[index];
  const where = actionKey(stageName, actionName);
  if (!pause || !declared || index === undefined) {
    throw new ProblemError({
      code: 'breakpoint.not-paused',
      where,
      what: `"${actionName}" does not wait at a breakpoint.`,
      fix: 'Look at the execution again: somebody may have let it go on.',
    });
  }
  const { action, resolvedConfiguration, inputArtifacts, failure } = prepareAction(state, stageIndex, {
    action: declared,
    index,
  });
  const folder = pausedFolder(executionFolder, stageName, actionName);
  const store = createArtifactStore(join(dataDirectory, 'artifacts'));
  const inputs = await layOut(inputArtifacts, folder, (digest) => store.pathOf(digest));
  rmSync(join(folder, 'buildspec'), { force: true }); // of an earlier look
  const build = await captureBuild(
    {
      configuration: resolvedConfiguration,
      action,
      pipelineName: state.pipelineName,
      stageName,
      pipelineExecutionId: state.pipelineExecutionId,
      actionExecutionId: state.pipelineExecutionId,
      startedAt: pause.since,
      inputs: inputArtifacts,
      binding: state.bindings[where],
    },
    {
      inputs,
      workspace: join(folder, 'src0'),
      folder,
      region: action.region ?? Object.keys(state.declaration.artifactStores ?? {})[0] ?? DEFAULT_REGION,
      account: /^arn:[^:]*:iam::(\d{12}):/.exec(state.declaration.roleArn)?.[1] ?? '000000000000',
    },
  );
  const { pausedAt, since } = pause;
  return {
    pausedAt,
    since,
    actionType: actionTypeKey(action.actionTypeId),
    resolvedConfiguration,
    ...(failure ? { fault: failure.message } : {}),
    variables: visibleVariables(state, stageIndex, declared.runOrder ?? 1),
    environment: Object.keys(build?.environment ?? {}).sort(),
    inputArtifacts: inputArtifacts.map((artifact) => ({
      name: artifact.name,
      digest: artifact.digest,
      size: artifact.size,
      folder: inputs.get(artifact.name) ?? '',
      ...filesOf(inputs.get(artifact.name)),
    })),
    shellCommand: shellCommand(folder, build, inputs.values().next().value ?? folder),
  };
}

/** As a build has them: the first in `src0/src`, further ones beside it. What is no zip is not unpacked. */
async function layOut(
  artifacts: readonly ArtifactRecord[],
  folder: string,
  pathOf: (digest: string) => string,
): Promise<Map<string, string>> {
  mkdirSync(join(folder, 'src0'), { recursive: true, mode: 0o700 });
  const inputs = new Map<string, string>();
  for (const [index, { name, digest }] of artifacts.entries()) {
    const target = join(folder, 'src0', index === 0 ? 'src' : `src${index + 1}/src`);
    if (!existsSync(target)) {
      const isUnpacked = await extractZip(pathOf(digest), target, { durable: false, open: openKeptZip }).then(
        () => true,
        () => false,
      );
      if (!isUnpacked) continue;
    }
    inputs.set(name, target);
  }
  return inputs;
}

function filesOf(folder: string | undefined): { files: { path: string; size: number }[]; isCut: boolean } {
  const files: { path: string; size: number }[] = [];
  if (folder === undefined) return { files, isCut: false };
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    if (files.length === MOST_FILES) return { files, isCut: true };
    const path = join(entry.parentPath, entry.name);
    files.push({ path: relative(folder, path), size: statSync(path).size });
  }
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), isCut: false };
}

/** A file that sets the environment and becomes a shell. Values of secrets are not in it: they come from the user's own environment. */
function shellCommand(folder: string, build: CapturedBuild | undefined, inputs: string): string {
  const lines = ['#!/bin/sh', `cd ${quote(build?.cwd ?? inputs)} || exit`];
  for (const [name, value] of Object.entries(build?.environment ?? {})) {
    if (!/^[A-Za-z_]\w*$/.test(name) || name.startsWith('PENSTOCK_')) continue;
    lines.push(build?.secrets.has(name) ? secretLine(name, value) : `export ${name}=${quote(value)}`);
  }
  lines.push(`exec "\${SHELL:-${build?.shell ?? 'sh'}}"`, '');
  const path = join(folder, 'open-shell');
  writeFileSync(path, lines.join('\n'), { mode: 0o700 });
  return `sh ${quote(path)}`;
}

function secretLine(name: string, value: string): string {
  const source = Object.entries(process.env).find(([, known]) => known === value)?.[0];
  return source ? `export ${name}="$${source}"` : `# ${name} is a secret; set it by hand if you need it.`;
}

const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
