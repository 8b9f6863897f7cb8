import { continueAction } from '../../../shared/execution/continueAction.ts';
import { replay } from '../../../shared/execution/evolve.ts';
import { fork } from '../../../shared/execution/fork.ts';
import { ProblemError } from '../../../shared/problem.ts';
import { sourceRevisionSchema } from '../../../shared/triggers/sourceRevisions.ts';
import type { Engine } from '../../parts.ts';
import type { EngineCore } from '../engineCore.ts';
import { requestOf } from '../holds.ts';
import { userName } from '../userName.ts';

/** Breakpoints, and runs that begin in the middle of another one. */
export function createDebugCalls(
  core: EngineCore,
): Pick<Engine['handlers'], 'continueAction' | 'inspectPaused'> & Pick<Engine, 'forkOf'> {
  return {
    async continueAction({ pipelineExecutionId, stageName, actionName, variables, skip }) {
      const { loop, state } = await core.find(pipelineExecutionId);
      const input = { stageName, actionName, variables, skip, by: userName() };
      if (!loop.state(pipelineExecutionId)) continueAction(state, input); // throws: it has finished
      await loop.ask(pipelineExecutionId, (current) => continueAction(current, input));
      const { removePaused } = await import('./pausedFolder.ts');
      removePaused(core.history.folder(pipelineExecutionId), stageName, actionName);
      return {};
    },

    async inspectPaused({ pipelineExecutionId, stageName, actionName }) {
      const { state } = await core.find(pipelineExecutionId);
      const { inspectPaused } = await import('./inspectPaused.ts');
      return inspectPaused(
        { dataDirectory: core.dataDirectory, executionFolder: core.history.folder(pipelineExecutionId), state },
        stageName,
        actionName,
      );
    },

    async forkOf({ pipelineExecutionId, seq, stageName, actionName, only }) {
      const { state } = await core.find(pipelineExecutionId); // checks the id
      const events = await core.history.events(pipelineExecutionId);
      if (seq !== undefined && seq > events.length) {
        throw new ProblemError({
          code: 'fork.no-such-instant',
          where: '',
          what: `The execution has ${events.length} events, so there is no instant ${seq}.`,
          fix: 'Choose an event that has happened.',
        });
      }
      const then = seq === undefined ? state : replay(events.slice(0, seq));
      const startingPoint = fork(then, {
        only,
        ...(stageName === undefined ? {} : { stageName }),
        ...(actionName === undefined ? {} : { actionName }),
      });
      return {
        ...requestOf(then),
        startingPoint,
        pipelineVersion: then.pipelineVersion,
        ...(then.sourceRevisions.length > 0
          ? { sourceRevisions: then.sourceRevisions.map((revision) => sourceRevisionSchema.parse(revision)) }
          : {}),
      };
    },
  };
}
