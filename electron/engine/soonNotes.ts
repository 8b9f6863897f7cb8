import type { Happening } from '../../shared/execution/events.ts';

/**
 * Facts that nothing waits for: they go to disk with the next one of their action, or when they are a moment old. Most
 * commands are shorter. A later host that lacks such a fact finds the process by its own note (process/superviseShell.ts).
 */
export interface SoonNotes {
  add(actionExecutionId: string, happening: Happening, write: (happening: Happening) => Promise<void>): void;
  /** What is not written yet of an action; it is then the caller's to write. */
  take(actionExecutionId: string): Happening[];
  close(): void;
}

const SOON_MS = 50;

export function createSoonNotes(): SoonNotes {
  /** Oldest first. */
  const notes = new Map<
    string,
    { since: number; happening: Happening; write: (happening: Happening) => Promise<void> }
  >();
  let timer: NodeJS.Timeout | undefined;

  const writeOld = () => {
    timer = undefined;
    const now = performance.now();
    for (const [id, { since, happening, write }] of notes) {
      // One timer for all: whoever came just before it fired has its moment still.
      if (since + SOON_MS > now) {
        timer = setTimeout(writeOld, Math.ceil(since + SOON_MS - now));
        return;
      }
      notes.delete(id);
      void write(happening);
    }
  };

  return {
    add(id, happening, write) {
      notes.set(id, { since: performance.now(), happening, write });
      timer ??= setTimeout(writeOld, SOON_MS);
    },
    take(id) {
      const note = notes.get(id);
      notes.delete(id);
      return note ? [note.happening] : [];
    },
    close() {
      clearTimeout(timer);
      notes.clear();
    },
  };
}
