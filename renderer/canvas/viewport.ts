import type { Viewport } from '@xyflow/react';
import { isStill } from '../theme/isStill.ts';
import { canvas } from './canvasStore.ts';
import type { Box, CanvasLayout } from './layout.ts';

/* Where the canvas looks. Everything the reader must see stays inside the margin. */

const MARGIN = { x: 14, top: 24, bottom: 64 };
/** Of the height that is left over, what stands above the pipeline: most of the rest is for what is added below. */
const ABOVE = 0.25;
const READABLE = 0.45;

const motion = () => (isStill() ? {} : { duration: 180 });

/** Gives the keyboard to the canvas. */
export const focusCanvas = (): void =>
  document.querySelector<HTMLElement>('[data-canvas]')?.focus({ preventScroll: true });

function paneSize(): { width: number; height: number } | undefined {
  const box = document.querySelector('[data-canvas]')?.getBoundingClientRect();
  return box && box.width > 0 ? box : undefined;
}

/** Shows the whole pipeline, never larger than life. */
export function showAll(): void {
  const { flow, layout } = canvas();
  const pane = paneSize();
  if (flow && pane) void flow.setViewport(wholeView(layout, pane), motion());
}

/** The view in which the whole pipeline stands, if it can be read at that size; else its beginning. */
export function wholeView(layout: CanvasLayout, pane: { width: number; height: number }): Viewport {
  const fits = Math.min(
    (pane.width - 2 * MARGIN.x) / layout.width,
    (pane.height - MARGIN.top - MARGIN.bottom) / layout.height,
    1,
  );
  const zoom = Math.max(fits, READABLE);
  const x = fits < READABLE ? MARGIN.x : Math.max(MARGIN.x, (pane.width - layout.width * zoom) / 2);
  const left = pane.height - MARGIN.top - MARGIN.bottom - layout.height * zoom;
  return { x, y: MARGIN.top + Math.max(0, left * ABOVE), zoom };
}

/** Moves as little as needed for a box to be seen whole. */
export function reveal(box: Box): void {
  const { flow } = canvas();
  const pane = paneSize();
  if (!flow || !pane) return;
  const { x, y, zoom } = flow.getViewport();
  const shift = (low: number, high: number, size: number, margin: number, marginEnd: number) =>
    low < margin ? margin - low : high > size - marginEnd ? Math.max(size - marginEnd - high, margin - low) : 0;
  const left = box.x * zoom + x;
  const top = box.y * zoom + y;
  const dx = shift(left, left + box.width * zoom, pane.width, MARGIN.x, MARGIN.x);
  const dy = shift(top, top + box.height * zoom, pane.height, MARGIN.top, MARGIN.bottom);
  if (dx !== 0 || dy !== 0) void flow.setViewport({ x: x + dx, y: y + dy, zoom }, motion());
}

export const zoomBy = (factor: number): void => zoomTo((canvas().flow?.getZoom() ?? 1) * factor);
export const zoomToLife = (): void => zoomTo(1);

function zoomTo(wanted: number): void {
  const { flow, layout } = canvas();
  const pane = paneSize();
  if (flow && pane)
    void flow.setViewport(zoomed(flow.getViewport(), Math.min(2, Math.max(0.15, wanted)), layout, pane), motion());
}

/**
 * The view at another zoom, around the middle of what is seen of the pipeline: the middle of the pane may be empty ground,
 * and zooming in there would lose the pipeline.
 */
export function zoomed(
  { x, y, zoom }: Viewport,
  to: number,
  layout: Pick<CanvasLayout, 'width' | 'height'>,
  pane: { width: number; height: number },
): Viewport {
  const middle = (start: number, length: number, size: number) => {
    const [low, high] = [Math.max(0, start), Math.min(size, start + length * zoom)];
    return low < high ? (low + high) / 2 : size / 2;
  };
  const at = { x: middle(x, layout.width, pane.width), y: middle(y, layout.height, pane.height) };
  const scale = to / zoom;
  // What fits is seen whole.
  const kept = (start: number, length: number, size: number, margin: number, end: number) =>
    length > size - margin - end ? start : Math.min(Math.max(start, margin), size - end - length);
  return {
    x: kept(at.x - (at.x - x) * scale, layout.width * to, pane.width, MARGIN.x, MARGIN.x),
    y: kept(at.y - (at.y - y) * scale, layout.height * to, pane.height, MARGIN.top, MARGIN.bottom),
    zoom: to,
  };
}

/** Makes the selected place fill the view. */
export function showSelection(): void {
  const { flow, layout, selected } = canvas();
  const box =
    layout.stages.find(({ name }) => name === selected) ??
    [...layout.cards.values()].find(({ where }) => where === selected);
  if (flow && box) void flow.fitBounds(box, { padding: 0.6, ...motion() });
}
