import { type CaseStatus, MOST_RAW, ReportFault } from './report.ts';
import type { Tally } from './tally.ts';
import { readXml, type XmlEvent } from './xmlReader.ts';

/**
 * Readers of test reports in XML. Each is a generator that yields now and then, so that whoever drives it can do other work
 * in between, and adds what it finds to the tally. A case counts when its element ends.
 */
export type ReportReader = (text: string, tally: Tally) => Generator<void, void>;

interface Case {
  suite: string;
  name: string;
  status: CaseStatus;
  message: string;
}

/** What a format makes of elements below a case. `depth` counts from the case: its children have 1. */
interface CaseFormat {
  roots: readonly string[];
  /** Said when the root is another one. */
  label: string;
  /** Undefined: no case of its own. `suite` is the name of the innermost element that `suiteOf` gave one. */
  caseOf(name: string, attributes: ReadonlyMap<string, string>, suite: string): Case | undefined;
  suiteOf(name: string, attributes: ReadonlyMap<string, string>): string | undefined;
  /** An element inside a case. True = its text belongs to the message. */
  inside(found: Case, name: string, attributes: ReadonlyMap<string, string>, above: readonly string[]): boolean;
  /** A case inside of a case counts in place of the outer one. */
  nests?: boolean;
}

function readerOf(format: CaseFormat): ReportReader {
  return function* read(text, tally) {
    const path: string[] = [];
    const suites: { depth: number; name: string }[] = [];
    const cases: { depth: number; found: Case; isCounted: boolean }[] = [];
    let messageDepth = 0;
    let steps = 0;
    for (const event of readXml(text)) {
      if (++steps % 256 === 0) yield;
      if (event.kind === 'open') open(event);
      else if (event.kind === 'close') close();
      else if (messageDepth > 0) {
        const found = cases.at(-1)?.found;
        if (found && found.message.length < MOST_RAW) found.message += event.text.slice(0, MOST_RAW);
      }
    }

    function open({ name, attributes }: Extract<XmlEvent, { kind: 'open' }>): void {
      if (path.length === 0 && !format.roots.includes(name)) {
        throw new ReportFault(`its root element is <${name.slice(0, 40)}>, so it is no ${format.label}`);
      }
      path.push(name);
      const around = cases.at(-1);
      if (around && !(format.nests && format.caseOf(name, attributes, ''))) {
        const above = path.slice(around.depth, -1);
        if (format.inside(around.found, name, attributes, above) && messageDepth === 0) messageDepth = path.length;
        return;
      }
      const suite = format.suiteOf(name, attributes);
      if (suite !== undefined) suites.push({ depth: path.length, name: suite });
      const found = format.caseOf(name, attributes, suites.at(-1)?.name ?? '');
      if (!found) return;
      if (around) around.isCounted = false;
      cases.push({ depth: path.length, found, isCounted: true });
    }

    function close(): void {
      if (messageDepth === path.length) messageDepth = 0;
      const innermost = cases.at(-1);
      if (innermost?.depth === path.length) {
        cases.pop();
        const { suite, name, status, message } = innermost.found;
        if (innermost.isCounted) tally.addCase(suite, name, status, message);
      }
      if (suites.at(-1)?.depth === path.length) suites.pop();
      path.pop();
    }
  };
}

/** `<testcase classname name>` with `<failure>`, `<error>` or `<skipped>`. Repeated tries that passed in the end count as passed. */
export const readJUnit = readerOf({
  roots: ['testsuites', 'testsuite'],
  label: 'JUnit report',
  suiteOf: (name, attributes) => (name === 'testsuite' ? (attributes.get('name') ?? '') : undefined),
  caseOf: (name, attributes, suite) =>
    name === 'testcase'
      ? {
          suite: attributes.get('classname') || suite,
          name: attributes.get('name') ?? '',
          status: 'SUCCEEDED',
          message: '',
        }
      : undefined,
  inside(found, name, attributes, above) {
    if (above.length > 0) return false;
    if (name === 'skipped' && found.status === 'SUCCEEDED') found.status = 'SKIPPED';
    if (name !== 'failure' && name !== 'error') return false;
    const isFirst = found.status !== 'FAILED' && found.status !== 'ERROR';
    found.status = name === 'error' ? 'ERROR' : 'FAILED';
    if (!isFirst) return false;
    found.message = attributes.get('message') ?? attributes.get('type') ?? '';
    return found.message === ''; // the text, mostly a stack, only where there is nothing shorter
  },
});

const nunitResults = new Map<string, CaseStatus>([
  ['Success', 'SUCCEEDED'],
  ['Passed', 'SUCCEEDED'],
  ['Warning', 'SUCCEEDED'],
  ['Failure', 'FAILED'],
  ['Failed', 'FAILED'],
  ['Error', 'ERROR'],
  ['NotRunnable', 'ERROR'],
  ['Invalid', 'ERROR'],
  ['Cancelled', 'ERROR'],
  ['Ignored', 'SKIPPED'],
  ['Skipped', 'SKIPPED'],
]);

const isMessageOfFailure = (name: string, above: readonly string[]) =>
  name === 'message' && above.length === 1 && above[0] === 'failure';

/** NUnit 2: `<test-results>` with `<test-case name result>`; older writers have `executed` and `success` instead. */
export const readNUnit = readerOf({
  roots: ['test-results'],
  label: 'NUnit 2 report',
  suiteOf: () => undefined,
  caseOf(name, attributes) {
    if (name !== 'test-case') return undefined;
    const result = attributes.get('result');
    const byFlags: CaseStatus =
      attributes.get('executed') === 'False'
        ? 'SKIPPED'
        : attributes.get('success') === 'False'
          ? 'FAILED'
          : attributes.get('success') === 'True'
            ? 'SUCCEEDED'
            : 'UNKNOWN';
    const status = result === undefined ? byFlags : (nunitResults.get(result) ?? 'UNKNOWN');
    return { suite: '', name: attributes.get('name') ?? '', status, message: '' };
  },
  inside: (_, name, __, above) => isMessageOfFailure(name, above),
});

/** NUnit 3: `<test-run>` with `<test-case fullname result label>`. */
export const readNUnit3 = readerOf({
  roots: ['test-run'],
  label: 'NUnit 3 report',
  suiteOf: () => undefined,
  caseOf(name, attributes) {
    if (name !== 'test-case') return undefined;
    const label = attributes.get('label');
    const isError = label === 'Error' || label === 'Invalid' || label === 'Cancelled';
    const status = nunitResults.get(attributes.get('result') ?? '') ?? 'UNKNOWN';
    return {
      suite: '',
      name: attributes.get('fullname') ?? attributes.get('name') ?? '',
      status: status === 'FAILED' && isError ? 'ERROR' : status,
      message: '',
    };
  },
  inside: (_, name, __, above) => isMessageOfFailure(name, above),
});

const testngStatus = new Map<string, CaseStatus>([
  ['PASS', 'SUCCEEDED'],
  ['FAIL', 'FAILED'],
  ['SKIP', 'SKIPPED'],
]);

/** TestNG: `<test-method name status>` in `<class name>`; methods that set up are no cases. */
export const readTestNg = readerOf({
  roots: ['testng-results'],
  label: 'TestNG report',
  suiteOf: (name, attributes) => (name === 'class' ? (attributes.get('name') ?? '') : undefined),
  caseOf: (name, attributes, suite) =>
    name === 'test-method' && attributes.get('is-config') !== 'true'
      ? {
          suite,
          name: attributes.get('name') ?? '',
          status: testngStatus.get(attributes.get('status') ?? '') ?? 'UNKNOWN',
          message: '',
        }
      : undefined,
  inside: (_, name, __, above) => name === 'message' && above.length === 1 && above[0] === 'exception',
});

const trxOutcomes = new Map<string, CaseStatus>([
  ['Passed', 'SUCCEEDED'],
  ['PassedButRunAborted', 'SUCCEEDED'],
  ['Warning', 'SUCCEEDED'],
  ['Failed', 'FAILED'],
  ['Error', 'ERROR'],
  ['Timeout', 'ERROR'],
  ['Aborted', 'ERROR'],
  ['NotExecuted', 'SKIPPED'],
  ['NotRunnable', 'SKIPPED'],
]);

/** Visual Studio: `<UnitTestResult testName outcome>`; of a data-driven test its inner results count. */
export const readTrx = readerOf({
  roots: ['TestRun'],
  label: 'Visual Studio TRX report',
  nests: true,
  suiteOf: () => undefined,
  caseOf: (name, attributes) =>
    name === 'UnitTestResult'
      ? {
          suite: '',
          name: attributes.get('testName') ?? '',
          status: trxOutcomes.get(attributes.get('outcome') ?? '') ?? 'UNKNOWN',
          message: '',
        }
      : undefined,
  inside: (_, name, __, above) => name === 'Message' && above.join('/') === 'Output/ErrorInfo',
});
