import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ReportBuilder } from './readReport.ts';
import { coverageFormats, ReportFault, type ReportFormat, testFormats } from './report.ts';
import { readXml } from './xmlReader.ts';

const formats: readonly ReportFormat[] = [...testFormats, ...coverageFormats];

function read(format: ReportFormat, text: string) {
  const builder = new ReportBuilder('r', format);
  for (const _ of builder.add(text));
  return builder.record();
}
/** Refused with a fault of ours, without any other error. */
const isRefused = (text: string, format: ReportFormat = 'JUNITXML') => {
  try {
    read(format, text);
    return false;
  } catch (error) {
    if (error instanceof ReportFault) return true;
    throw error;
  }
};
const messageOf = (failure: string) =>
  read('JUNITXML', `<testsuite><testcase name="x"><failure>${failure}</failure></testcase></testsuite>`)
    .failedCases?.[0]?.message;

describe('PR hostile texts for the readers of reports', () => {
  test('PR-00 control: entities of the five kinds and characters by number are read, so that the others are seen to stay', () => {
    expect(messageOf('&lt;&#65;&#x42;&amp;')).toBe('<AB&');
  });

  test('PR-01 entities that a document declares are never expanded, in a billion laughs as little as in one', () => {
    const laughs = `<!DOCTYPE t [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">${Array.from({ length: 30 }, (_, at) => `<!ENTITY c${at} "&b;&b;">`).join('')}]>`;
    const text = `${laughs}<testsuite><testcase name="&c29;"><failure>&b;</failure></testcase></testsuite>`;
    expect(read('JUNITXML', text).failedCases).toEqual([{ name: '&c29;', status: 'FAILED', message: '&b;' }]);
  });

  test('PR-31 an external entity stays the text it is', () => {
    const text = `<!DOCTYPE t [<!ENTITY x SYSTEM "file:///canary">]><testsuite><testcase name="n"><failure>&x;</failure></testcase></testsuite>`;
    expect(read('JUNITXML', text).failedCases?.[0]?.message).toBe('&x;');
  });

  test.each([
    ['PR-04 elements nested deep', '<testsuite>'.repeat(100_000)],
    ['PR-04 elements nested deep and closed', `${'<testsuite>'.repeat(5000)}${'</testsuite>'.repeat(5000)}`],
    [
      'PR-32 an element of countless attributes',
      `<testsuite ${Array.from({ length: 5000 }, (_, at) => `a${at}="1"`).join(' ')}/>`,
    ],
    ['PR-24 a comment without end', `<testsuite>${'<!--'.repeat(50_000)}`],
    ['PR-24 a CDATA section without end', `<testsuite><![CDATA[${'x'.repeat(100_000)}`],
    ['PR-24 an attribute without end', `<testsuite a="${'x'.repeat(100_000)}`],
    ['PR-24 a document type without end', `<!DOCTYPE x [${'"a"'.repeat(50_000)}`],
    ['PR-24 a name without end', `<${'x'.repeat(100_000)}`],
    ['PR-33 a bare less-than sign', `<testsuite>${'< '.repeat(50_000)}</testsuite>`],
    ['PR-13 nothing but NUL', '\0'.repeat(10_000)],
  ])('%s is refused', (_, text) => {
    expect(isRefused(text)).toBe(true);
  });

  test('PR-30 time grows with the length, and nothing is tried twice', () => {
    const text = `<testsuite>${'<a b="c">&lt;</a>'.repeat(20_000)}</testsuite>`;
    let steps = 0;
    for (const _ of readXml(text)) steps += 1;
    expect(steps).toBe(2 + 3 * 20_000);
    expect(isRefused(`<testsuite ${' '.repeat(200_000)}x ${' '.repeat(200_000)}y/>`)).toBe(true);
    expect(messageOf('&'.repeat(200_000))).toMatch(/^&+…$/);
  });

  test('PR-06 names of JSON that mean something to objects are names', () => {
    const text = '{"__proto__":{"coverage":{"__proto__":[1,0],"constructor":[1]}}}';
    expect(read('SIMPLECOV', text).lines).toEqual({ covered: 2, total: 3 });
    expect(({} as Record<string, unknown>).coverage).toBeUndefined();
  });

  test('PR-03 JSON nested deep is read or refused, not a crash', () => {
    expect(read('CUCUMBERJSON', `${'['.repeat(50_000)}${']'.repeat(50_000)}`).tests?.total).toBe(0);
    expect(isRefused('['.repeat(50_000), 'CUCUMBERJSON')).toBe(true);
  });

  test('PR-25 whatever a text says, a reader answers or refuses, and its answer is small', () => {
    const piece = fc.constantFrom(
      ...[
        '<testsuite>',
        '<testsuite',
        '</testsuite>',
        '<testcase name="x">',
        '</testcase>',
        '<failure/>',
        '<!--',
        '-->',
      ],
      ...[
        '<![CDATA[',
        ']]>',
        '&lt;',
        '&x;',
        '"',
        "'",
        '>',
        '/>',
        '=',
        ' ',
        '\n',
        '[',
        ']',
        '{',
        '}',
        'SF:',
        'DA:1,1',
        ',',
      ],
      ...['<coverage>', '<report>', '<counter type="LINE" covered="1"/>', '<?', '?>', '<!DOCTYPE'],
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(piece, fc.string()), { maxLength: 40 }),
        fc.constantFrom(...formats),
        (parts, format) => {
          const text = parts.join('');
          if (!isRefused(text, format)) expect(JSON.stringify(read(format, text)).length).toBeLessThan(60_000);
        },
      ),
      { numRuns: 500 },
    );
  });
});
