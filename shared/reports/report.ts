/**
 * What a build's reports say, small enough for the journal: counts, the failed cases, coverage (reference/buildspec.md §9).
 * Plain data, made of files that a project wrote: every text in it is untrusted and cut to a bound.
 */

/** By the words of a buildspec's `file-format`. LCOV is ours alone: CodeBuild does not read it. */
export const testFormats = [
  'JUNITXML',
  'NUNITXML',
  'NUNIT3XML',
  'TESTNGXML',
  'CUCUMBERJSON',
  'VISUALSTUDIOTRX',
] as const;
export const coverageFormats = ['CLOVERXML', 'COBERTURAXML', 'JACOCOXML', 'SIMPLECOV', 'LCOV'] as const;
export type TestFormat = (typeof testFormats)[number];
export type CoverageFormat = (typeof coverageFormats)[number];
export type ReportFormat = TestFormat | CoverageFormat;

export type CaseStatus = 'SUCCEEDED' | 'FAILED' | 'ERROR' | 'SKIPPED' | 'UNKNOWN';

/** At most so many failed cases are kept of a report, each message cut to so many characters. */
export const MOST_FAILED_CASES = 50;
export const MOST_MESSAGE = 500;
export const MOST_NAME = 300;
/** So many characters of a message are looked at, so that a secret is hidden as a whole before the message is cut. */
export const MOST_RAW = 16 * 1024;

export interface FailedCase {
  /** With its suite or class before it, where the report names one. */
  name: string;
  status: 'FAILED' | 'ERROR';
  /** First `MOST_MESSAGE` characters; '' when the report gives none. */
  message: string;
}

export interface TestCounts {
  total: number;
  succeeded: number;
  failed: number;
  error: number;
  skipped: number;
  unknown: number;
}

export interface Covered {
  covered: number;
  total: number;
}

/** One report of a build, as the journal keeps it. */
export interface ReportRecord {
  /** Of the report group: `<project>-<name>`, or as the ARN names it. */
  name: string;
  type: 'TEST' | 'CODE_COVERAGE';
  /** INCOMPLETE: no file of it could be read. */
  status: 'SUCCEEDED' | 'FAILED' | 'INCOMPLETE';
  format: ReportFormat;
  /** How many files it was read from. */
  files: number;
  tests?: TestCounts;
  failedCases?: FailedCase[];
  lines?: Covered;
  branches?: Covered;
}

/** Of covered ones, in percent with two decimals; 0 of 0 is 0. */
export const percentOf = ({ covered, total }: Covered): number =>
  total === 0 ? 0 : Math.floor((covered / total) * 10_000) / 100;

/** A report file is not what it should be. */
export class ReportFault extends Error {
  override readonly name = 'ReportFault';
}
