/**
 * Time zones of a DeploymentWindow rule: Region/City, `UTC`, `UTC+HH:MM`, `UTC-HH:MM` or an abbreviation of 3-5 letters
 * (reference/rules.md). Only the zones that this program's time zone data knows; an ambiguous abbreviation is refused.
 */
export interface LocalMinute {
  year: number;
  /** 1 = January */
  month: number;
  day: number;
  hour: number;
  minute: number;
}

export interface TimeZone {
  /** The wall clock of the zone at an instant (milliseconds since 1970). */
  at(instant: number): LocalMinute;
}

/** Abbreviations with one meaning only. Those of several countries (CST, IST, BST …) are refused. */
const ABBREVIATIONS: ReadonlyMap<string, string> = new Map([
  ['UTC', 'UTC'],
  ['GMT', 'UTC'],
  ['CET', 'Europe/Paris'],
  ['CEST', 'Europe/Paris'],
  ['EET', 'Europe/Athens'],
  ['EEST', 'Europe/Athens'],
  ['WET', 'Europe/Lisbon'],
  ['EST', 'America/New_York'],
  ['EDT', 'America/New_York'],
  ['MDT', 'America/Denver'],
  ['PST', 'America/Los_Angeles'],
  ['PDT', 'America/Los_Angeles'],
  ['JST', 'Asia/Tokyo'],
  ['AEST', 'Australia/Sydney'],
  ['AEDT', 'Australia/Sydney'],
]);

/** Why a text names no time zone, as a sentence. */
export class TimeZoneFault extends Error {}

/** @throws TimeZoneFault */
export function timeZone(name: string): TimeZone {
  const offset = /^UTC([+-])(\d{1,2}):?(\d{2})$/i.exec(name);
  if (offset) {
    const [, sign, hours = '0', minutes = '0'] = offset;
    if (Number(hours) > 14 || Number(minutes) > 59) throw new TimeZoneFault(`"${name}" is no offset that exists.`);
    const shift = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
    return { at: (instant) => utcMinute(instant + shift) };
  }
  const zone = ABBREVIATIONS.get(name.toUpperCase()) ?? name;
  if (zone === 'UTC') return { at: utcMinute };
  if (!zone.includes('/')) {
    throw new TimeZoneFault(
      `"${name}" is no time zone with one meaning. Use Region/City such as Europe/Berlin, UTC, or UTC+02:00.`,
    );
  }
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
  } catch {
    throw new TimeZoneFault(
      `There is no time zone "${name}". Use Region/City such as Europe/Berlin, UTC, or UTC+02:00.`,
    );
  }
  return {
    at(instant) {
      const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
      const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
      return { year: part('year'), month: part('month'), day: part('day'), hour: part('hour'), minute: part('minute') };
    },
  };
}

function utcMinute(instant: number): LocalMinute {
  const date = new Date(instant);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
  };
}
