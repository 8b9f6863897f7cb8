import type { debug as english } from '../english/debug.ts';

export const debug: typeof english = {};
