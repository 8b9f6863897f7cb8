import { appendFileSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { actionOf, type ExecutionState } from '../../shared/execution/executionState.ts';
import { type EngineFixture, engineFixture, pipelineOf, run } from './testing/engineFixture.ts';

let fixture: EngineFixture;
beforeEach(() => {
  fixture = engineFixture();
});
afterEach(() => fixture.close());

const place = (state: ExecutionState, actionName: string) => ({
  pipelineExecutionId: state.pipelineExecutionId,
  actionExecutionId: actionOf(state, 'Build', actionName)?.actionExecutionId ?? '',
});

describe('the log of an action', () => {
  it('is read in parts by byte, also from its end', async () => {
    const state = await fixture.run(pipelineOf({ Build: [run('Say', 'printf "%s\\n" eins zwei drei')] }));
    const whole = fixture.log(state, 'Build', 'Say');
    const at = whole.indexOf('\neins\n') + 1;
    const read = (offset: number, limit: number) =>
      fixture.engine.handlers.readLog({ ...place(state, 'Say'), offset, limit });
    expect(await read(at, 4)).toMatchObject({
      text: 'eins',
      start: at,
      end: at + 4,
      size: whole.length,
      complete: true,
    });
    expect((await read(-10, 1000)).text).toBe(whole.slice(-10));
    await expect(
      fixture.engine.handlers.readLog({
        ...place(state, 'Say'),
        actionExecutionId: '../../../etc',
        offset: 0,
        limit: 10,
      }),
    ).rejects.toThrow(/There is no/);
  });

  it('is read to its last byte once it is complete, also when that byte begins a character', async () => {
    const state = await fixture.run(pipelineOf({ Build: [run('Cut', "printf '\\303'; exit 7")] }));
    const { actionExecutionId } = place(state, 'Cut');
    const path = join(fixture.history.folder(state.pipelineExecutionId), 'actions', actionExecutionId, 'log');
    appendFileSync(path, Buffer.from([0xc3]));
    const { text, end, size } = await fixture.engine.handlers.readLog({
      ...place(state, 'Cut'),
      offset: 0,
      limit: 100_000,
    });
    expect([end, text.endsWith('\uFFFD')]).toEqual([size, true]);
  });

  it('grows while the command runs, and is told of as complete at the end', async () => {
    const sizes: number[] = [];
    const grew = new Promise<void>((resolve) => {
      fixture.engine.onLog(({ size, complete }) => {
        if (complete) return;
        sizes.push(size);
        if (size > 20_000) resolve();
      });
    });
    const completed = new Map<string, number>();
    fixture.engine.onLog(({ actionExecutionId, size, complete }) => complete && completed.set(actionExecutionId, size));
    const wait = `i=0; while [ ! -e ${fixture.root}/go ]; do i=$((i+1)); [ $i -lt 20 ] && printf '%2000s\\n' x; sleep 0.02; done`;
    const id = await fixture.start(pipelineOf({ Build: [run('Say', wait)] }));
    await grew;
    expect((await fixture.state(id)).status).toBe('InProgress');
    writeFileSync(join(fixture.root, 'go'), '');
    await fixture.engine.idle();
    const state = await fixture.state(id);
    expect(completed.get(place(state, 'Say').actionExecutionId)).toBe(fixture.log(state, 'Build', 'Say').length);
  });

  it('tells how large it was when, while the command runs and after it ended', async () => {
    const until = (name: string) => `while [ ! -e ${fixture.root}/${name} ]; do sleep 0.02; done`;
    const grew = (from: number) =>
      new Promise<number>((resolve) => {
        const stop = fixture.engine.onLog(({ size }) => {
          if (size < from) return;
          stop();
          resolve(size);
        });
      });
    const first = grew(1000);
    const script = [`printf '%1000s\\n' x`, until('go'), 'sleep 0.4', `printf '%5000s\\n' y`, until('end')];
    const id = await fixture.start(pipelineOf({ Build: [run('Say', script)] }));
    const size = await first;
    const where = place(await fixture.state(id), 'Say');
    const read = () => fixture.engine.handlers.readLog({ ...where, offset: 0, limit: 1, marks: true });
    expect((await read()).marks?.at(-1)?.[1]).toBe(size);
    const second = grew(5000);
    writeFileSync(join(fixture.root, 'go'), '');
    await second;
    writeFileSync(join(fixture.root, 'end'), '');
    await fixture.engine.idle();
    const { marks = [], size: whole } = await read();
    expect(marks.some((mark) => mark[1] === size)).toBe(true);
    const [before, after] = [marks.findLast((mark) => mark[1] < 5000)!, marks.find((mark) => mark[1] >= 5000)!];
    expect(after[0] - before[0]).toBeGreaterThanOrEqual(200);
    expect(marks.at(-1)![1]).toBeLessThanOrEqual(whole);
    const without = await fixture.engine.handlers.readLog({ ...where, offset: 0, limit: 1 });
    expect(without).not.toHaveProperty('marks');
  });

  it('never shows a secret, nor keeps a file that does', async () => {
    const name = 'PENSTOCK_SPEC_SECRET';
    process.env[name] = 'correct-horse-battery';
    try {
      const token = { name: 'TOKEN', value: 'prod/token', type: 'SECRETS_MANAGER' as const };
      const secret = { kind: 'project' as const, secretsFromEnvironment: { 'prod/token': name } };
      const pipeline = pipelineOf({
        Build: [
          run('Show', ['echo "it is $TOKEN"', "printf correct-; sleep 0.15; echo horse''-battery"], {
            environmentVariables: [token],
          }),
          run('Fail', 'sh -c "echo $TOKEN; exit 3"', { environmentVariables: [token] }),
        ],
      });
      const state = await fixture.run(pipeline, { bindings: { 'Build/Show': secret, 'Build/Fail': secret } });
      const log = fixture.log(state, 'Build', 'Show');
      expect(log).toContain('it is ***\n');
      expect(log + fixture.log(state, 'Build', 'Fail')).not.toContain('horse-battery');
      expect(JSON.stringify(await fixture.history.events(state.pipelineExecutionId))).not.toContain('horse-battery');
      const spool = join(fixture.root, 'data', 'spool');
      expect(existsSync(spool) ? readdirSync(spool) : []).toEqual([]);
    } finally {
      delete process.env[name];
    }
  });
});
