import { replay } from '../../../shared/execution/evolve.ts';
import { isFinished } from '../../../shared/execution/executionState.ts';
import type { Cancellation, EndedStatus } from '../../../shared/providers/host.ts';
import type { History } from '../../parts.ts';

/**
 * Resolves with the status with which an execution ends; at once when it has. It never settles after `closing`. `onOver` is
 * called before anybody else can see that the wait is over.
 * @throws what `signal` was aborted for, as a plain Error that nobody is shown
 */
export async function executionEnd(
  history: Pick<History, 'subscribe' | 'events'>,
  pipelineExecutionId: string,
  { signal, closing, onOver }: { signal: Cancellation; closing: Cancellation; onOver: () => void },
): Promise<EndedStatus> {
  const { promise, resolve, reject } = Promise.withResolvers<EndedStatus>();
  const onAbort = () => {
    onOver();
    reject(new Error('The action was ended.'));
  };
  const onEnd = (status: EndedStatus) => {
    onOver();
    resolve(status);
  };
  const unsubscribe = history.subscribe((id, events) => {
    const end = id === pipelineExecutionId && events.find((event) => event.type === 'ExecutionFinished');
    if (end) onEnd(end.status);
  });
  closing.addEventListener('abort', unsubscribe);
  signal.addEventListener('abort', onAbort);
  if (signal.aborted) onAbort();
  try {
    const state = replay(await history.events(pipelineExecutionId));
    if (isFinished(state)) onEnd(state.status as EndedStatus);
    return await promise;
  } finally {
    unsubscribe();
    closing.removeEventListener('abort', unsubscribe);
    signal.removeEventListener('abort', onAbort);
  }
}
