import { readClover, readCobertura, readJaCoCo, readLcov } from './coverageReports.ts';
import { readCucumber, readSimpleCov } from './jsonReports.ts';
import { coverageFormats, type ReportFormat, type ReportRecord } from './report.ts';
import { Tally } from './tally.ts';
import { type ReportReader, readJUnit, readNUnit, readNUnit3, readTestNg, readTrx } from './testReports.ts';

/** A longer file of a report is not read. */
export const MAX_REPORT_LENGTH = 32 * 1024 * 1024;

const readers: Readonly<Record<ReportFormat, ReportReader>> = {
  JUNITXML: readJUnit,
  NUNITXML: readNUnit,
  NUNIT3XML: readNUnit3,
  TESTNGXML: readTestNg,
  CUCUMBERJSON: readCucumber,
  VISUALSTUDIOTRX: readTrx,
  CLOVERXML: readClover,
  COBERTURAXML: readCobertura,
  JACOCOXML: readJaCoCo,
  SIMPLECOV: readSimpleCov,
  LCOV: readLcov,
};

/** Reads the files of one report, one after the other, into one record. */
export class ReportBuilder {
  readonly #name: string;
  readonly #format: ReportFormat;
  readonly #tally: Tally;
  #files = 0;

  /** @param mask Hides secrets in what is kept. */
  constructor(name: string, format: ReportFormat, mask?: (text: string) => string) {
    this.#name = name;
    this.#tally = new Tally(mask);
    this.#format = format;
  }

  /**
   * Reads one file. Yields now and then: a driver may do other work in between, or run it to its end at once.
   * @throws ReportFault when the file is not what the format says. What was counted of it before stays counted.
   */
  *add(text: string): Generator<void, void> {
    yield* readers[this.#format](text, this.#tally);
    this.#files += 1;
  }

  record(): ReportRecord {
    const { tests, failedCases, lines, branches } = this.#tally;
    const common = { name: this.#name, format: this.#format, files: this.#files };
    const isRead = this.#files > 0 || tests.total > 0;
    if ((coverageFormats as readonly string[]).includes(this.#format)) {
      return {
        ...common,
        type: 'CODE_COVERAGE',
        status: isRead ? 'SUCCEEDED' : 'INCOMPLETE',
        ...(lines.total > 0 ? { lines } : {}),
        ...(branches.total > 0 ? { branches } : {}),
      };
    }
    const isFailed = tests.failed + tests.error > 0;
    return {
      ...common,
      type: 'TEST',
      status: isFailed ? 'FAILED' : isRead ? 'SUCCEEDED' : 'INCOMPLETE',
      tests,
      ...(failedCases.length > 0 ? { failedCases } : {}),
    };
  }
}
