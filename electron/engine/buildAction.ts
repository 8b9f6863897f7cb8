import { mkdirSync } from 'node:fs';
import { planBuild } from '../../shared/buildspec/planBuild.ts';
import type { Binding } from '../../shared/model/sidecar.ts';
import { ActionFailure, type BuildRequest, type BuildResult } from '../../shared/providers/host.ts';
import type { ActionLog } from './actionLog.ts';
import type { Attempt } from './actionRunner.ts';
import type { ArtifactStore } from './artifacts/artifactStore.ts';
import type { AttemptFolder } from './attemptFolder.ts';
import { buildScript } from './build/buildScript.ts';
import { childEnvironment } from './process/childEnvironment.ts';
import type { ProcessIdentity } from './process/processIdentity.ts';
import { superviseShell } from './process/superviseShell.ts';

export interface BuildActionRequest {
  request: BuildRequest;
  attempt: Attempt;
  folder: AttemptFolder;
  binding: Extract<Binding, { kind: 'project' }> | undefined;
  store: ArtifactStore;
  log: ActionLog;
  signal: AbortSignal;
  closing: AbortSignal;
  onStarted: (identity: ProcessIdentity) => void;
}

export async function runBuildAction(options: BuildActionRequest): Promise<BuildResult> {
  const { request, attempt, folder, log } = options;
  folder.ensure();
  mkdirSync(folder.workspace, { recursive: true });
  log.mask([]);
  const plan = planBuild({ request, given: new Map(), outputArtifacts: [] });
  const { script, shell } = buildScript(plan);
  const own = Object.fromEntries(plan.environment.map(({ name, value }) => [name, value]));
  const exitCode = await superviseShell({
    folder: folder.path,
    rawPath: log.rawPath,
    script,
    shell,
    environment: childEnvironment(attempt.actionExecutionId, {
      ...own,
      PENSTOCK_PHASES: `${folder.path}/phases`,
      PENSTOCK_EXPORTS: `${folder.path}/exports`,
    }),
    cwd: folder.workspace,
    cookie: attempt.actionExecutionId,
    signal: options.signal,
    closing: options.closing,
    onStarted: options.onStarted,
  });
  if (exitCode === 'lost') throw new ActionFailure('Lost', 'The build vanished.');
  if (exitCode !== 0)
    throw new ActionFailure('JobFailed', `Build terminated with state: FAILED (exit code ${exitCode})`);
  return { buildId: 'x', exportedVariables: {}, outputArtifacts: [] };
}
