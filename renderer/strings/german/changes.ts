import type { changes as english } from '../english/changes.ts';

export const changes: typeof english = {};
