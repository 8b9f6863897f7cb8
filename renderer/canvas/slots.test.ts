import { describe, expect, it, test } from 'vitest';
import { pipelineOf } from '../../shared/testing/pipelineOf.ts';
import { CARD, LANE, layoutPipeline } from './layout.ts';
import { slotAt, slotBox, slotSentence } from './slots.ts';

const layout = layoutPipeline(
  pipelineOf({ Source: ['Repo'], Build: ['Lint', 'Compile', 'Package@2'], Test: ['Unit'] }),
);
const card = (where: string) => layout.cards.get(where)!;
const middle = (where: string) => ({ x: card(where).x + CARD.width / 2, y: card(where).y + CARD.height / 2 });
const build = layout.stages[1]!;

describe('the slot under the pointer', () => {
  test.each([
    { over: 'a card', at: middle('Build/Lint'), slot: { kind: 'beside', stageIndex: 1, groupIndex: 0 } },
    {
      over: 'the gap between groups',
      at: { x: build.x + 40, y: card('Build/Package').y - 16 },
      slot: { kind: 'group', stageIndex: 1, groupIndex: 1 },
    },
    { over: 'the header', at: { x: build.x + 40, y: 10 }, slot: { kind: 'group', stageIndex: 1, groupIndex: 0 } },
    {
      over: 'the foot of a lane',
      at: { x: build.x + 40, y: layout.height - 2 },
      slot: { kind: 'group', stageIndex: 1, groupIndex: 2 },
    },
    {
      over: 'the ground far below a lane',
      at: { x: build.x + 40, y: 5000 },
      slot: { kind: 'group', stageIndex: 1, groupIndex: 2 },
    },
    { over: 'the gap between lanes', at: { x: build.x - LANE.gap / 2, y: 200 }, slot: { kind: 'stage', index: 1 } },
    { over: 'the ground left of all', at: { x: -400, y: 0 }, slot: { kind: 'stage', index: 0 } },
    { over: 'the ground right of all', at: { x: 9000, y: 0 }, slot: { kind: 'stage', index: 3 } },
  ])('over $over', ({ at, slot }) => {
    expect(slotAt(layout, at)).toEqual(slot);
  });

  it('is at least 24 px in both directions where it is drawn', () => {
    for (let x = -60; x < layout.width + 60; x += 30)
      for (let y = -20; y < layout.height + 60; y += 14) {
        const box = slotBox(layout, slotAt(layout, { x, y }));
        expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(24);
      }
  });

  it('covers no card unless it joins its group', () => {
    for (const slot of [0, 1, 2].map((groupIndex) => ({ kind: 'group', stageIndex: 1, groupIndex }) as const)) {
      const box = slotBox(layout, slot);
      for (const { y, height } of build.groups.flatMap(({ cards }) => cards))
        expect(box.y + box.height <= y + 1 || box.y >= y + height - 1).toBe(true);
    }
  });
});

it('is said in words', () => {
  expect(slotSentence(layout, { kind: 'beside', stageIndex: 1, groupIndex: 1 })).toBe(
    'in Build, in parallel, run order 2',
  );
  expect(slotSentence(layout, { kind: 'group', stageIndex: 1, groupIndex: 1 })).toBe('in Build, after run order 1');
  expect(slotSentence(layout, { kind: 'stage', index: 1 })).toBe('new stage after Source');
});
