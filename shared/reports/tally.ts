import {
  type CaseStatus,
  type Covered,
  type FailedCase,
  MOST_FAILED_CASES,
  MOST_MESSAGE,
  MOST_NAME,
  MOST_RAW,
  type TestCounts,
} from './report.ts';

/** Colours of terminals, as test tools put them into messages, and characters that control one. */
const NOT_TEXT = /\u001b\[[0-9;]{0,30}[A-Za-z]|[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** Adds up what the files of one report say; its size does not grow with theirs. */
export class Tally {
  readonly tests: TestCounts = { total: 0, succeeded: 0, failed: 0, error: 0, skipped: 0, unknown: 0 };
  readonly failedCases: FailedCase[] = [];
  readonly lines: Covered = { covered: 0, total: 0 };
  readonly branches: Covered = { covered: 0, total: 0 };
  readonly #mask: (text: string) => string;

  /** @param mask Hides secrets in what is kept. */
  constructor(mask: (text: string) => string = (text) => text) {
    this.#mask = mask;
  }

  /** @param suite of the case; '' where there is none. */
  addCase(suite: string, name: string, status: CaseStatus, message = ''): void {
    this.tests.total += 1;
    this.tests[counts[status]] += 1;
    if (status !== 'FAILED' && status !== 'ERROR') return;
    if (this.failedCases.length >= MOST_FAILED_CASES) return;
    const whole = suite === '' || name.startsWith(suite) ? name : `${suite} ${name}`;
    this.failedCases.push({
      name: cut(this.#tidy(whole).replaceAll(/\s+/g, ' '), MOST_NAME) || '(no name)',
      status,
      message: cut(this.#tidy(message), MOST_MESSAGE),
    });
  }

  #tidy(text: string): string {
    return this.#mask(text.slice(0, MOST_RAW)).replaceAll(NOT_TEXT, '').trim();
  }

  addLines(covered: number, total: number): void {
    add(this.lines, covered, total);
  }

  addBranches(covered: number, total: number): void {
    add(this.branches, covered, total);
  }
}

const counts = {
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  ERROR: 'error',
  SKIPPED: 'skipped',
  UNKNOWN: 'unknown',
} as const satisfies Record<CaseStatus, keyof TestCounts>;

/** Only sensible numbers count: a file may say anything. */
function add(sum: Covered, covered: number, total: number): void {
  if (!Number.isSafeInteger(total) || total < 0 || total > 1e9) return;
  sum.total += total;
  sum.covered += Number.isSafeInteger(covered) ? Math.min(Math.max(covered, 0), total) : 0;
}

/** The first characters of a text, never half of a pair. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 2);
  return `${text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 2 : length - 1)}…`;
}
