import { describe, expect, it } from 'vitest';
import { countGroups, reportGroups, type SpecResult } from './hostileReport.ts';

const specs = (titles: Record<string, string>, file: Partial<SpecResult> = {}): SpecResult => ({
  name: 'a.test.ts',
  status: 'passed',
  assertionResults: Object.entries(titles).map(([title, status]) => ({ title, status, ancestorTitles: ['ZA zips'] })),
  ...file,
});
const report = (...results: SpecResult[]) => reportGroups(countGroups(results));

describe('the report of the hostile suites', () => {
  it('prints one line per group, counted from the specs that ran', () => {
    const { lines, passed } = report(
      specs({
        'ZA-01 climbs': 'passed',
        'ZA-02 climbs': 'passed',
        'ZA-00 control: fires': 'passed',
        'an ordinary spec': 'passed',
      }),
      specs({ 'PT-01 climbs': 'passed', 'PT-00 control: fires': 'passed' }),
    );
    expect(lines).toEqual(['PT: 1 tried, 0 got through', 'ZA: 2 tried, 0 got through']);
    expect(passed).toBe(true);
  });

  it('counts a failed case as got through', () => {
    const { lines, passed } = report(
      specs({ 'ZA-01 climbs': 'failed', 'ZA-00 control: fires': 'passed' }, { status: 'failed' }),
    );
    expect(lines).toEqual(['ZA: 1 tried, 1 got through', '  got through: ZA zips > ZA-01 climbs']);
    expect(passed).toBe(false);
  });

  it.each([
    ['no control ran', { 'ZA-01 climbs': 'passed' }],
    ['its control stayed silent', { 'ZA-01 climbs': 'passed', 'ZA-00 control: fires': 'failed' }],
    ['only its control ran', { 'ZA-00 control: fires': 'passed' }],
  ])('does not believe a group when %s', (_why, titles) => {
    expect(report(specs(titles as unknown as Record<string, string>)).passed).toBe(false);
  });

  it('fails when a file could not be run, or a sentinel changed after its cases', () => {
    const titles = { 'ZA-01 climbs': 'passed', 'ZA-00 control: fires': 'passed' };
    const { lines, passed } = report(specs(titles, { status: 'failed', message: 'A file outside changed' }));
    expect(lines).toContain('  could not be run: a.test.ts: A file outside changed');
    expect(passed).toBe(false);
    expect(report(specs({}, { status: 'failed', message: 'broken' })).passed).toBe(false);
  });

  it('fails when nothing was tried at all, and says what was skipped', () => {
    expect(report().passed).toBe(false);
    const skipped = report(specs({ 'ZA-01 a': 'passed', 'ZA-02 b': 'skipped', 'ZA-00 control: fires': 'passed' }));
    expect(skipped.lines).toEqual(['ZA: 1 tried, 0 got through', '  not run here: 1']);
  });
});
