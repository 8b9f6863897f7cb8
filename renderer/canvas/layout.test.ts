import { describe, expect, it } from 'vitest';
import { pipelineOf } from '../../shared/testing/pipelineOf.ts';
import { CARD, GAP, LANE, layoutPipeline } from './layout.ts';

const boxOf = (layout: ReturnType<typeof layoutPipeline>, where: string) => {
  const box = layout.cards.get(where);
  if (!box) throw new Error(`No card ${where}`);
  return box;
};

describe('the layout of a pipeline', () => {
  const layout = layoutPipeline(pipelineOf({ Source: ['Repo'], Build: ['Lint', 'Compile', 'Package@2'] }));

  it('puts each stage in a lane to the right of the one before', () => {
    expect(layout.stages.map(({ name, x }) => [name, x])).toEqual([
      ['Source', 0],
      ['Build', LANE.width + LANE.gap],
    ]);
  });

  it('stacks the actions of one run order closely and a later run order below a wider gap', () => {
    const [lint, compile, pack] = ['Lint', 'Compile', 'Package'].map((name) => boxOf(layout, `Build/${name}`));
    expect(compile!.y - lint!.y).toBe(CARD.height + GAP.card);
    expect(pack!.y - compile!.y).toBe(CARD.height + GAP.group);
    expect(pack).toMatchObject({ groupIndex: 1, runOrder: 2, actionIndex: 2 });
  });

  it('gives every lane the height of the tallest', () => {
    expect(new Set(layout.stages.map(({ height }) => height)).size).toBe(1);
    const pack = boxOf(layout, 'Build/Package');
    expect(layout.height).toBeGreaterThanOrEqual(pack.y + pack.height);
  });

  it('does not move a card when another lane changes', () => {
    const longer = layoutPipeline(
      pipelineOf({ Source: ['Repo'], Build: ['Lint', 'Compile', 'Package@2'], Test: ['A', 'B'] }),
    );
    for (const [id, { x, y }] of layout.cards) expect(longer.cards.get(id)).toMatchObject({ x, y });
  });

  it('follows the run order, not the order in the file', () => {
    const mixed = layoutPipeline(pipelineOf({ Source: ['Repo'], Build: ['Last@3', 'First', 'Second@2'] }));
    const ys = ['First', 'Second', 'Last'].map((name) => boxOf(mixed, `Build/${name}`).y);
    expect(ys).toEqual([...ys].sort((a, b) => a - b));
    expect(boxOf(mixed, 'Build/Last').actionIndex).toBe(0);
  });

  it('keeps two actions of the same name apart while a pipeline is being written', () => {
    const twice = layoutPipeline(pipelineOf({ Source: ['Repo'], Build: ['Same', 'Same'] }));
    expect([...twice.cards.keys()]).toEqual(['Source/Repo', 'Build/Same', 'Build/Same#2']);
  });
});

describe('a pipeline that has hardly begun', () => {
  const ghosts = (stages: Record<string, string[]>) =>
    layoutPipeline(pipelineOf(stages)).ghosts.map(({ name, insertAt }) => `${name}@${insertAt}`);

  it('invites to a source, a build and a deployment', () => {
    expect(ghosts({})).toEqual(['Source@0', 'Build@0', 'Deploy@0']);
  });
  it('invites to what follows once it has a source', () => {
    expect(ghosts({ Source: ['Repo'] })).toEqual(['Build@1', 'Deploy@1']);
  });
  it('keeps the invitation to deploy until that is done, and none once it is', () => {
    expect(ghosts({ Source: ['Repo'], Build: ['Compile'] })).toEqual(['Deploy@2']);
    expect(ghosts({ Source: ['Repo'], Build: ['Compile'], Test: ['Check'] })).toEqual([]);
  });
});

it('lays out a pipeline of a thousand actions without an overlap', () => {
  const stages = Object.fromEntries(
    Array.from({ length: 50 }, (_, stage) => [
      `S${stage}`,
      Array.from({ length: 20 }, (_, action) => `A${action}@${(action % 4) + 1}`),
    ]),
  );
  const layout = layoutPipeline(pipelineOf(stages));
  expect(layout.cards.size).toBe(1000);
  expect(new Set([...layout.cards.values()].map(({ x, y }) => `${x},${y}`)).size).toBe(1000);
});
