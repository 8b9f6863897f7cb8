import { describe, expect, it, test } from 'vitest';
import { parseBuildspec } from './parseBuildspec.ts';

const parse = (text: string) => parseBuildspec(text, 'buildspec.yml');
const read = (text: string) => {
  const { buildspec, problems } = parse(text);
  if (!buildspec) throw new Error(problems.map(({ what }) => what).join(' '));
  return { ...buildspec, problems };
};
const errorsOf = (text: string) => parse(text).problems.filter(({ severity }) => severity === 'error');
const warningsOf = (text: string) => parse(text).problems.filter(({ severity }) => severity === 'warning');
const minimal = 'version: 0.2\nphases: { build: { commands: [make] } }\n';

describe('a buildspec', () => {
  it('is read whole, with its phases in order of running', () => {
    const spec = read(`
version: "0.2"
env:
  shell: bash
  variables: { NUMBER: 010, FLAG: yes, DATE: 2024-01-01, TEXT: 'a b', NOTHING: }
  parameter-store: { TOKEN: /app/token }
  secrets-manager: { PASSWORD: 'db:password' }
  exported-variables: [NUMBER, VERSION]
  git-credential-helper: no
phases:
  post_build: { commands: [echo done], on-failure: Continue }
  install:
    runtime-versions: { nodejs: 18.x, java: corretto17 }
    commands: npm ci
  build:
    commands:
      - make
      - |
        echo one
        echo two
    finally: [make clean]
    on-failure: RETRY-2-npm ERR
artifacts:
  files: ['**/*']
  base-directory: dist
  discard-paths: yes
  exclude-paths: '**/*.map'
  secondary-artifacts:
    Docs: { files: docs/**/*, enable-symlinks: true }
`);
    expect(spec.shell).toBe('bash');
    expect(Object.fromEntries(spec.variables)).toEqual({
      NUMBER: '010',
      FLAG: 'yes',
      DATE: '2024-01-01',
      TEXT: 'a b',
      NOTHING: '',
    });
    expect([...spec.parameterStore, ...spec.secretsManager]).toEqual([
      ['TOKEN', '/app/token'],
      ['PASSWORD', 'db:password'],
    ]);
    expect(spec.exportedVariables).toEqual(['NUMBER', 'VERSION']);
    expect([...spec.runtimeVersions]).toEqual([
      ['nodejs', '18.x'],
      ['java', 'corretto17'],
    ]);
    expect(spec.phases).toEqual([
      { name: 'INSTALL', commands: ['npm ci'], finally: [] },
      {
        name: 'BUILD',
        commands: ['make', 'echo one\necho two\n'],
        finally: ['make clean'],
        onFailure: { kind: 'RETRY', count: 2, pattern: 'npm ERR' },
      },
      { name: 'POST_BUILD', commands: ['echo done'], finally: [], onFailure: { kind: 'CONTINUE' } },
    ]);
    expect(spec.artifacts).toEqual({
      files: ['**/*'],
      baseDirectory: 'dist',
      discardPaths: true,
      excludePaths: ['**/*.map'],
      enableSymlinks: false,
    });
    expect(spec.secondaryArtifacts.get('Docs')).toMatchObject({ files: ['docs/**/*'], enableSymlinks: true });
    expect(spec.problems).toEqual([]);
  });

  it('takes commands as they are written, even where YAML sees a boolean or a number', () => {
    expect(read('version: 0.2\nphases: { build: { commands: [true, 1.10, yes] } }').phases[0]?.commands).toEqual([
      'true',
      '1.10',
      'yes',
    ]);
  });

  it('of version 0.1 has its variables under environment_variables', () => {
    const spec = read(
      'version: 0.1\nenvironment_variables: { plaintext: { A: b } }\nphases: { build: { commands: [make] } }',
    );
    expect(spec.version).toBe('0.1');
    expect([...spec.variables]).toEqual([['A', 'b']]);
  });

  it('may use anchors', () => {
    const spec = read('version: 0.2\nphases:\n  build: { commands: &c [make] }\n  post_build: { commands: *c }');
    expect(spec.phases.map(({ commands }) => commands)).toEqual([['make'], ['make']]);
  });

  test.each([
    { onFailure: 'ABORT', read: { kind: 'ABORT' } },
    { onFailure: 'retry', read: { kind: 'RETRY', count: 3 } },
    { onFailure: 'RETRY-100', read: { kind: 'RETRY', count: 100 } },
    { onFailure: 'Retry-5xx', read: { kind: 'RETRY', count: 3, pattern: '5xx' } },
    { onFailure: 'RETRY-0-a-b', read: { kind: 'RETRY', count: 0, pattern: 'a-b' } },
  ])('understands on-failure $onFailure', ({ onFailure, read: expected }) => {
    const spec = read(`version: 0.2\nphases: { build: { commands: [make], on-failure: ${onFailure} } }`);
    expect(spec.phases[0]?.onFailure).toEqual(expected);
  });
});

describe('a fault in a buildspec is told with its line and column:', () => {
  test.each([
    { name: 'no version', text: 'phases: { build: { commands: [make] } }', field: 'version', line: 1 },
    { name: 'another version', text: 'version: 2\nphases: { build: { commands: [make] } }', field: 'version', line: 1 },
    { name: 'no phases', text: 'version: 0.2\n', field: 'phases', line: 1 },
    {
      name: 'a phase without commands',
      text: 'version: 0.2\nphases:\n  build: {}\n',
      field: 'phases.build.commands',
      line: 3,
    },
    {
      name: 'a command that YAML reads as a map',
      text: 'version: 0.2\nphases:\n  build:\n    commands:\n      - make\n      - echo a: b\n',
      field: 'phases.build.commands[1]',
      line: 6,
      column: 9,
    },
    { name: 'phases as a list', text: 'version: 0.2\nphases:\n  - build\n', field: 'phases', line: 3 },
    {
      name: 'an on-failure that does not exist',
      text: 'version: 0.2\nphases:\n  build:\n    commands: [make]\n    on-failure: RETRY-101\n',
      field: 'phases.build.on-failure',
      line: 5,
    },
    { name: 'a shell that is not here', text: `${minimal}env: { shell: powershell.exe }`, field: 'env.shell', line: 3 },
    {
      name: 'a name that is no variable',
      text: `${minimal}env: { variables: { A-B: x } }`,
      field: 'env.variables.A-B',
      line: 3,
    },
    {
      name: 'an exported name with a dollar',
      text: `${minimal}env: { exported-variables: [$A] }`,
      field: 'env.exported-variables',
      line: 3,
    },
    {
      name: 'artifacts without files',
      text: `${minimal}artifacts:\n  base-directory: dist\n`,
      field: 'artifacts.files',
      line: 4,
    },
    {
      name: 'an identifier with a dash',
      text: `${minimal}artifacts:\n  files: ['*']\n  secondary-artifacts:\n    my-out: { files: ['*'] }\n`,
      field: 'artifacts.secondary-artifacts.my-out',
      line: 6,
    },
    {
      name: 'a flag that is neither yes nor no',
      text: `${minimal}artifacts: { files: ['*'], discard-paths: maybe }`,
      field: 'artifacts.discard-paths',
      line: 3,
    },
    { name: 'wrong indentation', text: 'version: 0.2\nphases:\n  build:\n   commands:\n  - make\n', line: 4 },
    { name: 'a tab', text: 'version: 0.2\nphases:\n\tbuild: {}\n', line: 3 },
    { name: 'a key twice', text: 'version: 0.2\nversion: 0.2\nphases: { build: { commands: [make] } }', line: 2 },
    { name: 'an alias without an anchor', text: 'version: 0.2\nphases: *p\n', line: 2 },
    { name: 'no map at all', text: 'just text', line: 1 },
    { name: 'nothing', text: '', line: 1 },
  ])('$name', ({ text, field, line, column }) => {
    const [first] = errorsOf(text);
    expect(parse(text).buildspec).toBeUndefined();
    expect(first).toMatchObject({
      where: 'buildspec.yml',
      line,
      ...(field ? { field } : {}),
      ...(column ? { column } : {}),
    });
    expect(first?.fix).not.toBe('');
  });
});

describe('what has no effect is a warning, and the build goes on:', () => {
  test.each([
    { name: 'an unknown key', text: `${minimal}fases: {}`, field: 'fases' },
    {
      name: 'an unknown key of a phase',
      text: 'version: 0.2\nphases: { build: { commands: [make], comands: [x] } }',
      field: 'phases.build.comands',
    },
    {
      name: 'runtime-versions outside install',
      text: 'version: 0.2\nphases: { build: { commands: [make], runtime-versions: { nodejs: 18 } } }',
      field: 'phases.build.runtime-versions',
    },
    { name: 'batch', text: `${minimal}batch: { fast-fail: true }`, field: 'batch' },
    { name: 'run-as', text: `run-as: builder\n${minimal}`, field: 'run-as' },
    {
      name: 'a reserved name',
      text: `${minimal}env: { variables: { CODEBUILD_X: y } }`,
      field: 'env.variables.CODEBUILD_X',
    },
    {
      name: 'an exported AWS_ name',
      text: `${minimal}env: { exported-variables: [AWS_REGION] }`,
      field: 'env.exported-variables',
    },
    {
      name: 'environment_variables in 0.2',
      text: `${minimal}environment_variables: { plaintext: { A: b } }`,
      field: 'environment_variables',
    },
    {
      name: 'git-credential-helper',
      text: `${minimal}env: { git-credential-helper: yes }`,
      field: 'env.git-credential-helper',
    },
    {
      name: 'secondary artifacts alone',
      text: `${minimal}artifacts: { secondary-artifacts: { A: { files: ['*'] } } }`,
      field: 'artifacts.files',
    },
  ])('$name', ({ text, field }) => {
    expect(parse(text).buildspec).toBeDefined();
    expect(warningsOf(text).map((warning) => warning.field)).toEqual([field]);
  });
});
