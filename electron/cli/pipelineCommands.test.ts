import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import type { PipelineDeclaration } from '../../shared/model/declaration.ts';
import { main } from '../cli.ts';
import { pipelineOf, rule, run, withConditions } from '../engine/testing/engineFixture.ts';
import type { Io } from './command.ts';

let folder: string;
let out: string;
let err: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'penstock-commands-'));
  mkdirSync(join(folder, 'source'));
  write('source/text', 'one\n');
});
afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

const write = (path: string, text: string) => writeFileSync(join(folder, path), text);
const log = () => (existsSync(join(folder, 'log')) ? readFileSync(join(folder, 'log'), 'utf8').trim().split('\n') : []);
const penstock = (...argv: string[]) => {
  out = '';
  err = '';
  const io: Io = {
    out: (text) => {
      out += text;
    },
    drained: async () => true,
    err: (text) => {
      err += text;
    },
    isInteractive: false,
    ask: async () => undefined,
    environment: { PATH: process.env.PATH },
    cwd: folder,
    onInterrupt: () => () => undefined,
    onTerminate: () => () => undefined,
  };
  return main([...argv, '--data-dir', join(folder, 'data')], io);
};
const start = (pipeline: PipelineDeclaration) => {
  write('shop.pipeline.json', JSON.stringify({ pipeline }));
  return penstock('run', 'shop.pipeline.json', '--trust', '--bind', 'Source/Files=source');
};
/** Build fails while the source says so; Deploy leaves what it shipped. */
const shop = () =>
  pipelineOf({
    Build: [run('Test', `echo test >>${folder}/log`)],
    Deploy: [run('Ship', [`cat text >>${folder}/log`, '! grep -q bad text'])],
  });

describe('penstock transition', () => {
  it('closes the way into a stage; a run waits there, and resume goes on with it once it is open', async () => {
    expect(await start(shop())).toBe(0);
    expect(await penstock('transition', 'shop', 'Deploy', '--disable', 'freeze')).toBe(0);
    expect(out).toMatch(/Deploy {2}disabled by .*: freeze/);
    expect(await start(shop())).toBe(4);
    expect(err).toContain('freeze');
    expect(err).toContain('penstock transition shop Deploy --enable');
    const id = /(\S+) waits\./.exec(err)?.[1] ?? '';
    expect(await penstock('transition', 'shop.pipeline.json')).toBe(0);
    expect(out).toContain(`${id} waits`);
    expect(await penstock('show', id)).toBe(0);
    expect(out).toContain('why: ');
    expect(await penstock('transition', 'shop', 'Deploy', '--enable', '--json')).toBe(0);
    expect(JSON.parse(out).stageStates[2].inboundTransitionState).toEqual({ enabled: true });
    expect(await penstock('resume', id)).toBe(0);
    expect(log()).toEqual(['test', 'one', 'test', 'one']);
  });

  it('says that a transition is disabled although the pipeline never ran here', async () => {
    write('shop.pipeline.json', JSON.stringify({ pipeline: shop() }));
    expect(await penstock('transition', 'shop.pipeline.json', 'Deploy', '--disable', 'freeze')).toBe(0);
    expect(out).toMatch(/Deploy {2}disabled by .*: freeze/);
    expect(out).not.toContain('Every transition is enabled');
    expect(await penstock('transition', 'shop.pipeline.json')).toBe(0);
    expect(out).toMatch(/Deploy {2}disabled by .*: freeze/);
    expect(await penstock('transition', 'shop.pipeline.json', 'Deploy', '--enable')).toBe(0);
    expect(out).toBe('Every transition is enabled.\n');
  });

  test.each([
    { argv: ['shop', 'Nowhere', '--enable'], says: 'no stage "Nowhere"' },
    { argv: ['shop', 'Deploy'], says: 'wants a STAGE and --disable or --enable' },
    { argv: ['shop', '--enable'], says: 'wants a STAGE' },
    { argv: ['shop', 'Deploy', '--disable', '50%'], says: '"%"' },
    { argv: ['shop', 'Deploy', '--enable', '--disable', 'x'], says: 'Choose one' },
    { argv: ['other', 'Deploy', '--enable'], says: 'never ran here' },
  ])('$argv is refused: $says', async ({ argv, says }) => {
    expect(await start(shop())).toBe(0);
    expect(await penstock('transition', ...argv)).toBe(2);
    expect(err).toContain(says);
  });
});

describe('penstock rollback', () => {
  it('ships again what the latest good run shipped', async () => {
    expect(await start(shop())).toBe(0);
    write('source/text', 'bad\n');
    expect(await start(shop())).toBe(1);
    expect(await penstock('rollback', 'shop.pipeline.json', 'Deploy', '--trust')).toBe(0);
    expect(log()).toEqual(['test', 'one', 'test', 'bad', 'one']);
  });

  it('says when there is nothing to go back to', async () => {
    write('source/text', 'bad\n');
    expect(await start(shop())).toBe(1);
    expect(await penstock('rollback', 'shop', 'Deploy')).toBe(2);
    expect(err).toContain('there is no execution to go back to (UnableToRollbackStageException)');
  });

  it('does not say that nothing succeeded in a stage that has no rollback', async () => {
    expect(await start(shop())).toBe(0);
    expect(await penstock('rollback', 'shop', 'Source')).toBe(2);
    expect(err).not.toContain('succeeded in "Source"');
    expect(err).toContain('the source stage and PARALLEL pipelines have no rollback');
  });

  it('that a condition asks for is waited for by the run', async () => {
    const pipeline = withConditions(shop(), 'Deploy', { onFailure: { result: 'ROLLBACK' } });
    expect(await start(pipeline)).toBe(0);
    write('source/text', 'bad\n');
    expect(await start(pipeline)).toBe(1);
    expect(err).toContain('Rolled back by execution');
    expect(log()).toEqual(['test', 'one', 'test', 'bad', 'one']);
  });
});

describe('penstock override', () => {
  const gated = () =>
    withConditions(shop(), 'Deploy', {
      beforeEntry: {
        conditions: [{ result: 'FAIL', rules: [rule('VariableCheck', { Variable: 'a', Operator: 'EQ', Value: 'b' })] }],
      },
    });

  it('lets an execution go on whose condition had failed it', async () => {
    expect(await start(gated())).toBe(1);
    expect(err).toContain('The end of the log of Deploy/beforeEntry/VariableCheck');
    expect(await penstock('show', 'latest')).toBe(0);
    expect(out).toContain('beforeEntry  Failed');
    expect(await penstock('logs', 'latest', '--action', 'Deploy/beforeEntry/VariableCheck')).toBe(0);
    expect(out).toContain('"a" equals "b"');
    expect(await penstock('logs', 'latest')).toBe(0);
    expect(out).toMatch(/── Build\/Test[\s\S]*── Deploy\/beforeEntry\/VariableCheck \[real\]/);
    expect(await penstock('override', 'latest', 'Deploy', 'beforeEntry', '--trust')).toBe(0);
    expect(log()).toEqual(['test', 'one']);
  });

  it('refuses what is no condition, or not to be overridden', async () => {
    expect(await start(gated())).toBe(1);
    expect(await penstock('override', 'latest', 'Deploy', 'onFailure')).toBe(2);
    expect(await penstock('override', 'latest', 'Build', 'onSuccess')).toBe(2);
    expect(err).toContain('ConditionNotOverridableException');
  });
});

describe('penstock fork', () => {
  it('runs from a stage on, or one action only, with what an earlier run had made', async () => {
    expect(await start(shop())).toBe(0);
    expect(await penstock('fork', 'latest', '--from', 'Deploy')).toBe(0);
    expect(log()).toEqual(['test', 'one', 'one']);
    expect(await penstock('fork', 'latest', '--from', 'Deploy/Ship', '--only')).toBe(0);
    expect(log()).toEqual(['test', 'one', 'one', 'one']);
  });

  test.each([
    { argv: ['--at', 'x'], says: '--at wants' },
    { argv: ['--only'], says: '--only wants' },
    { argv: ['--from', 'a/b/c'], says: '--from wants' },
    { argv: ['--from', 'Nowhere'], says: 'no stage "Nowhere"' },
    { argv: ['--at', '900'], says: 'no instant 900' },
  ])('$argv is refused: $says', async ({ argv, says }) => {
    expect(await start(shop())).toBe(0);
    expect(await penstock('fork', 'latest', ...argv)).toBe(2);
    expect(err).toContain(says);
  });
});

describe('penstock alarm', () => {
  it('sets what rules see, and lists it', async () => {
    const pipeline = withConditions(shop(), 'Deploy', {
      beforeEntry: { conditions: [{ result: 'FAIL', rules: [rule('CloudWatchAlarm', { AlarmName: 'errors' })] }] },
    });
    expect(await penstock('alarm')).toBe(0);
    expect(out).toContain('No alarm');
    expect(await penstock('alarm', 'errors', 'ALARM')).toBe(0);
    expect(out).toMatch(/^errors {2}ALARM/);
    expect(await start(pipeline)).toBe(1);
    expect(await penstock('alarm', 'errors', 'OK', '--json')).toBe(0);
    expect(JSON.parse(out)).toMatchObject([{ alarmName: 'errors', state: 'OK' }]);
    expect(await start(pipeline)).toBe(0);
    expect(await penstock('alarm', 'errors', 'GREEN')).toBe(2);
  });
});

describe('penstock versions', () => {
  it('lists the definitions that were started, and prints one', async () => {
    await start(shop());
    await start({ ...shop(), executionMode: 'QUEUED' });
    expect(await penstock('versions', 'shop')).toBe(0);
    expect(out.split('\n').map((line) => line.slice(0, 1))).toEqual(['2', '1', '']);
    expect(await penstock('versions', 'shop.pipeline.json', '1')).toBe(0);
    expect(JSON.parse(out).pipeline.executionMode).toBeUndefined();
    expect(await penstock('versions', 'shop', '7')).toBe(2);
    expect(await penstock('versions', 'shop', 'x')).toBe(2);
    expect(await penstock('versions', 'other')).toBe(0);
    expect(out).toContain('never started');
  });
});

test.each(['transition', 'rollback', 'override', 'fork', 'alarm', 'versions'])(
  'penstock %s --help says how',
  async (name) => {
    expect(await penstock(name, '--help')).toBe(0);
    expect(out).toContain(`penstock ${name}`);
  },
);
