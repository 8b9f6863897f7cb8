import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pipelineOf } from '../../shared/testing/pipelineOf.ts';
import { foldLayout } from './foldLayout.ts';
import { artifactEdges } from './graph.ts';
import { routesIn } from './knownRoutes.ts';
import { layoutPipeline } from './layout.ts';
import { pipePoints } from './routes.ts';

const takes = (...names: string[]) => ({ inputArtifacts: names.map((name) => ({ name })) });

it('a pipe runs as it would if it were sought anew, whatever was drawn before', () => {
  const shape = fc.record({
    runOrders: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 4 }),
    isFolded: fc.boolean(),
  });
  fc.assert(
    fc.property(
      fc.array(fc.array(shape, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 }),
      (drawings) => {
        for (const stages of drawings) {
          const pipeline = pipelineOf({
            Source: ['Repo'],
            ...Object.fromEntries(
              stages.map(({ runOrders }, stage) => [
                `Stage${stage}`,
                runOrders.map((runOrder, index) => ({
                  name: `A${stage}x${index}`,
                  runOrder,
                  ...takes('RepoOut', `A${stage - 1}x0Out`),
                })),
              ]),
            ),
          });
          const folded = new Set(stages.flatMap(({ isFolded }, stage) => (isFolded ? [`Stage${stage}`] : [])));
          const layout = foldLayout(layoutPipeline(pipeline), folded);
          const routeOf = routesIn(layout);
          const boxOf = (id: string) => (layout.cards.get(id) ?? layout.folded?.get(id))!;
          for (const { source, target } of artifactEdges(pipeline, layout)) {
            const port = { index: 0, count: 1 };
            expect(routeOf(boxOf(source), boxOf(target), port).points).toEqual(
              pipePoints(layout, boxOf(source), boxOf(target), port),
            );
          }
        }
      },
    ),
    { numRuns: 60 },
  );
});
