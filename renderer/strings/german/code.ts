import type { code as english } from '../english/code.ts';

export const code: typeof english = {};
