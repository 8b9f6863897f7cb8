import { CARD, type CanvasLayout, type CardBox, GAP, LANE } from './layout.ts';

/** How pipes run: rounded right angles through the gaps between lanes, never behind a card that has no part in them. */
export interface Point {
  x: number;
  y: number;
}

/** Where an output port stands on its card's right side; several share the height. */
export const outputPortY = (index: number, count: number): number => (CARD.height / (count + 1)) * (index + 1);
export const inputPortY = CARD.height / 2;

/** The corners of a pipe from port to port. `port` = index and number of the producer's outputs. */
export function pipePoints(
  layout: CanvasLayout,
  source: CardBox,
  target: CardBox,
  port: { index: number; count: number },
): Point[] {
  const from = { x: source.x + source.width, y: source.y + outputPortY(port.index, port.count) };
  const to = { x: target.x, y: target.y + inputPortY };
  if (source.stageIndex === target.stageIndex) {
    // Down inside the lane: out at the right, back through the gap above the target's group, in at the left.
    const group = layout.stages[target.stageIndex]!.groups[target.groupIndex]!;
    const y = group.y - GAP.group + 8;
    const right = from.x + 6;
    const left = to.x - 6;
    return [from, { x: right, y: from.y }, { x: right, y }, { x: left, y }, { x: left, y: to.y }, to];
  }
  // Producers of one stage keep apart in the gap behind it.
  const leave = from.x + LANE.padding + 8 + ((source.actionIndex + port.index) % 4) * 5;
  if (target.stageIndex === source.stageIndex + 1) return [from, { x: leave, y: from.y }, { x: leave, y: to.y }, to];
  const enter = to.x - LANE.padding - 8 - ((source.actionIndex + port.index) % 4) * 5;
  const y = freeHeight(layout, source.stageIndex + 1, target.stageIndex - 1, from.y, to.y);
  return [from, { x: leave, y: from.y }, { x: leave, y }, { x: enter, y }, { x: enter, y: to.y }, to];
}

const CLEARANCE = 7;

/** A height at which a pipe passes the lanes `first` to `last` without touching a card or a condition: as near to both ends as there is. */
function freeHeight(layout: CanvasLayout, first: number, last: number, fromY: number, toY: number): number {
  const passed = layout.stages.slice(first, last + 1);
  const groups = passed.flatMap((stage) => stage.groups);
  const cards = [...groups.flatMap((group) => group.cards), ...passed.flatMap((stage) => stage.conditions)];
  const isFree = (y: number) => cards.every((card) => y < card.y - CLEARANCE || y > card.y + card.height + CLEARANCE);
  const lowest = Math.max(LANE.header + LANE.padding, ...cards.map((card) => card.y + card.height));
  // Below what stands under the last row: the invitation to add an action, or the ways to retry.
  const below = lowest + GAP.foot - 6;
  const candidates = [
    fromY,
    toY,
    LANE.header + 5,
    below,
    ...groups.slice(1).map((group) => group.y - GAP.group + 12),
  ].filter((y) => y > LANE.header && isFree(y));
  const cost = (y: number) => Math.abs(y - fromY) + Math.abs(y - toY);
  return candidates.reduce((best, y) => (cost(y) < cost(best) ? y : best), below);
}

/** How far a point is from a line of straight pieces. */
export function distanceToLine(points: readonly Point[], { x, y }: Point): number {
  let least = Infinity;
  for (const [index, to] of points.entries()) {
    const from = points[index - 1] ?? to;
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const length = dx * dx + dy * dy;
    const along = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - from.x) * dx + (y - from.y) * dy) / length));
    least = Math.min(least, Math.hypot(x - from.x - along * dx, y - from.y - along * dy));
  }
  return least;
}

/** An SVG path through the points with rounded corners. */
export function roundedPath(points: readonly Point[], radius = 9): string {
  const corners = points.filter((point, index) => {
    const before = points[index - 1];
    const after = points[index + 1];
    if (!before || !after) return true;
    const isStraight =
      (before.x === point.x && point.x === after.x) ||
      (Math.abs(before.y - point.y) < 0.5 && Math.abs(point.y - after.y) < 0.5);
    return !isStraight;
  });
  const [start, ...rest] = corners;
  if (!start) return '';
  let path = `M${start.x} ${start.y}`;
  for (const [index, point] of rest.entries()) {
    const before = corners[index]!;
    const after = rest[index + 1];
    if (!after) {
      path += `L${point.x} ${point.y}`;
      continue;
    }
    const into = Math.hypot(point.x - before.x, point.y - before.y);
    const out = Math.hypot(after.x - point.x, after.y - point.y);
    const r = Math.min(radius, into / 2, out / 2);
    const a = { x: point.x + ((before.x - point.x) / into) * r, y: point.y + ((before.y - point.y) / into) * r };
    const b = { x: point.x + ((after.x - point.x) / out) * r, y: point.y + ((after.y - point.y) / out) * r };
    path += `L${a.x} ${a.y}Q${point.x} ${point.y} ${b.x} ${b.y}`;
  }
  return path;
}
