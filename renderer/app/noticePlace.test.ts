import { expect, it } from 'vitest';
import { noticePlace } from './useNoticePlace.ts';

it('a notice stands on the canvas, beside the palette, above the log and clear of the zoom controls', () => {
  const canvas = { left: 245, bottom: 500, width: 730 };
  const { left, bottom, width } = noticePlace(canvas, 800);
  expect(left).toBeGreaterThan(canvas.left);
  expect(800 - bottom).toBeLessThan(canvas.bottom);
  // At 1280x800 the controls take the right 160 pixels.
  expect(left + width).toBeLessThanOrEqual(canvas.left + canvas.width - 160);
  expect(noticePlace({ ...canvas, width: 420 }, 800).width).toBeLessThanOrEqual(420 - 160);
});
