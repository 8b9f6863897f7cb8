import { useEffect, useRef, useState } from 'react';
import { client, onPush } from '../bridge.ts';
import { createLogReader, type LogReader } from './logReader.ts';

/** The reader of one action's log, and a number that changes when it has something new (at most once a frame). */
export function useLogReader(
  pipelineExecutionId: string | null,
  actionExecutionId: string | undefined,
): { reader: LogReader | undefined; version: number } {
  const [version, setVersion] = useState(0);
  const [reader, setReader] = useState<LogReader>();
  const frame = useRef(0);
  useEffect(() => {
    if (pipelineExecutionId === null || !actionExecutionId) {
      setReader(undefined);
      return;
    }
    const onChange = () => {
      if (frame.current) return;
      frame.current = requestAnimationFrame(() => {
        frame.current = 0;
        setVersion((now) => now + 1);
      });
    };
    const made = createLogReader(
      (offset, limit) => client.readLog({ pipelineExecutionId, actionExecutionId, offset, limit }),
      onChange,
    );
    setReader(made);
    const stop = onPush('logGrew', (push) => {
      if (push.actionExecutionId === actionExecutionId) made.grew(push.size, push.complete);
    });
    return () => {
      stop();
      made.close();
      cancelAnimationFrame(frame.current);
      frame.current = 0;
    };
  }, [pipelineExecutionId, actionExecutionId]);
  return { reader, version };
}
