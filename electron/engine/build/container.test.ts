import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { actionOf } from '../../../shared/execution/executionState.ts';
import type { Sidecar } from '../../../shared/model/sidecar.ts';
import type { ActionFailure } from '../../../shared/providers/host.ts';
import { type EngineFixture, engineFixture, pipelineOf, run, temporaryRoot } from '../testing/engineFixture.ts';
import { checkImage, containerOf, containerScript, findProgram } from './container.ts';

const failureOf = (work: () => unknown): ActionFailure => {
  try {
    work();
  } catch (error) {
    return error as ActionFailure;
  }
  throw new Error('it did not fail');
};

describe('the container of a build', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'penstock-container-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  /** Says what it was given instead of running it. */
  const fakeProgram = () => {
    const program = join(root, 'docker');
    writeFileSync(
      program,
      `#!/bin/sh\nif [ "$1" = kill ]; then echo "$@" >>'${root}/killed'; exit 0; fi\nprintf '%s\\0' "$@" >'${root}/argv'\nexit 7\n`,
    );
    chmodSync(program, 0o755);
    return program;
  };
  const scriptOf = (environment: Record<string, string>, secretNames: string[] = [], program = fakeProgram()) =>
    containerScript({
      container: containerOf({ image: 'node:24', network: 'none' }, 'abc', program),
      script: 'echo hi',
      shell: 'sh',
      environment,
      secretNames: new Set(secretNames),
      cwd: join(root, 'src0', 'src'),
      folder: root,
      passed: ['TERM'],
    });

  it('is given the names of variables as arguments, and their values by its own environment', () => {
    const { script, environment } = scriptOf({ A: "it's $(touch x)", TOKEN: 'tok-123456' }, ['TOKEN']);
    const { status } = spawnSync('/bin/sh', ['-c', script], { env: { PATH: process.env.PATH, ...environment } });
    expect(status).toBe(7);
    const argv = readFileSync(join(root, 'argv'), 'utf8').split('\0').slice(0, -1);
    expect(argv).toEqual([
      ...['run', '--rm', '--pull', 'never', '--name', 'penstock-abc', '--log-driver', 'none', '--network', 'none'],
      ...['--mount', `type=bind,source=${root},target=${root}`, '--workdir', join(root, 'src0', 'src')],
      ...['-e', 'A', '-e', 'TOKEN', '-e', 'TERM', '--entrypoint', 'sh', 'node:24', join(root, 'inside')],
    ]);
    expect(environment).toMatchObject({ A: "it's $(touch x)", TOKEN: 'tok-123456' });
    expect(readFileSync(join(root, 'inside'), 'utf8')).not.toContain('tok-123456');
  });

  it('keeps variables that mean something to the program itself away from it', () => {
    const own = {
      PATH: '/opt/bin',
      DOCKER_HOST: 'tcp://192.0.2.1:1',
      LD_PRELOAD: 'x.so',
      https_proxy: 'http://192.0.2.1',
    };
    const { script, environment } = scriptOf(own);
    for (const name of Object.keys(own)) expect(environment[name]).not.toBe(own[name as keyof typeof own]);
    for (const [name, value] of Object.entries(own)) expect(script).toContain(`'-e' '${name}=${value}'`);
    expect(failureOf(() => scriptOf({ DOCKER_TOKEN: 's3cret' }, ['DOCKER_TOKEN']))).toMatchObject({
      code: 'ConfigurationError',
      message: expect.stringContaining('DOCKER_TOKEN'),
    });
  });

  it('is ended by name when its shell is told to end', () => {
    const program = fakeProgram();
    // It ends only when it is killed by name, as a container does whose first process is a shell.
    const untilKilled = `kill -TERM "$PPID"\nwhile [ ! -e '${root}/killed' ]; do :; done\nexit 137`;
    writeFileSync(program, readFileSync(program, 'utf8').replace('exit 7', untilKilled));
    const { status } = spawnSync('/bin/sh', ['-c', scriptOf({}, [], program).script]);
    // Of the container, or of the signal where the shell heard of the container's end before.
    expect([137, 143]).toContain(status);
    expect(readFileSync(join(root, 'killed'), 'utf8')).toBe('kill penstock-abc\n');
  });

  it.runIf(process.getuid?.() === 0)('gives what its root made to the owner of the folder in the end', () => {
    const { script } = scriptOf({});
    // What the program would run inside, run here: the folder belongs to somebody else than the one who runs it.
    const inside = readFileSync(join(root, 'inside'), 'utf8').replace('echo hi', `echo made >'${root}/made'; exit 5`);
    expect(script).toContain('inside');
    chownSync(root, 65534, 65534);
    const { status } = spawnSync('/bin/sh', ['-c', inside]);
    expect(status).toBe(5);
    expect(statSync(join(root, 'made')).uid).toBe(65534);
  });

  it('a shell that runs already keeps its script', () => {
    scriptOf({});
    const before = readFileSync(join(root, 'inside'), 'utf8');
    writeFileSync(join(root, 'inside'), `${before}# read so far`);
    scriptOf({});
    expect(readFileSync(join(root, 'inside'), 'utf8')).toContain('# read so far');
  });

  test.each(['-v/:/host', '--privileged', 'a b', 'a;b', '', '$(x)', 'a\nb', '/etc'])(
    'an image called %j is refused',
    (image) => {
      expect(failureOf(() => containerOf({ image }, 'abc', '/bin/docker')).message).toContain('no name of an image');
    },
  );

  it('needs a program, which is looked for in absolute folders only', () => {
    expect(failureOf(() => containerOf({ image: 'node:24' }, 'abc', findProgram('relative:.'))).fix).toContain(
      'remove the container',
    );
    fakeProgram();
    expect(findProgram(`/nowhere:${root}`)).toBe(join(root, 'docker'));
  });

  it('is not started when the image is not here, and nothing is pulled', async () => {
    const program = join(root, 'docker');
    writeFileSync(
      program,
      `#!/bin/sh\necho "$@" >>'${root}/called'\necho 'Error: No such image: node:24' >&2\nexit 1\n`,
    );
    chmodSync(program, 0o755);
    const checking = checkImage(containerOf({ image: 'node:24' }, 'abc', program));
    await expect(checking).rejects.toMatchObject({
      code: 'ConfigurationError',
      fix: expect.stringContaining('docker pull node:24'),
    });
    expect(readFileSync(join(root, 'called'), 'utf8')).toBe('image inspect --format {{.Id}} node:24\n');
  });
});

/** An image of one program, made offline. Undefined, with the reason, where no daemon answers. */
function makeImage(): { image: string } | { skipped: string } {
  const busybox = ['/bin/busybox', '/usr/bin/busybox'].find(existsSync);
  const program = findProgram();
  if (!program) return { skipped: 'no container program on this machine' };
  if (spawnSync(program, ['info'], { timeout: 20_000 }).status !== 0) return { skipped: 'no container daemon answers' };
  if (!busybox) return { skipped: 'no busybox to make an image of' };
  const folder = mkdtempSync(join(tmpdir(), 'penstock-image-'));
  try {
    mkdirSync(join(folder, 'bin'));
    mkdirSync(join(folder, 'tmp'));
    execFileSync('cp', [busybox, join(folder, 'bin', 'busybox')]);
    for (const name of ['sh', 'cat', 'chown', 'date', 'env', 'grep', 'head', 'id', 'rm', 'sed', 'sleep', 'stat']) {
      symlinkSync('busybox', join(folder, 'bin', name));
    }
    const tar = execFileSync('tar', ['-c', '-C', folder, '.'], { maxBuffer: 64 * 1024 * 1024 });
    const image = 'penstock-spec:busybox';
    execFileSync(program, ['import', '-', image], { input: tar });
    const tried = spawnSync(program, ['run', '--rm', '--network', 'none', image, '/bin/sh', '-c', 'exit 3']);
    return tried.status === 3
      ? { image }
      : { skipped: `a container does not run here: ${tried.stderr.toString().trim()}` };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const made = makeImage();
if ('skipped' in made) process.stderr.write(`Builds in real containers are skipped: ${made.skipped}.\n`);

describe.skipIf('skipped' in made)('a build in a real container', () => {
  const image = 'image' in made ? made.image : '';
  let root: string;
  let remove: () => void;
  let host: EngineFixture;
  const secret = { PENSTOCK_SPEC_TOKEN: 'tok-abcdef-123456' };
  beforeAll(() => Object.assign(process.env, secret));
  afterAll(() => delete process.env.PENSTOCK_SPEC_TOKEN);
  beforeEach(() => {
    ({ root, remove } = temporaryRoot());
    host = engineFixture({ root });
  });
  afterEach(async () => {
    await host.close();
    remove();
  });
  const nextHost = async () => {
    await host.close();
    host = engineFixture({ root });
  };
  const bindings: Sidecar['bindings'] = {
    'Build/Inside': {
      kind: 'project',
      container: { image, network: 'none' },
      environment: { PLAIN: "it's\nplain" },
      secretsFromEnvironment: { token: 'PENSTOCK_SPEC_TOKEN' },
    },
  };
  const containers = () =>
    execFileSync(findProgram() ?? '', ['ps', '--all', '--format', '{{.Names}}'])
      .toString()
      .split('\n')
      .filter((name) => name.startsWith('penstock-'));
  const inside = (commands: string[], extra = {}) => pipelineOf({ Build: [run('Inside', commands, extra)] });
  const workspaceFile = async (id: string, name: string) => {
    const { actionExecutionId = '' } = actionOf(await host.state(id), 'Build', 'Inside') ?? {};
    return join(host.history.folder(id), 'actions', actionExecutionId, 'src0', 'src', name);
  };

  it('has the source, the variables and nothing of the host, and hands over its artifact and variables', async () => {
    const state = await host.run(
      inside(
        [
          'cat hello.txt',
          'echo "plain: $PLAIN"',
          'echo "token: $TOKEN"',
          'echo "image: $CODEBUILD_BUILD_IMAGE"',
          'if [ -e /usr/bin/node ] || [ -e /etc/passwd ]; then echo host; fi',
          'id -u >out.txt',
          'export MADE=yes',
        ],
        {
          environmentVariables: [{ name: 'TOKEN', value: 'token', type: 'SECRETS_MANAGER' }],
          outputVariables: ['MADE'],
          outputArtifacts: [{ name: 'Out', files: ['out.txt'] }],
        },
      ),
      { bindings },
    );
    const log = host.log(state, 'Build', 'Inside');
    expect(state.status, log).toBe('Succeeded');
    expect(log).toContain(`Runs in a container of ${image}`);
    expect(log).toContain('hello\n');
    expect(log).toContain("plain: it's\nplain\n");
    expect(log).toMatch(/token: \*+/);
    expect(log).not.toContain(secret.PENSTOCK_SPEC_TOKEN);
    expect(log).toContain(`image: ${image}\n`);
    expect(log).not.toMatch(/^host$/m);
    const action = actionOf(state, 'Build', 'Inside');
    expect(action?.outputVariables).toEqual({ MADE: 'yes' });
    expect(action?.outputArtifacts).toHaveLength(1);
    expect(containers()).toEqual([]);
  });

  it('fails with the command’s own exit status', async () => {
    const state = await host.run(inside(['true', 'sh -c "exit 9"']), { bindings });
    expect(actionOf(state, 'Build', 'Inside')?.errorDetails?.message).toContain('exit status 9');
    expect(containers()).toEqual([]);
  });

  it('is ended with everything in it when the action is abandoned', async () => {
    const id = await host.start(inside(['echo began >began.txt', 'sleep 600']), { bindings });
    await vi.waitFor(async () => expect(existsSync(await workspaceFile(id, 'began.txt'))).toBe(true), {
      timeout: 30_000,
      interval: 50,
    });
    expect(containers()).toHaveLength(1);
    await host.engine.handlers.stopPipelineExecution({ pipelineExecutionId: id, abandon: true, reason: '' });
    await host.engine.idle();
    const state = await host.state(id);
    expect(actionOf(state, 'Build', 'Inside')?.status).toBe('Abandoned');
    await vi.waitFor(() => expect(containers()).toEqual([]), { timeout: 10_000, interval: 50 });
  });

  it('goes on while no host lives, and is taken over by the next', async () => {
    const id = await host.start(
      inside(['echo began >began.txt', 'while [ ! -e go ]; do sleep 0.05; done', 'echo finished']),
      { bindings },
    );
    await vi.waitFor(async () => expect(existsSync(await workspaceFile(id, 'began.txt'))).toBe(true), {
      timeout: 30_000,
      interval: 50,
    });
    const go = await workspaceFile(id, 'go');
    await nextHost();
    await host.engine.resume();
    writeFileSync(go, '');
    await host.engine.idle();
    const state = await host.state(id);
    const log = host.log(state, 'Build', 'Inside');
    expect(state.status, log).toBe('Succeeded');
    expect(log.match(/^finished$/gm)).toHaveLength(1);
    expect(containers()).toEqual([]);
  });

  it('is refused when its image is not on this machine', async () => {
    const missing: Sidecar['bindings'] = {
      'Build/Inside': { kind: 'project', container: { image: 'penstock-spec:missing' } },
    };
    const state = await host.run(inside(['true']), { bindings: missing });
    expect(actionOf(state, 'Build', 'Inside')?.errorDetails).toMatchObject({
      code: 'ConfigurationError',
      message: expect.stringContaining('is not on this machine'),
    });
  });
});
