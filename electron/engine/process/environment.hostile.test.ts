import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { actionOf } from '../../../shared/execution/executionState.ts';
import { type EngineFixture, engineFixture, pipelineOf, run } from '../testing/engineFixture.ts';
import { createTrust } from '../trust/createTrust.ts';
import { childEnvironment } from './childEnvironment.ts';
import { findByCookie } from './processIdentity.ts';

const CANARY = 'penstock-canary-value';
const FORBIDDEN = {
  AWS_ACCESS_KEY_ID: CANARY,
  AWS_SESSION_TOKEN: CANARY,
  NODE_OPTIONS: '--no-warnings',
  ELECTRON_RUN_AS_NODE: '1',
  LD_LIBRARY_PATH: `/nowhere/${CANARY}`,
  GIT_DIR: `/nowhere/${CANARY}`,
  npm_config_registry: `http://localhost/${CANARY}`,
  PENSTOCK_HOST_TOKEN: CANARY,
};

let fixture: EngineFixture;
beforeEach(() => {
  fixture = engineFixture();
});
afterEach(() => fixture.close());

async function outputOf(commands: string | string[], extra = {}): Promise<string> {
  const state = await fixture.run(pipelineOf({ Build: [run('Try', commands, extra)] }));
  return fixture.log(state, 'Build', 'Try');
}
const own = (values: Record<string, string>) => childEnvironment(randomUUID(), values, {});

describe('EN environment and child processes', () => {
  it('EN-00 control: a child without the allowlist sees the canary', () => {
    expect(
      execFileSync('/bin/sh', ['-c', 'env'], { env: { ...process.env, ...FORBIDDEN }, encoding: 'utf8' }),
    ).toContain(CANARY);
  });

  it('EN-01 a child sees the allowlist, the build’s variables and the cookie, and nothing else', () => {
    const host = { ...FORBIDDEN, PATH: '/bin', HOME: '/home/me', LC_ALL: 'C', ANYTHING: CANARY };
    expect(Object.keys(childEnvironment(randomUUID(), { AWS_REGION: 'eu-west-1' }, host)).sort()).toEqual([
      'AWS_REGION',
      'HOME',
      'LC_ALL',
      'PATH',
      'PENSTOCK_COOKIE',
      'TERM',
    ]);
  });

  it('EN-02 no credential, token or option of the host reaches a command', () => {
    const environment = childEnvironment(randomUUID(), {}, { ...process.env, ...FORBIDDEN });
    const seen = execFileSync('/bin/sh', ['-c', 'env'], { env: environment, encoding: 'utf8' });
    expect(seen).not.toContain(CANARY);
    for (const name of Object.keys(FORBIDDEN)) expect(seen).not.toContain(`${name}=`);
  });

  it('EN-03 variables that change what a command means are shown before consent', async () => {
    const pipeline = pipelineOf({
      Build: [run('Try', 'make', { environmentVariables: [{ name: 'LD_PRELOAD', value: './x.so' }] })],
    });
    const { commands } = await createTrust({ dataDirectory: join(fixture.root, 'data') }).describe(
      { declaration: pipeline, bindings: {}, variables: {}, documentPath: '', folder: fixture.root },
      fixture.root,
    );
    expect(commands.map(({ text }) => text)).toContain('LD_PRELOAD=./x.so');
  });

  it.each([
    ['=', 'A=B'],
    ['NUL', 'A\0'],
    ['a newline', 'A\nB'],
    ['a space', 'A B'],
    ['nothing', ''],
  ])('EN-04 a name with %s is refused', (_, name) => {
    expect(() => own({ [name]: 'x' })).toThrow(/environment variable/);
  });

  it('EN-05 a value with NUL is refused', () => {
    expect(() => own({ A: 'x\0LD_PRELOAD=y' })).toThrow(/NUL/);
  });

  it('EN-06 a value of 200 kB is refused by name, and the longest possible one arrives', () => {
    expect(() => own({ LARGE: 'x'.repeat(200_000) })).toThrow(/"LARGE" is longer/);
    const environment = own({ A: 'x'.repeat(128 * 1024 - 4), PATH: process.env.PATH ?? '' });
    const length = execFileSync('/bin/sh', ['-c', 'printf %s "$A" | wc -c'], { env: environment, encoding: 'utf8' });
    expect(Number(length)).toBe(128 * 1024 - 4);
  });

  it('EN-07 a command inherits no file that the host has open', async () => {
    const open = openSync(join(fixture.root, 'secret-file'), 'w');
    try {
      expect(await outputOf('ls -l /proc/$$/fd')).not.toContain('secret-file');
    } finally {
      closeSync(open);
    }
  });

  it('EN-08 a command starts inside its own workspace', async () => {
    expect(await outputOf('pwd -P')).toMatch(/\/actions\/[0-9a-f-]{36}\/src0\/src\n/);
  });

  it('EN-09 a command that begins like an option is a command', async () => {
    expect(await outputOf(['-c "touch canary" || true', '--version || true', 'ls'])).not.toContain('\ncanary\n');
  });

  it.each([
    '$(touch canary)',
    '`touch canary`',
    '; touch canary',
    "'; touch canary; '",
    '"; touch canary; "',
    '|| touch canary',
    '\\',
    '*',
  ])('EN-10 a variable with the value %s stays data', async (value) => {
    const log = await outputOf(['printf "<%s>\\n" "$HOSTILE"', 'ls'], {
      environmentVariables: [{ name: 'HOSTILE', value }],
    });
    expect(log).toContain(`<${value}>\n`);
    expect(log).not.toContain('\ncanary\n');
  });

  it('EN-11 a substituted pipeline variable is one piece of text of a configuration, never evaluated by us', async () => {
    const pipeline = pipelineOf(
      {
        Build: [
          run('Try', ['printf "<%s>\\n" "$HOSTILE"', 'ls'], {
            environmentVariables: [{ name: 'HOSTILE', value: '#{variables.Text}' }],
          }),
        ],
      },
      { variables: [{ name: 'Text', defaultValue: '$(touch canary)#{variables.Text}' }] },
    );
    const log = fixture.log(await fixture.run(pipeline), 'Build', 'Try');
    expect(log).toContain('<$(touch canary)#{variables.Text}>\n');
    expect(log).not.toContain('\ncanary\n');
  });

  it('EN-12 a grandchild that left the process group is ended with its action', async () => {
    const id = await fixture.start(
      pipelineOf({ Build: [run('Try', `setsid sh -c 'touch ${fixture.root}/away; sleep 300' & wait`)] }),
    );
    await fixture.seen(id, (event) => event.type === 'ActionProcessStarted');
    await expect.poll(() => existsSync(join(fixture.root, 'away')), { timeout: 5000, interval: 10 }).toBe(true);
    await fixture.engine.handlers.stopPipelineExecution({ pipelineExecutionId: id, abandon: true, reason: '' });
    await fixture.engine.idle();
    const { actionExecutionId = '' } = actionOf(await fixture.state(id), 'Build', 'Try') ?? {};
    expect(findByCookie(actionExecutionId)).toEqual([]);
  });

  it('EN-13 a flood of output does not pass through the host’s memory', async () => {
    const before = process.memoryUsage().rss;
    const state = await fixture.run(pipelineOf({ Build: [run('Flood', 'head -c 100000000 /dev/zero')] }));
    expect(actionOf(state, 'Build', 'Flood')?.status).toBe('Succeeded');
    expect(process.memoryUsage().rss - before).toBeLessThan(50_000_000);
  });

  it('EN-14 actions have workspaces of their own', async () => {
    const state = await fixture.run(
      pipelineOf({ Build: [run('One', 'touch ../mine mine; ls'), run('Two', 'ls . ..', { runOrder: 2 })] }),
    );
    expect(fixture.log(state, 'Build', 'Two')).not.toContain('mine');
  });
});
