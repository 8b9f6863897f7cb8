import fc from 'fast-check';
import { expect, it } from 'vitest';
import { replay } from '../../shared/execution/evolve.ts';
import { why } from '../../shared/execution/why.ts';
import { play } from '../../shared/testing/playScript.ts';
import { wideScripts } from '../../shared/testing/scripts.ts';
import { german } from '../strings/german/german.ts';

const { text: say } = german.run.why;

it('says every reason of whatever execution in German', () => {
  const unsaid = new Set<string>();
  fc.assert(
    fc.property(wideScripts, (script) => {
      const at = play(script);
      for (const state of at.executions()) {
        const log = at.log(state.pipelineExecutionId);
        for (let count = 0; count <= log.length; count += 4)
          for (const { text } of why(replay(log.slice(0, count)), at.executions()))
            if (say(text) === text || / (the|was|which|is|waits) /.test(say(text)))
              unsaid.add(`${text} -> ${say(text)}`);
      }
    }),
    { numRuns: 60, seed: 5 },
  );
  expect([...unsaid]).toEqual([]);
});

it.each([
  [
    'Waits at the entrance of "Deploy": execution E1 is inside. There: Waits for an approval, until 2026-11-28 16:45 UTC.',
    'Wartet am Eingang von „Deploy“: Ausführung E1 ist darin. Dort: Wartet auf eine Freigabe, bis 2026-11-28 16:45 UTC.',
  ],
  [
    'The onSuccess condition was not met, which asks for a rollback. Rule Watch failed: The value differs.',
    'Die Bedingung onSuccess ist nicht erfüllt; das verlangt ein Rollback. Regel Watch ist gescheitert: The value differs.',
  ],
  ['Failed because Lint failed.', 'Gescheitert, weil Lint gescheitert ist.'],
])('says %j', (english, other) => expect(say(english)).toBe(other));
