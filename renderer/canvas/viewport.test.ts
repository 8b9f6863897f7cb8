import { expect, it } from 'vitest';
import { wholeView, zoomed } from './viewport.ts';

const pane = { width: 800, height: 500 };

it('zooms around what is seen of the pipeline, not around empty ground below it', () => {
  const view = { x: 20, y: 24, zoom: 0.5 };
  const layout = { width: 1400, height: 280 };
  const { x, y, zoom } = zoomed(view, 1, layout, pane);
  expect(zoom).toBe(1);
  // Along the pipeline its middle stays where it was; across, where there is room, all of it is seen.
  expect(x + (layout.width / 2) * zoom).toBe(view.x + (layout.width / 2) * view.zoom);
  expect(y).toBe(24);
});

it('zooms around the middle of the canvas where the pipeline fills it', () => {
  const layout = { width: 9000, height: 4000 };
  expect(zoomed({ x: -1000, y: -1000, zoom: 1 }, 2, layout, pane)).toEqual({ x: -2400, y: -2250, zoom: 2 });
});

it('begins with the whole pipeline, a little above the middle of what is left over', () => {
  const layout = { width: 1036, height: 340 } as Parameters<typeof wholeView>[0];
  const view = wholeView(layout, { width: 730, height: 513 });
  expect(view.zoom).toBeGreaterThan(0.67);
  const below = 513 - view.y - layout.height * view.zoom;
  expect(view.y).toBeGreaterThan(24);
  expect(below).toBeGreaterThan(view.y);
});
