import { useEffect, useState } from 'react';
import { client } from '../bridge.ts';
import { useExecution } from '../state/executionStore.ts';
import type { LogOf } from './logTarget.ts';

/** How much of an action's log there was at the shown instant: so many bytes, 'all', or nobody knows. */
export type LogCut = number | 'all' | 'unknown';

type Marks = readonly (readonly [at: number, size: number])[];

/** Bytes of a log after so many milliseconds of its action. */
export function sizeAt(marks: Marks, elapsed: number): number {
  let size = 0;
  for (const [at, grown] of marks) {
    if (at > elapsed) break;
    size = grown;
  }
  return size;
}

/** The log at the shown instant. While the present is shown, and of an action that had ended by then, that is all of it. */
export function useLogCut(pipelineExecutionId: string, attempt: LogOf | undefined): LogCut {
  const isPast = useExecution((store) => store.at !== 'live');
  const elapsed = useExecution((store) =>
    store.at === 'live' || !store.state || !attempt ? 0 : store.clockNow - store.state.startedAt - attempt.startedMono,
  );
  const isCut = isPast && attempt?.status === 'InProgress';
  const actionExecutionId = attempt?.actionExecutionId ?? '';
  const [known, setKnown] = useState<{ of: string; marks: Marks | undefined }>();
  useEffect(() => {
    if (!isCut || !actionExecutionId) return;
    let isCurrent = true;
    const found = (marks: Marks | undefined) => isCurrent && setKnown({ of: actionExecutionId, marks });
    client
      .readLog({ pipelineExecutionId, actionExecutionId, offset: 0, limit: 1, marks: true })
      .then(({ marks }) => found(marks))
      .catch(() => found(undefined)); // the reader of the log itself says why it cannot be read
    return () => {
      isCurrent = false;
    };
  }, [isCut, pipelineExecutionId, actionExecutionId]);
  if (!isCut) return 'all';
  if (known?.of !== actionExecutionId) return 0;
  return known.marks ? sizeAt(known.marks, elapsed) : 'unknown';
}
