import { beforeEach, describe, expect, it } from 'vitest';
import type { ExecutionSummary, Reply } from '../../shared/ipc/contract.ts';
import { replaceTransport } from '../bridge.ts';
import { loadExecutions, matching, useHistory } from './historyStore.ts';

const summary = (number: number, rest: Partial<ExecutionSummary> = {}): ExecutionSummary => ({
  pipelineExecutionId: `e${number}`,
  pipelineName: 'shop',
  status: 'Succeeded',
  origin: 'local',
  triggerType: 'StartPipelineExecution',
  triggerDetail: '',
  revisionId: '',
  revisionSummary: '',
  startTime: 1000 - number,
  lastUpdateTime: 0,
  failedAction: '',
  waitsForApproval: false,
  documentPath: '',
  ...rest,
});

let asked: unknown[];
let replies: (() => Promise<Reply>)[];
beforeEach(() => {
  asked = [];
  replies = [];
  useHistory.setState({ executions: [], total: 0, status: '', problem: undefined, isLoading: false });
  replaceTransport({
    invoke: async (_, input) => {
      asked.push(input);
      return replies.shift()!();
    },
    subscribe: () => () => undefined,
  });
});
const page = (executions: ExecutionSummary[], total: number) => async (): Promise<Reply> => ({
  ok: true,
  value: { executions, total },
});

describe('the list of executions', () => {
  it('reads on from the oldest one and shows none twice', async () => {
    replies.push(page([summary(1), summary(2)], 3), page([summary(2), summary(3)], 3));
    await loadExecutions();
    await loadExecutions({ older: true });
    expect(asked[1]).toMatchObject({ before: 998 });
    expect(useHistory.getState().executions.map((one) => one.pipelineExecutionId)).toEqual(['e1', 'e2', 'e3']);
  });

  it('keeps the answer to the newest question when answers overtake each other', async () => {
    let answerFirst: (reply: Reply) => void = () => undefined;
    replies.push(
      () =>
        new Promise((resolve) => {
          answerFirst = resolve;
        }),
      page([summary(9)], 1),
    );
    const first = loadExecutions();
    await loadExecutions();
    answerFirst({ ok: true, value: { executions: [summary(1)], total: 1 } });
    await first;
    expect(useHistory.getState().executions[0]?.pipelineExecutionId).toBe('e9');
  });

  it('is found by any of its words, in any order', () => {
    const all = [summary(1, { revisionSummary: 'Fix the cart' }), summary(2, { pipelineName: 'cart' }), summary(3)];
    expect(matching(all, 'CART shop').map((one) => one.pipelineExecutionId)).toEqual(['e1']);
    expect(matching(all, ' ')).toHaveLength(3);
  });
});
