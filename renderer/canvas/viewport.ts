import type { Viewport } from '@xyflow/react';
import { canvas } from './canvasStore.ts';
import type { Box, CanvasLayout } from './layout.ts';

/* Where the canvas looks. Everything the reader must see stays inside the margin. */

const MARGIN = { x: 20, top: 24, bottom: 64 };
const READABLE = 0.45;

const motion = () => (matchMedia('(prefers-reduced-motion: reduce)').matches ? {} : { duration: 180 });

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
  return { x, y: MARGIN.top, zoom };
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

export function zoomBy(factor: number): void {
  const { flow } = canvas();
  if (!flow) return;
  void flow.zoomTo(Math.min(2, Math.max(0.15, flow.getZoom() * factor)), motion());
}
export const zoomToLife = (): void => void canvas().flow?.zoomTo(1, motion());

/** Makes the selected place fill the view. */
export function showSelection(): void {
  const { flow, layout, selected } = canvas();
  const box =
    layout.stages.find(({ name }) => name === selected) ??
    [...layout.cards.values()].find(({ where }) => where === selected);
  if (flow && box) void flow.fitBounds(box, { padding: 0.6, ...motion() });
}
