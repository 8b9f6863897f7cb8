import type { timeline as english } from '../english/timeline.ts';

export const timeline: typeof english = {};
