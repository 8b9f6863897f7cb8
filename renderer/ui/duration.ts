import { strings } from '../strings/strings.ts';
import { decimal } from './decimal.ts';

/** Milliseconds as people read them on a card: '0.4 s', '12.3 s', '1 m 12 s', '2 h 5 m'. */
export const durationText = (milliseconds: number): string => textOf(milliseconds, 1);

function textOf(milliseconds: number, digits: number): string {
  const say = strings.ui.duration;
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 59.95) return say.seconds(decimal(seconds, digits));
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return say.minutesSeconds(decimal(minutes), decimal(whole % 60));
  return say.hoursMinutes(decimal(Math.floor(minutes / 60)), decimal(minutes % 60));
}

function shortTextOf(milliseconds: number, digits: number): string {
  const say = strings.ui.duration;
  const minutes = Math.floor(Math.max(0, milliseconds) / 60_000);
  if (minutes < 10) return textOf(milliseconds, digits);
  return minutes < 100 ? say.minutes(decimal(minutes)) : say.hours(decimal(minutes / 60, 1));
}

/** Where there is little room: from ten minutes on only minutes, then hours. */
export const shortDurationText = (milliseconds: number): string => shortTextOf(milliseconds, 1);

/** While something runs, tenths would only flicker. */
export const runningText = (milliseconds: number): string =>
  shortTextOf(Math.floor(Math.max(0, milliseconds) / 1000) * 1000, 0);
