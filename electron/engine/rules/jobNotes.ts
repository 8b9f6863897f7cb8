import {
  appendFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  truncateSync,
} from 'node:fs';
import { join } from 'node:path';
import type { ExecutionEvent, Happening } from '../../../shared/execution/events.ts';
import { evolveJobs, type JobsState } from '../../../shared/jobs/jobRecord.ts';
import { ActionFailure } from '../../../shared/providers/host.ts';
import { decodeRecord, encodeRecord } from '../../history/journalRecord.ts';
import type { AttemptFolder } from '../attemptFolder.ts';
import { callFolder, isCallFolder } from '../jobs/callFolder.ts';

type JobFact = Parameters<typeof evolveJobs>[1];

/** Lines that were written before they had checksums. */
const WITHOUT_CHECKSUM = Buffer.from('{"type":"');

/**
 * The jobs of a rule that calls a function. The journal knows rules by their start and end only, so what a later host must know
 * to make no call twice lies in the rule's own folder, one fact a line as in a journal, synced before it is acted on.
 *
 * @param say Told of lines that cannot be read. They are kept beside the file, and the others count.
 */
export function jobNotes(folder: AttemptFolder, now: () => number, say: (line: string) => void) {
  const path = join(folder.path, 'jobs');
  return {
    record(happenings: readonly Happening[]): Promise<void> {
      folder.ensure();
      const at = now();
      append(
        path,
        happenings.map((happening) => encodeRecord({ seq: 0, at, mono: 0, ...happening } as ExecutionEvent)),
      );
      return Promise.resolve();
    },
    /** @throws ActionFailure `Lost` when the function may have been called and what came of it is not known any more. */
    known(): JobsState | undefined {
      const aside = `${path}.damaged`;
      const { facts, damaged, length, tail } = read(path);
      let state: JobsState | undefined;
      for (const fact of facts) state = evolveJobs(state, fact);
      if (damaged.length > 0) {
        if (!existsSync(aside)) append(aside, damaged);
        say(`${damaged.length} of the notes about this function's jobs cannot be read. They are kept in ${aside}.`);
      }
      if (tail !== '') {
        append(aside, [`${tail}\n`]);
        truncateSync(path, length); // or the next fact would stand in the same line
      }
      if (mayHaveCalled(folder.path, state, damaged.length > 0)) {
        throw new ActionFailure(
          'Lost',
          'The function was called, and what is known of that call is damaged: it is not called a second time.',
          'Retry the stage to call it anew.',
        );
      }
      return state;
    },
  };
}

/** True when a call was made whose result the notes should hold, and do not. */
function mayHaveCalled(folder: string, state: JobsState | undefined, isDamaged: boolean): boolean {
  const jobs = state?.jobs ?? [];
  const last = jobs.at(-1)?.result;
  if (last && (last.status === 'Failed' || last.continuationToken === undefined)) return false;
  const calls = existsSync(folder) ? readdirSync(folder).filter(isCallFolder) : [];
  const known = new Set(jobs.map(({ jobId }) => callFolder(jobId)));
  return calls.some((call) => isDamaged || !known.has(call));
}

interface Content {
  facts: JobFact[];
  damaged: string[];
  /** Bytes of whole lines. */
  length: number;
  /** A line counts with its newline only: what follows the last one was being written when the host ended. */
  tail: string;
}

function read(path: string): Content {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { facts: [], damaged: [], length: 0, tail: '' };
    return { facts: [], damaged: [`${String(error)}\n`], length: 0, tail: '' };
  }
  const facts: JobFact[] = [];
  const damaged: string[] = [];
  let from = 0;
  for (let end = bytes.indexOf('\n'); end !== -1; end = bytes.indexOf('\n', from)) {
    const line = bytes.subarray(from, end);
    const fact = line.indexOf(WITHOUT_CHECKSUM) === 0 ? parsed(line) : decodeRecord(line);
    if (fact && isJobFact(fact)) facts.push(fact);
    else damaged.push(`${line.toString()}\n`);
    from = end + 1;
  }
  return { facts, damaged, length: from, tail: bytes.subarray(from).toString() };
}

function parsed(line: Buffer): ExecutionEvent | undefined {
  try {
    return { seq: 0, mono: 0, ...JSON.parse(line.toString()) } as ExecutionEvent;
  } catch {
    return undefined;
  }
}

const isJobFact = (fact: ExecutionEvent): fact is JobFact =>
  ['JobQueued', 'JobAcknowledged', 'JobArtifactStored', 'JobFinished'].includes(fact.type);

function append(path: string, lines: readonly string[]): void {
  const file = openSync(path, 'a', 0o600);
  try {
    appendFileSync(file, lines.join(''));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
