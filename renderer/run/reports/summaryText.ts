import { percentOf, type ReportRecord } from '../../../shared/reports/report.ts';
import { locale, strings } from '../../strings/strings.ts';

/** What a report says, without its name: "12 tests, 10 passed, 1 failed". */
export function summaryText({ status, tests, lines, branches }: ReportRecord): string {
  const texts = strings.run.reports;
  if (status === 'INCOMPLETE') return texts.unreadable;
  if (tests) {
    const counts = (['succeeded', 'failed', 'error', 'skipped', 'unknown'] as const)
      .filter((result) => tests[result] > 0)
      .map((result) => texts.results[result](tests[result]));
    return [texts.tests(tests.total), ...counts].join(', ');
  }
  const parts = [
    ...(lines ? [texts.lines(percentText(percentOf(lines)), lines.covered, lines.total)] : []),
    ...(branches ? [texts.branches(percentText(percentOf(branches)), branches.covered, branches.total)] : []),
  ];
  return parts.length > 0 ? parts.join(', ') : texts.noCoverage;
}

const percentText = (percent: number): string =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(percent);
