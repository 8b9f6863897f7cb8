import type { run as english } from '../english/run.ts';

export const run: typeof english = {};
