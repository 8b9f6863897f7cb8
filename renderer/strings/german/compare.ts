import type { compare as english } from '../english/compare.ts';

export const compare: typeof english = {};
