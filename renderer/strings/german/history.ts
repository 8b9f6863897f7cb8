import type { history as english } from '../english/history.ts';

export const history: typeof english = {};
