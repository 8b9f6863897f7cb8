import type { CanvasLayout, CardBox } from './layout.ts';
import { type Point, pipePoints, roundedPath } from './routes.ts';

interface Route {
  points: readonly Point[];
  path: string;
}

/** Routes of the geometry that was drawn last: what is typed in a text mostly moves no card. */
let known: { geometry: string; routes: Map<string, Route> } = { geometry: '', routes: new Map() };

/** How pipes run in a layout. One whose ends and whose surroundings are where they were is not sought again. */
export function routesIn(layout: CanvasLayout) {
  const geometry = geometryOf(layout);
  if (known.geometry !== geometry) known = { geometry, routes: new Map() };
  const { routes } = known;
  return (source: CardBox, target: CardBox, port: { index: number; count: number }): Route => {
    const key = `${source.stageIndex}.${source.actionIndex}.${port.index}/${port.count}>${target.stageIndex}.${target.actionIndex}`;
    const before = routes.get(key);
    if (before) return before;
    const points = pipePoints(layout, source, target, port);
    const route = { points, path: roundedPath(points) };
    routes.set(key, route);
    return route;
  };
}

/** Where everything stands that a pipe begins at, ends at or goes around. */
function geometryOf({ stages, folded }: CanvasLayout): string {
  const parts: (string | number)[] = [];
  const card = ({ stageIndex, actionIndex, x, y }: CardBox) => parts.push(stageIndex, actionIndex, x, y);
  for (const stage of stages) {
    parts.push('stage', stage.x);
    for (const group of stage.groups) {
      parts.push('group', group.y);
      group.cards.forEach(card);
    }
    for (const { y, height } of stage.conditions) parts.push('condition', y, height);
  }
  parts.push('folded');
  folded?.forEach(card);
  return parts.join();
}
