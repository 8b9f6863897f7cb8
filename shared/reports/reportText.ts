import { percentOf, type ReportRecord } from './report.ts';

/** A report in one line: `shop-unit: 12 tests, 10 passed, 1 failed, 1 skipped`. */
export function reportLine(report: ReportRecord): string {
  return `${report.name}: ${reportSummary(report)}`;
}

function reportSummary({ status, tests, lines, branches }: ReportRecord): string {
  if (status === 'INCOMPLETE') return 'no file could be read';
  if (tests) {
    const parts = [
      `${tests.total} ${tests.total === 1 ? 'test' : 'tests'}`,
      ...[
        [tests.succeeded, 'passed'] as const,
        [tests.failed, 'failed'] as const,
        [tests.error, tests.error === 1 ? 'error' : 'errors'] as const,
        [tests.skipped, 'skipped'] as const,
        [tests.unknown, 'unknown'] as const,
      ].flatMap(([count, word]) => (count > 0 ? [`${count} ${word}`] : [])),
    ];
    return parts.join(', ');
  }
  const parts = [
    ...(lines ? [`lines ${percentOf(lines)} % (${lines.covered} of ${lines.total})`] : []),
    ...(branches ? [`branches ${percentOf(branches)} % (${branches.covered} of ${branches.total})`] : []),
  ];
  return parts.length > 0 ? parts.join(', ') : 'nothing to cover';
}
