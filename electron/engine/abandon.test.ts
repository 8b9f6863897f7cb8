import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { actionOf } from '../../shared/execution/executionState.ts';
import { engineFixture, pipelineOf, run } from './testing/engineFixture.ts';

it('abandons only what still runs when the stop is on disk: an action that ended meanwhile keeps its own end', async () => {
  const faults: string[] = [];
  let hold: Promise<void> | undefined;
  const fixture = engineFixture({ onProblem: ({ what }) => faults.push(what) }, (history) => ({
    ...history,
    async append(id, happenings) {
      if (happenings.some(({ type }) => type === 'StopRequested')) await hold;
      return history.append(id, happenings);
    },
  }));
  try {
    const waiting = `while [ ! -e ${fixture.root}/go ]; do sleep 0.01; done`;
    const id = await fixture.start(pipelineOf({ Build: [run('Quick', waiting), run('Long', 'sleep 300')] }));
    const begun = (name: string) =>
      fixture.seen(id, (event) => event.type === 'ActionProcessStarted' && event.actionName === name);
    await Promise.all([begun('Quick'), begun('Long')]);
    const quick = actionOf(await fixture.state(id), 'Build', 'Quick')?.actionExecutionId;

    // The stop is being written while Quick ends and says so.
    hold = new Promise((resolve) => {
      fixture.engine.onLog(({ actionExecutionId, complete }) => {
        if (complete && actionExecutionId === quick) setTimeout(resolve, 20);
      });
    });
    const stopped = fixture.engine.handlers.stopPipelineExecution({
      pipelineExecutionId: id,
      abandon: true,
      reason: '',
    });
    writeFileSync(join(fixture.root, 'go'), '');
    await stopped;
    await fixture.seen(id, (event) => event.type === 'ExecutionFinished');
    await vi.waitFor(() => fixture.engine.idle());

    const ends = (await fixture.history.events(id)).flatMap((event) =>
      event.type === 'ActionFinished' && event.stageName === 'Build' ? [`${event.actionName} ${event.status}`] : [],
    );
    expect(ends).toEqual(['Quick Succeeded', 'Long Abandoned']);
    expect(faults).toEqual([]);
  } finally {
    await fixture.close();
  }
});
