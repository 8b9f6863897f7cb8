import type { ExecutionEvent } from '../../shared/execution/events.ts';

/** Executions that a followed run has started: rollbacks, and other pipelines. All else of this host is passed over. */
export function createOthers() {
  const known = new Map<string, { pipelineName: string; isRollback: boolean }>();
  return {
    /** @param events The first ones of the execution when it is not known yet. */
    isKnown(id: string, events: readonly ExecutionEvent[], own: string): boolean {
      const start = known.has(id) ? undefined : events.find((event) => event.type === 'ExecutionStarted');
      if (start?.type === 'ExecutionStarted') {
        const { pipelineName, trigger, executionType } = start;
        const isRollback = executionType === 'ROLLBACK';
        const { triggerDetail } = trigger;
        const starter = isRollback ? triggerDetail : (/ of (\S+)$/.exec(triggerDetail)?.[1] ?? '');
        if (starter === own || known.has(starter)) known.set(id, { pipelineName, isRollback });
      }
      return known.has(id);
    },
    isRollback: (id: string): boolean => known.get(id)?.isRollback ?? false,
    /** Before each line about it. */
    prefixOf(id: string): string {
      const { pipelineName = '', isRollback = false } = known.get(id) ?? {};
      return isRollback ? '' : `${pipelineName} ${id.slice(0, 8)} | `;
    },
    ids: (): string[] => [...known.keys()],
  };
}
