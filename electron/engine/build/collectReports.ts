import type { ReportSpec } from '../../../shared/buildspec/buildspec.ts';
import { ProblemError } from '../../../shared/problem.ts';
import { MAX_REPORT_LENGTH, ReportBuilder } from '../../../shared/reports/readReport.ts';
import { ReportFault, type ReportRecord } from '../../../shared/reports/report.ts';
import { reportLine } from '../../../shared/reports/reportText.ts';
import { openInside } from '../artifacts/resolveInside.ts';
import { expandVariables, findFiles } from './findFiles.ts';

export interface ReportsRequest {
  specs: readonly ReportSpec[];
  projectName: string;
  sourceFolder: string;
  workspace: string;
  variables: ReadonlyMap<string, string>;
  log(line: string): void;
  mask(text: string): string;
}

/** More files, or more bytes, of one report are left out. */
const MAX_FILES = 2000;
const MAX_BYTES = 128 * 1024 * 1024;
/** Failed cases kept of all reports of a build together. */
const MOST_CASES = 100;
/** Failed cases told in the log; the window shows more of them. */
const TOLD_CASES = 10;
/** The host answers its window between two pieces of a file once this much time has gone by, in milliseconds. */
const BREATH = 8;
const STEPS_BETWEEN_LOOKS = 16;

/**
 * Reads the reports of a build after its phases (reference/buildspec.md §9), also of a failed one. Whatever is wrong with
 * them is told in the log and never fails the build, as a failing test case does not.
 */
export async function collectReports(request: ReportsRequest): Promise<ReportRecord[]> {
  const { log } = request;
  const records: ReportRecord[] = [];
  let kept = 0;
  for (const spec of request.specs) {
    const record = await collectReport(request, spec);
    const room = MOST_CASES - kept;
    kept += Math.min(room, record.failedCases?.length ?? 0);
    records.push(record.failedCases ? { ...record, failedCases: record.failedCases.slice(0, room) } : record);
    log(`Report ${reportLine(record)}.`);
    const cases = record.failedCases ?? [];
    for (const { name, status, message } of cases.slice(0, TOLD_CASES)) {
      log(`  ${status} ${name}${message ? `: ${message.split('\n', 1)[0]}` : ''}`);
    }
    const { failed = 0, error = 0 } = record.tests ?? {};
    const untold = failed + error - Math.min(cases.length, TOLD_CASES);
    if (untold > 0) log(`  and ${untold} more`);
  }
  return records;
}

async function collectReport(request: ReportsRequest, spec: ReportSpec): Promise<ReportRecord> {
  const { sourceFolder, workspace, variables, log } = request;
  const name = request.mask(reportName(expandVariables(spec.name, variables), request.projectName));
  const builder = new ReportBuilder(name, spec.format, request.mask);
  const { files, baseDirectory } = spec;
  try {
    const found = await findFiles({ files, baseDirectory, section: 'reports', sourceFolder, workspace, variables });
    for (const note of found.notes) log(`Report ${name}: ${note}`);
    for (const text of found.unmatched) log(`Report ${name}: the pattern "${text}" matched no file.`);
    let bytes = 0;
    for (const [index, { base, path }] of found.files.entries()) {
      if (index >= MAX_FILES || bytes >= MAX_BYTES) {
        log(`Report ${name}: ${found.files.length - index} more files are left out.`);
        break;
      }
      bytes += await addFile(builder, base, path, (what) => log(`Report ${name}: "${path}" is left out: ${what}.`));
    }
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    log(`Report ${name}: ${error.problem.what} ${error.problem.fix}`);
  }
  return builder.record();
}

/** Answers the file's bytes. */
async function addFile(
  builder: ReportBuilder,
  base: string,
  path: string,
  leaveOut: (what: string) => void,
): Promise<number> {
  try {
    const { file, stats } = await openInside(base, path);
    try {
      if (stats.size > MAX_REPORT_LENGTH) {
        leaveOut(`it is larger than ${MAX_REPORT_LENGTH / 1024 / 1024} MB`);
        return 0;
      }
      await finish(builder.add(await file.readFile('utf8')));
      return stats.size;
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof ReportFault) leaveOut(error.message);
    else if (error instanceof ProblemError) leaveOut(error.problem.what.replace(/\.$/, ''));
    else if ((error as NodeJS.ErrnoException).code === 'ENOENT') leaveOut('it is gone');
    else throw error;
    return 0;
  }
}

async function finish(reading: Generator<void, void>): Promise<void> {
  let lastBreath = performance.now();
  for (let steps = 1; !reading.next().done; steps += 1) {
    if (steps % STEPS_BETWEEN_LOOKS !== 0 || performance.now() - lastBreath < BREATH) continue;
    await new Promise((resume) => setImmediate(resume));
    lastBreath = performance.now();
  }
}

/** A plain name belongs to the project; an ARN names its group after `report-group/`. */
function reportName(name: string, projectName: string): string {
  const ofArn = /^arn:[^:]*:codebuild:[^:]*:[^:]*:report-group\/(.+)$/.exec(name)?.[1];
  return (ofArn ?? `${projectName || 'local'}-${name}`).slice(0, 200);
}
