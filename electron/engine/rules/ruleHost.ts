import { ActionFailure, type ActionHost } from '../../../shared/providers/host.ts';
import type { RuleHost } from '../../../shared/providers/ruleHost.ts';
import { createDeadline } from '../deadline.ts';
import type { Alarms } from './alarms.ts';

export interface RulePowers {
  /** Milliseconds since 1970. */
  now: () => number;
  alarms: Alarms;
  /** The host goes away: timers end, and nothing settles any more. */
  closing: AbortSignal;
}

/** The powers of a rule's runner: those of an action's, and the clock, the alarms and a bounded regular expression. */
export function ruleHost(host: ActionHost, { now, alarms, closing }: RulePowers): RuleHost {
  const until = (at: number, listen: (done: () => void) => () => void = () => () => undefined) =>
    new Promise<void>((resolve, reject) => {
      const end = () => {
        stopClock();
        stopListening();
        host.signal.removeEventListener('abort', onAbort);
        closing.removeEventListener('abort', end);
      };
      const done = () => {
        end();
        resolve();
      };
      const onAbort = () => {
        end();
        reject(new ActionFailure('SystemUnavailable', 'The rule was ended.')); // not shown: what ends it says why
      };
      const stopListening = listen(done);
      const stopClock = createDeadline({
        at,
        counts: 'wall',
        limitMs: Number.POSITIVE_INFINITY,
        now,
        onPassed: done,
      });
      closing.addEventListener('abort', end, { once: true });
      host.signal.addEventListener('abort', onAbort);
      if (host.signal.aborted) onAbort();
      else if (closing.aborted) end();
    });
  return {
    ...host,
    now,
    waitUntil: (at) => until(at),
    alarm: (name) => alarms.changes(name),
    alarmChangedOr: (at) => until(at, alarms.watch),
    async finds(expression, text) {
      const { findInWorker } = await import('./findInWorker.ts');
      return findInWorker(expression, text);
    },
  };
}
