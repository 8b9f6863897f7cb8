/**
 * Cron expressions of a DeploymentWindow rule (reference/rules.md, DeploymentWindow): seconds (only `*` or `0`), minutes, hours,
 * day-of-month, month, day-of-week (1 = Sunday) and an optional year. Days are looked up, never computed by trial of dates
 * outside the month, so every question is answered in bounded time.
 */
export interface CronWindow {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  /** Absent = every year. */
  readonly years: ReadonlySet<number> | undefined;
  /** True for a day that the expression takes: `weekday` 1 = Sunday … 7 = Saturday. */
  isDay(year: number, month: number, day: number): boolean;
}

/** Why a text is no such expression, as a sentence. */
export class CronFault extends Error {}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

interface FieldRule {
  name: string;
  min: number;
  max: number;
  names?: readonly string[];
}

const MINUTES: FieldRule = { name: 'minutes', min: 0, max: 59 };
const HOURS: FieldRule = { name: 'hours', min: 0, max: 23 };
const MONTH_DAY: FieldRule = { name: 'day-of-month', min: 1, max: 31 };
const MONTH: FieldRule = { name: 'month', min: 1, max: 12, names: MONTHS };
const WEEK_DAY: FieldRule = { name: 'day-of-week', min: 1, max: 7, names: DAYS };
const YEAR: FieldRule = { name: 'year', min: 1970, max: 2199 };

/** @throws CronFault naming the field and what it takes. */
export function parseCron(text: string): CronWindow {
  const fields = text.trim().split(/\s+/);
  if (fields.length !== 6 && fields.length !== 7) {
    throw new CronFault(
      `A window has six or seven fields (seconds minutes hours day-of-month month day-of-week [year]); this one has ${text.trim() === '' ? 0 : fields.length}.`,
    );
  }
  const [seconds = '', minutes = '', hours = '', monthDay = '', month = '', weekDay = '', year] = fields;
  if (seconds !== '*' && seconds !== '0') {
    throw new CronFault(
      `The seconds field takes "*" or "0", not "${seconds}": a window opens and closes with a minute.`,
    );
  }
  if (monthDay === '?' && weekDay === '?') {
    throw new CronFault('Only one of day-of-month and day-of-week may be "?".');
  }
  const onMonthDay = monthDayTest(monthDay);
  const onWeekDay = weekDayTest(weekDay);
  return {
    minutes: setOf(minutes, MINUTES),
    hours: setOf(hours, HOURS),
    months: setOf(month, MONTH),
    years: year === undefined || year === '*' ? undefined : setOf(year, YEAR),
    isDay: (inYear, inMonth, day) => onMonthDay(inYear, inMonth, day) && onWeekDay(inYear, inMonth, day),
  };
}

type DayTest = (year: number, month: number, day: number) => boolean;

function monthDayTest(field: string): DayTest {
  if (field === '*' || field === '?') return () => true;
  const tests = items(field, MONTH_DAY).map((item): DayTest => {
    const upper = item.toUpperCase();
    if (upper === 'L') return (year, month, day) => day === daysIn(year, month);
    if (upper === 'LW' || upper === 'WL') {
      return (year, month, day) => day === nearestWeekday(year, month, daysIn(year, month));
    }
    const before = /^L-(\d{1,2})$/.exec(upper);
    if (before) {
      const offset = number(before[1] ?? '', { name: 'day-of-month offset', min: 1, max: 30 });
      return (year, month, day) => day === daysIn(year, month) - offset;
    }
    const weekday = /^(\d{1,2})W$/.exec(upper);
    if (weekday) {
      const wanted = number(weekday[1] ?? '', MONTH_DAY);
      return (year, month, day) => wanted <= daysIn(year, month) && day === nearestWeekday(year, month, wanted);
    }
    const days = itemSet(item, MONTH_DAY);
    return (_year, _month, day) => days.has(day);
  });
  return (year, month, day) => tests.some((test) => test(year, month, day));
}

function weekDayTest(field: string): DayTest {
  if (field === '*' || field === '?') return () => true;
  const tests = items(field, WEEK_DAY).map((item): DayTest => {
    const upper = item.toUpperCase();
    // "L" alone is the last day of the week.
    if (upper === 'L') return (year, month, day) => weekdayOf(year, month, day) === 7;
    const last = /^(\d|[A-Z]{3})L$/.exec(upper);
    if (last) {
      const wanted = number(last[1] ?? '', WEEK_DAY);
      return (year, month, day) => weekdayOf(year, month, day) === wanted && day + 7 > daysIn(year, month);
    }
    const nth = /^(\d|[A-Z]{3})#(\d)$/.exec(upper);
    if (nth) {
      const wanted = number(nth[1] ?? '', WEEK_DAY);
      const week = number(nth[2] ?? '', { name: 'day-of-week occurrence', min: 1, max: 5 });
      return (year, month, day) => weekdayOf(year, month, day) === wanted && Math.ceil(day / 7) === week;
    }
    const days = itemSet(item, WEEK_DAY);
    return (year, month, day) => days.has(weekdayOf(year, month, day));
  });
  return (year, month, day) => tests.some((test) => test(year, month, day));
}

function setOf(field: string, rule: FieldRule): ReadonlySet<number> {
  const all = new Set<number>();
  for (const item of items(field, rule)) for (const value of itemSet(item, rule)) all.add(value);
  return all;
}

function items(field: string, rule: FieldRule): string[] {
  const found = field.split(',');
  if (found.includes('')) throw new CronFault(`The ${rule.name} field "${field}" has an empty item.`);
  return found;
}

/** One item: `*`, `5`, `1-5`, `MON-FRI`, each with an optional `/step`. A range may wrap (`FRI-MON`). */
function itemSet(item: string, rule: FieldRule): ReadonlySet<number> {
  const [range = '', step, ...more] = item.split('/');
  if (more.length > 0) throw new CronFault(`The ${rule.name} field has more than one "/" in "${item}".`);
  const by = step === undefined ? 1 : number(step, { name: `${rule.name} step`, min: 1, max: rule.max });
  const [first = '', last, ...rest] = range.split('-');
  if (rest.length > 0) throw new CronFault(`The ${rule.name} field has more than one "-" in "${item}".`);
  const from = range === '*' ? rule.min : number(first, rule);
  const to = range === '*' ? rule.max : last !== undefined ? number(last, rule) : step === undefined ? from : rule.max;
  const values = new Set<number>();
  const span = to >= from ? to - from : to - from + (rule.max - rule.min + 1);
  for (let offset = 0; offset <= span; offset += by) {
    values.add(rule.min + ((from - rule.min + offset) % (rule.max - rule.min + 1)));
  }
  return values;
}

function number(text: string, rule: FieldRule): number {
  const named = rule.names?.indexOf(text.toUpperCase()) ?? -1;
  if (named !== -1) return named + rule.min;
  const value = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= rule.min && value <= rule.max) return value;
  throw new CronFault(
    `The ${rule.name} field takes ${rule.min} to ${rule.max}${rule.names ? ` or ${rule.names[0]} to ${rule.names.at(-1)}` : ''}, not "${text}".`,
  );
}

/** Days of a month, 1 = January. */
export function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** 1 = Sunday … 7 = Saturday. */
export function weekdayOf(year: number, month: number, day: number): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1;
}

/** The weekday (Monday to Friday) nearest to a day, in the same month. */
function nearestWeekday(year: number, month: number, day: number): number {
  const weekday = weekdayOf(year, month, day);
  if (weekday === 7) return day === 1 ? 3 : day - 1;
  if (weekday === 1) return day === daysIn(year, month) ? day - 2 : day + 1;
  return day;
}
