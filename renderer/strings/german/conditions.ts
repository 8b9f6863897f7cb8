import type { conditions as english } from '../english/conditions.ts';

export const conditions: typeof english = {};
