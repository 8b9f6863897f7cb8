import { createHash } from 'node:crypto';
import { type FSWatcher, mkdirSync, readdirSync, readFileSync, watch } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type AlarmChange, type AlarmState, alarmStates } from '../../../shared/providers/ruleHost.ts';
import { nodeFileSystem } from '../../documents/fileSystem.ts';
import { writeAtomically } from '../../documents/writeAtomically.ts';

/**
 * The local stand-ins of CloudWatch alarms: states that the user sets, with when, so that a rule that watches for an hour misses no
 * change even when its host was away. One file for each alarm below `<dataDirectory>/alarms`; another process may set one at
 * any time (penstock alarm), and whoever watches hears of it from the file system.
 */
export interface Alarms {
  /** Oldest first; empty when it was never set, or its file is damaged. */
  changes(alarmName: string): readonly AlarmChange[];
  /** Resolves when it is on disk. Setting the state that it has changes nothing. */
  set(alarmName: string, state: AlarmState): Promise<void>;
  list(): { alarmName: string; state: AlarmState; at: number }[];
  /** Calls the listener when the state of any alarm was set, until the answered function is called. */
  watch(listener: () => void): () => void;
  close(): void;
}

const fileSchema = z.object({
  alarmName: z.string(),
  changes: z.array(z.object({ state: z.enum(alarmStates), at: z.number() })).min(1),
});

/** So many changes are kept of an alarm. */
const MOST_KEPT = 200;

export function createAlarms(dataDirectory: string, now: () => number): Alarms {
  const folder = join(dataDirectory, 'alarms');
  const listeners = new Set<() => void>();
  let watcher: FSWatcher | undefined;
  const tell = () => {
    for (const listener of [...listeners]) listener();
  };
  const fileOf = (alarmName: string) => `${createHash('sha256').update(alarmName).digest('hex').slice(0, 32)}.json`;
  const read = (file: string) => {
    try {
      return fileSchema.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
    } catch {
      return undefined; // not there; a damaged one counts as never set, and setting it again mends it
    }
  };
  const changes = (alarmName: string) => read(fileOf(alarmName))?.changes ?? [];

  return {
    changes,
    async set(alarmName, state) {
      const known = changes(alarmName);
      if (known.at(-1)?.state === state) return;
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const file = { alarmName, changes: [...known, { state, at: now() }].slice(-MOST_KEPT) };
      await writeAtomically(nodeFileSystem, join(folder, fileOf(alarmName)), `${JSON.stringify(file)}\n`);
      tell();
    },
    list() {
      let names: string[];
      try {
        names = readdirSync(folder);
      } catch {
        return []; // no alarm was ever set
      }
      return names
        .filter((name) => /^[0-9a-f]{32}\.json$/.test(name))
        .flatMap((name) => {
          const found = read(name);
          const last = found?.changes.at(-1);
          return found && last ? [{ alarmName: found.alarmName, ...last }] : [];
        })
        .sort((a, b) => (a.alarmName < b.alarmName ? -1 : 1));
    },
    watch(listener) {
      if (listeners.size === 0) {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        watcher = watch(folder, { persistent: false }, tell);
        watcher.on('error', () => undefined); // the deadline of the watch is still heeded
      }
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) watcher?.close();
      };
    },
    close() {
      listeners.clear();
      watcher?.close();
    },
  };
}
