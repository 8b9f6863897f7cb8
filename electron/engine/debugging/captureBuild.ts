import type { ActionHost, ActionRun, BuildRequest } from '../../../shared/providers/host.ts';
import { findProvider } from '../../../shared/providers/table.ts';
import { runBuild } from '../build/runBuild.ts';

/** How an action's commands would be started. */
export interface CapturedBuild {
  environment: Record<string, string>;
  cwd: string;
  shell: 'sh' | 'bash';
  /** Values that must be written nowhere, by name. */
  secrets: ReadonlyMap<string, string>;
}

class Captured extends Error {}

/**
 * What an action would give its commands, found out by running it up to the moment at which the shell would be started; undefined
 * for actions that run no commands, and where something is missing that they need.
 */
export async function captureBuild(
  run: Omit<ActionRun, 'host'>,
  where: { inputs: ReadonlyMap<string, string>; workspace: string; folder: string; region: string; account: string },
): Promise<CapturedBuild | undefined> {
  let captured: CapturedBuild | undefined;
  const build = async (request: BuildRequest) => {
    const secrets = new Map<string, string>();
    const { binding, pipelineName, actionExecutionId, startedAt } = run;
    return runBuild({
      request,
      outputArtifacts: (run.action.outputArtifacts ?? []).map(({ name }) => name),
      inputs: where.inputs,
      workspace: where.workspace,
      folder: where.folder,
      identity: { pipelineName, actionExecutionId, startedAt, region: where.region, account: where.account },
      ...(binding?.kind === 'project' ? { project: binding } : {}),
      userEnvironment: process.env,
      spawn: async (_, environment, cwd, shell) => {
        captured = { environment, cwd, shell, secrets };
        throw new Captured();
      },
      store: { putFolder: () => Promise.reject(new Captured()) },
      log: () => undefined,
      onSecrets: (found) => {
        for (const { name, value } of found) secrets.set(name, value);
      },
      mask: (text) => text,
    });
  };
  const signal = { aborted: false, addEventListener: () => undefined, removeEventListener: () => undefined };
  const own: Partial<ActionHost> = { signal, log: () => undefined, build };
  const host = new Proxy(own, {
    get: (target, name) =>
      target[name as keyof ActionHost] ??
      (() => {
        throw new Captured(); // it does something else than commands
      }),
  });
  await findProvider(run.action.actionTypeId)
    .run({ ...run, host: host as ActionHost })
    .catch(() => undefined); // what is wrong with it is told when it runs
  return captured;
}
