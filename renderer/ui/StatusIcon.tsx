import type { LucideIcon } from 'lucide-react';
import {
  AbandonedIcon,
  FailedIcon,
  InProgressIcon,
  NotStartedIcon,
  StoppedIcon,
  SucceededIcon,
  WaitingIcon,
} from './icons.ts';
import styles from './StatusIcon.module.css';

/** Every status that an action, a stage or an execution can have, with the words for it. */
const statuses = {
  NotStarted: ['Not started', NotStartedIcon],
  InProgress: ['In progress', InProgressIcon],
  Stopping: ['Stopping', InProgressIcon],
  Waiting: ['Waiting', WaitingIcon],
  Succeeded: ['Succeeded', SucceededIcon],
  Failed: ['Failed', FailedIcon],
  Abandoned: ['Abandoned', AbandonedIcon],
  Stopped: ['Stopped', StoppedIcon],
  Superseded: ['Superseded', AbandonedIcon],
  Cancelled: ['Cancelled', AbandonedIcon],
  Skipped: ['Skipped', AbandonedIcon],
} as const satisfies Record<string, readonly [string, LucideIcon]>;
export type ShownStatus = keyof typeof statuses;

export const statusText = (status: ShownStatus): string => statuses[status][0];

/** A status by shape and colour; `isLabelled` says it to a screen reader too, where no words stand beside it. */
export function StatusIcon({
  status,
  size = 15,
  isLabelled = false,
  isStill = false,
}: {
  status: ShownStatus;
  size?: number;
  isLabelled?: boolean;
  /** Does not turn: where many stand together (each turning icon is a layer of its own for the compositor). */
  isStill?: boolean;
}) {
  const [label, Drawing] = statuses[status];
  const naming = isLabelled ? ({ role: 'img', 'aria-label': label } as const) : ({ 'aria-hidden': true } as const);
  return (
    <span
      className={styles.status}
      data-status={status}
      data-still={isStill || undefined}
      title={isLabelled ? label : undefined}
      {...naming}
    >
      <Drawing size={size} strokeWidth={2} />
    </span>
  );
}
