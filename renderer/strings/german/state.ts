import type { state as english } from '../english/state.ts';

export const state: typeof english = {};
