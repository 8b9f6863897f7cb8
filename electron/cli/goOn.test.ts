import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { engineFixture, pipelineOf, run } from '../engine/testing/engineFixture.ts';
import { type CliScene, cliScene } from './testing/cliScene.ts';

let scene: CliScene;
beforeEach(() => {
  scene = cliScene();
});
afterEach(() => scene.remove());

const start = () => scene.penstock('run', 'shop.pipeline.json', '--trust', '--bind', 'Source/Files=source');
/** Leaves its mark; the second one fails until `mended` is there. */
const shop = () =>
  pipelineOf({
    Build: [
      run('Lint', `echo lint >>${scene.folder}/log`),
      run('Test', [`echo test >>${scene.folder}/log`, `test -e ${scene.folder}/mended`]),
    ],
    Deploy: [run('Ship', `echo ship >>${scene.folder}/log`)],
  });
const log = () => scene.lines('log').sort();

describe('penstock retry', () => {
  it('runs the failed actions of the stage where the run ended again, and goes on from there', async () => {
    scene.save(shop());
    expect(await start()).toBe(1);
    scene.write('mended', '');
    expect(await scene.penstock('retry', 'latest')).toBe(0);
    expect(log()).toEqual(['lint', 'ship', 'test', 'test']);
  });

  it('runs all actions of the stage with --all-actions', async () => {
    scene.save(shop());
    await start();
    scene.write('mended', '');
    expect(await scene.penstock('retry', 'latest', '--stage', 'Build', '--all-actions')).toBe(0);
    expect(log()).toEqual(['lint', 'lint', 'ship', 'test', 'test']);
  });

  it('fails again when nothing was mended, and says what failed', async () => {
    scene.save(shop());
    await start();
    expect(await scene.penstock('retry', 'latest')).toBe(1);
    expect(scene.err).toContain('The end of the log of Build/Test');
  });

  test.each([
    { argv: ['latest', '--stage', 'Nowhere'], says: 'no stage "Nowhere"' },
    { argv: ['latest', '--stage', 'Deploy'], says: 'StageNotRetryableException' },
    { argv: ['feedbeef'], says: 'There is no execution with this id' },
    { argv: [], says: 'An argument is missing' },
  ])('$argv is refused: $says', async ({ argv, says }) => {
    scene.save(shop());
    await start();
    expect(await scene.penstock('retry', ...argv)).toBe(2);
    expect(scene.err).toContain(says);
  });

  it('asks again for commands that nobody agreed to', async () => {
    scene.save(shop());
    await start();
    scene.write('data/trust.json', '');
    expect(await scene.penstock('retry', 'latest')).toBe(2);
    expect(scene.err).toContain('were never agreed to');
    expect(log()).toEqual(['lint', 'test']);
  });
});

describe('penstock continue', () => {
  /** A run that a window started, and left at a breakpoint. */
  async function paused(breakpoints: Record<string, 'before' | 'after'>): Promise<string> {
    scene.write('mended', '');
    const host = engineFixture({ root: scene.folder });
    const id = await host.start(shop(), { breakpoints });
    await host.engine.idle();
    await host.close();
    return id;
  }

  it('lets the action go on that waits, and the run to its end', async () => {
    const id = await paused({ 'Deploy/Ship': 'before' });
    expect(log()).toEqual(['lint', 'test']);
    expect(await scene.penstock('resume', id, '--trust')).toBe(4);
    expect(scene.err).toContain(`penstock continue ${id} Deploy/Ship`);
    expect(await scene.penstock('continue', id.slice(0, 8))).toBe(0);
    expect(log()).toEqual(['lint', 'ship', 'test']);
  });

  it('may skip it', async () => {
    const id = await paused({ 'Deploy/Ship': 'before' });
    expect(await scene.penstock('continue', id, 'Deploy/Ship', '--skip', '--trust')).toBe(0);
    expect(log()).toEqual(['lint', 'test']);
  });

  it('wants to know which of several, and waits at the next one', async () => {
    const id = await paused({ 'Build/Lint': 'before', 'Build/Test': 'before' });
    expect(await scene.penstock('continue', id, '--trust')).toBe(2);
    expect(scene.err).toContain('Name one of them: Build/Lint, Build/Test');
    expect(await scene.penstock('continue', id, 'Build/Lint', '--trust')).toBe(4);
    expect(scene.err).toContain(`penstock continue ${id} Build/Test`);
    expect(await scene.penstock('continue', id)).toBe(0);
    expect(log()).toEqual(['lint', 'ship', 'test']);
  });

  test.each([
    { argv: ['Deploy'], says: 'STAGE/ACTION' },
    { argv: ['Build/Lint'], says: 'Build/Lint does not wait at a breakpoint' },
    { argv: ['Deploy/Ship', '--var', 'Tag=1'], says: 'is not the name of a variable' },
  ])('$argv is refused: $says', async ({ argv, says }) => {
    const id = await paused({ 'Deploy/Ship': 'before' });
    expect(await scene.penstock('continue', id, ...argv, '--trust')).toBe(2);
    expect(scene.err).toContain(says);
  });

  it('says when nothing waits', async () => {
    scene.save(shop());
    scene.write('mended', '');
    await start();
    expect(await scene.penstock('continue', 'latest')).toBe(2);
    expect(scene.err).toContain('No action of this execution waits at a breakpoint.');
  });
});
