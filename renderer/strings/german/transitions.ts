import type { transitions as english } from '../english/transitions.ts';

export const transitions: typeof english = {};
