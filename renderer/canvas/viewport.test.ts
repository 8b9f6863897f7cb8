import { expect, it } from 'vitest';
import { zoomed } from './viewport.ts';

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
