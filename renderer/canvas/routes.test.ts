import { describe, expect, it } from 'vitest';
import { pipelineOf } from '../../shared/testing/pipelineOf.ts';
import { actionAt, artifactEdges } from './graph.ts';
import { layoutPipeline } from './layout.ts';
import { pipePoints, roundedPath } from './routes.ts';

const takes = (...names: string[]) => ({ inputArtifacts: names.map((name) => ({ name })) });

describe('the artifact edges of a pipeline', () => {
  it('lead from the latest earlier producer', () => {
    const pipeline = pipelineOf({
      Source: ['Repo'],
      Build: [
        { name: 'First', outputArtifacts: [{ name: 'Out' }] },
        { name: 'Second', runOrder: 2, outputArtifacts: [{ name: 'Out' }] },
      ],
      Ship: [{ name: 'Upload', ...takes('Out') }],
    });
    const edges = artifactEdges(pipeline, layoutPipeline(pipeline));
    expect(edges.find(({ target }) => target === 'Ship/Upload')?.source).toBe('Build/Second');
  });

  it('do not exist for an input that only a parallel or a later action produces', () => {
    const pipeline = pipelineOf({
      Source: ['Repo'],
      Build: [
        { name: 'A', ...takes('BOut') },
        { name: 'B', ...takes('LateOut') },
      ],
      Late: ['Late'],
    });
    const edges = artifactEdges(pipeline, layoutPipeline(pipeline));
    expect(edges.map(({ target }) => target)).toEqual(['Late/Late']);
  });
});

describe('a pipe', () => {
  const pipeline = pipelineOf({
    Source: ['Repo'],
    Build: ['A', 'B', 'C@2'],
    Test: ['D', 'E', 'F'],
    Ship: [
      { name: 'Upload', ...takes('AOut') },
      { name: 'Tell', runOrder: 3, ...takes('COut', 'RepoOut') },
    ],
  });
  const layout = layoutPipeline(pipeline);

  it('passes no card that it does not connect', () => {
    for (const edge of artifactEdges(pipeline, layout)) {
      const source = layout.cards.get(edge.source)!;
      const target = layout.cards.get(edge.target)!;
      const outputs = actionAt(pipeline, source).outputArtifacts ?? [];
      const points = pipePoints(layout, source, target, { index: 0, count: outputs.length });
      for (const [index, end] of points.slice(1).entries()) {
        const start = points[index]!;
        for (const card of layout.cards.values()) {
          if (card === source || card === target) continue;
          const crosses =
            Math.max(start.x, end.x) > card.x &&
            Math.min(start.x, end.x) < card.x + card.width &&
            Math.max(start.y, end.y) > card.y &&
            Math.min(start.y, end.y) < card.y + card.height;
          expect(crosses, `${edge.id} crosses ${card.id}`).toBe(false);
        }
      }
    }
  });

  it('is one path of straight lines and round corners', () => {
    expect(
      roundedPath([
        { x: 0, y: 0 },
        { x: 20, y: 0 },
        { x: 20, y: 40 },
        { x: 60, y: 40 },
      ]),
    ).toBe('M0 0L11 0Q20 0 20 9L20 31Q20 40 29 40L60 40');
  });

  it('leaves out corners on a straight line', () => {
    expect(
      roundedPath([
        { x: 0, y: 5 },
        { x: 20, y: 5 },
        { x: 60, y: 5 },
      ]),
    ).toBe('M0 5L60 5');
  });
});
