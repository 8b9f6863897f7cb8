import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostileGround } from '../../testing/hostileHarness.ts';
import { childEnvironment } from '../process/childEnvironment.ts';
import { containerOf, containerScript } from './container.ts';

const ground = hostileGround();
beforeAll(() => ground.enter());
afterAll(() => ground.leave());

/** A program that notes its arguments and its environment, as a container program would see them. */
function started({ environment = {}, secretNames = [] as string[], image = 'node:24', name = 'attempt' }) {
  const place = ground.place();
  const folder = join(place, name);
  spawnSync('mkdir', ['-p', folder]);
  const program = join(place, 'docker');
  writeFileSync(program, `#!/bin/sh\nprintf '%s\\0' "$@" >'${place}/argv'\nenv -0 >'${place}/env'\n`);
  chmodSync(program, 0o755);
  const { script, environment: given } = containerScript({
    container: containerOf({ image }, 'abc', program),
    script: 'true',
    shell: 'sh',
    environment,
    secretNames: new Set(secretNames),
    cwd: folder,
    folder,
    passed: ['TERM'],
  });
  const env = childEnvironment('abc', given, { PATH: process.env.PATH, AWS_SECRET_ACCESS_KEY: 'host-secret' });
  spawnSync('/bin/sh', ['-c', script], { env, cwd: place });
  const read = (file: string) =>
    existsSync(join(place, file)) ? readFileSync(join(place, file), 'utf8').split('\0').slice(0, -1) : [];
  return { argv: read('argv'), env: read('env'), folder };
}
/** Names that the container gets from the program's own environment. */
const passedOf = (argv: string[]) => argv.flatMap((one, at) => (argv[at - 1] === '-e' ? [one] : []));

describe('EN what a container and its program are given', () => {
  it('EN-00 control: the program that notes what it is given sees a value that is passed', () => {
    const { argv, env } = started({ environment: { A: 'seen' } });
    expect(env).toContain('A=seen');
    expect(argv).toContain('A');
  });

  it('EN-01 the container sees the build’s variables and ours, and none of the host’s', () => {
    const { argv } = started({ environment: { A: '1', CODEBUILD_BUILD_ID: 'p:1' } });
    expect(passedOf(argv)).toEqual(['A', 'CODEBUILD_BUILD_ID', 'TERM']);
  });

  it('EN-02 credentials of the host reach neither the container nor its program', () => {
    const { argv, env } = started({});
    expect([...argv, ...env].join()).not.toContain('host-secret');
  });

  it('EN-02 a secret is no argument, which every user of the machine could read', () => {
    const { argv, env } = started({ environment: { TOKEN: 'tok-123456' }, secretNames: ['TOKEN'] });
    expect(argv.join()).not.toContain('tok-123456');
    expect(env).toContain('TOKEN=tok-123456');
  });

  it.each([
    'PATH',
    'LD_PRELOAD',
    'DOCKER_HOST',
    'DOCKER_CONFIG',
    'CONTAINER_HOST',
    'HTTPS_PROXY',
    'GODEBUG',
    'ENV',
    'XDG_CONFIG_HOME',
  ])('EN-03 %s of a project changes nothing for the program itself, and a secret of that name is refused', (name) => {
    const { argv, env } = started({ environment: { [name]: 'evil-value' } });
    expect(env.join()).not.toContain('evil-value');
    expect(argv).toContain(`${name}=evil-value`);
    expect(() => started({ environment: { [name]: 'evil-value' }, secretNames: [name] })).toThrow('cannot be given');
  });

  it.each(['A=B', 'A\nB', '-v', 'LD_\n', 'A\0B'])('EN-04 a variable called %j is refused', (name) => {
    expect(() => started({ environment: { [name]: 'x' } })).toThrow('has a name');
  });

  it.each(['A', 'PATH'])('EN-05 a value of %s with NUL is refused', (name) => {
    expect(() => started({ environment: { [name]: 'a\0b' } })).toThrow('NUL');
  });

  it.each(['-v=/:/host', '--privileged', '--volume', '-', 'a --privileged', 'a\t-v'])(
    'EN-09 the image %j is no option',
    (image) => {
      expect(() => started({ image })).toThrow('no name of an image');
    },
  );

  it.each(["'; touch fired; '", '$(touch fired)', '`touch fired`', '"; touch fired #', '\n touch fired'])(
    'EN-11 the value %j is never evaluated on the way',
    (value) => {
      const { argv, env, folder } = started({ environment: { A: value, PATH: value } });
      expect(env).toContain(`A=${value}`);
      expect(argv).toContain(`PATH=${value}`);
      expect(existsSync(join(folder, '..', 'fired'))).toBe(false);
    },
  );

  it.each(["it's", 'a,b', 'a"b', 'a b', 'a:b', 'a,target=x', '$(touch fired)'])(
    'EN-08 the folder %j is mounted as it is, and nothing else',
    (name) => {
      const { argv, folder } = started({ name });
      const mounts = argv.filter((_, at) => argv[at - 1] === '--mount');
      expect(mounts).toHaveLength(1);
      const fields = (mounts[0]?.match(/"(?:[^"]|"")*"|[^,]+/g) ?? []).map((one) =>
        one.replace(/^"|"$/g, '').replaceAll('""', '"'),
      );
      expect(fields).toEqual(['type=bind', `source=${folder}`, `target=${folder}`]);
      expect(existsSync(join(folder, '..', 'fired'))).toBe(false);
    },
  );
});
