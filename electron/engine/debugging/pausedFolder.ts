import { rmSync } from 'node:fs';
import { join } from 'node:path';

/** Where the inputs of an action that waits at a breakpoint are laid out for the person who looks at it. Names have no slashes. */
export const pausedFolder = (executionFolder: string, stageName: string, actionName: string): string =>
  join(executionFolder, 'paused', `${stageName}@${actionName}`.replaceAll(/^\.+/g, '_'));

/** It goes on: nobody looks any more. */
export function removePaused(executionFolder: string, stageName: string, actionName: string): void {
  rmSync(pausedFolder(executionFolder, stageName, actionName), { recursive: true, force: true });
}
