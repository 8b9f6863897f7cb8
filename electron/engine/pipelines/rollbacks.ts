import { decide } from '../../../shared/execution/decide.ts';
import { replay } from '../../../shared/execution/evolve.ts';
import { type ExecutionState, stageOf } from '../../../shared/execution/executionState.ts';
import {
  checkRollback,
  latestRollbackTarget,
  rollbackFault,
  startRollback,
} from '../../../shared/execution/rollback.ts';
import type { ExecutionSummary } from '../../../shared/ipc/contract.ts';
import type { EngineCore } from '../engineCore.ts';
import type { RollBack } from '../pipelineLoop.ts';
import { userName } from '../userName.ts';
import { createRollbackNotes, type RollbackNote } from './rollbackNotes.ts';

/** Rollbacks of stages (reference/execution-semantics.md §8): those that a condition asks for, and those that a person asks for. */
export interface Rollbacks {
  /** May be asked again while it is under way. */
  automatic(rollBack: RollBack): void;
  /** RollbackStage. @throws ProblemError `rollback.*` */
  manual(input: {
    pipelineName: string;
    stageName: string;
    targetPipelineExecutionId: string;
  }): Promise<{ pipelineExecutionId: string }>;
  /** Executions that a stage can be rolled back to, newest first. */
  targets(input: { pipelineName: string; stageName: string }): Promise<ExecutionSummary[]>;
  /** Goes on with the rollbacks that an earlier host had begun. */
  resume(): Promise<void>;
  readonly isBusy: boolean;
}

/** Wait before a rollback that could not be written down is tried again. */
const AGAIN_MS = 5000;
/** Summaries asked for at once. */
const PAGE = 200;

export function createRollbacks(
  core: EngineCore,
  onDone: () => void,
  onFault: (where: string, error: unknown) => void,
): Rollbacks {
  const { history, loopOf } = core;
  const notes = createRollbackNotes(core.dataDirectory);
  /** 'execution/stage' */
  const underWay = new Set<string>();

  const stateOf = async (loop: ReturnType<typeof loopOf>, id: string): Promise<ExecutionState | undefined> => {
    const state = loop.state(id) ?? replay(await history.events(id).catch(() => []));
    return state.status === undefined ? undefined : state;
  };

  const latestVersion = async (state: ExecutionState) =>
    (await core.versions.latest(state.pipelineName)) || state.pipelineVersion;

  /** Journals are read only while they can still beat what was found. */
  const latestTarget = async (failed: ExecutionState, stageName: string): Promise<ExecutionState | undefined> => {
    const loop = loopOf(failed.pipelineName);
    const version = await latestVersion(failed);
    let best: ExecutionState | undefined;
    for await (const summary of summaries(core, failed.pipelineName)) {
      if (summary.pipelineExecutionId === failed.pipelineExecutionId) continue;
      if (best && summary.lastUpdateTime < (stageOf(best, stageName)?.finishedAt ?? 0)) continue;
      const state = await stateOf(loop, summary.pipelineExecutionId);
      if (state) best = latestRollbackTarget(best ? [best, state] : [state], stageName, version);
    }
    return best;
  };

  const begin = async (note: RollbackNote, failed: ExecutionState, target: ExecutionState) => {
    await core.begin(
      failed.pipelineName,
      note.pipelineExecutionId,
      startRollback({
        pipelineExecutionId: note.pipelineExecutionId,
        stageName: note.stageName,
        target,
        trigger: { triggerType: 'AutomatedRollback', triggerDetail: failed.pipelineExecutionId },
        startNumber: await core.nextStartNumber(failed.pipelineName),
        bindings: failed.bindings,
        documentPath: failed.documentPath,
      }),
      { unasked: true },
    );
    await notes.remove(note);
  };

  const goOn = async (note: RollbackNote) => {
    const failed = replay(await history.events(note.failedExecutionId).catch(() => []));
    const loop = loopOf(failed.pipelineName);
    const isBegun = (await stateOf(loop, note.pipelineExecutionId)) !== undefined;
    const target = await stateOf(loop, note.targetPipelineExecutionId);
    const isRequested = stageOf(failed, note.stageName)?.rollback?.pipelineExecutionId === note.pipelineExecutionId;
    // Begun: only the note was left. Not requested: it is asked for again.
    if (isBegun || !isRequested || !target) await notes.remove(note);
    else await begin(note, failed, target);
  };

  const isDue = (state: ExecutionState) => decide([state]).some((decision) => decision.do === 'rollback');

  const rollBackNow = async ({ pipelineExecutionId, stageName }: RollBack) => {
    const { loop, state } = await core.find(pipelineExecutionId);
    const target = await latestTarget(state, stageName);
    if (!target) {
      const refused = `no execution of version ${await latestVersion(state)} has succeeded in the stage.`;
      await loop.ask(pipelineExecutionId, (now) =>
        isDue(now) ? [{ type: 'RollbackRequested', stageName, refused }] : [],
      );
      return;
    }
    const { pipelineExecutionId: targetPipelineExecutionId } = target;
    const note = {
      pipelineExecutionId: core.newId(),
      failedExecutionId: pipelineExecutionId,
      targetPipelineExecutionId,
      stageName,
    };
    await notes.write(note);
    let isRequested = false;
    await loop.ask(pipelineExecutionId, (now) => {
      isRequested = isDue(now); // a stop may have come first
      const { pipelineExecutionId: id } = note;
      return isRequested
        ? [{ type: 'RollbackRequested', stageName, pipelineExecutionId: id, targetPipelineExecutionId }]
        : [];
    });
    if (isRequested) await begin(note, state, target);
    else await notes.remove(note);
  };

  return {
    automatic(rollBack) {
      const key = `${rollBack.pipelineExecutionId}/${rollBack.stageName}`;
      if (underWay.has(key)) return;
      underWay.add(key);
      rollBackNow(rollBack)
        .catch((error: unknown) => {
          onFault(rollBack.stageName, error);
          // It is still due: the loop asks again when it is woken.
          setTimeout(
            () =>
              void core.find(rollBack.pipelineExecutionId).then(
                ({ loop }) => loop.wake(),
                () => undefined,
              ),
            AGAIN_MS,
          ).unref();
        })
        .finally(() => {
          underWay.delete(key);
          onDone();
        });
    },

    async manual({ pipelineName, stageName, targetPipelineExecutionId }) {
      const loop = loopOf(pipelineName);
      const found = await stateOf(loop, targetPipelineExecutionId);
      const target = checkRollback(
        {
          stageName,
          targetPipelineExecutionId,
          target: found?.pipelineName === pipelineName ? found : undefined,
          pipelineVersion: found ? await latestVersion(found) : 0,
        },
        loop.states(),
      );
      const pipelineExecutionId = core.newId();
      const startNumber = await core.nextStartNumber(pipelineName);
      const trigger = { triggerType: 'ManualRollback', triggerDetail: userName() } as const;
      await core.begin(
        pipelineName,
        pipelineExecutionId,
        startRollback({ pipelineExecutionId, stageName, target, trigger, startNumber }),
      );
      return { pipelineExecutionId };
    },

    async targets({ pipelineName, stageName }) {
      const loop = loopOf(pipelineName);
      const found: ExecutionSummary[] = [];
      for await (const summary of summaries(core, pipelineName, 1)) {
        const state = await stateOf(loop, summary.pipelineExecutionId);
        if (!state || !stageOf(state, stageName)) continue;
        if (!rollbackFault(state, stageName, await latestVersion(state))) found.push(summary);
      }
      return found;
    },

    async resume() {
      for (const note of await notes.list()) {
        try {
          await goOn(note);
        } catch (error) {
          onFault(note.stageName, error); // the next host tries again
        }
      }
    },

    get isBusy() {
      return underWay.size > 0;
    },
  };
}

/** Those of a pipeline, newest first. */
async function* summaries({ history }: EngineCore, pipelineName: string, pages = Number.POSITIVE_INFINITY) {
  let before: number | undefined;
  for (let page = 0; page < pages; page += 1) {
    const { executions } = await history.handlers.listPipelineExecutions({
      pipelineName,
      limit: PAGE,
      ...(before === undefined ? {} : { before }),
    });
    yield* executions.filter(({ origin }) => origin === 'local');
    const last = executions.at(-1);
    if (!last || executions.length < PAGE) return;
    before = last.startTime;
  }
}
