import type { ui as english } from '../english/ui.ts';

export const ui: typeof english = {};
