import type { canvas as english } from '../english/canvas.ts';

export const canvas: typeof english = {};
