import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ActionDeclaration } from '../../shared/model/declaration.ts';
import { approve, pipelineOf, run } from '../engine/testing/engineFixture.ts';
import { type CliScene, cliScene } from './testing/cliScene.ts';

let scene: CliScene;
beforeEach(() => {
  scene = cliScene();
});
afterEach(() => scene.remove());

const starts = (PipelineName: string, configuration = {}): ActionDeclaration => ({
  name: 'Next',
  actionTypeId: { category: 'Invoke', owner: 'AWS', provider: 'CodePipeline', version: '1' },
  configuration: { PipelineName, ...configuration },
});
const first = (configuration = {}) => pipelineOf({ Start: [starts('next', configuration)] }, { name: 'first' });
const next = () => pipelineOf({ Work: [run('Do', `echo next >>${scene.folder}/log`)] }, { name: 'next' });
const sidecar = (name: string, bindings: object) =>
  scene.write(
    `${name}.penstock.json`,
    JSON.stringify({ bindings: { 'Source/Files': { kind: 'folder', path: 'source' }, ...bindings } }),
  );
const start = (...argv: string[]) => scene.penstock('run', 'first.pipeline.json', ...argv);

describe('penstock run of a pipeline that starts another one', () => {
  it('runs the file of that name beside it, and waits for both', async () => {
    scene.save(first());
    scene.save(next());
    for (const name of ['first', 'next']) sidecar(name, {});
    expect(await start('--trust')).toBe(0);
    expect(scene.lines('log')).toEqual(['next']);
    expect(scene.err).toMatch(/next [0-9a-f]{8} \| .*Work/);
    expect(await scene.penstock('history', '--json')).toBe(0);
    expect(scene.out.match(/"pipelineName":"(first|next)"/g)?.sort()).toEqual([
      '"pipelineName":"first"',
      '"pipelineName":"next"',
    ]);
  });

  it('lists the commands of both before anything runs, and runs nothing when they are not agreed to', async () => {
    scene.save(first());
    scene.save(next());
    for (const name of ['first', 'next']) sidecar(name, {});
    expect(await start()).toBe(2);
    expect(scene.err).toContain('echo next');
    expect(scene.err).toContain('Start/Next starts next:');
    expect(scene.lines('log')).toEqual([]);
  });

  it('takes the file that a binding names', async () => {
    scene.save(first());
    scene.write('elsewhere/deploy.json', JSON.stringify({ pipeline: next() }));
    scene.write('elsewhere/source/hello.txt', 'hello\n');
    scene.write(
      'elsewhere/deploy.penstock.json',
      JSON.stringify({ bindings: { 'Source/Files': { kind: 'folder', path: 'source' } } }),
    );
    sidecar('first', {});
    expect(await start('--trust', '--bind', 'Start/Next=elsewhere/deploy.json')).toBe(0);
    expect(scene.lines('log')).toEqual(['next']);
  });

  it('refuses before the run when there is no such file', async () => {
    scene.save(first());
    sidecar('first', {});
    expect(await start('--trust')).toBe(2);
    expect(scene.err).toContain('Start/Next starts the pipeline "next", and no *.pipeline.json');
    expect(scene.err).toContain('--bind Start/Next=FILE');
    scene.write('other.json', JSON.stringify({ pipeline: pipelineOf({ Ask: [approve('Ok')] }, { name: 'other' }) }));
    expect(await start('--trust', '--bind', 'Start/Next=other.json')).toBe(2);
    expect(scene.err).toContain('other.json is no pipeline of that name');
    await scene.penstock('history');
    expect(scene.out).not.toContain('first');
  });

  it('refuses before the run when the other one could not run', async () => {
    scene.save(first());
    scene.save(next());
    sidecar('first', {});
    expect(await start('--trust')).toBe(2);
    expect(scene.err).toContain('Start/Next starts next: Source/Files:');
  });

  it('takes the result of the other one where the binding says wait', async () => {
    scene.save(first());
    scene.save(pipelineOf({ Work: [run('Do', 'exit 1')] }, { name: 'next' }));
    sidecar('next', {});
    sidecar('first', { 'Start/Next': { kind: 'pipeline', wait: true } });
    expect(await start('--trust')).toBe(1);
    expect(scene.err).toContain('of pipeline next ended: Failed.');
  });

  it('says who waits when the other one wants a person, and goes on with both', async () => {
    scene.save(first());
    scene.save(pipelineOf({ Ask: [approve('Ok')] }, { name: 'next' }));
    sidecar('next', {});
    sidecar('first', { 'Start/Next': { kind: 'pipeline', wait: true } });
    expect(await start('--trust')).toBe(4);
    const [, other = '', command = ''] =
      /^(\S+), which this run started, waits\.\n.*: (penstock .*)$/m.exec(scene.err) ?? [];
    expect(command).toBe(`penstock resume ${other} --approve Ask/Ok`);
    expect(await scene.penstock('history', '--json')).toBe(0);
    const mine = scene.out
      .trim()
      .split('\n')
      .flatMap((line) => JSON.parse(line))
      .flatMap((one) => one.executions ?? one);
    const { pipelineExecutionId } = mine.find(({ pipelineName }: { pipelineName: string }) => pipelineName === 'first');
    expect(await scene.penstock('resume', pipelineExecutionId, '--approve', 'Ask/Ok')).toBe(0);
  });
});
