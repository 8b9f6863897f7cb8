import type { FailedCase, ReportRecord } from '../../../shared/reports/report.ts';
import { strings } from '../../strings/strings.ts';
import { StatusIcon } from '../../ui/StatusIcon.tsx';
import styles from './Reports.module.css';
import { summaryText } from './summaryText.ts';

/**
 * What an action's build reported: a line for each report, the failed cases below it. All texts come from the project and are
 * shown as text only.
 */
export function Reports({ reports }: { reports: readonly ReportRecord[] | undefined }) {
  if (!reports || reports.length === 0) return null;
  return (
    <ul className={styles.reports} aria-label={strings.run.reports.label}>
      {reports.map((report, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two reports may have one name, and the list never changes.
        <Report key={index} report={report} />
      ))}
    </ul>
  );
}

function Report({ report }: { report: ReportRecord }) {
  const cases = report.failedCases ?? [];
  const line = (
    <>
      <StatusIcon status={icons[report.status]} size={14} />
      <span className={styles.name}>{report.name}</span>
      <span className={styles.summary}>{summaryText(report)}</span>
    </>
  );
  if (cases.length === 0) return <li className={styles.line}>{line}</li>;
  const { failed = 0, error = 0 } = report.tests ?? {};
  const untold = failed + error - cases.length;
  return (
    <li>
      <details>
        <summary className={styles.line}>
          {line}
          <span className={styles.cue} data-when="closed">
            {strings.run.reports.showCases}
          </span>
          <span className={styles.cue} data-when="open">
            {strings.run.reports.hideCases}
          </span>
        </summary>
        <ul className={styles.cases}>
          {cases.map((one, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: cases may have one name, and the list never changes.
            <Case key={index} one={one} />
          ))}
          {untold > 0 && <li className={styles.summary}>{strings.run.reports.untold(untold)}</li>}
        </ul>
      </details>
    </li>
  );
}

const icons = { SUCCEEDED: 'Succeeded', FAILED: 'Failed', INCOMPLETE: 'NotStarted' } as const;

function Case({ one: { name, status, message } }: { one: FailedCase }) {
  return (
    <li>
      <span className={styles.caseName}>{name}</span>
      {status === 'ERROR' && <span className={styles.summary}> {strings.run.reports.error}</span>}
      {message !== '' && <pre className={styles.message}>{message}</pre>}
    </li>
  );
}
