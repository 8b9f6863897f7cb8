import { canvas, useCanvas } from './canvasStore.ts';
import type { Pipe } from './nodes.ts';
import { distanceToLine } from './routes.ts';

/** A pipe takes the pointer within this many screen pixels. */
const REACH = 7;
/** What stands above the pipes. */
const ABOVE = 'article, header, button, input, [role="img"]';

/** The pipe under a point of the screen, unless something stands above it there. */
export function pipeAt(at: { clientX: number; clientY: number; target: EventTarget | null }): Pipe | undefined {
  const { flow, pipes } = canvas();
  if (!flow || !(at.target instanceof Element) || at.target.closest(ABOVE)) return undefined;
  if (!at.target.closest('[data-canvas]')) return undefined;
  const point = flow.screenToFlowPosition({ x: at.clientX, y: at.clientY }, { snapToGrid: false });
  const reach = REACH / flow.getZoom();
  let nearest: Pipe | undefined;
  let least = reach;
  for (const pipe of pipes) {
    if (point.x < pipe.x - reach || point.x > pipe.x + pipe.width + reach) continue;
    if (point.y < pipe.y - reach || point.y > pipe.y + pipe.height + reach) continue;
    const distance = distanceToLine(pipe.points, point);
    if (distance > least) continue;
    least = distance;
    nearest = pipe;
  }
  return nearest;
}

/** The pointer moved over the canvas: the pipe under it is lit. Answers it, for its name. */
export function pointAtPipe(at: Parameters<typeof pipeAt>[0]): Pipe | undefined {
  const pipe = canvas().gesture ? undefined : pipeAt(at);
  if (canvas().pointedPipe !== (pipe?.id ?? '')) useCanvas.setState({ pointedPipe: pipe?.id ?? '' });
  return pipe;
}
