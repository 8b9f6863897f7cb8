import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { ReportRecord } from '../../../shared/reports/report.ts';
import { Reports } from './Reports.tsx';

afterEach(cleanup);

const tests = { total: 3, succeeded: 1, failed: 2, error: 0, skipped: 0, unknown: 0 };
const failed: ReportRecord = {
  name: 'shop-unit',
  type: 'TEST',
  status: 'FAILED',
  format: 'JUNITXML',
  files: 1,
  tests,
  failedCases: [{ name: 'cart adds', status: 'FAILED', message: '<img src=x onerror=alert(1)>\nline 2' }],
};
const coverage: ReportRecord = {
  name: 'shop-cov',
  type: 'CODE_COVERAGE',
  status: 'SUCCEEDED',
  format: 'COBERTURAXML',
  files: 1,
  lines: { covered: 2, total: 3 },
  branches: { covered: 1, total: 2 },
};

describe('the reports of an action', () => {
  it('are not shown where there are none', () => {
    render(<Reports reports={undefined} />);
    render(<Reports reports={[]} />);
    expect(screen.queryByRole('list')).toBeNull();
  });

  it('say how many tests passed and failed, and how much is covered', () => {
    const { container } = render(<Reports reports={[failed, coverage]} />);
    expect(screen.getByText('3 tests, 1 passed, 2 failed')).toBeTruthy();
    expect(screen.getByText('lines 66.66 % (2 of 3), branches 50 % (1 of 2)')).toBeTruthy();
    expect(container.querySelectorAll('[data-status="Failed"]')).toHaveLength(1);
  });

  it('show failed cases with their messages as text, and how many are not shown', () => {
    const { container } = render(<Reports reports={[failed]} />);
    fireEvent.click(screen.getByText('shop-unit'));
    expect(screen.getByText('cart adds')).toBeTruthy();
    expect(screen.getByText(/onerror=alert/)).toBeTruthy();
    expect(container.querySelector('img[src]')).toBeNull();
    expect(screen.getByText('and 1 more, in the report’s own files')).toBeTruthy();
  });
});
