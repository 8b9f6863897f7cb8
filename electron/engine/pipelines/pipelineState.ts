import { replay } from '../../../shared/execution/evolve.ts';
import { type ExecutionState, stageOf } from '../../../shared/execution/executionState.ts';
import { why } from '../../../shared/execution/why.ts';
import type { PipelineState } from '../../../shared/ipc/contract.ts';
import type { EngineCore } from '../engineCore.ts';

/** So many of the newest executions are looked at for those that were last in a stage. */
const LOOKED_AT = 50;

/** As GetPipelineState answers (reference/execution-semantics.md §16), of the executions on this machine. */
export async function pipelineState(core: EngineCore, pipelineName: string): Promise<PipelineState> {
  const { history, versions, transitions } = core;
  const loop = core.loopOf(pipelineName);
  const pipelineVersion = await versions.latest(pipelineName);
  const closed = await transitions.of(pipelineName);
  const { executions } = await history.handlers.listPipelineExecutions({ pipelineName, limit: LOOKED_AT });
  const states = loop.states();
  for (const { pipelineExecutionId, origin } of executions) {
    if (origin !== 'local' || loop.state(pipelineExecutionId)) continue;
    const state = replay(await history.events(pipelineExecutionId).catch(() => []));
    if (state.status !== undefined) states.push(state);
  }
  const newest = states.reduce<ExecutionState | undefined>(
    (best, state) => (best && best.startNumber > state.startNumber ? best : state),
    undefined,
  );
  const kept =
    pipelineVersion > 0 ? await versions.read(pipelineName, pipelineVersion).catch(() => undefined) : undefined;
  const stages = (kept ?? newest?.declaration)?.stages;
  // Before its first run here nothing names its stages but the transitions that were disabled.
  const stageNames = stages?.map(({ name }) => name) ?? [...closed.keys()];
  return {
    pipelineName,
    pipelineVersion,
    stageStates: stageNames.map((stageName) => {
      const transition = closed.get(stageName);
      const latest = latestIn(stageName, states);
      return {
        stageName,
        inboundTransitionState: transition
          ? {
              enabled: false,
              disabledReason: transition.reason,
              lastChangedBy: transition.by,
              lastChangedAt: transition.at,
            }
          : { enabled: true },
        inboundExecutions: waitingAt(stageName, states, core.now()),
        ...(latest ? { latestExecution: latest } : {}),
      };
    }),
  };
}

/** Also in PARALLEL mode, where AWS shows none: here they wait at disabled transitions as the others do. */
function waitingAt(stageName: string, states: readonly ExecutionState[], now: number) {
  const since = (state: ExecutionState) => stageOf(state, stageName)?.reachedAt ?? state.startedAt;
  return states
    .filter(({ position }) => position.at === 'entrance' && position.stageName === stageName)
    .sort((a, b) => since(a) - since(b) || a.startNumber - b.startNumber)
    .map((state) => ({
      pipelineExecutionId: state.pipelineExecutionId,
      startNumber: state.startNumber,
      since: since(state),
      why: why(state, states, now).find(({ where }) => where === stageName)?.text ?? '',
    }));
}

function latestIn(stageName: string, states: readonly ExecutionState[]) {
  let best: { state: ExecutionState; startedAt: number; status: string } | undefined;
  for (const state of states) {
    if (state.executionMode === 'PARALLEL') continue;
    const { status, startedAt } = stageOf(state, stageName) ?? {};
    if (status === undefined || startedAt === undefined) continue;
    const isLater = !best || startedAt > best.startedAt;
    const isTied = best?.startedAt === startedAt && state.startNumber > best.state.startNumber;
    if (isLater || isTied) best = { state, startedAt, status };
  }
  if (!best) return undefined;
  const { state, status } = best;
  return { pipelineExecutionId: state.pipelineExecutionId, status, type: state.executionType };
}
