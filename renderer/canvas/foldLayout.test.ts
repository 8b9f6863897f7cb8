import { expect, it } from 'vitest';
import { completePipeline } from '../../shared/testing/completePipeline.ts';
import { pipelineOf } from '../../shared/testing/pipelineOf.ts';
import { foundIn } from './find.ts';
import { FOLDED_WIDTH, foldLayout } from './foldLayout.ts';
import { LANE, layoutPipeline } from './layout.ts';
import { buildNodes, buildPipes } from './nodes.ts';
import { slotAt } from './slots.ts';

const pipeline = () => pipelineOf({ Source: ['Repo'], Build: ['Lint', 'Compile@2'], Deploy: ['Stage', 'Live@2'] });

it('a folded stage is a strip without cards, and what follows moves up by what it leaves', () => {
  const wide = layoutPipeline(pipeline());
  const narrow = foldLayout(wide, new Set(['Build']));
  const saved = LANE.width - FOLDED_WIDTH;
  expect(narrow.width).toBe(wide.width - saved);
  expect(narrow.stages.map(({ x, width }) => [x, width])).toEqual([
    [wide.stages[0]!.x, LANE.width],
    [wide.stages[1]!.x, FOLDED_WIDTH],
    [wide.stages[2]!.x - saved, LANE.width],
  ]);
  expect([...narrow.cards.keys()]).toEqual(['Source/Repo', 'Deploy/Stage', 'Deploy/Live']);
  expect(narrow.cards.get('Deploy/Live')!.x).toBe(wide.cards.get('Deploy/Live')!.x - saved);
  expect(narrow.stages[2]!.groups[0]!.cards[0]).toEqual(narrow.cards.get('Deploy/Stage'));
});

it('with nothing folded the layout is as it was', () => {
  const wide = layoutPipeline(completePipeline());
  expect(foldLayout(wide, new Set(['Elsewhere'])).stages).toBe(wide.stages);
});

it('pipes end at the strip, and none is drawn inside it', () => {
  const declared = completePipeline();
  const layout = foldLayout(layoutPipeline(declared), new Set(['Build']));
  const all = buildPipes(declared, layoutPipeline(declared)).map(({ id }) => id);
  const kept = buildPipes(declared, layout);
  expect(kept.length).toBeGreaterThan(0);
  expect(all).toEqual(expect.arrayContaining(kept.map(({ id }) => id)));
  for (const { source, target } of kept) expect(source.startsWith('Build/') && target.startsWith('Build/')).toBe(false);
  expect(buildNodes(declared, layout, new Map()).filter(({ type }) => type === 'folded')).toHaveLength(1);
});

it('what is dropped on a folded stage comes last in it', () => {
  const layout = foldLayout(layoutPipeline(pipeline()), new Set(['Build']));
  const { x } = layout.stages[1]!;
  expect(slotAt(layout, { x: x + 10, y: 80 })).toEqual({ kind: 'group', stageIndex: 1, groupIndex: 2 });
});

it('finding takes every word, in names, providers, artifacts and values', () => {
  expect(foundIn(pipeline(), 'deploy')).toEqual(['Deploy']);
  expect(foundIn(pipeline(), 'l')).toContain('Deploy/Live');
  expect(foundIn(completePipeline(), 'acme main')).toEqual(['Source/App']);
  expect(foundIn(completePipeline(), 'npm ci')).toEqual(['Build/Test']);
  expect(foundIn(pipeline(), '  ')).toEqual([]);
  expect(foundIn(pipeline(), 'constructor')).toEqual([]);
});
