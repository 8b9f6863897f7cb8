import { describe, expect, it, test } from 'vitest';
import { ReportBuilder } from './readReport.ts';
import { MOST_FAILED_CASES, MOST_MESSAGE, type ReportFormat, type ReportRecord } from './report.ts';
import { reportLine } from './reportText.ts';

/** reference/buildspec.md §9: the formats of test reports. */

function read(format: ReportFormat, ...texts: string[]): ReportRecord {
  const builder = new ReportBuilder('shop-unit', format);
  for (const text of texts) for (const _ of builder.add(text));
  return builder.record();
}
const faultOf = (format: ReportFormat, text: string) => {
  try {
    read(format, text);
    return '';
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
};
const counts = (total: number, succeeded: number, failed: number, error: number, skipped: number, unknown = 0) => ({
  total,
  succeeded,
  failed,
  error,
  skipped,
  unknown,
});

describe('§9 JUNITXML', () => {
  const junit = `<?xml version="1.0"?>
<testsuites>
  <testsuite name="cart" tests="5">
    <properties><property name="x" value="y"/></properties>
    <testcase classname="cart.Total" name="adds" time="0.1"/>
    <testcase classname="cart.Total" name="rounds"><failure message="expected 1 &lt; 2" type="E">at line 3</failure></testcase>
    <testcase name="stacks"><failure><![CDATA[Error: <boom>
 at x]]></failure><system-out>noise</system-out></testcase>
    <testcase classname="cart.Io" name="reads"><error type="IOException"/></testcase>
    <testcase classname="cart.Io" name="later"><skipped/></testcase>
  </testsuite>
</testsuites>`;

  it('counts cases by what stands in them, not by what the suite claims', () => {
    const record = read('JUNITXML', junit);
    expect(record).toEqual({
      name: 'shop-unit',
      type: 'TEST',
      status: 'FAILED',
      format: 'JUNITXML',
      files: 1,
      tests: counts(5, 1, 2, 1, 1),
      failedCases: [
        { name: 'cart.Total rounds', status: 'FAILED', message: 'expected 1 < 2' },
        { name: 'cart stacks', status: 'FAILED', message: 'Error: <boom>\n at x' },
        { name: 'cart.Io reads', status: 'ERROR', message: 'IOException' },
      ],
    });
    expect(reportLine(record)).toBe('shop-unit: 5 tests, 1 passed, 2 failed, 1 error, 1 skipped');
  });

  it('takes one suite as root, suites in suites, and several files', () => {
    const one = '<testsuite name="a"><testcase name="x"/></testsuite>';
    const nested =
      '<testsuites><testsuite name="o"><testsuite name="i"><testcase name="y"><failure/></testcase></testsuite></testsuite></testsuites>';
    const record = read('JUNITXML', one, nested);
    expect(record).toMatchObject({ files: 2, status: 'FAILED', tests: counts(2, 1, 1, 0, 0) });
    expect(record.failedCases).toEqual([{ name: 'i y', status: 'FAILED', message: '' }]);
  });

  it('counts a case once, however many failures it has, and one that passed when tried again as passed', () => {
    const text =
      '<testsuite><testcase name="x"><failure message="a"/><failure message="b"/></testcase><testcase name="y"><flakyFailure message="c"/></testcase></testsuite>';
    expect(read('JUNITXML', text)).toMatchObject({
      tests: counts(2, 1, 1, 0, 0),
      failedCases: [{ name: 'x', message: 'a' }],
    });
  });

  it('keeps the first failed cases and the first characters of a message only', () => {
    const long = 'm'.repeat(10_000);
    const cases = Array.from(
      { length: 200 },
      (_, index) => `<testcase name="t${index}"><failure>${long}</failure></testcase>`,
    );
    const { tests, failedCases } = read('JUNITXML', `<testsuite>${cases.join('')}</testsuite>`);
    expect(tests?.failed).toBe(200);
    expect(failedCases).toHaveLength(MOST_FAILED_CASES);
    expect(failedCases?.every(({ message }) => message.length === MOST_MESSAGE)).toBe(true);
  });

  it('hides secrets before it cuts, and leaves out colours and control characters', () => {
    const builder = new ReportBuilder('r', 'JUNITXML', (text) => text.replaceAll('s3cr3t', '***'));
    const message = `${'x'.repeat(MOST_MESSAGE - 3)}s3cr3t`;
    const text = `<testsuite><testcase name="s3cr3t"><failure>${message}</failure></testcase><testcase name="b"><failure>\u001b[31mred\u001b[0m\u0007\nnext</failure></testcase></testsuite>`;
    for (const _ of builder.add(text));
    const [first, second] = builder.record().failedCases ?? [];
    expect(first?.name).toBe('***');
    expect(first?.message).not.toContain('s3');
    expect(second?.message).toBe('red\nnext');
  });

  it('says when a file is something else, and where it breaks', () => {
    expect(faultOf('JUNITXML', '<html/>')).toBe('ReportFault: its root element is <html>, so it is no JUnit report');
    expect(faultOf('JUNITXML', '<testsuite>\n<testcase>\n</testsuite>')).toContain(
      'line 3: </testsuite> closes nothing',
    );
    expect(faultOf('JUNITXML', '')).toContain('there is no element');
  });
});

test('§9 NUNITXML: results of NUnit 2, and the flags of its older writers', () => {
  const text = `<test-results name="a.dll"><test-suite><results>
    <test-case name="N.A" executed="True" result="Success"/>
    <test-case name="N.B" executed="True" result="Failure"><failure><message><![CDATA[was 2]]></message><stack-trace>at</stack-trace></failure></test-case>
    <test-case name="N.C" executed="True" result="Error"><failure><message>boom</message></failure></test-case>
    <test-case name="N.D" executed="False" result="Ignored"><reason><message>later</message></reason></test-case>
    <test-case name="N.E" executed="True" success="True"/>
    <test-case name="N.F" executed="True" success="False"/>
    <test-case name="N.G" executed="False"/>
    <test-case name="N.H" result="Inconclusive"/>
  </results></test-suite></test-results>`;
  const record = read('NUNITXML', text);
  expect(record.tests).toEqual(counts(8, 2, 2, 1, 2, 1));
  expect(record.failedCases).toEqual([
    { name: 'N.B', status: 'FAILED', message: 'was 2' },
    { name: 'N.C', status: 'ERROR', message: 'boom' },
    { name: 'N.F', status: 'FAILED', message: '' },
  ]);
});

test('§9 NUNIT3XML: results and labels of NUnit 3', () => {
  const text = `<test-run><test-suite><test-case fullname="N.A" name="A" result="Passed"/>
    <test-case fullname="N.B" result="Failed"><failure><message>no</message></failure></test-case>
    <test-case fullname="N.C" result="Failed" label="Error"/>
    <test-case name="D" result="Skipped" label="Ignored"/>
    <test-case name="E" result="Inconclusive"/></test-suite></test-run>`;
  expect(read('NUNIT3XML', text)).toMatchObject({
    tests: counts(5, 1, 1, 1, 1, 1),
    failedCases: [
      { name: 'N.B', status: 'FAILED', message: 'no' },
      { name: 'N.C', status: 'ERROR' },
    ],
  });
});

test('§9 TESTNGXML: test methods, without those that set up', () => {
  const text = `<testng-results><suite name="s"><test name="t"><class name="shop.CartTest">
    <test-method name="setUp" status="PASS" is-config="true"/>
    <test-method name="adds" status="PASS"/>
    <test-method name="fails" status="FAIL"><exception class="E"><message><![CDATA[expected]]></message><full-stacktrace>at</full-stacktrace></exception></test-method>
    <test-method name="skips" status="SKIP"/></class></test></suite></testng-results>`;
  expect(read('TESTNGXML', text)).toMatchObject({
    tests: counts(3, 1, 1, 0, 1),
    failedCases: [{ name: 'shop.CartTest fails', message: 'expected' }],
  });
});

test('§9 VISUALSTUDIOTRX: outcomes, with the inner results of data-driven tests', () => {
  const text = `<?xml version="1.0"?><TestRun xmlns="http://example.invalid/2010"><Results>
    <UnitTestResult testName="A" outcome="Passed"/>
    <UnitTestResult testName="B" outcome="Failed"><Output><StdOut>x</StdOut><ErrorInfo><Message>bad</Message><StackTrace>at</StackTrace></ErrorInfo></Output></UnitTestResult>
    <UnitTestResult testName="C" outcome="NotExecuted"/>
    <UnitTestResult testName="D" outcome="Timeout"/>
    <UnitTestResult testName="E" outcome="Failed"><InnerResults><UnitTestResult testName="E (1)" outcome="Passed"/><UnitTestResult testName="E (2)" outcome="Failed"/></InnerResults></UnitTestResult>
  </Results></TestRun>`;
  const record = read('VISUALSTUDIOTRX', text);
  expect(record.tests).toEqual(counts(6, 2, 2, 1, 1));
  expect(record.failedCases?.map(({ name, message }) => [name, message])).toEqual([
    ['B', 'bad'],
    ['D', ''],
    ['E (2)', ''],
  ]);
});

describe('§9 CUCUMBERJSON', () => {
  const step = (status: string, more: object = {}) => ({
    keyword: 'Given ',
    name: 'a cart',
    result: { status, ...more },
  });
  const read1 = (elements: object[]) => read('CUCUMBERJSON', JSON.stringify([{ name: 'Cart', elements }]));

  it('a scenario is as bad as its worst step', () => {
    const record = read1([
      { type: 'scenario', name: 'a', steps: [step('passed')] },
      {
        type: 'scenario',
        name: 'b',
        steps: [step('passed'), step('failed', { error_message: 'no' }), step('skipped')],
      },
      { type: 'scenario', name: 'c', steps: [step('skipped')] },
      { type: 'scenario', name: 'd', steps: [step('undefined'), step('skipped')] },
    ]);
    expect(record.tests).toEqual(counts(4, 1, 1, 0, 1, 1));
    expect(record.failedCases).toEqual([{ name: 'Cart b', status: 'FAILED', message: 'Given a cart\nno' }]);
  });

  it('a background that fails takes its scenario along, and is no scenario itself', () => {
    const record = read1([
      { type: 'background', steps: [step('failed', { error_message: 'early' })] },
      { type: 'scenario', name: 'a', steps: [step('skipped')] },
      { type: 'scenario', name: 'b', steps: [step('passed')], after: [{ result: { status: 'failed' } }] },
    ]);
    expect(record.tests).toEqual(counts(2, 0, 2, 0, 0));
  });

  it('says when a file is something else', () => {
    expect(faultOf('CUCUMBERJSON', '{}')).toContain('no list of features');
    expect(faultOf('CUCUMBERJSON', '[')).toBe('ReportFault: it is not JSON');
    expect(read('CUCUMBERJSON', '[null, 1, {"elements": 3}, {"elements": [null, {"steps": "x"}]}]').tests?.total).toBe(
      1,
    );
  });
});

it('a report of no file is INCOMPLETE', () => {
  expect(read('JUNITXML')).toMatchObject({ status: 'INCOMPLETE', files: 0 });
  expect(reportLine(read('JUNITXML'))).toBe('shop-unit: no file could be read');
});
