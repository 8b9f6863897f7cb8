import type { inspector as english } from '../english/inspector.ts';

export const inspector: typeof english = {};
