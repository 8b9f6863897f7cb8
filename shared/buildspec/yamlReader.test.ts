import { describe, expect, it, test } from 'vitest';
import { parseBuildspec } from './parseBuildspec.ts';
import { YamlReader } from './yamlReader.ts';
import { findUnsafeYaml, MAX_BUILDSPEC_LENGTH } from './yamlSafety.ts';

/** reference/buildspec.md §5 (last point) and §15.2: how YAML is written in buildspecs, and where its faults are. */

const commandsOf = (lines: string) => {
  const { buildspec, problems } = parseBuildspec(`version: 0.2\nphases:\n  build:\n    commands:\n${lines}\n`, 'b.yml');
  return buildspec?.phases[0]?.commands ?? problems.map(({ line, column, field }) => `${line}:${column} ${field}`);
};

describe('a command', () => {
  test.each<{ what: string; lines: string; commands: string[] }>([
    { what: 'plain', lines: '      - npm ci', commands: ['npm ci'] },
    { what: 'in double quotes', lines: '      - "echo \\"a: b\\""', commands: ['echo "a: b"'] },
    { what: 'in single quotes', lines: "      - 'echo ''a: b'''", commands: ["echo 'a: b'"] },
    { what: 'with a colon and no space', lines: '      - docker pull a:b', commands: ['docker pull a:b'] },
    { what: 'with a comment behind it', lines: '      - make # all of it', commands: ['make'] },
    { what: 'with a # that is no comment', lines: '      - echo a#b', commands: ['echo a#b'] },
    { what: 'as a block of lines', lines: '      - |\n        a\n        b', commands: ['a\nb\n'] },
    { what: 'as a block without its last line break', lines: '      - |-\n        a\n        b', commands: ['a\nb'] },
    {
      what: 'as a block that keeps its indentation',
      lines: '      - |\n        if x; then\n          y\n        fi',
      commands: ['if x; then\n  y\nfi\n'],
    },
    { what: 'as a folded block', lines: '      - >-\n        a\n        b\n\n        c', commands: ['a b\nc'] },
    { what: 'over two lines', lines: '      - docker run\n        --rm x', commands: ['docker run --rm x'] },
    { what: 'that is a number', lines: '      - 1', commands: ['1'] },
    {
      what: 'that is a word of YAML 1.1',
      lines: '      - true\n      - yes\n      - off',
      commands: ['true', 'yes', 'off'],
    },
    { what: 'that is empty', lines: '      -', commands: [''] },
    { what: 'with a tag nobody knows', lines: '      - !cmd make', commands: ['make'] },
    { what: 'in a list at the level of its key', lines: '    - a\n    - b', commands: ['a', 'b'] },
    { what: 'with letters of any language', lines: '      - echo "héllo 世界 😀"', commands: ['echo "héllo 世界 😀"'] },
    { what: 'with Windows line ends', lines: '      - |\r\n        a\r\n        b\r', commands: ['a\nb\n'] },
  ])('$what is read as written', ({ lines, commands }) => {
    expect(commandsOf(lines)).toEqual(commands);
  });

  test.each<{ what: string; lines: string; at: string }>([
    { what: 'a colon and a space', lines: '      - echo a: b', at: '5:9 phases.build.commands[0]' },
    { what: 'a colon at its end', lines: '      - make\n      - x:', at: '6:9 phases.build.commands[1]' },
    { what: 'brackets', lines: '      - [ -f x ]', at: '5:9 phases.build.commands[0]' },
    { what: 'braces', lines: '      - { echo; }', at: '5:9 phases.build.commands[0]' },
    { what: 'a list in a list', lines: '      - - a', at: '5:9 phases.build.commands[0]' },
  ])('with $what is no text, and its place is told', ({ lines, at }) => {
    expect(commandsOf(lines)).toEqual([at]);
  });

  test.each<{ what: string; lines: string; line: number }>([
    { what: 'an asterisk', lines: '      - *.sh', line: 5 },
    { what: 'a percent sign', lines: '      - %x', line: 5 },
    { what: 'an at sign', lines: '      - @x', line: 5 },
    { what: 'a backtick', lines: '      - `date`', line: 5 },
    { what: 'an open quote', lines: '      - "a', line: 6 },
    { what: 'text behind its quotes', lines: '      - "a" && b', line: 5 },
  ])('that begins with $what is no YAML, and its line is told', ({ lines, line }) => {
    expect(commandsOf(lines)[0]).toMatch(new RegExp(`^${line}:[0-9]+ undefined$`));
  });
});

describe('a place', () => {
  const problemsOf = (text: string) => parseBuildspec(text, 'sub/buildspec.yml').problems;
  test.each<{ what: string; text: string; line: number; column: number }>([
    { what: 'a value', text: 'version: 9\n', line: 1, column: 10 },
    { what: 'a value behind a comment', text: '# first\n\nversion: 9\n', line: 3, column: 10 },
    { what: 'a value behind a byte order mark', text: '\uFEFFversion: 9\n', line: 1, column: 10 },
    { what: 'a value behind Windows line ends', text: '# a\r\n# b\r\nversion: 9\r\n', line: 3, column: 10 },
    { what: 'a value behind letters of two bytes', text: '# é😀\nversion: 9\n', line: 2, column: 10 },
    { what: 'the whole text', text: '', line: 1, column: 1 },
  ])('of $what is $line:$column', ({ text, line, column }) => {
    expect(problemsOf(text)[0]).toMatchObject({ where: 'sub/buildspec.yml', line, column });
  });

  it('of a key is the key, of an alias the value it stands for', () => {
    const text = 'version: 0.2\nphases:\n  build: { commands: [make] }\nenv:\n  variables:\n    A-B: x\n';
    expect(problemsOf(text)[0]).toMatchObject({ line: 6, column: 5 });
    const aliased = 'version: 0.2\nx: &m { a: 1 }\nphases:\n  build:\n    commands: *m\n';
    expect(problemsOf(aliased).find(({ field }) => field === 'phases.build.commands')).toMatchObject({ line: 2 });
  });

  it('is told for every fault, in one reading', () => {
    const text = [
      'version: 0.2',
      'env: { shell: fish, variables: { A-B: x } }',
      'phases:',
      '  build: { on-failure: NEVER }',
      'artifacts: { discard-paths: maybe }',
    ].join('\n');
    expect(problemsOf(text).map(({ line, field }) => `${line} ${field}`)).toEqual([
      '2 env.variables.A-B',
      '2 env.shell',
      '4 phases.build.commands',
      '4 phases.build.on-failure',
      '5 artifacts.files',
      '5 artifacts.discard-paths',
    ]);
  });

  it('is never missing, and every fault says what to do', () => {
    for (const text of ['version: 9', 'a: [', 'phases: *x', '- a', '{}', 'version: 0.2\nphases: 3', '!!map x']) {
      const problems = problemsOf(text);
      expect(problems.length).toBeGreaterThan(0);
      for (const { what, fix, line, column } of problems) {
        expect(line).toBeGreaterThan(0);
        expect(column).toBeGreaterThan(0);
        expect(what).toMatch(/\S/);
        expect(fix).toMatch(/^[A-Z]/);
      }
    }
  });

  it('of at most twenty YAML faults is told', () => {
    const text = Array.from({ length: 40 }, (_, index) => `k${index}: @x`).join('\n');
    expect(problemsOf(text).filter(({ code }) => code === 'buildspec.yaml').length).toBeLessThanOrEqual(20);
  });
});

describe('a document', () => {
  const whole = 'version: 0.2\nphases: { build: { commands: [make] } }\n';
  test.each([
    { what: 'that begins with ---', text: `---\n${whole}`, taken: true },
    { what: 'that ends with ...', text: `${whole}...\n`, taken: true },
    { what: 'with a YAML directive', text: `%YAML 1.1\n---\n${whole}`, taken: true },
    { what: 'as JSON', text: '{"version": "0.2", "phases": {"build": {"commands": ["make"]}}}', taken: true },
    { what: 'in two parts', text: `${whole}---\n${whole}`, taken: false },
    { what: 'with a name that is a list', text: `${whole}? [a]\n: b\n`, taken: false },
    { what: 'that is a list', text: '- version: 0.2\n', taken: false },
    { what: 'of comments', text: '# nothing\n', taken: false },
  ])('$what is taken: $taken', ({ text, taken }) => {
    expect(parseBuildspec(text, 'b').buildspec !== undefined).toBe(taken);
  });

  it('answers scalars, lists and maps for the places that are asked for', () => {
    const reader = new YamlReader('a: 1\nb: [x, 2]\nc: { d: yes }\ne: ~\n', 'b');
    const nodes = new Map(reader.entries(reader.root, 'root').map(({ key, value }) => [key, value]));
    expect(reader.text(nodes.get('a'), 'a')).toBe('1');
    expect(reader.texts(nodes.get('b'), 'b')).toEqual(['x', '2']);
    expect(reader.texts(nodes.get('a'), 'a')).toEqual(['1']);
    expect(reader.flag(reader.entries(nodes.get('c'), 'c')[0]?.value, 'd')).toBe(true);
    expect([reader.text(nodes.get('e'), 'e'), reader.texts(nodes.get('e'), 'e')]).toEqual(['', []]);
    expect([reader.isList(nodes.get('b')), reader.isList(nodes.get('a')), reader.isList(undefined)]).toEqual([
      true,
      false,
      false,
    ]);
    expect([reader.text(undefined, 'x'), reader.flag(undefined, 'x'), reader.entries(undefined, 'x')]).toEqual([
      undefined,
      false,
      [],
    ]);
    expect(reader.hasErrors).toBe(false);
    reader.warn(nodes.get('a'), 'a', 'It is so.', 'Nothing to do.');
    expect(reader.hasErrors).toBe(false);
    reader.entries(nodes.get('b'), 'b');
    expect(reader.problems.map(({ severity, what }) => `${severity} ${what}`)).toEqual([
      'warning It is so.',
      'error b must be a map of names to values.',
    ]);
  });
});

describe('a text that must not reach the parser', () => {
  test.each<{ what: string; text: string; found: RegExp | undefined; line?: number }>([
    { what: 'of the longest length', text: 'a'.repeat(MAX_BUILDSPEC_LENGTH), found: undefined },
    { what: 'one character longer', text: 'a'.repeat(MAX_BUILDSPEC_LENGTH + 1), found: /longer than 256 KB/, line: 1 },
    { what: 'nested 32 deep', text: `a: ${'['.repeat(32)}${']'.repeat(32)}`, found: undefined },
    { what: 'nested 33 deep', text: `a: ${'['.repeat(33)}${']'.repeat(33)}`, found: /deeper than 32/, line: 1 },
    { what: 'of maps nested 33 deep', text: `\n\na: ${'{a: '.repeat(33)}`, found: /deeper than 32/, line: 3 },
    { what: 'with 33 lists on one line', text: `\n${'- '.repeat(33)}x`, found: /deeper than 32/, line: 2 },
    { what: 'with a NUL on its third line', text: 'a\nb\nc\0', found: /NUL/, line: 3 },
    { what: 'with many brackets one after another', text: `a: [${'[x], '.repeat(500)}]`, found: undefined },
    { what: 'with brackets inside quotes', text: `a: "${'['.repeat(500)}"`, found: undefined },
    { what: 'with brackets inside a block', text: `a: |\n  ${'{['.repeat(500)}\n`, found: undefined },
    { what: 'with many dashes on lines of their own', text: '- x\n'.repeat(500), found: undefined },
  ])('$what', ({ text, found, line }) => {
    const unsafe = findUnsafeYaml(text);
    if (found) expect(unsafe).toMatchObject({ what: expect.stringMatching(found), line });
    else expect(unsafe).toBeUndefined();
  });
});
