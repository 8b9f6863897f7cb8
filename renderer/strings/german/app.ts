import type { app as english } from '../english/app.ts';

export const app: typeof english = {};
