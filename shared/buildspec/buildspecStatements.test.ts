import { describe, expect, it, test } from 'vitest';
import type { Buildspec } from './buildspec.ts';
import { parseBuildspec } from './parseBuildspec.ts';

/** reference/buildspec.md, statement by statement: §2 top level, §3 env, §4 phases, §8 artifacts, §13 version 0.1. */

const parse = (text: string) => parseBuildspec(text, 'buildspec.yml');
const read = (text: string): Buildspec => {
  const { buildspec, problems } = parse(text);
  if (!buildspec) throw new Error(problems.map(({ what }) => what).join(' '));
  return buildspec;
};
const build = 'phases: { build: { commands: [make] } }';
const spec = (rest: string) => read(`version: 0.2\n${build}\n${rest}\n`);
const faults = (text: string) =>
  parse(text).problems.map(({ severity, field, code }) => `${severity} ${field ?? ''} ${code}`.replace(/ +/g, ' '));
/** Faults of a buildspec that is complete without `rest`. */
const faultsOf = (rest: string) => faults(`version: 0.2\n${build}\n${rest}\n`);
const phase = (rest: string, name = 'build') => `version: 0.2\nphases:\n  ${name}: { ${rest} }\n`;

describe('§2 the top level', () => {
  test.each([
    { written: '0.2', version: '0.2' },
    { written: '"0.2"', version: '0.2' },
    { written: "'0.2'", version: '0.2' },
    { written: '!!str 0.2', version: '0.2' },
    { written: '0.1', version: '0.1' },
    { written: '0.3', version: undefined },
    { written: '2', version: undefined },
    { written: '0.20', version: undefined },
    { written: '[0.2]', version: undefined },
    { written: '', version: undefined },
  ])('version $written is read as $version', ({ written, version }) => {
    const { buildspec, problems } = parse(`version: ${written}\n${build}\n`);
    expect(buildspec?.version).toBe(version);
    expect(problems.some(({ field, severity }) => field === 'version' && severity === 'error')).toBe(!version);
  });

  test.each([
    { key: 'proxy', rest: 'proxy: { logs: yes }' },
    { key: 'batch', rest: 'batch: { build-list: [{ identifier: a }] }' },
    { key: 'run-as', rest: 'run-as: builder' },
  ])('$key has no meaning here, and that is said', ({ key, rest }) => {
    expect(faultsOf(rest)).toEqual([`warning ${key} buildspec.ignored`]);
  });

  it('unknown keys are warned of, each one, and what is known is read all the same', () => {
    expect(faultsOf('phase: 1\nartefacts: { files: [x] }')).toEqual([
      'warning phase buildspec.unknown-key',
      'warning artefacts buildspec.unknown-key',
    ]);
    expect(spec('artefacts: { files: [x] }').artifacts).toBeUndefined();
  });

  it('may stand in any order', () => {
    expect(read(`artifacts: { files: [x] }\n${build}\nenv: { shell: bash }\nversion: 0.2\n`)).toEqual(
      spec('env: { shell: bash }\nartifacts: { files: [x] }'),
    );
  });

  it('without env, artifacts and reports has none', () => {
    expect(spec('')).toEqual({
      version: '0.2',
      shell: 'sh',
      variables: new Map(),
      parameterStore: new Map(),
      secretsManager: new Map(),
      exportedVariables: [],
      runtimeVersions: new Map(),
      phases: [{ name: 'BUILD', commands: ['make'], finally: [] }],
      secondaryArtifacts: new Map(),
    });
  });

  it('may have empty sections', () => {
    expect(spec('env:\ncache: ~')).toMatchObject({ shell: 'sh', exportedVariables: [] });
  });
});

describe('§3 env', () => {
  test.each([
    { written: 'bash', shell: 'bash' },
    { written: '/bin/bash', shell: 'bash' },
    { written: '/usr/bin/bash', shell: 'bash' },
    { written: '/bin/sh', shell: 'sh' },
    { written: 'sh', shell: 'sh' },
    { written: '', shell: 'sh' },
    { written: 'zsh', shell: undefined },
    { written: 'powershell.exe', shell: undefined },
    { written: 'cmd.exe', shell: undefined },
    { written: 'bash -e', shell: undefined },
    { written: '[bash]', shell: undefined },
  ])('shell "$written" is $shell', ({ written, shell }) => {
    const { buildspec } = parse(`version: 0.2\n${build}\nenv: { shell: ${written} }\n`);
    expect(buildspec?.shell).toBe(shell);
  });

  test.each([
    { what: 'a text', written: 'plain text', value: 'plain text' },
    { what: 'a number', written: '42', value: '42' },
    { what: 'a number with a zero that counts', written: '1.10', value: '1.10' },
    { what: 'an octal', written: '0755', value: '0755' },
    { what: 'a boolean', written: 'true', value: 'true' },
    { what: 'a yes', written: 'yes', value: 'yes' },
    { what: 'a date', written: '2024-02-30', value: '2024-02-30' },
    { what: 'a time', written: '12:30:45', value: '12:30:45' },
    { what: 'nothing', written: '', value: '' },
    { what: 'a tilde', written: '~', value: '' },
    { what: 'the word null', written: 'null', value: '' },
    { what: 'the word null in quotes', written: '"null"', value: 'null' },
    { what: 'a reference to another variable, literally', written: '$PATH:/x', value: '$PATH:/x' },
    { what: 'a command substitution, literally', written: '$(date)', value: '$(date)' },
    { what: 'a pipeline variable, literally', written: "'#{Src.CommitId}'", value: '#{Src.CommitId}' },
    { what: 'spaces in quotes', written: '"  a  "', value: '  a  ' },
    { what: 'escapes in double quotes', written: '"a\\tb"', value: 'a\tb' },
  ])('a variable that is $what', ({ written, value }) => {
    expect(spec(`env:\n  variables:\n    A: ${written}`).variables.get('A')).toBe(value);
  });

  test.each([
    { name: 'PATH', fault: undefined },
    { name: '_a1', fault: undefined },
    { name: 'Y', fault: undefined },
    { name: 'A-B', fault: 'error env.variables.A-B buildspec.invalid' },
    { name: '1A', fault: 'error env.variables.1A buildspec.invalid' },
    { name: 'A.B', fault: 'error env.variables.A.B buildspec.invalid' },
    { name: '"A B"', fault: 'error env.variables.A B buildspec.invalid' },
    { name: 'CODEBUILD_SRC_DIR', fault: 'warning env.variables.CODEBUILD_SRC_DIR buildspec.reserved-name' },
    { name: 'MY_CODEBUILD_X', fault: undefined },
  ])('a variable called $name: $fault', ({ name, fault }) => {
    expect(faultsOf(`env: { variables: { ${name}: x } }`)).toEqual(fault ? [fault] : []);
  });

  it('keeps variables apart that YAML 1.1 would read as the same boolean', () => {
    const { variables } = spec('env: { variables: { Y: 1, ON: 2, yes: 3, N: 4, OFF: 5 } }');
    expect([...variables]).toEqual([
      ['Y', '1'],
      ['ON', '2'],
      ['yes', '3'],
      ['N', '4'],
      ['OFF', '5'],
    ]);
    expect(faultsOf('env: { variables: { A: 1, "A": 2 } }')).toEqual(['error buildspec.yaml']);
  });

  it('keeps references to parameters and secrets as written', () => {
    const { parameterStore, secretsManager } = spec(
      'env:\n  parameter-store:\n    P: /my/param\n  secrets-manager:\n    A: name\n    B: "arn:aws:secretsmanager:eu-west-1:1:secret:n:key:AWSCURRENT"\n    C: "n:k::v1"',
    );
    expect([...parameterStore, ...secretsManager]).toEqual([
      ['P', '/my/param'],
      ['A', 'name'],
      ['B', 'arn:aws:secretsmanager:eu-west-1:1:secret:n:key:AWSCURRENT'],
      ['C', 'n:k::v1'],
    ]);
  });

  test.each([
    { listed: '[A, B]', exported: ['A', 'B'], faults: [] },
    { listed: 'A', exported: ['A'], faults: [] },
    { listed: '[]', exported: [], faults: [] },
    { listed: '', exported: [], faults: [] },
    { listed: '[AWS_REGION, A]', exported: ['A'], faults: ['warning env.exported-variables buildspec.ignored'] },
    { listed: '[MY_AWS_REGION]', exported: ['MY_AWS_REGION'], faults: [] },
    { listed: '[$A]', exported: undefined, faults: ['error env.exported-variables buildspec.invalid'] },
    { listed: '[{ A: 1 }]', exported: undefined, faults: ['error env.exported-variables[0] buildspec.invalid'] },
    { listed: '{ A: 1 }', exported: undefined, faults: ['error env.exported-variables buildspec.invalid'] },
  ])('exported-variables $listed exports $exported', ({ listed, exported, faults: expected }) => {
    const text = `version: 0.2\n${build}\nenv:\n  exported-variables: ${listed}\n`;
    expect(parse(text).buildspec?.exportedVariables).toEqual(exported);
    expect(faults(text)).toEqual(expected);
  });

  test.each(['yes', 'no', 'true', 'off'])(
    'git-credential-helper %s is said to have no effect only when on',
    (value) => {
      const isOn = value === 'yes' || value === 'true';
      expect(faultsOf(`env: { git-credential-helper: ${value} }`)).toEqual(
        isOn ? ['warning env.git-credential-helper buildspec.ignored'] : [],
      );
    },
  );
});

describe('§4 phases', () => {
  it('run in their own order, however they are written', () => {
    const names = ['post_build', 'build', 'pre_build', 'install'];
    const text = `version: 0.2\nphases:\n${names.map((name) => `  ${name}: { commands: [${name}] }`).join('\n')}\n`;
    expect(read(text).phases.map(({ name }) => name)).toEqual(['INSTALL', 'PRE_BUILD', 'BUILD', 'POST_BUILD']);
  });

  test.each(['deploy', 'prebuild', 'Build', 'BUILD', 'post-build'])('have fixed names: %s is none', (name) => {
    const text = `version: 0.2\nphases: { ${name}: { commands: [x] }, build: { commands: [make] } }`;
    expect(faults(text)).toEqual([`warning phases.${name} buildspec.unknown-key`]);
    expect(read(text).phases).toHaveLength(1);
  });

  test.each([
    { name: 'install', needsCommands: false },
    { name: 'pre_build', needsCommands: true },
    { name: 'build', needsCommands: true },
    { name: 'post_build', needsCommands: true },
  ])('$name needs commands: $needsCommands', ({ name, needsCommands }) => {
    const other = name === 'build' ? 'post_build' : 'build';
    for (const empty of ['', 'commands: ', 'commands: []', 'finally: [x]']) {
      const text = `version: 0.2\nphases:\n  ${name}: { ${empty} }\n  ${other}: { commands: [make] }\n`;
      expect(faults(text)).toEqual(needsCommands ? [`error phases.${name}.commands buildspec.invalid`] : []);
    }
  });

  it('need one command at least', () => {
    expect(faults('version: 0.2\nphases: { install: { runtime-versions: { nodejs: 18 } } }')).toEqual([
      'error phases buildspec.invalid',
    ]);
  });

  it('may have finally, which is read like commands', () => {
    expect(read(phase('commands: [a], finally: [b, c]')).phases[0]).toMatchObject({ finally: ['b', 'c'] });
    expect(read(phase('commands: [a], finally: b')).phases[0]?.finally).toEqual(['b']);
    expect(read(phase('commands: [a], finally: ')).phases[0]?.finally).toEqual([]);
  });

  test.each([
    { written: 'ABORT', onFailure: { kind: 'ABORT' } },
    { written: 'abort', onFailure: { kind: 'ABORT' } },
    { written: 'CONTINUE', onFailure: { kind: 'CONTINUE' } },
    { written: 'RETRY', onFailure: { kind: 'RETRY', count: 3 } },
    { written: 'Retry', onFailure: { kind: 'RETRY', count: 3 } },
    { written: 'RETRY-0', onFailure: { kind: 'RETRY', count: 0 } },
    { written: 'RETRY-1', onFailure: { kind: 'RETRY', count: 1 } },
    { written: 'RETRY-100', onFailure: { kind: 'RETRY', count: 100 } },
    { written: 'RETRY-timeout', onFailure: { kind: 'RETRY', count: 3, pattern: 'timeout' } },
    { written: '"RETRY-.*5\\\\d\\\\d.*"', onFailure: { kind: 'RETRY', count: 3, pattern: '.*5\\d\\d.*' } },
    { written: 'RETRY-2-ECONN|ETIMED', onFailure: { kind: 'RETRY', count: 2, pattern: 'ECONN|ETIMED' } },
    { written: 'RETRY-2-exit-1', onFailure: { kind: 'RETRY', count: 2, pattern: 'exit-1' } },
    { written: 'RETRY-12monkeys', onFailure: { kind: 'RETRY', count: 3, pattern: '12monkeys' } },
    { written: '""', onFailure: undefined },
  ])('on-failure $written is read', ({ written, onFailure }) => {
    expect(read(phase(`commands: [a], on-failure: ${written}`)).phases[0]?.onFailure).toEqual(onFailure);
  });

  test.each(['STOP', 'RETRY-101', 'RETRY-1000-x', 'RETRY-', 'RETRY3', 'ABORT-1', '[ABORT]'])(
    'on-failure %s is refused',
    (written) => {
      const found = faults(phase(`commands: [a], on-failure: ${written}`));
      expect(found).toEqual(['error phases.build.on-failure buildspec.invalid']);
    },
  );

  it('on-failure with a pattern that is none is told, because nothing would be retried', () => {
    expect(faults(phase('commands: [a], on-failure: "RETRY-2-("'))).toEqual([
      'warning phases.build.on-failure buildspec.pattern',
    ]);
  });

  test.each([
    { written: '18', version: '18' },
    { written: '18.x', version: '18.x' },
    { written: '3.10', version: '3.10' },
    { written: 'latest', version: 'latest' },
    { written: 'corretto17', version: 'corretto17' },
    { written: '$NODE', version: '$NODE' },
  ])('runtime-versions keep $written as written', ({ written, version }) => {
    const text = phase(`commands: [a], runtime-versions: { nodejs: ${written} }`, 'install');
    expect(read(text).runtimeVersions.get('nodejs')).toBe(version);
  });

  it('a runtime that CodeBuild does not have is a warning', () => {
    expect(faults(phase('commands: [a], runtime-versions: { rust: 1 }', 'install'))).toEqual([
      'warning phases.install.runtime-versions.rust buildspec.unknown-key',
    ]);
  });

  it('run-as of one phase is said to have no effect', () => {
    expect(faults(phase('commands: [a], run-as: ec2-user'))).toEqual(['warning phases.build.run-as buildspec.ignored']);
  });
});

describe('§8 artifacts', () => {
  const artifacts = (rest: string) => spec(`artifacts: { files: ['**/*'], ${rest} }`).artifacts;

  test.each([
    { written: "files: '**/*'", files: ['**/*'] },
    { written: "files: ['dist/*', 'a.txt']", files: ['dist/*', 'a.txt'] },
    { written: 'files: [1, true]', files: ['1', 'true'] },
    { written: 'files: [$OUT/*]', files: ['$OUT/*'] },
  ])('$written names $files', ({ written, files }) => {
    expect(spec(`artifacts: { ${written} }`).artifacts?.files).toEqual(files);
  });

  test.each(['', 'files: ', 'files: []', 'base-directory: dist', 'files: {}'])(
    'need files: "%s" has none',
    (written) => {
      expect(faultsOf(`artifacts: { ${written} }`)).toContain('error artifacts.files buildspec.invalid');
    },
  );

  test.each([
    { written: 'yes', value: true },
    { written: 'YES', value: true },
    { written: 'on', value: true },
    { written: 'true', value: true },
    { written: '"yes"', value: true },
    { written: 'no', value: false },
    { written: 'Off', value: false },
    { written: 'false', value: false },
    { written: '', value: false },
  ])('discard-paths and enable-symlinks are YAML 1.1 booleans: $written', ({ written, value }) => {
    expect(artifacts(`discard-paths: ${written}`)?.discardPaths).toBe(value);
    expect(artifacts(`enable-symlinks: ${written}`)?.enableSymlinks).toBe(value);
  });

  it('have a base directory and exclusions, as patterns, as written', () => {
    expect(artifacts("base-directory: 'my-build*', exclude-paths: ['**/*.map', tmp/*]")).toEqual({
      files: ['**/*'],
      baseDirectory: 'my-build*',
      excludePaths: ['**/*.map', 'tmp/*'],
      discardPaths: false,
      enableSymlinks: false,
    });
  });

  it('have a name and a prefix that mean nothing in a pipeline, without a word', () => {
    expect(faultsOf("artifacts: { files: [x], name: 'app-$(date +%Y)', s3-prefix: a }")).toEqual([]);
  });

  test.each([
    { identifier: 'Out', taken: true },
    { identifier: 'out_2', taken: true },
    { identifier: '1', taken: true },
    { identifier: 'x'.repeat(127), taken: true },
    { identifier: 'x'.repeat(128), taken: false },
    { identifier: 'my-out', taken: false },
    { identifier: 'my.out', taken: false },
    { identifier: '""', taken: false },
  ])('secondary identifier $identifier is taken: $taken', ({ identifier, taken }) => {
    const text = `version: 0.2\n${build}\nartifacts: { files: [x], secondary-artifacts: { ${identifier}: { files: [y] } } }\n`;
    expect(parse(text).buildspec?.secondaryArtifacts.size).toBe(taken ? 1 : undefined);
  });

  it('secondary blocks have all the keys of the primary one', () => {
    const { secondaryArtifacts } = spec(
      'artifacts: { files: [x], secondary-artifacts: { A: { files: [y], base-directory: b, discard-paths: yes, exclude-paths: [z], name: n } } }',
    );
    expect(secondaryArtifacts.get('A')).toEqual({
      files: ['y'],
      baseDirectory: 'b',
      discardPaths: true,
      excludePaths: ['z'],
      enableSymlinks: false,
    });
  });

  it('secondary blocks need files too, and know no further blocks', () => {
    expect(faultsOf('artifacts: { files: [x], secondary-artifacts: { A: {} } }')).toEqual([
      'error artifacts.secondary-artifacts.A.files buildspec.invalid',
    ]);
    expect(
      faultsOf('artifacts: { files: [x], secondary-artifacts: { A: { files: [y], secondary-artifacts: {} } } }'),
    ).toEqual(['warning artifacts.secondary-artifacts.A.secondary-artifacts buildspec.unknown-key']);
  });
});

describe('§13 version 0.1', () => {
  const old = (rest: string) => `version: 0.1\n${build}\n${rest}\n`;

  it('has its variables in environment_variables, and env as well', () => {
    expect([
      ...read(old('environment_variables: { plaintext: { A: 1 } }\nenv: { variables: { B: 2 } }')).variables,
    ]).toEqual([
      ['B', '2'],
      ['A', '1'],
    ]);
  });

  it('knows the same phases and artifacts', () => {
    expect(read(old('artifacts: { files: [x] }'))).toMatchObject({
      version: '0.1',
      phases: [{ name: 'BUILD', commands: ['make'] }],
      artifacts: { files: ['x'] },
    });
  });

  it('has rules for names too', () => {
    expect(faults(old('environment_variables: { plaintext: { A-B: 1 } }'))).toEqual([
      'error environment_variables.plaintext.A-B buildspec.invalid',
    ]);
  });
});
