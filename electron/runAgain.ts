import type { Handlers } from '../shared/ipc/contract.ts';
import { formatOf } from './documents/formatOf.ts';
import { absoluteBindings } from './engine/absoluteBindings.ts';
import type { Documents, Engine, HostPorts, StartRequest, Trust } from './parts.ts';
import { consentTo, prepareRun } from './prepareRun.ts';

/**
 * The calls that run what was run before: retry, rollback, fork. What was agreed to may have changed since (a buildspec of a
 * folder, a binding), so consent is asked as for a start.
 */
export function createRunAgain({
  engine,
  documents,
  trust,
  askConsent,
}: {
  engine: Engine;
  documents: Pick<Documents, 'get'>;
  trust: Trust;
  askConsent: HostPorts['askConsent'];
}): Pick<Handlers, 'retryStageExecution' | 'rollbackStage' | 'forkExecution'> {
  const agree = (start: StartRequest, openedAs = '') => consentTo(start, openedAs, trust, askConsent);
  return {
    async retryStageExecution({ pipelineExecutionId, stageName, retryMode, documentId, sidecar }) {
      const request = { pipelineExecutionId, stageName, retryMode };
      const before = await engine.requestOf(pipelineExecutionId);
      if (documentId === undefined || !sidecar) {
        await agree(before);
        await engine.retryStage(request);
        return {};
      }
      const { path, folder, openedAs } = documents.get(documentId);
      const bindings = absoluteBindings(sidecar.bindings, folder);
      await agree({ ...before, bindings, documentPath: path, folder }, openedAs);
      await engine.retryStage({ ...request, bindings, folder });
      return {};
    },

    async rollbackStage(input) {
      await agree(await engine.requestOf(input.targetPipelineExecutionId));
      return engine.handlers.rollbackStage(input);
    },

    async forkExecution({ documentId, sidecar, text, breakpoints, ...input }) {
      const forked = await engine.forkOf(input);
      const chosen = breakpoints ?? sidecar?.breakpoints;
      const paused = chosen ? { breakpoints: chosen } : {};
      if (documentId === undefined || !sidecar) {
        await agree(forked);
        return engine.start({ ...forked, ...paused });
      }
      const { path, folder, openedAs } = documents.get(documentId);
      if (text === undefined) {
        const start = { ...forked, ...paused, bindings: sidecar.bindings, documentPath: path, folder };
        await agree(start, openedAs);
        return engine.start(start);
      }
      const { startingPoint, sourceRevisions, variables } = forked;
      const format = formatOf(path);
      const start = await prepareRun(
        { text, format, sidecar, variables: {}, documentPath: path, folder, openedAs },
        trust,
        askConsent,
      );
      const declared = new Set((start.declaration.variables ?? []).map(({ name }) => name));
      const kept = Object.entries(variables).filter(([name]) => declared.has(name));
      return engine.start({
        ...start,
        ...paused,
        variables: { ...start.variables, ...Object.fromEntries(kept) },
        ...(startingPoint ? { startingPoint } : {}),
        ...(sourceRevisions ? { sourceRevisions } : {}),
      });
    },
  };
}
