import { ActionFailure, type ActionOutcome, type ActionRun } from '../providers/host.ts';
import type { Provider } from '../providers/provider.ts';
import type { JobOutcome } from './jobHost.ts';

/** Custom and partner types: a binding to a job worker makes them wait for one, all else is scripted. */
export function jobOrScript(script: (run: ActionRun) => Promise<ActionOutcome>): Provider['run'] {
  return async (run) => {
    if (run.binding?.kind !== 'jobWorker') return script(run);
    const jobs = await run.host.jobs();
    return outcomeOf(run, await jobs.work());
  };
}

/** What a job's last result means for its action. @throws ActionFailure of the job's own type and words. */
export function outcomeOf(run: ActionRun, { result, outputArtifacts }: JobOutcome): ActionOutcome {
  if (result.status === 'Failed') {
    throw new ActionFailure(result.type, result.message, 'This is what its job answered; its own log says more.');
  }
  const { externalExecutionId, outputVariables = {}, percentComplete, revision, summary } = result;
  for (const { name } of run.action.outputArtifacts ?? []) {
    // As in AWS: the action succeeds, and whoever needs the artifact fails for lack of it.
    if (!outputArtifacts.some((artifact) => artifact.name === name)) {
      run.host.log(`Output artifact ${name} was not uploaded. An action that needs it will fail, as in AWS.`);
    }
  }
  if (percentComplete !== undefined) run.host.log(`${percentComplete} % complete`);
  for (const [name, value] of Object.entries(outputVariables)) run.host.log(`Output variable ${name}=${value}`);
  return {
    outputVariables,
    outputArtifacts,
    ...(summary === undefined ? {} : { summary }),
    ...(externalExecutionId === undefined ? {} : { externalExecutionId }),
    ...(revision && run.action.actionTypeId.category === 'Source'
      ? {
          revision: {
            revisionId: revision.revisionId,
            ...(revision.summary === undefined ? {} : { commitMessage: revision.summary }),
          },
        }
      : {}),
  };
}
