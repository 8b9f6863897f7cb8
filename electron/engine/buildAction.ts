import { closeSync, existsSync, mkdirSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { shapeOf } from '../../shared/execution/shape.ts';
import type { Binding } from '../../shared/model/sidecar.ts';
import type { BuildRequest, BuildResult } from '../../shared/providers/host.ts';
import type { ReportRecord } from '../../shared/reports/report.ts';
import type { ActionLog } from './actionLog.ts';
import type { Attempt } from './actionRunner.ts';
import type { ArtifactStore } from './artifacts/artifactStore.ts';
import { extractZip } from './artifacts/extractZip.ts';
import { isKept, openKeptZip } from './artifacts/openKeptZip.ts';
import type { TakeArtifact } from './artifacts/takeArtifact.ts';
import type { AttemptFolder } from './attemptFolder.ts';
import type { containerOf } from './build/container.ts';
import { buildNumber, projectFolder } from './build/projectFolder.ts';
import { runBuild } from './build/runBuild.ts';
import { childEnvironment } from './process/childEnvironment.ts';
import type { ProcessIdentity } from './process/processIdentity.ts';
import { type ExitCode, superviseShell } from './process/superviseShell.ts';

/** Joins the build (what runs), the supervisor (how it runs) and the attempt's folder. Loaded by the first build. */
export interface BuildActionOptions {
  request: BuildRequest;
  attempt: Attempt;
  folder: AttemptFolder;
  binding: Extract<Binding, { kind: 'project' }> | undefined;
  store: ArtifactStore;
  take: TakeArtifact;
  dataDirectory: string;
  log: ActionLog;
  signal: AbortSignal;
  closing: AbortSignal;
  onStarted: (identity: ProcessIdentity) => void;
  /** Is told what the build's reports say, also of a failed build. */
  onReports: (reports: readonly ReportRecord[]) => void;
}

/** Where nothing says a Region, as in AWS's own samples. */
const DEFAULT_REGION = 'us-east-1';

export async function runBuildAction(options: BuildActionOptions): Promise<BuildResult> {
  const { request, attempt, folder, log, binding, signal } = options;
  const { action, actionExecutionId, execution, startedAt } = attempt;
  folder.ensure();
  const { pipelineName, documentPath } = execution;
  const { projectName } = request;
  // A Commands action has no project, and so neither cache nor count.
  const project =
    request.kind === 'buildspec'
      ? projectFolder(options.dataDirectory, { documentPath, pipelineName, projectName })
      : undefined;
  const secretNames = new Set<string>();
  const container = binding?.container ? await containerFor(binding.container, actionExecutionId) : undefined;
  // Only the bound project brings secrets in.
  if (binding?.secretsFromEnvironment) await log.prepareMasking();
  return runBuild({
    request,
    outputArtifacts: (action.outputArtifacts ?? []).map(({ name }) => name),
    inputs: await unpackInputs(options),
    workspace: folder.workspace,
    folder: folder.path,
    identity: {
      pipelineName,
      ...(project ? { buildNumber: buildNumber(project, folder.path) } : {}),
      actionExecutionId,
      ...(container ? { image: container.image } : {}),
      startedAt,
      region: action.region ?? Object.keys(execution.declaration.artifactStores ?? {})[0] ?? DEFAULT_REGION,
      account: /^arn:[^:]*:iam::(\d{12}):/.exec(execution.declaration.roleArn)?.[1] ?? '000000000000',
      resolvedSourceVersion: revisionOf(attempt, request.primarySource),
    },
    project: binding,
    ...(project ? { cacheDirectory: join(project, 'cache') } : {}),
    userEnvironment: process.env,
    async spawn(script, own, cwd, shell) {
      const running = { script, own, cwd, shell };
      if (!container) return { exitCode: await runInShell(options, running) };
      const { runInContainer } = await import('./build/runInContainer.ts');
      const { path } = folder;
      const exitCode = await runInContainer(
        { ...running, container, folder: path, secretNames, signal, log },
        (inside) => runInShell(options, inside),
      );
      return { exitCode };
    },
    store: options.store,
    log: (line) => log.line(line),
    onSecrets(secrets) {
      for (const { name } of secrets) secretNames.add(name);
      log.hide(secrets);
    },
    onReports: options.onReports,
    mask: (text) => log.masked(text),
  });
}

async function containerFor(bound: Parameters<typeof containerOf>[0], actionExecutionId: string) {
  const { containerOf, findProgram } = await import('./build/container.ts');
  return containerOf(bound, actionExecutionId, findProgram());
}

interface ShellRun {
  script: string;
  own: Readonly<Record<string, string>>;
  cwd: string;
  shell: 'sh' | 'bash';
}

function runInShell(options: BuildActionOptions, { script, own, cwd, shell }: ShellRun): Promise<ExitCode> {
  const { attempt, folder, log, signal, closing, onStarted } = options;
  const { actionExecutionId, mayStart } = attempt;
  // Its shell is known to have run, so a note that is missing was lost: it is not run again.
  const before = attempt.hadProcess ? 'anotherBoot' : attempt.before;
  return superviseShell({
    folder: folder.path,
    outputPath: log.startOutput(),
    script,
    shell,
    environment: childEnvironment(actionExecutionId, own),
    cwd,
    cookie: actionExecutionId,
    before,
    mayStart,
    signal,
    closing,
    onStarted,
  });
}

/**
 * The primary source in `src`, further ones in `src1/src` and so on. A folder that is there is whole, because it gets its
 * name last; a build that runs already keeps what it made of it.
 */
async function unpackInputs({
  attempt,
  folder,
  take,
  signal,
  request,
}: BuildActionOptions): Promise<Map<string, string>> {
  const inputs = new Map<string, string>();
  if (attempt.inputArtifacts.length === 0 && request.primarySource === '') {
    inputs.set('', join(folder.workspace, 'src'));
    mkdirSync(join(folder.workspace, 'src'), { recursive: true, mode: 0o700 });
  }
  for (const [index, artifact] of attempt.inputArtifacts.entries()) {
    const isPrimary = artifact.name === request.primarySource;
    const target = isPrimary ? join(folder.workspace, 'src') : join(folder.workspace, `src${index + 1}`, 'src');
    inputs.set(artifact.name, target);
    if (attempt.before !== 'nothing' && existsSync(target)) continue;
    await unpack(await take(artifact), target, signal);
  }
  return inputs;
}

async function unpack(path: string, target: string, signal: AbortSignal): Promise<void> {
  if (!isKept(path) && !startsAsZip(path)) {
    const { checkoutClone, readCloneReference } = await import('./git/cloneReference.ts');
    const reference = readCloneReference(path);
    if (reference) return checkoutClone({ reference, target, signal });
  }
  await extractZip(path, target, { durable: false, open: openKeptZip });
}

function startsAsZip(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const start = Buffer.alloc(2);
    readSync(file, start, 0, 2, 0);
    return start.toString('latin1') === 'PK';
  } finally {
    closeSync(file);
  }
}

/** The commit that an artifact was read at, if it comes straight from a source action. */
function revisionOf({ execution }: Attempt, artifactName: string): string | undefined {
  const producer = shapeOf(execution.declaration).producers.get(artifactName);
  if (!producer) return undefined;
  return execution.stages[producer.stageIndex]?.actions[producer.actionIndex]?.revision?.revisionId;
}
