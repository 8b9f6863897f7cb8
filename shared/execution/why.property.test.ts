import fc from 'fast-check';
import { expect, it } from 'vitest';
import { play } from '../testing/playScript.ts';
import { wideScripts } from '../testing/scripts.ts';
import { type ExecutionState, isFinished } from './executionState.ts';
import { shapeOf } from './shape.ts';
import { type Reason, why } from './why.ts';

/** What is said where nothing is known; of nothing that a person can ask about. */
const fallbacks = [/^Never started\.$/, /^It stands at the entrance/, /^It goes on after/, /\(unknown\)/, /^Failed\.$/];

/** What waits, ended badly or did not run, by place ('' is the execution), with what its sentence has to speak of. */
function questions(state: ExecutionState): { where: string; about: RegExp }[] {
  const asked: { where: string; about: RegExp }[] = [];
  const ask = (where: string, about: RegExp) => asked.push({ where, about });
  const { position, status } = state;
  if (status === 'Superseded') ask('', /^Superseded while it waited at "S\d": execution \w+,/);
  if (status === 'Stopped' || status === 'Stopping') ask('', /[Ss]topped.*spec/);
  if (status === 'Cancelled') ask('', /^Cancelled: the pipeline was updated to version \d+\.$/);
  if (status === 'Failed') ask('', /^Failed in the stage/);
  if (position.at === 'entrance') {
    ask(position.stageName, /^Waits at the entrance.*(disabled by|is inside|came first|30 days)/);
  }
  const shapes = shapeOf(state.declaration).stages;
  for (const [index, stage] of state.stages.entries()) {
    const { stageName } = stage;
    if (stage.status === undefined) {
      if (isFinished(state)) ask(stageName, /^(Not run|Not reached|Never entered): /);
      continue;
    }
    if (stage.status === 'Skipped')
      ask(stageName, /^The beforeEntry condition was not met, so the stage was skipped\. Rule/);
    if (stage.status === 'Failed') ask(stageName, /failed|not met|Errored|overridden/);
    if (stage.status === 'Stopped') ask(stageName, /^Stopped: /);
    if (stage.status === 'Cancelled') ask(stageName, /^Cancelled: /);
    for (const { action, index: place } of shapes[index]?.groups.flat() ?? []) {
      const latest = stage.actions[place];
      const where = `${stageName}/${action.name}`;
      if (latest?.status === 'Succeeded' && latest.stageAttempt >= stage.freshFrom) continue;
      if (latest?.status === 'InProgress') ask(where, /^(Waits|It is running)/);
      else if (latest?.status === 'Abandoned') ask(where, /^Abandoned: /);
      else if (latest?.status === 'Failed' && isFinished(state)) ask(where, /^Failed: /);
      else ask(where, /^(Not run: |Never started: |Didn't run: |Waits |Failed: )/);
    }
  }
  return asked;
}

/** The questions that no sentence answers. */
function unanswered(state: ExecutionState, reasons: readonly Reason[]): string[] {
  return questions(state)
    .filter(({ where, about }) => !reasons.some((reason) => reason.where === where && about.test(reason.text)))
    .map(({ where, about }) => `${where} ${about}`);
}

it('whatever waits, was superseded, stopped, skipped or failed, or did not start, has a sentence of its own', () => {
  fc.assert(
    fc.property(wideScripts, (script) => {
      play(script, (run) => {
        for (const state of run.executions()) {
          const reasons = why(state, run.executions());
          const texts = reasons.map(({ where, text }) => `${where}: ${text}`);
          expect(unanswered(state, reasons), texts.join('\n')).toEqual([]);
          for (const fallback of fallbacks) {
            expect(
              reasons.filter(({ text }) => fallback.test(text)),
              texts.join('\n'),
            ).toEqual([]);
          }
        }
      });
    }),
    { numRuns: 120, seed: 12 },
  );
});
