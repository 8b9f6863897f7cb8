import { join } from 'node:path';

/** The masked log of an attempt. `executionFolder` is History.folder of its execution. */
export const logPath = (executionFolder: string, actionExecutionId: string): string =>
  join(executionFolder, 'actions', actionExecutionId, 'log');
