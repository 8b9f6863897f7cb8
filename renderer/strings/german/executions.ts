import type { executions as english } from '../english/executions.ts';

export const executions: typeof english = {};
