import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { assertOnlyCanaries, hostileGround } from './hostileHarness.ts';

// These start programs of ours, which an unprivileged user may not be allowed to read: they come before rights are dropped.
describe('HS safety of the hostile suites, seen from outside', () => {
  let home: string;
  beforeEach(() => {
    home = realpathSync(mkdtempSync(join(tmpdir(), 'penstock-home-')));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  it('HS-02 refuses to go on as root where the rights cannot be dropped', () => {
    const script = `
      import { hostileGround } from ${JSON.stringify(join(import.meta.dirname, 'hostileHarness.ts'))};
      process.getuid = () => 0; process.setuid = undefined;
      hostileGround(${JSON.stringify(home)}).enter();`;
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    expect(run.status).not.toBe(0);
    expect(run.stderr).toContain('never let loose as root');
  });

  it('HS-03 fails the suite when a sentinel changed', () => {
    writeFileSync(join(home, '.bashrc'), 'before');
    if (process.getuid?.() === 0) for (const path of [home, join(home, '.bashrc')]) chownSync(path, 65534, 65534);
    const script = `
      import { writeFileSync } from 'node:fs';
      import { hostileGround } from ${JSON.stringify(join(import.meta.dirname, 'hostileHarness.ts'))};
      const ground = hostileGround(${JSON.stringify(home)});
      ground.enter();
      writeFileSync(${JSON.stringify(join(home, '.bashrc'))}, 'after');
      ground.leave();`;
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      env: { ...process.env, HOME: home },
    });
    expect(run.stderr).toContain('A file outside the test');
    expect(run.status).not.toBe(0);
  });
});

describe('HS safety of the hostile suites', () => {
  const ground = hostileGround();
  beforeAll(() => ground.enter());
  afterAll(() => ground.leave());

  it.each([
    ['a link to a system file', '/etc/hosts'],
    ['a command on a home folder', 'rm -rf /home/somebody/x'],
    ['a quoted path', "echo x > '/var/lib/thing'"],
    ['a path after an equals sign', 'GIT_DIR=/srv/repo'],
    ['a neighbour whose name begins alike', '@ROOT@-evil/x'],
    ['a climb out of the place', '../'.repeat(12)],
  ])('HS-01 refuses a fixture that names %s', (_what, text) => {
    expect(() => ground.fixture(text.replace('@ROOT@', ground.root))).toThrow(/hostile fixture/);
  });

  it('HS-01 refuses bytes as well as text', () => {
    expect(() => ground.fixture(Buffer.from('\u0000/etc/passwd'))).toThrow(/hostile fixture/);
  });

  it('HS-02 has no rights of root once the ground is entered', () => {
    expect([process.getuid?.(), process.geteuid?.()]).not.toContain(0);
  });

  it('HS-03 notices a changed, new, relinked or re-moded file in the ground', () => {
    const place = ground.place();
    writeFileSync(join(place, 'a'), '1');
    ground.remember();
    expect(ground.changes()).toEqual([]);
    writeFileSync(join(place, 'a'), '2');
    writeFileSync(join(place, 'b'), '');
    symlinkSync('a', join(place, 'c'));
    expect(ground.changes()).toHaveLength(3);
    ground.remember();
    chmodSync(join(place, 'a'), 0o600);
    expect(ground.changes()).toHaveLength(1);
    expect(ground.changes(place)).toEqual([]);
  });

  it('HS-04 control: texts that name only canaries pass', () => {
    const texts = [
      ground.canary,
      ground.plantedScript,
      '../../x',
      'a/b/../../../x',
      'C:\\x',
      'https://example.invalid/x',
    ];
    for (const text of texts) expect(() => assertOnlyCanaries(text, ground.root)).not.toThrow();
  });
});
