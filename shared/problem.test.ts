import { describe, expect, it, test } from 'vitest';
import { ProblemError, type ProblemInput, problem, problemSchema, toProblem } from './problem.ts';

const fault: ProblemInput = {
  code: 'artifact.not-produced',
  where: 'Deploy/ToBucket',
  what: 'Input artifact "SiteZip" is produced by no earlier action.',
  fix: 'Choose "Site".',
};

describe('a problem', () => {
  it('is an error unless it says that it is a warning', () => {
    expect(problem(fault)).toEqual({ ...fault, severity: 'error' });
    expect(problem({ ...fault, severity: 'warning' }).severity).toBe('warning');
  });

  it('names a field and a place in the text where it has one, and nothing where it has none', () => {
    const placed = { ...fault, field: 'inputArtifacts.0.name', line: 12, column: 5 };
    expect(problem(placed)).toEqual({ ...placed, severity: 'error' });
    for (const key of ['field', 'line', 'column']) expect(problem(fault)).not.toHaveProperty(key);
  });

  test.each<[what: string, members: Record<string, unknown>]>([
    ['a code', { code: undefined }],
    ['a place', { where: undefined }],
    ['what is wrong', { what: undefined }],
    ['a remedy', { fix: undefined }],
    ['a known severity', { severity: 'info' }],
    ['a line from 1', { line: 0 }],
    ['a whole line', { line: 1.5 }],
    ['a column from 1', { column: 0 }],
    ['a field that is text', { field: 3 }],
  ])('crosses a border only with %s', (_what, members) => {
    expect(problemSchema.safeParse({ ...fault, ...members }).success).toBe(false);
  });

  it('crosses a border as it is, and gains the severity that it left out', () => {
    expect(problemSchema.parse(fault)).toEqual(problem(fault));
    expect(problemSchema.parse(JSON.parse(JSON.stringify(problem(fault))))).toEqual(problem(fault));
  });
});

describe('a problem that is thrown', () => {
  it('reads as a sentence and its remedy', () => {
    const error = new ProblemError(fault);
    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe('ProblemError');
    expect(error.message).toBe('Input artifact "SiteZip" is produced by no earlier action. Choose "Site".');
    expect(error.problem).toEqual(problem(fault));
  });

  it('ends without a blank where there is no remedy', () => {
    expect(new ProblemError({ ...fault, fix: '' }).message).toBe(fault.what);
  });

  it('keeps what caused it', () => {
    const cause = new Error('EACCES');
    expect(new ProblemError(fault, { cause }).cause).toBe(cause);
  });
});

describe('anything that was thrown', () => {
  it('is the problem it carries', () => {
    expect(toProblem('save.failed', new ProblemError(fault))).toEqual(problem(fault));
    expect(toProblem('save.failed', new ProblemError(fault), 'elsewhere').where).toBe('Deploy/ToBucket');
  });

  test.each<[what: string, thrown: unknown, said: string]>([
    ['an error', new Error('disk full'), 'disk full'],
    ['an error of another class', new TypeError('x is not a function'), 'x is not a function'],
    ['a text', 'no such host', 'no such host'],
    ['a number', 13, '13'],
    ['nothing', undefined, 'undefined'],
    ['null', null, 'null'],
  ])('%s is a fault of ours, under the code of the call', (_what, thrown, said) => {
    expect(toProblem('save.failed', thrown)).toEqual({
      code: 'save.failed',
      severity: 'error',
      where: '',
      what: said,
      fix: expect.stringContaining('Please report it') as unknown,
    });
    expect(toProblem('save.failed', thrown, 'Build/Test').where).toBe('Build/Test');
  });
});
