import { readFile } from 'node:fs/promises';

/** How large a log was when: [milliseconds since the action started, bytes], both rising. */
export type LogMark = readonly [at: number, size: number];

export const MOST_MARKS = 500;
/** Of an action that ended sooner nothing is kept: an instant of it is as good as its end. */
export const KEPT_FROM_MS = 300;

/** A mark for a log's size; no more than MOST_MARKS are held, however long it grows: then every second one goes. */
export function addMark(marks: LogMark[], at: number, size: number): void {
  const last = marks.at(-1);
  if (last && last[1] >= size) return;
  if (marks.length >= MOST_MARKS) {
    for (let index = 1; index < marks.length; index += 1) if (index % 2 === 0) marks[index / 2] = marks[index]!;
    marks.length = Math.ceil(marks.length / 2);
  }
  marks.push([Math.round(at), size]);
}

export const marksPath = (logPath: string): string => `${logPath}.marks`;

const isMark = (value: unknown): value is LogMark =>
  Array.isArray(value) && value.length === 2 && value.every((part) => Number.isSafeInteger(part) && part >= 0);

/** The marks that were kept beside a log; undefined where there are none (it ended within a moment, or is older than they are). */
export async function readMarks(logPath: string): Promise<LogMark[] | undefined> {
  try {
    const kept: unknown = JSON.parse(await readFile(marksPath(logPath), 'utf8'));
    return Array.isArray(kept) && kept.length <= MOST_MARKS && kept.every(isMark) ? kept : undefined;
  } catch {
    return undefined; // not there, or damaged: the log itself is not
  }
}
