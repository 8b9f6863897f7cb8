import type { problems as english } from '../english/problems.ts';

export const problems: typeof english = {};
