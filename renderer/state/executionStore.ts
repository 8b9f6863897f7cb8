import { create } from 'zustand';
import type { ExecutionEvent, PipelineExecutionStatus } from '../../shared/execution/events.ts';
import { evolve, notStarted } from '../../shared/execution/evolve.ts';
import { type ExecutionState, runningActionsOf, waitsForApproval } from '../../shared/execution/executionState.ts';
import { type Problem, toProblem } from '../../shared/problem.ts';
import { client, onPush } from '../bridge.ts';
import { type ActionView, actionView, type StageView, stageView } from '../timeline/executionViews.ts';
import { createSeekableLog, type SeekableLog } from '../timeline/seekableLog.ts';

/**
 * Pipeline executions as the window knows them, apart from the documents: a run never touches a node array. The logs
 * themselves stand outside the store; the store holds what is *shown* at the current *place* (an open document, or the
 * history) and at which instant. Pushes are gathered and become one store write per animation frame.
 */
export type Instant = 'live' | number;

/** A running or recently heard-of execution, for notices and the status bar. */
export interface ExecutionNote {
  pipelineExecutionId: string;
  pipelineName: string;
  documentPath: string;
  status: PipelineExecutionStatus;
  waitsForApproval: boolean;
}

export interface ExecutionStore {
  /** documentId of the active document, or `HISTORY_PLACE`. */
  place: string;
  shownIn: Readonly<Record<string, string>>;
  shownId: string | null;
  /** 'live', or the seq of the event that was the last to happen. */
  at: Instant;
  /** Of the shown execution at that instant. */
  state: ExecutionState | undefined;
  /** Number of events of the shown execution. */
  eventCount: number;
  /** Milliseconds since 1970 at the shown instant: ticks once a second while the shown execution runs. */
  clockNow: number;
  /** Why the shown execution cannot be shown. */
  problem: Problem | undefined;
  notes: Readonly<Record<string, ExecutionNote>>;
}

export const HISTORY_PLACE = 'history';
/** The place of the comparison of versions, which shows no execution. */
export const COMPARE_PLACE = 'compare';

export const useExecution = create<ExecutionStore>(() => ({
  place: '',
  shownIn: {},
  shownId: null,
  at: 'live',
  state: undefined,
  eventCount: 0,
  clockNow: Date.now(),
  problem: undefined,
  notes: {},
}));

export type { ActionView, StageView } from '../timeline/executionViews.ts';

/** Selector: what the card of an action shows. Same state, same object. */
export const actionViewOf =
  (stageName: string, actionName: string) =>
  ({ state }: ExecutionStore): ActionView =>
    actionView(state, stageName, actionName);
/** Selector: what the header of a stage shows. */
export const stageViewOf =
  (stageName: string) =>
  ({ state }: ExecutionStore): StageView =>
    stageView(state, stageName);
/** The shown execution is running right now, whatever instant is shown. */
export const isShownRunning = ({ shownId, notes }: ExecutionStore): boolean =>
  shownId !== null && isRunningStatus(notes[shownId]?.status);
/** Executions of this window's host that are running. */
export const runningCount = ({ notes }: ExecutionStore): number =>
  Object.values(notes).filter(({ status }) => isRunningStatus(status)).length;

const logs = new Map<string, SeekableLog<ExecutionState>>();
const dirty = new Set<string>();
const MAX_KEPT_LOGS = 12;
let frameIsAsked = false;
let ticker: ReturnType<typeof setInterval> | undefined;

export const isRunningStatus = (status: PipelineExecutionStatus | undefined): boolean =>
  status === 'InProgress' || status === 'Stopping';

/** Wall time of an event by the monotonic clock of its execution, so that a changed clock bends no duration. */
const instantOf = (events: readonly ExecutionEvent[], seq: number): number => {
  const event = events[Math.min(seq, events.length) - 1];
  return event ? events[0]!.at + event.mono : 0;
};

function clockOf(log: SeekableLog<ExecutionState>, at: Instant): number {
  if (at !== 'live') return instantOf(log.events, Math.max(1, at));
  if (!isRunningStatus(log.live.status)) return instantOf(log.events, log.events.length);
  const last = log.events.at(-1);
  return last ? Date.now() - last.at + instantOf(log.events, last.seq) : Date.now();
}

function logOf(pipelineExecutionId: string): SeekableLog<ExecutionState> {
  const known = logs.get(pipelineExecutionId);
  if (known) {
    logs.delete(pipelineExecutionId); // re-inserted: the map's order is that of use
    logs.set(pipelineExecutionId, known);
    return known;
  }
  const log = createSeekableLog<ExecutionState>(notStarted, evolve);
  logs.set(pipelineExecutionId, log);
  const { shownIn } = useExecution.getState();
  const shown = new Set(Object.values(shownIn));
  for (const [id, old] of logs) {
    if (logs.size <= MAX_KEPT_LOGS) break;
    if (id !== pipelineExecutionId && !shown.has(id) && !isRunningStatus(old.live.status)) logs.delete(id);
  }
  return log;
}

function noteOf(pipelineExecutionId: string, state: ExecutionState): ExecutionNote {
  return {
    pipelineExecutionId,
    pipelineName: state.pipelineName,
    documentPath: state.documentPath,
    status: state.status ?? 'InProgress',
    waitsForApproval: runningActionsOf(state).some(waitsForApproval),
  };
}

/** What the store says of the shown execution; one write. */
function present(change: Partial<ExecutionStore> = {}): void {
  const now = { ...useExecution.getState(), ...change };
  const log = now.shownId === null ? undefined : logs.get(now.shownId);
  const isLoaded = log !== undefined && log.events.length > 0;
  useExecution.setState({
    ...change,
    state: isLoaded ? (now.at === 'live' ? log.live : log.at(now.at)) : undefined,
    eventCount: log?.events.length ?? 0,
    clockNow: isLoaded ? clockOf(log, now.at) : Date.now(),
  });
  const mustTick = isLoaded && now.at === 'live' && isRunningStatus(log.live.status);
  if (mustTick && ticker === undefined) ticker = setInterval(tick, 1000);
  else if (!mustTick && ticker !== undefined) {
    clearInterval(ticker);
    ticker = undefined;
  }
}

function tick(): void {
  const { shownId, at } = useExecution.getState();
  const log = shownId === null ? undefined : logs.get(shownId);
  if (log) useExecution.setState({ clockNow: clockOf(log, at) });
}

/** Writes what was pushed since the last frame. Called by the frame; specs call it themselves. */
export function flushPushes(): void {
  frameIsAsked = false;
  if (dirty.size === 0) return;
  const { notes, shownId } = useExecution.getState();
  const changed: Record<string, ExecutionNote> = { ...notes };
  for (const id of dirty) {
    const state = logs.get(id)?.live;
    if (state?.status === undefined) continue;
    changed[id] = noteOf(id, state);
  }
  const change = { notes: changed };
  if (shownId !== null && dirty.has(shownId)) present(change);
  else useExecution.setState(change);
  dirty.clear();
}

function askForFrame(): void {
  if (frameIsAsked) return;
  frameIsAsked = true;
  // A hidden window gets no frames, but its notices must still come.
  if (document.hidden) setTimeout(flushPushes, 100);
  else requestAnimationFrame(flushPushes);
}

/** Takes a push. An event that is missing in between is asked for. */
export function applyPush(pipelineExecutionId: string, events: readonly ExecutionEvent[]): void {
  const isComplete = logOf(pipelineExecutionId).append(events);
  dirty.add(pipelineExecutionId);
  askForFrame();
  if (!isComplete) void loadExecution(pipelineExecutionId).catch(() => undefined);
}

/** Reads what is missing of an execution. Rejects with a ProblemError when it is unknown. */
export async function loadExecution(pipelineExecutionId: string): Promise<void> {
  const log = logOf(pipelineExecutionId);
  const events = await client.getExecutionEvents({ pipelineExecutionId, fromSeq: log.events.length + 1 });
  log.append(events);
  dirty.add(pipelineExecutionId);
  flushPushes();
}

/** Shows an execution at the current place, live; null shows the bare design. Loads it when its events are not here. */
export function showExecution(pipelineExecutionId: string | null): void {
  const { place, shownIn } = useExecution.getState();
  const { [place]: _, ...others } = shownIn;
  present({
    shownIn: pipelineExecutionId === null ? others : { ...others, [place]: pipelineExecutionId },
    shownId: pipelineExecutionId,
    at: 'live',
    problem: undefined,
  });
  if (pipelineExecutionId !== null) loadShown(pipelineExecutionId);
}

/** Shows an execution at a place: at once where the window looks at it, else as soon as it does. */
export function showExecutionAt(place: string, pipelineExecutionId: string): void {
  const { place: current, shownIn } = useExecution.getState();
  if (place === current) showExecution(pipelineExecutionId);
  else useExecution.setState({ shownIn: { ...shownIn, [place]: pipelineExecutionId } });
}

function loadShown(pipelineExecutionId: string): void {
  loadExecution(pipelineExecutionId).catch((error: unknown) => {
    if (useExecution.getState().shownId === pipelineExecutionId)
      useExecution.setState({ problem: toProblem('execution.unreadable', error) });
  });
}

/** The window now looks at another document (or the history): what is shown there comes back, live. */
export function setPlace(place: string): void {
  const { place: before, shownIn } = useExecution.getState();
  if (place === before) return;
  const shownId = shownIn[place] ?? null;
  present({ place, shownId, at: 'live', problem: undefined });
  if (shownId !== null && !logs.get(shownId)?.events.length) loadShown(shownId);
}

/** Forgets what a closed document showed. */
export function leavePlace(place: string): void {
  const { shownIn, place: current } = useExecution.getState();
  const { [place]: _, ...others } = shownIn;
  if (place === current) present({ shownIn: others, shownId: null, at: 'live' });
  else useExecution.setState({ shownIn: others });
}

/** Shows the instant after the event `seq` of the shown execution (1 = its first), or lives again. */
export function scrubTo(at: Instant): void {
  const { shownId, at: before } = useExecution.getState();
  const count = shownId === null ? 0 : (logs.get(shownId)?.events.length ?? 0);
  const wanted = at === 'live' || count === 0 ? 'live' : Math.min(Math.max(1, Math.round(at)), count);
  if (wanted !== before) present({ at: wanted });
}

/** The events of an execution that is known here, in order. The array grows; it is never replaced. */
export const eventsOf = (pipelineExecutionId: string | null): readonly ExecutionEvent[] =>
  (pipelineExecutionId === null ? undefined : logs.get(pipelineExecutionId)?.events) ?? [];

/** The state of a known execution after its last event. */
export const liveStateOf = (pipelineExecutionId: string): ExecutionState | undefined =>
  logs.get(pipelineExecutionId)?.live;

/** Hears the host's pushes until the returned function is called. */
export function followExecutions(): () => void {
  return onPush('executionEvents', ({ pipelineExecutionId, events }) => applyPush(pipelineExecutionId, events));
}

/** For specs: nothing known, nothing shown. */
export function resetExecutions(): void {
  logs.clear();
  dirty.clear();
  useExecution.setState({ place: '', shownIn: {}, notes: {} });
  present({ shownId: null, at: 'live', problem: undefined });
}
