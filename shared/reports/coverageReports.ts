import { ReportFault } from './report.ts';
import type { ReportReader } from './testReports.ts';
import { readXml } from './xmlReader.ts';

/** Readers of coverage reports in XML, and of LCOV's lines. See testReports.ts for what a reader is. */

const numberOf = (text: string | undefined) =>
  text !== undefined && /^\d{1,12}$/.test(text) ? Number(text) : undefined;

/** JaCoCo: the counters of the whole, which are the children of the root. */
export const readJaCoCo: ReportReader = function* read(text, tally) {
  let depth = 0;
  let steps = 0;
  for (const event of readXml(text)) {
    if (++steps % 256 === 0) yield;
    if (event.kind === 'close') depth -= 1;
    if (event.kind !== 'open') continue;
    depth += 1;
    const { name, attributes } = event;
    if (depth === 1 && name !== 'report') throw otherRoot(name, 'JaCoCo report');
    if (depth !== 2 || name !== 'counter') continue;
    const covered = numberOf(attributes.get('covered')) ?? 0;
    const total = covered + (numberOf(attributes.get('missed')) ?? 0);
    if (attributes.get('type') === 'LINE') tally.addLines(covered, total);
    else if (attributes.get('type') === 'BRANCH') tally.addBranches(covered, total);
  }
};

/** Cobertura: the sums that the root gives, else its classes' lines counted. */
export const readCobertura: ReportReader = function* read(text, tally) {
  const path: string[] = [];
  let isSummed = false;
  let steps = 0;
  for (const event of readXml(text)) {
    if (++steps % 256 === 0) yield;
    if (event.kind === 'close') path.pop();
    if (event.kind !== 'open') continue;
    const { name, attributes } = event;
    path.push(name);
    if (path.length === 1) {
      if (name !== 'coverage') throw otherRoot(name, 'Cobertura report');
      const total = numberOf(attributes.get('lines-valid'));
      if (total === undefined) continue;
      isSummed = true;
      tally.addLines(numberOf(attributes.get('lines-covered')) ?? 0, total);
      const branches = numberOf(attributes.get('branches-valid'));
      if (branches !== undefined) tally.addBranches(numberOf(attributes.get('branches-covered')) ?? 0, branches);
    } else if (!isSummed && name === 'line' && path.at(-2) === 'lines' && path.at(-3) === 'class') {
      tally.addLines(Number(attributes.get('hits') ?? 0) > 0 ? 1 : 0, 1);
      const [, covered, total] = /\((\d{1,9})\/(\d{1,9})\)/.exec(attributes.get('condition-coverage') ?? '') ?? [];
      if (attributes.get('branch') === 'true' && total) tally.addBranches(Number(covered), Number(total));
    }
  }
};

/** Clover: the metrics of the project, else those of its files. Its statements count as lines. */
export const readClover: ReportReader = function* read(text, tally) {
  const path: string[] = [];
  let steps = 0;
  let ofProject: ReadonlyMap<string, string> | undefined;
  const ofFiles: ReadonlyMap<string, string>[] = [];
  for (const event of readXml(text)) {
    if (++steps % 256 === 0) yield;
    if (event.kind === 'close') path.pop();
    if (event.kind !== 'open') continue;
    path.push(event.name);
    if (path.length === 1 && event.name !== 'coverage') throw otherRoot(event.name, 'Clover report');
    if (event.name !== 'metrics' || path[1] !== 'project') continue;
    if (path.length === 3) ofProject = event.attributes;
    else if (path.at(-2) === 'file') ofFiles.push(event.attributes);
  }
  for (const metrics of ofProject ? [ofProject] : ofFiles) {
    tally.addLines(numberOf(metrics.get('coveredstatements')) ?? 0, numberOf(metrics.get('statements')) ?? 0);
    tally.addBranches(numberOf(metrics.get('coveredconditionals')) ?? 0, numberOf(metrics.get('conditionals')) ?? 0);
  }
};

/** LCOV: `DA:line,hits` and `BRDA:line,block,branch,taken`, else the sums `LF`, `LH`, `BRF`, `BRH` of each file. */
export const readLcov: ReportReader = function* read(text, tally) {
  let record = { lines: 0, hit: 0, branches: 0, taken: 0, sums: new Map<string, number>() };
  let isLcov = false;
  let count = 0;
  const finish = () => {
    const { lines, hit, branches, taken, sums } = record;
    if (lines > 0) tally.addLines(hit, lines);
    else tally.addLines(sums.get('LH') ?? 0, sums.get('LF') ?? 0);
    if (branches > 0) tally.addBranches(taken, branches);
    else tally.addBranches(sums.get('BRH') ?? 0, sums.get('BRF') ?? 0);
    record = { lines: 0, hit: 0, branches: 0, taken: 0, sums: new Map() };
  };
  for (let at = 0; at < text.length; ) {
    if (++count % 1024 === 0) yield;
    const end = text.indexOf('\n', at);
    const line = text.slice(at, end < 0 ? text.length : end).trimEnd();
    at = end < 0 ? text.length : end + 1;
    if (line === 'end_of_record') {
      finish();
      continue;
    }
    const [, key, value = ''] = /^([A-Z]{2,4}):(.*)$/.exec(line) ?? [];
    if (key === 'SF') isLcov = true;
    else if (key === 'DA') {
      record.lines += 1;
      if (Number(value.split(',', 2)[1]) > 0) record.hit += 1;
    } else if (key === 'BRDA') {
      record.branches += 1;
      if (Number(value.split(',', 4)[3]) > 0) record.taken += 1;
    } else if (key === 'LF' || key === 'LH' || key === 'BRF' || key === 'BRH') {
      record.sums.set(key, numberOf(value) ?? 0);
    }
  }
  finish();
  if (!isLcov) throw new ReportFault('it names no source file (SF:), so it is no LCOV report');
};

const otherRoot = (name: string, label: string) =>
  new ReportFault(`its root element is <${name.slice(0, 40)}>, so it is no ${label}`);
