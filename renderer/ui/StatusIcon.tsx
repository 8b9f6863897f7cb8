import type { LucideIcon } from 'lucide-react';
import type { CSSProperties } from 'react';
import { strings } from '../strings/strings.ts';
import {
  AbandonedIcon,
  FailedIcon,
  InProgressIcon,
  NotStartedIcon,
  OverriddenIcon,
  StoppedIcon,
  SucceededIcon,
  WaitingIcon,
} from './icons.ts';
import styles from './StatusIcon.module.css';

/** Every status that an action, a stage or an execution can have, with its shape. */
const drawings = {
  NotStarted: NotStartedIcon,
  InProgress: InProgressIcon,
  Stopping: InProgressIcon,
  Waiting: WaitingIcon,
  Succeeded: SucceededIcon,
  Failed: FailedIcon,
  Abandoned: AbandonedIcon,
  Stopped: StoppedIcon,
  Superseded: AbandonedIcon,
  Cancelled: AbandonedIcon,
  Skipped: AbandonedIcon,
  Paused: StoppedIcon,
  Overridden: OverriddenIcon,
} as const satisfies Record<string, LucideIcon>;
export type ShownStatus = keyof typeof drawings;

/** What pictures of a status need to be drawn; `colour` is a token (ui/pictures.ts). */
export const statusDrawings: readonly { name: string; icon: LucideIcon; colour: string }[] = [
  { name: 'notstarted', icon: NotStartedIcon, colour: '--text-3' },
  { name: 'inprogress', icon: InProgressIcon, colour: '--in-progress' },
  { name: 'waiting', icon: WaitingIcon, colour: '--waiting' },
  { name: 'succeeded', icon: SucceededIcon, colour: '--succeeded' },
  { name: 'failed', icon: FailedIcon, colour: '--failed' },
  { name: 'ended', icon: AbandonedIcon, colour: '--text-3' },
  { name: 'paused', icon: StoppedIcon, colour: '--waiting' },
  { name: 'overridden', icon: OverriddenIcon, colour: '--waiting' },
  { name: 'stopped', icon: StoppedIcon, colour: '--text-3' },
];

export const statusText = (status: ShownStatus): string => strings.ui.status[status];

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
  /** A picture that does not turn: where many stand together (an svg each would be much work for the compositor). */
  isStill?: boolean;
}) {
  const label = statusText(status);
  const Drawing = drawings[status];
  const naming = isLabelled ? ({ role: 'img', 'aria-label': label } as const) : ({ 'aria-hidden': true } as const);
  return (
    <span
      className={styles.status}
      data-status={status}
      data-still={isStill || undefined}
      style={isStill ? ({ '--size': `${size}px` } as CSSProperties) : undefined}
      title={isLabelled ? label : undefined}
      {...naming}
    >
      {!isStill && <Drawing size={size} strokeWidth={2} />}
    </span>
  );
}
