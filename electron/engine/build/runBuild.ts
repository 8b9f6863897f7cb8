import { join } from 'node:path';
import type { Buildspec, CacheSpec } from '../../../shared/buildspec/buildspec.ts';
import { type BuildPlan, planBuild } from '../../../shared/buildspec/planBuild.ts';
import { ProblemError } from '../../../shared/problem.ts';
import { ActionFailure, type Artifact, type BuildRequest, type BuildResult } from '../../../shared/providers/host.ts';
import type { ReportRecord } from '../../../shared/reports/report.ts';
import type { StoredArtifact } from '../artifacts/artifactStore.ts';
import { NOTE } from '../process/shellNote.ts';
import {
  type BuildIdentity,
  buildIdOf,
  givenVariables,
  type ProjectBinding,
  resolveEnvironment,
  type Secret,
} from './buildEnvironment.ts';
import { buildScript, buildSteps, stopsBuild } from './buildScript.ts';
import { type BuildResults, readResults } from './readResults.ts';

/** What a build needs from the engine. */
export interface BuildOptions {
  request: BuildRequest;
  /** Names of the action's declared output artifacts, in order. */
  outputArtifacts: readonly string[];
  /** Folders of the unpacked input artifacts, by artifact name; all of them below `workspace`. */
  inputs: ReadonlyMap<string, string>;
  /** Nothing outside of this folder becomes part of an artifact. */
  workspace: string;
  /** The attempt's own folder: results of the script go here. Exists; not below `workspace`. */
  folder: string;
  identity: Omit<BuildIdentity, 'projectName'>;
  project?: ProjectBinding;
  /** Where the project's cache is kept; absent = there is none. */
  cacheDirectory?: string;
  /** The user's own environment, for secretsFromEnvironment. */
  userEnvironment: Readonly<Record<string, string | undefined>>;
  /** Runs the script to its end, or joins it when it already runs. */
  spawn(
    script: string,
    environment: Record<string, string>,
    cwd: string,
    shell: 'sh' | 'bash',
  ): Promise<{ exitCode: number | 'lost' }>;
  store: {
    putFolder(
      folder: string,
      options: { files: readonly string[] },
    ): Promise<StoredArtifact & { files: number; skipped: readonly { path: string; reason: string }[] }>;
  };
  /** Writes a line of Penstock's own into the action's log. */
  log(line: string): void;
  /** Is told every secret value before the process exists. */
  onSecrets(secrets: readonly Secret[]): void;
  /** Is told what the build's reports say, also of a failed build. */
  onReports?(reports: readonly ReportRecord[]): void;
  /** Hides secrets in texts that leave the log: messages and output variables. */
  mask(text: string): string;
}

/**
 * Runs a build from buildspec to artifacts. Safe to call again for the same attempt after a crash: the plan is made from
 * the same text, `spawn` joins the running script, results are read from files, and the store knows what it has.
 * @throws ActionFailure with code JobFailed and CodeBuild's phase and context code in the message when the build fails,
 *   ConfigurationError for what cannot run, Lost when the process vanished without a result.
 */
export async function runBuild(options: BuildOptions): Promise<BuildResult> {
  const { request, inputs, folder, log } = options;
  const identity: BuildIdentity = { ...options.identity, projectName: request.projectName };
  const sourceFolder = inputs.get(request.primarySource);
  if (sourceFolder === undefined) {
    throw new ActionFailure(
      'ConfigurationError',
      `The primary source "${request.primarySource}" is no input artifact of the action.`,
      `Choose one of ${[...inputs.keys()].join(', ') || 'its input artifacts; it has none'}.`,
    );
  }
  const buildspec = request.kind === 'buildspec' ? await loadBuildspec(options, sourceFolder) : undefined;
  const plan = planBuild({
    request,
    ...(buildspec ? { buildspec } : {}),
    given: givenVariables(identity, inputs, request.primarySource, folder),
    projectEnvironment: options.project?.environment,
    outputArtifacts: options.outputArtifacts,
  });
  const { environment, secrets } = resolveEnvironment(plan.environment, options.project, options.userEnvironment);
  options.onSecrets(secrets);
  for (const note of plan.notes) log(note);

  // Phases are noted where the shell notes how it came and went, as every file costs; but a retry begins its notes anew.
  const mayRetry = plan.phases.some(({ onFailure }) => onFailure?.kind === 'RETRY');
  const phasesPath = join(folder, mayRetry ? 'phases' : NOTE);
  const exportsPath = join(folder, 'exports');
  const cache = plan.cache && options.cacheDirectory ? await cacheOf(options, plan.cache, sourceFolder) : undefined;
  await cache?.restore(environment);
  const { script, shell } = buildScript(plan);
  const { exitCode } = await options.spawn(
    script,
    { ...Object.fromEntries(environment), PENSTOCK_PHASES: phasesPath, PENSTOCK_EXPORTS: exportsPath },
    sourceFolder,
    shell,
  );
  if (exitCode === 'lost') {
    throw new ActionFailure(
      'Lost',
      'The build’s process ended without leaving a result: it was killed, or the machine was restarted.',
      'Look at the log for how far it came, then retry the stage.',
    );
  }
  const results = readResults(phasesPath, exportsPath);
  const variables = new Map([...environment, ...results.forArtifacts]);
  const isUploading = results.isComplete && uploadsAfter(plan, results);
  if (plan.reports.length > 0 && isUploading) {
    const { collectReports } = await import('./collectReports.ts');
    const { projectName } = request;
    const { workspace, mask, onReports } = options;
    onReports?.(
      await collectReports({ specs: plan.reports, projectName, sourceFolder, workspace, variables, log, mask }),
    );
  }
  if (exitCode !== 0 || !results.isSucceeded) {
    if (isUploading) await tellOutputs(options, plan, sourceFolder, variables);
    throw buildFailure(plan, results, exitCode, options.mask);
  }
  const outputArtifacts = await collectOutputs(options, plan, sourceFolder, variables);
  await cache?.save(variables);
  return {
    buildId: buildIdOf(identity),
    exportedVariables: Object.fromEntries(
      plan.exportedVariables.flatMap((name) => {
        const value = results.exported.get(name);
        return value === undefined ? [] : [[name, options.mask(value)]];
      }),
    ),
    outputArtifacts,
  };
}

async function loadBuildspec(options: BuildOptions, sourceFolder: string): Promise<Buildspec> {
  // YAML is loaded only by builds that have some: a Commands action does without.
  const [{ readBuildspec, yamlFileError }, { parseBuildspec }] = await Promise.all([
    import('./readBuildspec.ts'),
    import('../../../shared/buildspec/parseBuildspec.ts'),
  ]);
  const chosen = options.request.buildspec || options.project?.buildspec;
  const { text, where } = await readBuildspec(chosen, sourceFolder, options.folder);
  const { buildspec, problems } = parseBuildspec(text, where);
  const place = ({ line }: { line?: number | undefined }) => (line ? `${where}, line ${line}` : where);
  if (!buildspec) {
    const errors = problems.filter(({ severity }) => severity === 'error');
    const what = errors.map((error) => `${place(error)}: ${error.what}`).join(' ');
    throw yamlFileError(options.mask(what), options.mask(errors[0]?.fix ?? ''));
  }
  for (const warning of problems) options.log(`${place(warning)}: ${warning.what} ${warning.fix}`);
  return buildspec;
}

async function cacheOf(options: BuildOptions, spec: CacheSpec, sourceFolder: string) {
  const { restoreCache, saveCache } = await import('./buildCache.ts');
  const { folder, log, mask, identity, cacheDirectory = '' } = options;
  const { actionExecutionId } = identity;
  const common = { spec, directory: cacheDirectory, sourceFolder, folder, actionExecutionId, now: Date.now, log, mask };
  return {
    restore: (variables: ReadonlyMap<string, string>) => restoreCache({ ...common, variables }),
    save: (variables: ReadonlyMap<string, string>) => saveCache({ ...common, variables }),
  };
}

/** A phase whose failure leads straight to FINALIZING leaves no reports and no artifacts (reference/buildspec.md §4). */
function uploadsAfter(plan: BuildPlan, results: BuildResults): boolean {
  return !results.phases.some(({ name, state }) => {
    const onFailure = plan.phases.find((phase) => phase.name === name)?.onFailure;
    return state === 'FAILED' && stopsBuild(name, onFailure);
  });
}

/** `Build terminated with state: FAILED`, with the phase, the command and its exit status. */
function buildFailure(
  plan: BuildPlan,
  results: BuildResults,
  exitCode: number,
  mask: (text: string) => string,
): ActionFailure {
  const commands = new Map(buildSteps(plan).map((step) => [step.step, step]));
  const failed = results.phases.find(({ state }) => state === 'FAILED');
  const step = commands.get(failed?.step ?? results.lastStep ?? -1);
  const phase = failed?.name ?? step?.phase;
  const status = failed?.exitStatus ?? exitCode;
  const reason = results.isComplete
    ? `Reason: exit status ${status}`
    : `Reason: the shell ended before the build was complete (exit status ${exitCode})`;
  const command = step ? `Error while executing command: ${shorten(mask(step.command))}. ` : '';
  const context = phase ? ` Phase: ${phase}, code: COMMAND_EXECUTION_ERROR, message: ` : ' ';
  return new ActionFailure(
    'JobFailed',
    `Build terminated with state: FAILED.${context}${command}${reason}`,
    'The lines before it in the log say why. Mend the command or the source, then retry the stage.',
  );
}

const shorten = (text: string) => (text.length > 300 ? `${text.slice(0, 300)}…` : text);

/** After a failed build the upload is attempted all the same (§8); as the pipeline ignores it, here it is only told. */
async function tellOutputs(
  options: BuildOptions,
  plan: BuildPlan,
  sourceFolder: string,
  variables: ReadonlyMap<string, string>,
): Promise<void> {
  const { workspace, log, folder } = options;
  if (plan.outputs.length === 0) return;
  const { collectArtifacts } = await import('./collectArtifacts.ts');
  for (const { artifactName: name, spec } of plan.outputs) {
    try {
      const scratch = join(folder, 'collected');
      const { files } = await collectArtifacts({ spec, sourceFolder, workspace, variables, scratch });
      const count = `${files.length} ${files.length === 1 ? 'file matches' : 'files match'}`;
      log(`Output artifact "${name}": ${count}; the pipeline does not take it, because the build failed.`);
    } catch (error) {
      if (!(error instanceof ActionFailure)) throw error;
      log(`Output artifact "${name}": ${error.message.replace(/^Build terminated .*, message: /, '')}`);
    }
  }
}

async function collectOutputs(
  options: BuildOptions,
  plan: BuildPlan,
  sourceFolder: string,
  variables: ReadonlyMap<string, string>,
): Promise<Artifact[]> {
  const { workspace, store, log, folder } = options;
  const artifacts: Artifact[] = [];
  if (plan.outputs.length === 0) return artifacts;
  const { collectArtifacts, uploadFailure } = await import('./collectArtifacts.ts');
  for (const { artifactName: name, spec } of plan.outputs) {
    const scratch = join(folder, 'collected');
    const { notes, ...collected } = await collectArtifacts({ spec, sourceFolder, workspace, variables, scratch });
    for (const note of notes) log(note);
    try {
      const { digest, size, files, skipped } = await store.putFolder(collected.folder, { files: collected.files });
      for (const { path, reason } of skipped) log(`"${path}" is left out of "${name}": ${reason}.`);
      log(`Output artifact "${name}": ${files} ${files === 1 ? 'file' : 'files'}, ${size} bytes zipped.`);
      artifacts.push({ name, digest, size });
    } catch (cause) {
      if (!(cause instanceof ProblemError)) throw cause;
      throw uploadFailure(cause.problem.what, cause.problem.fix, cause);
    }
  }
  return artifacts;
}
