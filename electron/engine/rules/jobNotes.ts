import { appendFileSync, closeSync, fsyncSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Happening } from '../../../shared/execution/events.ts';
import { evolveJobs, type JobsState } from '../../../shared/jobs/jobRecord.ts';
import type { AttemptFolder } from '../attemptFolder.ts';

/**
 * The jobs of a rule that calls a function. The journal knows rules by their start and end only, so what a later host must know
 * to make no call twice lies in the rule's own folder, one fact a line, synced before it is acted on.
 */
export function jobNotes(folder: AttemptFolder, now: () => number) {
  const path = join(folder.path, 'jobs');
  return {
    record(happenings: readonly Happening[]): Promise<void> {
      folder.ensure();
      const at = now();
      const file = openSync(path, 'a', 0o600);
      try {
        appendFileSync(file, happenings.map((happening) => `${JSON.stringify({ ...happening, at })}\n`).join(''));
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      return Promise.resolve();
    },
    known(): JobsState | undefined {
      let text: string;
      try {
        text = readFileSync(path, 'utf8');
      } catch {
        return undefined; // it has just begun
      }
      let state: JobsState | undefined;
      // A line counts with its newline only: what follows the last one was being written when the host ended.
      for (const line of text.split('\n').slice(0, -1)) {
        state = evolveJobs(state, { seq: 0, mono: 0, ...JSON.parse(line) });
      }
      return state;
    },
  };
}
