import { describe, expect, it } from 'vitest';
import { nextOpening } from './nextOpening.ts';
import { parseCron } from './parseCron.ts';
import { timeZone } from './timeZone.ts';

const opens = (cron: string, from: string, zone = 'UTC'): string | undefined => {
  const at = nextOpening(parseCron(cron), timeZone(zone), Date.parse(from));
  return at === undefined ? undefined : new Date(at).toISOString();
};

describe('rules.md §2 DeploymentWindow: fields in the order seconds minutes hours day-of-month month day-of-week [year]', () => {
  const cases: [what: string, cron: string, from: string, opening: string][] = [
    ['is open already', '* * * * * ?', '2026-03-04T05:06:07Z', '2026-03-04T05:06:07.000Z'],
    ['a minute of each hour', '0 30 * ? * * *', '2026-03-04T05:31:00Z', '2026-03-04T06:30:00.000Z'],
    ['office hours, minute 0 only', '0 0 9-17 ? * MON-FRI *', '2026-03-06T17:01:00Z', '2026-03-09T09:00:00.000Z'],
    ['office hours, every minute', '0 * 9-17 ? * MON-FRI', '2026-03-07T12:00:00Z', '2026-03-09T09:00:00.000Z'],
    ['1 is Sunday', '0 0 0 ? * 1', '2026-03-04T00:00:00Z', '2026-03-08T00:00:00.000Z'],
    ['7 is Saturday', '0 0 0 ? * 7', '2026-03-04T00:00:00Z', '2026-03-07T00:00:00.000Z'],
    ['names in any case', '0 0 0 ? jan sUn', '2026-03-04T00:00:00Z', '2027-01-03T00:00:00.000Z'],
    ['a step', '0 0/20 * * * ?', '2026-03-04T05:21:00Z', '2026-03-04T05:40:00.000Z'],
    ['a step over a range', '0 0 8-18/5 * * ?', '2026-03-04T09:00:00Z', '2026-03-04T13:00:00.000Z'],
    ['a list', '0 5,50 4,22 * * ?', '2026-03-04T04:06:00Z', '2026-03-04T04:50:00.000Z'],
    ['a range that wraps', '0 0 0 ? * FRI-MON', '2026-03-03T00:00:00Z', '2026-03-06T00:00:00.000Z'],
    ['L: the last day of the month', '0 0 0 L * ?', '2027-02-03T00:00:00Z', '2027-02-28T00:00:00.000Z'],
    ['L in a leap year', '0 0 0 L FEB ?', '2028-01-03T00:00:00Z', '2028-02-29T00:00:00.000Z'],
    ['L-3: three days before month end', '0 0 0 L-3 * ?', '2026-04-01T00:00:00Z', '2026-04-27T00:00:00.000Z'],
    ['LW: the last weekday', '0 0 0 LW * ?', '2026-05-01T00:00:00Z', '2026-05-29T00:00:00.000Z'],
    ['15W on a Saturday: the Friday before', '0 0 0 15W 8 ?', '2026-08-01T00:00:00Z', '2026-08-14T00:00:00.000Z'],
    ['15W on a Sunday: the Monday after', '0 0 0 15W 2 ?', '2026-02-01T00:00:00Z', '2026-02-16T00:00:00.000Z'],
    ['1W on a Saturday: not the month before', '0 0 0 1W 8 ?', '2026-07-31T00:00:00Z', '2026-08-03T00:00:00.000Z'],
    ['6L: the last Friday', '0 0 0 ? * 6L', '2026-03-01T00:00:00Z', '2026-03-27T00:00:00.000Z'],
    ['6#3: the third Friday', '0 0 0 ? * 6#3', '2026-03-01T00:00:00Z', '2026-03-20T00:00:00.000Z'],
    ['a fifth Friday skips months without', '0 0 0 ? * 6#5', '2026-03-01T00:00:00Z', '2026-05-29T00:00:00.000Z'],
    ['L in day-of-week: Saturday', '0 0 0 ? * L', '2026-03-01T00:00:00Z', '2026-03-07T00:00:00.000Z'],
    ['a year within reach', '0 0 0 1 1 ? 2030-2031', '2026-03-01T00:00:00Z', '2030-01-01T00:00:00.000Z'],
    ['29 February on a Sunday', '0 0 0 29 2 SUN', '2026-03-01T00:00:00Z', '2032-02-29T00:00:00.000Z'],
  ];
  it.each(cases)('%s', (_what, cron, from, opening) => {
    expect(opens(cron, from)).toBe(opening);
  });

  it('answers that a window never opens', () => {
    expect(opens('0 0 0 30 2 ?', '2026-01-01T00:00:00Z')).toBeUndefined();
    expect(opens('0 0 0 1 1 ? 1999', '2026-01-01T00:00:00Z')).toBeUndefined();
    expect(opens('0 0 0 30 2 ?', '2026-01-01T00:00:00Z', 'Europe/Berlin')).toBeUndefined();
  });
});

describe('rules.md §2 DeploymentWindow: time zones', () => {
  it('is read on the clock of the zone', () => {
    expect(opens('0 0 9 * * ?', '2026-01-10T00:00:00Z', 'Europe/Berlin')).toBe('2026-01-10T08:00:00.000Z');
    expect(opens('0 0 9 * * ?', '2026-07-10T00:00:00Z', 'Europe/Berlin')).toBe('2026-07-10T07:00:00.000Z');
    expect(opens('0 30 9 * * ?', '2026-07-10T00:00:00Z', 'Asia/Kolkata')).toBe('2026-07-10T04:00:00.000Z');
    expect(opens('0 45 9 * * ?', '2026-07-10T00:00:00Z', 'Asia/Kathmandu')).toBe('2026-07-10T04:00:00.000Z');
  });
  it('is found decades ahead by a handful of looks at the clock of the zone', () => {
    const berlin = timeZone('Europe/Berlin');
    let looks = 0;
    const counted = {
      at: (instant: number) => {
        looks += 1;
        return berlin.at(instant);
      },
    };
    const opening = nextOpening(parseCron('0 0 9 1 JAN ? 2060'), counted, Date.parse('2026-03-01T00:00:00Z'));
    expect(new Date(opening ?? 0).toISOString()).toBe('2060-01-01T08:00:00.000Z');
    expect(looks).toBeLessThan(200);
  });
  it('takes UTC+HH:MM and UTC-HH:MM', () => {
    expect(opens('0 0 9 * * ?', '2026-01-10T00:00:00Z', 'UTC+05:30')).toBe('2026-01-10T03:30:00.000Z');
    expect(opens('0 0 9 * * ?', '2026-01-10T00:00:00Z', 'UTC-03:00')).toBe('2026-01-10T12:00:00.000Z');
  });
  it('takes an abbreviation with one meaning and refuses one with several', () => {
    expect(opens('0 0 9 * * ?', '2026-01-10T00:00:00Z', 'CET')).toBe('2026-01-10T08:00:00.000Z');
    expect(() => timeZone('CST')).toThrow('no time zone with one meaning');
    expect(() => timeZone('Europe/Nowhere')).toThrow('There is no time zone "Europe/Nowhere"');
    expect(() => timeZone('UTC+25:00')).toThrow('no offset that exists');
  });
  it('skips an hour that daylight saving leaves out', () => {
    expect(opens('0 30 2 * * ?', '2026-03-29T00:00:00Z', 'Europe/Berlin')).toBe('2026-03-30T00:30:00.000Z');
  });
  it('opens twice in an hour that comes twice', () => {
    expect(opens('0 30 2 * * ?', '2026-10-25T00:00:00Z', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z');
    expect(opens('0 30 2 * * ?', '2026-10-25T00:31:00Z', 'Europe/Berlin')).toBe('2026-10-25T01:30:00.000Z');
  });
});

describe('a window that cannot be read', () => {
  it.each([
    ['', 'this one has 0'],
    ['0 0 9 * *', 'this one has 5'],
    ['5 0 9 * * ?', 'The seconds field takes "*" or "0"'],
    ['0 60 9 * * ?', 'The minutes field takes 0 to 59, not "60"'],
    ['0 0 24 * * ?', 'The hours field takes 0 to 23'],
    ['0 0 9 32 * ?', 'The day-of-month field takes 1 to 31'],
    ['0 0 9 * 0 ?', 'The month field takes 1 to 12 or JAN to DEC, not "0"'],
    ['0 0 9 ? * 0', 'The day-of-week field takes 1 to 7 or SUN to SAT'],
    ['0 0 9 ? * ?', 'Only one of day-of-month and day-of-week may be "?"'],
    ['0 0 9 * * ? 1969', 'The year field takes 1970 to 2199'],
    ['0 0 9,, * * ?', 'has an empty item'],
    ['0 0/5/5 9 * * ?', 'more than one "/"'],
    ['0 1-2-3 9 * * ?', 'more than one "-"'],
    ['0 0/0 9 * * ?', 'step field takes 1 to 59'],
    ['0 0 9 L-31 * ?', 'offset field takes 1 to 30'],
    ['0 0 9 ? * 6#6', 'occurrence field takes 1 to 5'],
  ])('%j says what is wrong with it', (cron, text) => {
    expect(() => parseCron(cron)).toThrow(text);
  });
});
