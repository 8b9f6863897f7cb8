import type { versions as english } from '../english/versions.ts';

export const versions: typeof english = {};
