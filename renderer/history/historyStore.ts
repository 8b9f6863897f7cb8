import { create } from 'zustand';
import type { ExecutionSummary } from '../../shared/ipc/contract.ts';
import { type Problem, toProblem } from '../../shared/problem.ts';
import { client } from '../bridge.ts';

/** The list of executions, and which of them is open. */
export interface HistoryStore {
  /** null = the list. */
  openId: string | null;
  /** The one that was open before: the list puts the focus back on it. */
  leftId: string | null;
  executions: readonly ExecutionSummary[];
  total: number;
  isLoading: boolean;
  problem: Problem | undefined;
  /** Text that pipeline, trigger, revision or id must contain. */
  filter: string;
  status: ExecutionSummary['status'] | '';
}

const PAGE = 100;

export const useHistory = create<HistoryStore>()(() => ({
  openId: null,
  leftId: null,
  executions: [],
  total: 0,
  isLoading: false,
  problem: undefined,
  filter: '',
  status: '',
}));

export const openExecution = (pipelineExecutionId: string | null): void =>
  useHistory.setState(({ openId }) => ({ openId: pipelineExecutionId, leftId: openId }));

let generation = 0;

/** Reads the newest executions; `older` reads on from the oldest known one. The newest request counts. */
export async function loadExecutions({ older = false } = {}): Promise<void> {
  generation += 1;
  const mine = generation;
  const { status, executions: known } = useHistory.getState();
  const before = older ? known.at(-1)?.startTime : undefined;
  useHistory.setState({ isLoading: true });
  try {
    const { executions, total } = await client.listPipelineExecutions({
      limit: PAGE,
      ...(status && { status }),
      ...(before !== undefined && { before }),
    });
    if (mine !== generation) return;
    const all = older ? merge(known, executions) : executions;
    useHistory.setState({ executions: all, total, isLoading: false, problem: undefined });
  } catch (error) {
    if (mine === generation) useHistory.setState({ isLoading: false, problem: toProblem('history.unreadable', error) });
  }
}

function merge(known: readonly ExecutionSummary[], more: readonly ExecutionSummary[]): ExecutionSummary[] {
  const ids = new Set(known.map(({ pipelineExecutionId }) => pipelineExecutionId));
  return [...known, ...more.filter(({ pipelineExecutionId }) => !ids.has(pipelineExecutionId))];
}

export function filterByStatus(status: HistoryStore['status']): void {
  useHistory.setState({ status, executions: [], total: 0 });
  void loadExecutions();
}

/** Executions that contain every word of the filter, wherever. */
export function matching(executions: readonly ExecutionSummary[], filter: string): readonly ExecutionSummary[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return executions;
  return executions.filter((one) => {
    const text =
      `${one.pipelineName} ${one.triggerType} ${one.triggerDetail} ${one.revisionId} ${one.revisionSummary} ${one.failedAction} ${one.pipelineExecutionId}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
