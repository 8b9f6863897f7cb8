import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import type { ActionFailure, BuildRequest } from '../../../shared/providers/host.ts';
import { createArtifactStore } from '../artifacts/artifactStore.ts';
import { extractZip } from '../artifacts/extractZip.ts';
import type { Secret } from './buildEnvironment.ts';
import { type BuildOptions, runBuild } from './runBuild.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'penstock-build-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** A build in a fresh workspace; `files` are the primary source's. */
function buildOf(files: Record<string, string>, request: Partial<BuildRequest> = {}, more: Partial<BuildOptions> = {}) {
  const source = join(root, 'work', 'src1', 'src');
  const folder = join(root, 'attempt');
  mkdirSync(source, { recursive: true });
  mkdirSync(folder, { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(source, path)), { recursive: true });
    writeFileSync(join(source, path), text);
  }
  const log: string[] = [];
  const secrets: Secret[] = [];
  const output: string[] = [];
  let spawned = 0;
  const store = createArtifactStore(join(root, 'store'));
  const options: BuildOptions = {
    request: { kind: 'buildspec', projectName: 'shop', primarySource: 'Source', environment: [], ...request },
    outputArtifacts: ['Out'],
    inputs: new Map([['Source', source]]),
    workspace: join(root, 'work'),
    folder,
    identity: {
      pipelineName: 'deploy',
      actionExecutionId: '0b1c',
      startedAt: 1_760_000_000_000,
      region: 'eu-west-1',
      account: '123456789012',
      resolvedSourceVersion: 'abc123',
    },
    userEnvironment: { MY_TOKEN: 'tok-123456', MY_JSON: '{"user":"u","password":"pw-abcdef"}' },
    spawn: async (script, environment, cwd, shell) => {
      spawned += 1;
      const around = `penstock_exit() { exit "$?"; }\n${script}\n`;
      const result = spawnSync(shell, ['-c', around], { cwd, env: { PATH: process.env.PATH, ...environment } });
      output.push(result.stdout.toString());
      return { exitCode: result.status ?? 137 };
    },
    store,
    log: (line) => log.push(line),
    onSecrets: (found) => secrets.push(...found),
    mask: (text) => text.replaceAll('tok-123456', '***'),
    ...more,
  };
  const lines = () =>
    output
      .join('')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('[Penstock]'));
  const unzip = async (digest: string) => {
    const target = join(root, `unzipped-${digest}`);
    await extractZip(store.pathOf(digest), target);
    const list = spawnSync('find', ['.', '-type', 'f'], { cwd: target }).stdout.toString();
    return list
      .split('\n')
      .filter(Boolean)
      .map((path) => path.slice(2))
      .sort();
  };
  return { options, log, secrets, lines, unzip, source, folder, spawned: () => spawned, run: () => runBuild(options) };
}

const buildspec = (build: string[], rest = '') =>
  `version: 0.2\n${rest}\nphases:\n  build:\n    commands:\n${build.map((command) => `      - ${JSON.stringify(command)}\n`).join('')}`;

const failureOf = async (promise: Promise<unknown>): Promise<ActionFailure> => {
  try {
    await promise;
  } catch (error) {
    return error as ActionFailure;
  }
  throw new Error('it did not fail');
};

describe('a build', () => {
  it('§1 runs buildspec.yml of the primary source, exports variables and stores the artifact', async () => {
    const { run, unzip } = buildOf({
      'buildspec.yml': buildspec(
        ['mkdir -p dist/js && echo hi > dist/index.html && echo js > dist/js/a.js', 'export VERSION=1.2', 'cd /'],
        'env: { exported-variables: [VERSION] }\nartifacts: { base-directory: dist, files: ["**/*"] }',
      ),
    });
    const result = await run();
    expect(result.buildId).toBe('shop:0b1c');
    expect(result.exportedVariables).toEqual({ VERSION: '1.2' });
    expect(result.outputArtifacts.map(({ name }) => name)).toEqual(['Out']);
    expect(await unzip(result.outputArtifacts[0]!.digest)).toEqual(['index.html', 'js/a.js']);
  });

  it('§6 gives the variables of CodeBuild, and lets the action win over the project over the buildspec', async () => {
    const { run, lines, source } = buildOf(
      {
        'buildspec.yml': buildspec(
          [
            'echo "$A $B $C"',
            'echo "$AWS_REGION $CODEBUILD_BUILD_ID $CODEBUILD_INITIATOR $CODEBUILD_RESOLVED_SOURCE_VERSION"',
            'echo "$CODEBUILD_SRC_DIR"',
            'echo "$LITERAL"',
          ],
          "env: { variables: { A: spec, B: spec, C: spec, LITERAL: '$PATH:/x `touch canary`' } }",
        ),
      },
      {
        environment: [
          { name: 'A', value: 'action' },
          { name: 'CODEBUILD_BUILD_ID', value: 'forged' },
        ],
      },
      { project: { kind: 'project', environment: { A: 'project', B: 'project' } }, outputArtifacts: [] },
    );
    await run();
    expect(lines()).toEqual([
      'action project spec',
      'eu-west-1 shop:0b1c codepipeline/deploy abc123',
      source,
      '$PATH:/x `touch canary`',
    ]);
  });

  it('§4 fails as CodeBuild does, naming phase, command and exit status, with secrets hidden', async () => {
    const { run } = buildOf({ 'buildspec.yml': buildspec(['true', 'sh -c "exit 7" # tok-123456']) });
    const failure = await failureOf(run());
    expect(failure.code).toBe('JobFailed');
    expect(failure.message).toBe(
      'Build terminated with state: FAILED. Phase: BUILD, code: COMMAND_EXECUTION_ERROR, message: Error while executing command: sh -c "exit 7" # ***. Reason: exit status 7',
    );
  });

  it('fails when something ended the shell with status 0', async () => {
    const { run } = buildOf({ 'buildspec.yml': buildspec(['exec true']) });
    expect((await failureOf(run())).message).toContain('the shell ended before the build was complete');
  });

  it('does not believe an exit code of 0 without the results of the script', async () => {
    const { options } = buildOf({ 'buildspec.yml': buildspec(['true']) });
    const failure = await failureOf(runBuild({ ...options, spawn: async () => ({ exitCode: 0 }) }));
    expect(failure.code).toBe('JobFailed');
  });

  it('reports a lost process as Lost', async () => {
    const { options } = buildOf({ 'buildspec.yml': buildspec(['true']) });
    expect((await failureOf(runBuild({ ...options, spawn: async () => ({ exitCode: 'lost' }) }))).code).toBe('Lost');
  });

  test.each([
    {
      files: { 'buildspec.yaml': 'version: 0.2' },
      request: {},
      what: '"buildspec.yml" does not exist',
      fix: 'buildspec.yaml',
    },
    { files: {}, request: { buildspec: 'ci/spec.yml' }, what: '"ci/spec.yml" does not exist', fix: 'buildspec.yml' },
    { files: {}, request: { buildspec: '../../attempt/x' }, what: '..', fix: '' },
    {
      files: { 'buildspec.yml': 'version: 0.2\nphases:\n  build:\n    commands:\n      - a: b\n' },
      request: {},
      what: 'line 5',
      fix: 'quotes',
    },
  ])('§1 says YAML_FILE_ERROR in DOWNLOAD_SOURCE and what to do: $what', async ({ files, request, what, fix }) => {
    const { run, spawned } = buildOf(files as Record<string, string>, request);
    const failure = await failureOf(run());
    expect(failure.message).toContain('Phase: DOWNLOAD_SOURCE, code: YAML_FILE_ERROR');
    expect(failure.message).toContain(what);
    expect(failure.fix).toContain(fix);
    expect(spawned()).toBe(0);
  });

  it('§1 takes an inline buildspec, and the project’s where the action has none', async () => {
    const inline = buildOf({}, { buildspec: buildspec(['echo inline']) }, { outputArtifacts: [] });
    await inline.run();
    expect(inline.lines()).toEqual(['inline']);
    const project = buildOf(
      {},
      {},
      { outputArtifacts: [], project: { kind: 'project', buildspec: buildspec(['echo project']) } },
    );
    await project.run();
    expect(project.lines()).toEqual(['project']);
  });

  it('plans from the text that is running when a host comes back, even if the build changed its buildspec', async () => {
    const { run, lines, source } = buildOf({ 'buildspec.yml': buildspec(['echo first']) }, {}, { outputArtifacts: [] });
    await run();
    writeFileSync(join(source, 'buildspec.yml'), buildspec(['echo second']));
    await run();
    expect(lines()).toEqual(['first', 'first']);
  });

  it('§3 looks up secrets in the user’s environment through the binding, and tells their values before the process exists', async () => {
    const { run, lines, secrets } = buildOf(
      {
        'buildspec.yml': buildspec(
          ['echo "$A $B"'],
          'env: { parameter-store: { A: /app/token }, secrets-manager: { B: "db:password" }, exported-variables: [A] }',
        ),
      },
      {},
      {
        outputArtifacts: [],
        project: { kind: 'project', secretsFromEnvironment: { '/app/token': 'MY_TOKEN', db: 'MY_JSON' } },
      },
    );
    expect((await run()).exportedVariables).toEqual({});
    expect(lines()).toEqual(['tok-123456 pw-abcdef']);
    expect(secrets).toEqual([
      { name: 'A', value: 'tok-123456' },
      { name: 'B', value: 'pw-abcdef' },
    ]);
  });

  it('§3 starts nothing when a secret has no local value, and lists every one that is missing', async () => {
    const { run, spawned } = buildOf(
      { 'buildspec.yml': buildspec(['true'], 'env: { parameter-store: { A: /app/token, B: /other } }') },
      {},
      { project: { kind: 'project', secretsFromEnvironment: { '/other': 'NOT_SET' } } },
    );
    const failure = await failureOf(run());
    expect(failure.code).toBe('ConfigurationError');
    expect(failure.message).toContain('"/app/token" for A');
    expect(failure.message).toContain('is bound to NOT_SET, which is not set');
    expect(spawned()).toBe(0);
  });

  it('§3 hides secrets in output variables', async () => {
    const { run } = buildOf({ 'buildspec.yml': buildspec(['X="id tok-123456"'], 'env: { exported-variables: [X] }') });
    expect((await run()).exportedVariables).toEqual({ X: 'id ***' });
  });

  it.each(['buildspec', 'commands'] as const)(
    '§7 the further inputs of a build are folders of their own, each with a variable of its name (%s)',
    async (kind) => {
      const lib = join(root, 'work', 'src2', 'src');
      mkdirSync(lib, { recursive: true });
      writeFileSync(join(lib, 'lib.txt'), 'from Lib');
      const commands = ['echo "$CODEBUILD_SRC_DIR_Lib"', 'cat "$CODEBUILD_SRC_DIR_Lib/lib.txt"; echo', 'ls'];
      const { options, lines, source } = buildOf(
        { 'buildspec.yml': buildspec(commands) },
        kind === 'commands' ? { kind, commands } : {},
        { outputArtifacts: [] },
      );
      await runBuild({ ...options, inputs: new Map([...options.inputs, ['Lib', lib]]) });
      expect(lines()).toEqual([lib, 'from Lib', 'buildspec.yml']);
      expect(lib).not.toContain(source);
    },
  );

  it('§8 succeeds without an artifacts section, says so, and leaves the artifact out', async () => {
    const { run, log } = buildOf({ 'buildspec.yml': buildspec(['true']) });
    expect((await run()).outputArtifacts).toEqual([]);
    expect(log.join()).toContain('the output artifact "Out" will not exist');
  });

  it('§8 takes each of several outputs from secondary-artifacts', async () => {
    const { run, unzip } = buildOf(
      {
        'buildspec.yml': buildspec(
          ['mkdir a b && touch a/1 b/2'],
          'artifacts: { files: ["**/*"], secondary-artifacts: { One: { files: [a/*] }, Two: { base-directory: b, files: ["*"] } } }',
        ),
      },
      {},
      { outputArtifacts: ['One', 'Two'] },
    );
    const { outputArtifacts } = await run();
    expect(outputArtifacts.map(({ name }) => name)).toEqual(['One', 'Two']);
    expect(await unzip(outputArtifacts[0]!.digest)).toEqual(['a/1']);
    expect(await unzip(outputArtifacts[1]!.digest)).toEqual(['2']);
  });

  it('uploads what a link names, and nothing beyond the sources', async () => {
    writeFileSync(join(root, 'canary'), 'private');
    const { run, unzip, source, log } = buildOf({
      'buildspec.yml': buildspec(['true'], 'artifacts: { files: ["**/*"] }'),
      a: 'a',
    });
    symlinkSync(join(root, 'canary'), join(source, 'out'));
    symlinkSync('a', join(source, 'alias'));
    const { outputArtifacts } = await run();
    expect(await unzip(outputArtifacts[0]!.digest)).toEqual(['a', 'alias', 'buildspec.yml']);
    expect(log.join()).toContain('"out" is left out');
  });
});

describe('§14 a Commands action', () => {
  it('runs its commands as one list and exports its output variables, AWS_ names included', async () => {
    const { run, lines, unzip } = buildOf(
      { 'a.txt': 'a' },
      {
        kind: 'commands',
        commands: ['echo one', 'V=2; mkdir d; touch d/x'],
        exportNames: ['V', 'AWS_DEFAULT_REGION'],
        files: ['**/'],
      },
    );
    const result = await run();
    expect(lines()).toEqual(['one']);
    expect(result.exportedVariables).toEqual({ V: '2', AWS_DEFAULT_REGION: 'eu-west-1' });
    expect(await unzip(result.outputArtifacts[0]!.digest)).toEqual(['a.txt', 'd/x']);
  });

  it('stops at the first failing command', async () => {
    const { run, lines } = buildOf({}, { kind: 'commands', commands: ['false', 'echo never'] });
    expect((await failureOf(run())).message).toContain('Error while executing command: false');
    expect(lines()).toEqual([]);
  });

  it('reads no buildspec file', async () => {
    const { run, folder } = buildOf({ 'buildspec.yml': 'not: [valid' }, { kind: 'commands', commands: ['true'] });
    await run();
    expect(() => readFileSync(join(folder, 'buildspec'))).toThrow('ENOENT');
  });
});

describe('EN texts of a project are data to Penstock', () => {
  const touch = '$(touch canary)`touch canary`;touch canary;\'"\ntouch canary\n';
  const hasCanary = (source: string) => existsSync(join(source, 'canary'));

  test('EN-00 control: the same text as a command touches the canary', async () => {
    const { run, source } = buildOf({}, { kind: 'commands', commands: ['x=$(touch canary)'] }, { outputArtifacts: [] });
    await run();
    expect(hasCanary(source)).toBe(true);
  });

  test('EN-10 shell metacharacters in variables reach the command as they are', async () => {
    const { run, source, lines } = buildOf(
      {},
      { kind: 'commands', commands: ['printf "%s" "$V"'], environment: [{ name: 'V', value: touch }] },
      { outputArtifacts: [] },
    );
    await run();
    expect(lines().join('\n')).toContain(touch.trim());
    expect(hasCanary(source)).toBe(false);
  });

  test('EN-11 a command substitution is never evaluated by us: project name, variables, paths, patterns, on-failure, exports', async () => {
    const text = JSON.stringify(touch);
    const { run, source } = buildOf(
      {
        'buildspec.yml': `version: 0.2
env: { variables: { A: ${text} }, exported-variables: [A] }
phases: { build: { commands: ['true', 'false'], on-failure: ${JSON.stringify(`RETRY-1-${touch}`)} } }
artifacts: { base-directory: ${text}, files: [${text}], name: ${text} }
`,
      },
      { projectName: touch, environment: [{ name: 'B', value: touch }] },
    );
    await failureOf(run());
    expect(hasCanary(source)).toBe(false);
  });

  test('EN-04 names that no variable can have start nothing', async () => {
    for (const name of ['A=B', 'A B', 'A\nB', '']) {
      const spec = `version: 0.2\nenv: { variables: { ${JSON.stringify(name)}: x } }\nphases: { build: { commands: [touch canary] } }`;
      const { run, spawned } = buildOf({}, { buildspec: spec });
      expect((await failureOf(run())).message).toContain('YAML_FILE_ERROR');
      expect(spawned()).toBe(0);
    }
  });
});
