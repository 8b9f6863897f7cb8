import type { Box } from './layout.ts';

/** The part of the canvas that is seen, in flow pixels, and how large it is drawn. */
export interface SeenView extends Box {
  zoom: number;
}

/** Of React Flow's state what says which part is seen. */
export function seenOf({
  transform: [x, y, zoom],
  width,
  height,
}: {
  transform: [number, number, number];
  width: number;
  height: number;
}): SeenView {
  return { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom, zoom };
}

/** Drawn beyond the edges while there is time, and kept there when it was drawn before (flow pixels). */
const AHEAD = 1500;
const KEPT = 2000;
/** So many nodes are drawn ahead in one frame, of a moving view and of one that rests. */
const AT_ONCE = { moving: 3, resting: 8 };

/**
 * Which nodes are drawn, given those that were (`drawn`): always all that are seen; ahead of a moving view a few in each frame,
 * so that no frame has a whole lane to draw; after a zoom (`now`) none ahead. What is far away goes once the view rests. The
 * same set again where nothing changes.
 */
export function inView<N extends Box & { id: string }>(
  nodes: readonly N[],
  seen: SeenView,
  drawn: ReadonlySet<string>,
  pace: 'now' | 'moving' | 'resting',
): ReadonlySet<string> {
  const next = new Set<string>();
  const ahead: { id: string; distance: number }[] = [];
  for (const node of nodes) {
    const distance = distanceTo(node, seen);
    const wasDrawn = drawn.has(node.id);
    if (distance <= 0 || (wasDrawn && (pace !== 'resting' || distance <= KEPT))) next.add(node.id);
    else if (!wasDrawn && pace !== 'now' && distance <= AHEAD) ahead.push({ id: node.id, distance });
  }
  if (pace !== 'now' && ahead.length > 0) {
    ahead.sort((a, b) => a.distance - b.distance);
    for (const { id } of ahead.slice(0, AT_ONCE[pace])) next.add(id);
  }
  if (next.size !== drawn.size) return next;
  for (const id of next) if (!drawn.has(id)) return next;
  return drawn;
}

/** How far a box is from what is seen; 0 or less = some of it is seen. */
function distanceTo(box: Box, seen: Box): number {
  return Math.max(
    seen.x - (box.x + box.width),
    box.x - (seen.x + seen.width),
    seen.y - (box.y + box.height),
    box.y - (seen.y + seen.height),
  );
}
