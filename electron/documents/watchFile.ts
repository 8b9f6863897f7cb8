import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname } from 'node:path';

/** Calls `changed` when something happens to a file, whoever did it. Answers how to end it. */
export type WatchFile = (path: string, changed: () => void) => () => void;

/**
 * Watches the folder, because saving by rename gives the file a new identity each time. Where watching is impossible (limits
 * of the system, network disks) it does nothing: a file that was changed is then noticed when it is saved.
 */
export const watchFile: WatchFile = (path, changed) => {
  const name = basename(path);
  let watcher: FSWatcher;
  try {
    watcher = watch(dirname(path), { persistent: false }, (_event, file) => {
      if (file === null || file === name) changed();
    });
  } catch {
    return () => undefined;
  }
  watcher.on('error', () => watcher.close());
  return () => watcher.close();
};
