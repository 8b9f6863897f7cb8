import type { CronWindow } from './parseCron.ts';
import type { LocalMinute, TimeZone } from './timeZone.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A leap day on a given weekday comes back within 28 years, or 40 across a century without one. */
const YEARS_AHEAD = 41;

/**
 * The first instant at or after `from` at which the window is open, in milliseconds since 1970; `from` itself when it is open
 * already, undefined when it does not open in the next 41 years. Compared minute by minute on the zone's own clock, so an hour that
 * daylight saving leaves out never opens it and one that comes twice opens it twice.
 */
export function nextOpening(window: CronWindow, zone: TimeZone, from: number): number | undefined {
  if (isOpen(window, zone.at(from))) return from;
  const end = from + YEARS_AHEAD * 366 * DAY;
  let instant = Math.floor(from / MINUTE) * MINUTE + MINUTE;
  while (instant < end) {
    const local = zone.at(instant);
    if (!takesDay(window, local)) {
      const days = daysUntilTaken(window, local);
      if (days === undefined) return undefined;
      // Less the hours by which a zone may jump; over a longer time it may even change the side of the date line.
      const margin = days > 2 ? 26 * HOUR : 2 * HOUR;
      instant += Math.max(untilQuarter(local), (days - 1) * DAY + untilMidnight(local) - margin);
    } else if (!window.hours.has(local.hour)) {
      instant += untilQuarter(local);
    } else if (!window.minutes.has(local.minute)) {
      instant += MINUTE;
    } else {
      return instant;
    }
  }
  return undefined;
}

export const isOpen = (window: CronWindow, local: LocalMinute): boolean =>
  takesDay(window, local) && window.hours.has(local.hour) && window.minutes.has(local.minute);

const takesDay = ({ months, years, isDay }: CronWindow, { year, month, day }: LocalMinute): boolean =>
  months.has(month) && (years?.has(year) ?? true) && isDay(year, month, day);

/** How many days of the calendar lie between this one and the next that the window takes; asks no clock, so years cost nothing. */
function daysUntilTaken(window: CronWindow, { year, month, day }: LocalMinute): number | undefined {
  const start = Date.UTC(year, month - 1, day);
  for (let days = 1; days <= YEARS_AHEAD * 366; days += 1) {
    const at = new Date(start + days * DAY);
    const local = { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate(), hour: 0, minute: 0 };
    if (takesDay(window, local)) return days;
  }
  return undefined;
}

/** Zones jump by whole multiples of a quarter of an hour. */
const untilQuarter = ({ minute }: LocalMinute): number => (15 - (minute % 15)) * MINUTE;
const untilMidnight = ({ hour, minute }: LocalMinute): number => DAY - hour * HOUR - minute * MINUTE;
