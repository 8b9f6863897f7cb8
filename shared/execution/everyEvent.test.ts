import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { eventPipeline, everyEvent } from '../testing/everyEvent.ts';
import { play } from '../testing/playScript.ts';
import { scripts } from '../testing/scripts.ts';
import { decide } from './decide.ts';
import { executionEventSchema } from './eventSchema.ts';
import type { ExecutionEvent, Happening } from './events.ts';
import { evolve, notStarted, replay } from './evolve.ts';
import { actionOf, attemptsOf, type ExecutionState, isFinished, runningActionsOf, stageOf } from './executionState.ts';
import { summaryOf } from './summary.ts';

const [begun, reached, entered, actionStarted] = everyEvent as [Happening, Happening, Happening, Happening];
const stateAfter = (...happenings: Happening[]): ExecutionState =>
  happenings.reduce(
    (state, happening) =>
      evolve(state, { seq: state.lastSeq + 1, at: 1000 + state.lastSeq, mono: state.lastSeq, ...happening }),
    notStarted,
  );
const next = (state: ExecutionState, happening: Happening): ExecutionState =>
  evolve(state, { seq: state.lastSeq + 1, at: 7777, mono: 777, ...happening });
const found = <T extends Happening['type']>(type: T, status?: string): Extract<Happening, { type: T }> =>
  everyEvent.find(
    (happening): happening is Extract<Happening, { type: T }> =>
      happening.type === type && (status === undefined || ('status' in happening && happening.status === status)),
  )!;
const nameOf = (happening: Happening): string =>
  [happening.type, 'actionName' in happening ? happening.actionName : '', 'status' in happening ? happening.status : '']
    .filter((part) => part !== '')
    .join(' ');

/** One state for every position that an execution can have. */
const positions: Record<string, ExecutionState> = {
  'before anything': notStarted,
  'at the start': stateAfter(begun),
  'at an entrance': stateAfter(begun, reached),
  'inside, nothing started': stateAfter(begun, reached, entered),
  'inside, an action running': stateAfter(begun, reached, entered, actionStarted),
  'inside, an action ended': stateAfter(begun, reached, entered, actionStarted, found('ActionFinished')),
  'inside, stopping': stateAfter(begun, reached, entered, actionStarted, found('StopRequested')),
  left: stateAfter(begun, reached, entered, found('StageFinished', 'Failed')),
  retrying: stateAfter(begun, reached, entered, found('StageFinished', 'Failed'), found('StageRetryRequested')),
  ended: stateAfter(begun, reached, entered, found('StageFinished', 'Failed'), found('ExecutionFinished', 'Failed')),
};

it('the positions are all that there are', () => {
  const seen = Object.values(positions).map((state) => state.position.at);
  expect([...new Set(seen)].sort()).toEqual(['ended', 'entrance', 'inside', 'left', 'retrying', 'start']);
});

describe.each(Object.keys(positions))('an event that comes %s', (name) => {
  const state = positions[name]!;

  test.each(everyEvent.map((happening) => ({ event: nameOf(happening), happening })))(
    '$event is taken',
    ({ happening }) => {
      const before = structuredClone(state);
      const later = next(state, happening);
      expect(later, 'its frame is kept').toMatchObject({ lastSeq: state.lastSeq + 1, lastMono: 777, updatedAt: 7777 });
      expect(state, 'the state before is not touched').toEqual(before);
      expect(evolve(state, { seq: state.lastSeq + 1, at: 7777, mono: 777, ...happening }), 'always the same').toEqual(
        later,
      );
      expect(later.runningActions, 'running actions are counted as they are').toBe(
        later.stages.flatMap((stage) => stage.actions).filter((action) => action?.status === 'InProgress').length,
      );
      expect(runningActionsOf(later)).toHaveLength(later.runningActions);
      expect(JSON.parse(JSON.stringify(later)).stages).toHaveLength(later.stages.length);
      expect(() => [decide([later]), summaryOf(later)], 'and can be asked about').not.toThrow();
    },
  );
});

describe('an event says', () => {
  test.each<{ event: Happening; from: string; becomes: object }>([
    {
      event: begun,
      from: 'before anything',
      becomes: {
        status: 'InProgress',
        position: { at: 'start', stageName: '' },
        startedAt: 7777,
        variables: { Env: 'test' },
        documentPath: '/p/sketch.pipeline.json',
        sourceRevisions: [{ actionName: 'Repo', revisionType: 'COMMIT_ID', revisionValue: 'abc' }],
        attempt: 1,
      },
    },
    {
      event: reached,
      from: 'at the start',
      becomes: { position: { at: 'entrance', stageName: 'B' }, status: 'InProgress' },
    },
    {
      event: entered,
      from: 'at an entrance',
      becomes: { position: { at: 'inside', stageName: 'B' }, status: 'InProgress' },
    },
    { event: actionStarted, from: 'inside, nothing started', becomes: { runningActions: 1 } },
    { event: found('ActionFinished'), from: 'inside, an action running', becomes: { runningActions: 0 } },
    {
      event: found('StageFinished', 'Succeeded'),
      from: 'inside, an action ended',
      becomes: { position: { at: 'left', stageName: 'B' }, status: 'InProgress' },
    },
    {
      event: found('StopRequested'),
      from: 'inside, an action running',
      becomes: { status: 'Stopping', stop: { abandon: false, reason: 'enough', at: 7777 }, runningActions: 1 },
    },
    {
      event: found('StageRetryRequested'),
      from: 'ended',
      becomes: {
        status: 'InProgress',
        position: { at: 'retrying', stageName: 'B' },
        attempt: 2,
        finishedAt: undefined,
      },
    },
    {
      event: found('ExecutionFinished', 'Superseded'),
      from: 'at an entrance',
      becomes: {
        status: 'Superseded',
        position: { at: 'ended', stageName: 'B' },
        supersededBy: 'E2',
        summary: 'E2 overtook it',
        finishedAt: 7777,
        finishedMono: 777,
      },
    },
  ])('$event.type, from $from', ({ event, from, becomes }) => {
    expect(next(positions[from]!, event)).toMatchObject(becomes);
  });

  it('of an action: all that the journal has of its end', () => {
    const ended = next(positions['inside, an action running']!, found('ActionFinished', 'Succeeded'));
    expect(actionOf(ended, 'B', 'X')).toMatchObject({
      status: 'Succeeded',
      summary: 'done',
      externalExecutionId: 'shop:1',
      externalExecutionUrl: 'https://example.com/1',
      outputArtifacts: [{ name: 'XOut' }],
      outputVariables: { K: 'v' },
      finishedAt: 7777,
      finishedMono: 777,
      errorDetails: undefined,
    });
    const failed = next(positions['inside, an action running']!, found('ActionFinished', 'Failed'));
    expect(actionOf(failed, 'B', 'X')?.errorDetails).toEqual({ code: 'JobFailed', message: 'no' });
  });

  it('of an action that ends in a later attempt of its stage: that it counts for that one', () => {
    const retried = [
      found('StageFinished', 'Failed'),
      found('ExecutionFinished', 'Failed'),
      found('StageRetryRequested'),
    ];
    const again: Happening = { type: 'StageStarted', stageName: 'B', attempt: 2 };
    const running = stateAfter(begun, reached, entered, actionStarted, ...retried, again);
    expect(actionOf(running, 'B', 'X')?.stageAttempt).toBe(1);
    const ended = next(running, found('ActionFinished', 'Failed'));
    expect(actionOf(ended, 'B', 'X')?.stageAttempt).toBe(2);
    expect(decide([ended])[0]).toMatchObject({ happening: { type: 'StageFinished', status: 'Failed' } });
  });

  it('of an approval: what is asked, and what was answered', () => {
    const asked = stateAfter(begun, found('ActionStarted'), ...everyEvent.slice(9, 11));
    expect(actionOf(asked, 'A', 'Approve')?.approval).toEqual({
      token: 't',
      expiresAt: 99,
      customData: 'Ship?',
      externalEntityLink: 'l',
      answer: undefined,
    });
    expect(actionOf(next(asked, found('ApprovalAnswered')), 'A', 'Approve')?.approval?.answer).toEqual({
      status: 'Approved',
      summary: 'fine',
      answeredBy: 'me',
      at: 7777,
    });
  });

  it('of an answer to what was never asked: nothing', () => {
    const state = stateAfter(begun, everyEvent[9]!);
    expect(actionOf(next(state, found('ApprovalAnswered')), 'A', 'Approve')?.approval).toBeUndefined();
  });

  test.each(['Succeeded', 'Failed', 'Stopped', 'Skipped', 'Cancelled'] as const)(
    'of a stage: that it is %s, and when',
    (status) => {
      const stage = stageOf(next(positions['inside, an action ended']!, found('StageFinished', status)), 'B');
      expect(stage).toMatchObject({ status, finishedAt: 7777, finishedMono: 777, reachedAt: 1001, startedAt: 1002 });
    },
  );

  test.each(['ALL_ACTIONS', 'FAILED_ACTIONS'] as const)(
    'of a stage that starts again after %s: a new time',
    (retryMode) => {
      const retry: Happening = { type: 'StageRetryRequested', stageName: 'B', retryMode, trigger: 'ManualStageRetry' };
      const again = next(next(positions.ended!, retry), { type: 'StageStarted', stageName: 'B', attempt: 2 });
      expect(stageOf(again, 'B')).toMatchObject({
        status: 'InProgress',
        attempt: 2,
        freshFrom: retryMode === 'ALL_ACTIONS' ? 2 : 1,
        startedAt: 7777,
        finishedAt: undefined,
        finishedMono: undefined,
      });
    },
  );
});

describe('what never fails', () => {
  const anyEvents = fc.array(fc.constantFrom(...everyEvent), { maxLength: 25 });

  it('is the replay of any events in any order', () => {
    fc.assert(
      fc.property(anyEvents, (happenings) => {
        const state = stateAfter(...happenings);
        expect(state.lastSeq).toBe(happenings.length);
        expect(state.runningActions).toBe(runningActionsOf(state).length);
        expect(() => [decide([state]), summaryOf(state)]).not.toThrow();
      }),
      { numRuns: 150, seed: 21 },
    );
  });

  it('is a log in which every event stands twice: the same attempts with the same ends', () => {
    const endsOf = (state: ExecutionState) => [
      state.status,
      ...state.stages.map(({ stageName, status, attempt }) => [stageName, status, attempt]),
      ...state.stages.flatMap((stage) =>
        stage.actions.flatMap(attemptsOf).map(({ attempt, status }) => [attempt, status]),
      ),
    ];
    fc.assert(
      fc.property(scripts, (script) => {
        const run = play(script);
        for (const { pipelineExecutionId } of run.executions()) {
          const log = run.log(pipelineExecutionId);
          const twice = replay(log.flatMap((event) => [event, event]));
          expect(endsOf(twice)).toEqual(endsOf(replay(log)));
          expect(twice.runningActions).toBe(0);
        }
      }),
      { numRuns: 20, seed: 22 },
    );
  });

  it('is what a newer program wrote between any two events', () => {
    const newer = { type: 'SomethingNewer', stageName: 'B', actionName: 'X', status: 'Odd' } as unknown as Happening;
    for (const [name, state] of Object.entries(positions)) {
      const later = next(state, newer);
      const { lastSeq, lastMono, updatedAt, ...rest } = later;
      expect(rest, name).toEqual((({ lastSeq: _, lastMono: _m, updatedAt: _u, ...same }) => same)(state));
      expect([lastSeq, lastMono, updatedAt]).toEqual([state.lastSeq + 1, 777, 7777]);
    }
  });
});

describe('a log replayed', () => {
  it('is at event n what it was at event n when it happened, for every n and every pipeline', () => {
    fc.assert(
      fc.property(scripts, (script) => {
        const run = play(script);
        for (const final of run.executions()) {
          const log = run.log(final.pipelineExecutionId);
          let live = notStarted;
          const states = log.map((event) => (live = evolve(live, event)));
          for (const n of [1, Math.ceil(log.length / 2), log.length]) {
            expect(replay(log.slice(0, n))).toEqual(states[n - 1]);
            expect(replay(log.slice(n), states[n - 1])).toEqual(final);
          }
          expect(isFinished(final)).toBe(true);
        }
      }),
      { numRuns: 40, seed: 23 },
    );
  });

  it('from its text is the same as from memory', () => {
    fc.assert(
      fc.property(scripts, (script) => {
        const run = play(script);
        for (const { pipelineExecutionId } of run.executions()) {
          const log = run.log(pipelineExecutionId);
          const read = log.map((event) => JSON.parse(JSON.stringify(event)) as ExecutionEvent);
          expect(replay(read)).toEqual(replay(log));
        }
      }),
      { numRuns: 15, seed: 24 },
    );
  });

  it('of nothing has not started, and nothing follows from it', () => {
    expect(replay([])).toBe(notStarted);
    expect(decide([notStarted])).toEqual([]);
    expect(notStarted.declaration.stages).toEqual([]);
    expect(eventPipeline.stages).toHaveLength(3);
  });
});

describe('an event at the border', () => {
  const whole = { seq: 1, at: 2, mono: 3, type: 'ActionAdopted' };
  test.each<{ what: string; value: unknown; taken: boolean }>([
    { what: 'as written', value: whole, taken: true },
    { what: 'of an unknown kind', value: { ...whole, type: 'SomethingNewer' }, taken: true },
    { what: 'without a number', value: { ...whole, seq: undefined }, taken: false },
    { what: 'with half a number', value: { ...whole, seq: 1.5 }, taken: false },
    { what: 'without a time', value: { ...whole, at: 'now' }, taken: false },
    { what: 'without a kind', value: { ...whole, type: 7 }, taken: false },
    { what: 'that is null', value: null, taken: false },
    { what: 'that is a text', value: 'ActionAdopted', taken: false },
  ])('$what is taken: $taken', ({ value, taken }) => {
    expect(executionEventSchema.safeParse(value).success).toBe(taken);
  });
});
