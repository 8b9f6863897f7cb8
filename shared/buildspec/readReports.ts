import type { Node } from 'yaml';
import { coverageFormats, type ReportFormat, testFormats } from '../reports/report.ts';
import type { ReportSpec } from './buildspec.ts';
import { section } from './section.ts';
import type { YamlReader } from './yamlReader.ts';

/** A project has at most so many report groups (reference/buildspec.md §9). */
const MAX_REPORT_GROUPS = 5;
/** More are not read, so that the journal stays small. */
const MOST_READ = 20;

const formats: readonly string[] = [...testFormats, ...coverageFormats];
const isFormat = (text: string): text is ReportFormat => formats.includes(text);
const keys = ['files', 'base-directory', 'discard-paths', 'file-format'];

/**
 * The reports section (§9). What cannot be read of it is a warning and that report is left out: a report never decides
 * whether a build succeeds.
 */
export function readReports(reader: YamlReader, node: Node | undefined): ReportSpec[] {
  const found: ReportSpec[] = [];
  for (const { key: name, keyNode, value } of reader.entries(node, 'reports')) {
    const field = `reports.${name}`;
    const block = section(reader, value, field, keys);
    const files = reader.texts(block.get('files'), `${field}.files`);
    const written = reader.text(block.get('file-format'), `${field}.file-format`) || 'JUNITXML';
    const format = written.toUpperCase();
    reader.flag(block.get('discard-paths'), `${field}.discard-paths`);
    const baseDirectory = reader.text(block.get('base-directory'), `${field}.base-directory`) ?? '';
    if (files.length === 0) {
      const fix = 'Add files, for example - "reports/*.xml".';
      reader.warn(block.get('files') ?? keyNode, `${field}.files`, `${field} has no files; it is left out.`, fix);
    } else if (!isFormat(format)) {
      const what = `file-format "${written}" is not known; the report is left out.`;
      const fix = `Use one of: ${formats.filter((known) => known !== 'LCOV').join(', ')}.`;
      reader.warn(block.get('file-format'), `${field}.file-format`, what, fix, 'buildspec.file-format');
    } else {
      if (format === 'LCOV') {
        const what = 'CodeBuild does not read LCOV; the report exists in local runs only.';
        const fix = 'Have the tool write CLOVERXML or COBERTURAXML for AWS.';
        reader.warn(block.get('file-format'), `${field}.file-format`, what, fix, 'buildspec.file-format');
      }
      found.push({ name, format, files, baseDirectory });
    }
  }
  if (found.length > MAX_REPORT_GROUPS) {
    const what = `There are ${found.length} reports; CodeBuild takes at most ${MAX_REPORT_GROUPS} for a project.`;
    reader.warn(node, 'reports', what, 'Join some of them.', 'buildspec.too-many');
  }
  return found.slice(0, MOST_READ);
}
