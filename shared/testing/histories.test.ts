import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decide } from '../execution/decide.ts';
import type { ExecutionEvent } from '../execution/events.ts';
import { evolve, notStarted, replay } from '../execution/evolve.ts';
import { outcomeOf } from './histories.ts';

const root = join(import.meta.dirname, 'histories');
const recorded = readdirSync(root).flatMap((version) =>
  readdirSync(join(root, version))
    .filter((file) => file.endsWith('.jsonl'))
    .map((file) => ({ name: `${version}/${file}`, path: join(root, version, file) })),
);
const eventsOf = (path: string) =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as ExecutionEvent);

describe('journals of every released version', () => {
  it('are kept', () => {
    expect(recorded.length).toBeGreaterThanOrEqual(3);
  });

  it.each(recorded)('$name replays to what it came to then', ({ path }) => {
    const expected: unknown = JSON.parse(readFileSync(path.replace(/\.jsonl$/, '.expected.json'), 'utf8'));
    expect(outcomeOf(replay(eventsOf(path)))).toEqual(expected);
  });

  it.each(recorded)('$name would be decided today as it was then', ({ path }) => {
    let state = notStarted;
    for (const event of eventsOf(path)) {
      const decided = decide([state]);
      switch (event.type) {
        case 'StageEntranceReached':
        case 'StageStarted':
        case 'StageFinished':
        case 'ExecutionFinished':
          expect(decided[0]).toMatchObject({ do: 'record', happening: { type: event.type } });
          expect(event).toMatchObject(decided[0]?.do === 'record' ? decided[0].happening : {});
          break;
        case 'ActionStarted': {
          const { actionName, attempt, resolvedConfiguration, inputArtifacts } = event;
          expect(decided).toContainEqual(
            expect.objectContaining({ do: 'startAction', actionName, attempt, resolvedConfiguration, inputArtifacts }),
          );
          break;
        }
        default:
      }
      state = evolve(state, event);
    }
    expect(decide([state])).toEqual([]);
  });
});
