import type { triggers as english } from '../english/triggers.ts';

export const triggers: typeof english = {};
