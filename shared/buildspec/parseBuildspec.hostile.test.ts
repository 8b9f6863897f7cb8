import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse as parseCarelessly } from 'yaml';
import { parseBuildspec } from './parseBuildspec.ts';
import { findUnsafeYaml, MAX_BUILDSPEC_LENGTH } from './yamlSafety.ts';

const minimal = 'version: 0.2\nphases: { build: { commands: [make] } }\n';
const parse = (text: string) => parseBuildspec(text, 'buildspec.yml');
/** Refused with a located problem, without a thrown error. */
const isRefused = (text: string) => {
  const { buildspec, problems } = parse(text);
  return buildspec === undefined && problems.some(({ severity, line }) => severity === 'error' && line !== undefined);
};

const bomb = [
  ...Array.from(
    { length: 12 },
    (_, level) =>
      `a${level}: &a${level} [${
        level === 0
          ? 'x'
          : Array(10)
              .fill(`*a${level - 1}`)
              .join()
      }]`,
  ),
  minimal,
].join('\n');

describe('PR hostile texts for the buildspec parser', () => {
  test('PR-00 control: the library alone takes what this suite sends, so a guard that did nothing would be noticed', () => {
    expect(() => parseCarelessly(bomb)).toThrow('alias'); // its own limit; ours is never to expand
    expect(Object.hasOwn(parseCarelessly('__proto__: { polluted: 1 }'), '__proto__')).toBe(true);
    expect(parseCarelessly(`a: ${'['.repeat(100)}${']'.repeat(100)}`)).toBeDefined();
    expect(isRefused(minimal)).toBe(false);
  });

  test('PR-01 alias bomb: unknown keys are never expanded, known ones are followed one level', () => {
    expect(parse(bomb).buildspec?.phases).toHaveLength(1);
    const inPhases = bomb.replace('[make]', '*a11');
    expect(isRefused(inPhases)).toBe(true);
  });

  test('PR-02 merge keys are no merge here: a phase has only its own keys', () => {
    const { buildspec } = parse(
      `base: &b { commands: [evil] }\nversion: 0.2\nphases: { build: { <<: *b, commands: [make] } }`,
    );
    expect(buildspec?.phases[0]?.commands).toEqual(['make']);
  });

  test.each([
    ['PR-03 deep flow', `a: ${'['.repeat(20_000)}`],
    ['PR-04 deep block', `a:\n${'- '.repeat(20_000)}x`],
    ['PR-10 custom tags on a command', 'version: 0.2\nphases: { build: { commands: !!js/function "x" } }\nphases: 1'],
    ['PR-11 more than one document', `${minimal}---\n${minimal}`],
    ['PR-13 NUL', `${minimal}x: "\0"`],
    ['PR-14 a giant', `${minimal}# ${'x'.repeat(MAX_BUILDSPEC_LENGTH)}`],
    ['PR-15 a giant in one line', `version: 0.2 ${'x'.repeat(4 * MAX_BUILDSPEC_LENGTH)}`],
    ['PR-09 duplicate keys', `version: 0.2\n${minimal}`],
  ])('%s', (_, text) => {
    expect(isRefused(text)).toBe(true);
  });

  test('PR-05 __proto__ and constructor are ordinary names', () => {
    const { buildspec } = parse(
      `${minimal}env: { variables: { __proto__: p, constructor: c } }\nartifacts: { files: [x], secondary-artifacts: { __proto__: { files: [y] } } }\n__proto__: { polluted: 1 }`,
    );
    expect([...(buildspec?.variables ?? [])]).toEqual([
      ['__proto__', 'p'],
      ['constructor', 'c'],
    ]);
    expect(buildspec?.secondaryArtifacts.get('__proto__')?.files).toEqual(['y']);
    expect('polluted' in {}).toBe(false);
  });

  test('PR-12 a byte order mark is skipped, broken characters do no harm', () => {
    expect(parse(`\uFEFF${minimal}`).buildspec).toBeDefined();
    expect(parse(`${minimal}env: { variables: { A: "\uD800" } }`).buildspec?.variables.has('A')).toBe(true);
  });

  test('PR-16 numbers keep their text', () => {
    const { buildspec } = parse(`${minimal}env: { variables: { A: 1e999, B: -0, C: 9007199254740993, D: 0x1f } }`);
    expect([...(buildspec?.variables.values() ?? [])]).toEqual(['1e999', '-0', '9007199254740993', '0x1f']);
  });

  test('PR-17 dates, octals and no keep their text', () => {
    const { buildspec } = parse(`${minimal}env: { variables: { A: 2024-01-01, B: 0777, C: no, D: 1:30 } }`);
    expect([...(buildspec?.variables.values() ?? [])]).toEqual(['2024-01-01', '0777', 'no', '1:30']);
  });

  test('PR-18 cyclic anchors end', () => {
    expect(isRefused('version: 0.2\nphases: &p { build: *p }')).toBe(true);
    expect(isRefused('version: 0.2\nphases: { build: { commands: &c [*c] } }')).toBe(true);
  });

  test('PR-24 cut short at every character', () => {
    const whole = `${minimal}env: { variables: { A: "b" } }\nartifacts:\n  files: ['**/*']\n`;
    for (let at = 0; at < whole.length; at += 1) expect(() => parse(whole.slice(0, at))).not.toThrow();
  });

  test('PR-25 random changes', () => {
    const whole = `${minimal}env: { variables: { A: "b" } }\nartifacts:\n  files: ['**/*']\n`;
    const change = fc.tuple(
      fc.nat(whole.length),
      fc.constantFrom('[', '{', '&a ', '*a', '\n  ', '- ', ': ', '"', '!!x ', '| ', '\t', '<<'),
    );
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        let text = whole;
        for (const [at, extra] of changes) text = text.slice(0, at) + extra + text.slice(at);
        expect(() => parse(text)).not.toThrow();
      }),
      { numRuns: 150 },
    );
  });
});

describe('the nesting check', () => {
  test('leaves ordinary texts alone: many keys on one line, brackets inside commands', () => {
    const keys = Array.from({ length: 100 }, (_, index) => `K${index}: v`).join(', ');
    const brackets = Array.from({ length: 100 }, () => `      - printf '\\033[31m {'`).join('\n');
    const text = `version: 0.2\nenv: { variables: { ${keys} } }\nphases:\n  build:\n    commands:\n${brackets}\n`;
    expect(findUnsafeYaml(text)).toBeUndefined();
    expect(parse(text).problems).toEqual([]);
  });
});
