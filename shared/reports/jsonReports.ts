import { type CaseStatus, ReportFault } from './report.ts';
import type { ReportReader } from './testReports.ts';

/** Readers of reports in JSON. The members that are read are looked for one by one: the text may hold anything. */

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const objectsOf = (value: unknown): readonly Json[] => listOf(value).filter(isObject);
const textOf = (value: unknown) => (typeof value === 'string' ? value : '');
/** Own members only: a name may be `__proto__`. */
const entriesOf = (value: unknown): [string, unknown][] => (isObject(value) ? Object.entries(value) : []);

function parse(text: string): unknown {
  try {
    return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch (cause) {
    throw new ReportFault('it is not JSON', { cause });
  }
}

/** From best to worst; a scenario is as bad as its worst step. */
const stepStatuses: ReadonlyMap<string, CaseStatus> = new Map([
  ['passed', 'SUCCEEDED'],
  ['skipped', 'SKIPPED'],
  ['pending', 'UNKNOWN'],
  ['undefined', 'UNKNOWN'],
  ['ambiguous', 'ERROR'],
  ['failed', 'FAILED'],
]);
const worst: readonly CaseStatus[] = ['SUCCEEDED', 'SKIPPED', 'UNKNOWN', 'ERROR', 'FAILED'];

interface Steps {
  status: CaseStatus;
  message: string;
}

/** Hooks and steps of an element; of a failure the first message. */
function stepsOf(element: Json, before: Steps = { status: 'SUCCEEDED', message: '' }): Steps {
  let { status, message } = before;
  for (const step of [...objectsOf(element.before), ...objectsOf(element.steps), ...objectsOf(element.after)]) {
    if (!isObject(step.result)) continue;
    const own = stepStatuses.get(textOf(step.result.status)) ?? 'UNKNOWN';
    if (worst.indexOf(own) > worst.indexOf(status)) status = own;
    if (message === '' && (own === 'FAILED' || own === 'ERROR')) {
      const name = `${textOf(step.keyword)}${textOf(step.name)}`.trim();
      message = [name, textOf(step.result.error_message)].filter((part) => part !== '').join('\n');
    }
  }
  return { status, message };
}

/** Cucumber: features with scenarios; a background belongs to the scenario after it. */
export const readCucumber: ReportReader = function* read(text, tally) {
  const parsed = parse(text);
  if (!Array.isArray(parsed)) throw new ReportFault('it is no list of features, so it is no Cucumber report');
  for (const feature of objectsOf(parsed)) {
    let background: Steps | undefined;
    for (const element of objectsOf(feature.elements)) {
      yield;
      if (textOf(element.type) === 'background') {
        background = stepsOf(element);
        continue;
      }
      const { status, message } = stepsOf(element, background);
      background = undefined;
      tally.addCase(textOf(feature.name), textOf(element.name), status, message);
    }
  }
};

/** SimpleCov: `.resultset.json` (by command, then by file), or `coverage.json` (by file). Runs of one file add up. */
export const readSimpleCov: ReportReader = function* read(text, tally) {
  const parsed = parse(text);
  const runs =
    isObject(parsed) && isObject(parsed.coverage)
      ? [parsed.coverage]
      : entriesOf(parsed).flatMap(([, run]) => (isObject(run) && isObject(run.coverage) ? [run.coverage] : []));
  if (runs.length === 0) throw new ReportFault('it has no coverage by file, so it is no SimpleCov report');
  const files = new Map<string, { lines: (number | undefined)[]; branches: Map<string, number> }>();
  for (const run of runs) {
    for (const [path, coverage] of entriesOf(run)) {
      yield;
      const file = files.get(path) ?? { lines: [], branches: new Map() };
      files.set(path, file);
      const lines = Array.isArray(coverage) ? coverage : listOf(isObject(coverage) ? coverage.lines : undefined);
      for (const [index, hits] of lines.entries()) {
        if (typeof hits === 'number') file.lines[index] = (file.lines[index] ?? 0) + hits;
      }
      for (const [name, hits] of isObject(coverage) ? branchesOf(coverage.branches) : []) {
        file.branches.set(name, (file.branches.get(name) ?? 0) + hits);
      }
    }
  }
  for (const { lines, branches } of files.values()) {
    const relevant = lines.filter((hits) => hits !== undefined);
    tally.addLines(relevant.filter((hits) => hits > 0).length, relevant.length);
    tally.addBranches([...branches.values()].filter((hits) => hits > 0).length, branches.size);
  }
};

/** `{condition: {branch: hits}}` of a result set, or a list of `{start_line, end_line, type, coverage}`. */
function branchesOf(branches: unknown): [string, number][] {
  if (Array.isArray(branches)) {
    return objectsOf(branches).flatMap((branch, index) =>
      typeof branch.coverage === 'number' ? [[String(index), branch.coverage] as [string, number]] : [],
    );
  }
  return entriesOf(branches).flatMap(([condition, ways]) =>
    entriesOf(ways).flatMap(([way, hits]) =>
      typeof hits === 'number' ? [[`${condition} ${way}`, hits] as [string, number]] : [],
    ),
  );
}
