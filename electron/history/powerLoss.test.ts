import nodeFs, { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Happening } from '../../shared/execution/events.ts';
import { createHistory } from './createHistory.ts';
import type { JournalFs } from './journalFile.ts';
import { sketchStarted } from './testing/sketchStarted.ts';

/**
 * Power loss, simulated: every write and sync of a journal is noted, and for each prefix of the notes the file is made again
 * as a disk may have kept it: what was synced is there; of what was written since, nothing, all, or some blocks of 512 bytes
 * with zeros in between. Every record that was acknowledged by then must be there, and nothing that was never written.
 */
type Note =
  | { kind: 'write'; position: number; bytes: Buffer }
  | { kind: 'sync' }
  | { kind: 'folder' }
  | { kind: 'acknowledged'; count: number };

const BLOCK = 512;
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'penstock-power-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Appends to one journal and notes what comes to the disk, in order. `syncs`: false leaves the syncs of records out. */
async function noted(appends: number, syncs = true): Promise<Note[]> {
  const notes: Note[] = [];
  const fs: JournalFs = {
    ...nodeFs,
    writeSync: ((fd: number, bytes: Buffer, offset: number, length: number, position: number) => {
      notes.push({ kind: 'write', position, bytes: Buffer.from(bytes.subarray(offset, offset + length)) });
      return nodeFs.writeSync(fd, bytes, offset, length, position);
    }) as JournalFs['writeSync'],
    fdatasync: ((fd: number, done: (error: NodeJS.ErrnoException | null) => void) => {
      nodeFs.fdatasync(fd, (error) => {
        if (syncs) notes.push({ kind: 'sync' });
        done(error);
      });
    }) as JournalFs['fdatasync'],
    fsync: ((fd: number, done: (error: NodeJS.ErrnoException | null) => void) => {
      nodeFs.fsync(fd, (error) => {
        notes.push({ kind: 'folder' });
        done(error);
      });
    }) as JournalFs['fsync'],
  };
  const history = createHistory({ dataDirectory: join(root, 'noted'), fs });
  const append = async (happenings: Happening[]) => {
    const events = await history.append('e-1', happenings);
    notes.push({ kind: 'acknowledged', count: events.at(-1)!.seq });
  };
  await append([sketchStarted]);
  for (let number = 1; number <= appends; number += 1) {
    // Some alone, some together; some longer than a block.
    const reason = String(number).repeat(number % 3 === 0 ? 400 : 20);
    const one = () => append([{ type: 'StopRequested', abandon: false, reason }]);
    await (number % 2 === 0 ? Promise.all([one(), one()]) : one());
  }
  await history.close();
  return notes;
}

/** What the disk may hold after these notes, several guesses. Undefined: not even a name. */
function* disks(notes: readonly Note[]): Generator<Buffer | undefined> {
  let synced = Buffer.alloc(0);
  let unsynced: Extract<Note, { kind: 'write' }>[] = [];
  let hasName = false;
  const laid = (base: Buffer, writes: readonly { position: number; bytes: Buffer }[]) => {
    const size = Math.max(base.length, ...writes.map(({ position, bytes }) => position + bytes.length));
    const whole = Buffer.alloc(size);
    base.copy(whole);
    for (const { position, bytes } of writes) bytes.copy(whole, position);
    return whole;
  };
  for (const note of notes) {
    if (note.kind === 'write') unsynced.push(note);
    if (note.kind === 'folder') hasName = true;
    if (note.kind === 'sync') {
      synced = laid(synced, unsynced);
      unsynced = [];
    }
  }
  if (!hasName) yield undefined;
  yield synced;
  yield laid(synced, unsynced);
  const blocks = unsynced.flatMap(({ position, bytes }) =>
    Array.from({ length: Math.ceil(bytes.length / BLOCK) }, (_, index) => ({
      position: position + index * BLOCK,
      bytes: bytes.subarray(index * BLOCK, (index + 1) * BLOCK),
    })),
  );
  for (const [index] of blocks.entries()) {
    yield laid(synced, blocks.slice(0, index + 1));
    yield laid(synced, blocks.slice(index)); // the later ones came first
    yield laid(synced, blocks.slice(0, 1)).subarray(0, synced.length + 7 * index + 3);
  }
}

/** Tries every disk; answers how many there were and how many acknowledged records were missing. */
async function tryAll(notes: readonly Note[]): Promise<{ disks: number; lost: number }> {
  let count = 0;
  let lost = 0;
  for (let end = 1; end <= notes.length; end += 1) {
    const seen = notes.slice(0, end);
    const acknowledged = Math.max(0, ...seen.map((note) => (note.kind === 'acknowledged' ? note.count : 0)));
    for (const disk of disks(seen)) {
      count += 1;
      const dataDirectory = join(root, `disk-${count}`);
      mkdirSync(join(dataDirectory, 'executions', 'e-1'), { recursive: true });
      if (disk) writeFileSync(join(dataDirectory, 'executions', 'e-1', 'journal.jsonl'), disk);
      const history = createHistory({ dataDirectory, readOnly: true, report: () => undefined });
      const events = await history.events('e-1').catch(() => []);
      await history.close();
      rmSync(dataDirectory, { recursive: true });
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
      lost += Math.max(0, acknowledged - events.length);
    }
  }
  return { disks: count, lost };
}

describe('DU power loss at any moment', () => {
  it('DU-00 control: without the syncs of records, acknowledged ones are lost', async () => {
    expect((await tryAll(await noted(6, false))).lost).toBeGreaterThan(0);
  });

  it('DU-15 keeps every acknowledged record, whatever the disk made of the rest', async () => {
    const { disks: count, lost } = await tryAll(await noted(process.env.PENSTOCK_THOROUGH === '1' ? 260 : 12));
    expect(count).toBeGreaterThan(100);
    expect(lost).toBe(0);
  });
});
