import type { commands as english } from '../english/commands.ts';

export const commands: typeof english = {};
