import { describe, expect, it, test } from 'vitest';
import { ReportBuilder } from './readReport.ts';
import { percentOf, type ReportFormat } from './report.ts';
import { reportLine } from './reportText.ts';

/** reference/buildspec.md §9: the formats of coverage reports, and LCOV. */

function read(format: ReportFormat, ...texts: string[]) {
  const builder = new ReportBuilder('cov', format);
  for (const text of texts) for (const _ of builder.add(text));
  const { lines, branches } = builder.record();
  return { lines, branches };
}
const of = (covered: number, total: number) => ({ covered, total });

test('§9 JACOCOXML: the counters of the whole, past its document type', () => {
  const text = `<!DOCTYPE report PUBLIC "-//JACOCO//DTD Report 1.1//EN" "report.dtd"><report name="x">
    <package name="p"><counter type="LINE" missed="9" covered="1"/></package>
    <counter type="BRANCH" missed="1" covered="3"/><counter type="LINE" missed="20" covered="80"/></report>`;
  expect(read('JACOCOXML', text)).toEqual({ lines: of(80, 100), branches: of(3, 4) });
});

describe('§9 COBERTURAXML', () => {
  it('takes the sums of the root', () => {
    const text =
      '<coverage line-rate="0.5" lines-covered="5" lines-valid="10" branches-covered="1" branches-valid="4"><packages/></coverage>';
    expect(read('COBERTURAXML', text)).toEqual({ lines: of(5, 10), branches: of(1, 4) });
  });

  it("counts the classes' lines where there are no sums, and not those of methods again", () => {
    const text = `<coverage line-rate="0.5"><packages><package><classes><class name="a">
      <methods><method><lines><line number="1" hits="1"/></lines></method></methods>
      <lines><line number="1" hits="1"/><line number="2" hits="0" branch="true" condition-coverage="50% (1/2)"/></lines>
      </class></classes></package></packages></coverage>`;
    expect(read('COBERTURAXML', text)).toEqual({ lines: of(1, 2), branches: of(1, 2) });
  });
});

test('§9 CLOVERXML: the metrics of the project, else of its files', () => {
  const metrics = 'statements="10" coveredstatements="7" conditionals="4" coveredconditionals="1"';
  const whole = `<coverage><project><metrics ${metrics}/><file name="a"><metrics ${metrics}/></file></project></coverage>`;
  expect(read('CLOVERXML', whole)).toEqual({ lines: of(7, 10), branches: of(1, 4) });
  const files = `<coverage><project><file><metrics ${metrics}/></file><file><metrics ${metrics}/></file></project></coverage>`;
  expect(read('CLOVERXML', files)).toEqual({ lines: of(14, 20), branches: of(2, 8) });
});

test('§9 SIMPLECOV: runs of one file add up; lines without code do not count', () => {
  const text = JSON.stringify({
    RSpec: { coverage: { '/a.rb': { lines: [1, null, 0, 0], branches: { c1: { t: 1, e: 0 } } }, '/b.rb': [2, 0] } },
    Cucumber: { coverage: { '/a.rb': { lines: [0, null, 3, 0], branches: { c1: { t: 0, e: 2 } } } } },
  });
  expect(read('SIMPLECOV', text)).toEqual({ lines: of(3, 5), branches: of(2, 2) });
  const newer = JSON.stringify({ coverage: { '/a.rb': { lines: [1, 'ignored', 0], branches: [{ coverage: 0 }] } } });
  expect(read('SIMPLECOV', newer)).toEqual({ lines: of(1, 2), branches: of(0, 1) });
});

test('LCOV: lines and branches as listed, else the sums', () => {
  const text =
    'TN:\nSF:a.js\nDA:1,1\nDA:2,0\nBRDA:1,0,0,-\nBRDA:1,0,1,2\nLF:9\nLH:9\nend_of_record\r\nSF:b.js\nLF:4\nLH:3\nend_of_record\n';
  expect(read('LCOV', text)).toEqual({ lines: of(4, 6), branches: of(1, 2) });
});

test.each([
  ['JACOCOXML', '<coverage/>', 'no JaCoCo report'],
  ['COBERTURAXML', '<report/>', 'no Cobertura report'],
  ['CLOVERXML', '<report/>', 'no Clover report'],
  ['SIMPLECOV', '{"a":1}', 'no SimpleCov report'],
  ['LCOV', '<xml/>', 'no LCOV report'],
] as const)('%s of another kind of file is refused by name', (format, text, what) => {
  expect(() => read(format, text)).toThrow(what);
});

it('nonsense in numbers counts for nothing', () => {
  const text =
    '<report><counter type="LINE" missed="-1" covered="1e9"/><counter type="BRANCH" missed="NaN" covered="5"/></report>';
  expect(read('JACOCOXML', text)).toEqual({ lines: undefined, branches: of(5, 5) });
});

it('is told in percent, cut to two decimals', () => {
  expect(percentOf(of(2, 3))).toBe(66.66);
  expect(percentOf(of(0, 0))).toBe(0);
  const builder = new ReportBuilder('cov', 'LCOV');
  for (const _ of builder.add('SF:a\nDA:1,1\nDA:2,1\nDA:3,0\nend_of_record\n'));
  expect(reportLine(builder.record())).toBe('cov: lines 66.66 % (2 of 3)');
});
