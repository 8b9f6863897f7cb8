import { textOf } from './logLine.ts';

const COMMAND = /^\[Penstock\] Running command: /;
const FAILED_COMMAND = /^\[Penstock\] Command did not exit successfully/;
const GENERIC = /\b(?:error|fatal|exception|failed|failure|ERR!|panic)\b|✗|✖/i;

/** Text of a line as a reader sees it, without the cost of parsing where nothing needs it. */
const plain = (raw: string): string => (/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/.test(raw) ? textOf(raw) : raw);

/**
 * The line to look at first in the log of a failed action: the command that failed, else the first line that speaks of an
 * error; -1 if neither is in this part.
 */
export function firstError(lines: readonly string[]): number {
  let command = -1;
  let generic = -1;
  for (const [index, raw] of lines.entries()) {
    if (COMMAND.test(raw)) command = index;
    else if (FAILED_COMMAND.test(raw)) return command === -1 ? index : command;
    else if (generic === -1 && GENERIC.test(raw)) generic = index;
  }
  return generic;
}

/** Indexes of the lines that contain the text, upper and lower case alike. At most `limit`. */
export function findInLog(lines: readonly string[], text: string, limit = 10_000): number[] {
  const wanted = text.toLowerCase();
  const found: number[] = [];
  if (wanted === '') return found;
  for (const [index, raw] of lines.entries()) {
    if (found.length >= limit) break;
    if (plain(raw).toLowerCase().includes(wanted)) found.push(index);
  }
  return found;
}

export type LineKind = 'command' | 'failed-command' | 'penstock' | 'plain';

/** How a line is set: Penstock's own lines stand apart from a program's. */
export const kindOf = (raw: string): LineKind =>
  COMMAND.test(raw)
    ? 'command'
    : FAILED_COMMAND.test(raw)
      ? 'failed-command'
      : raw.startsWith('[Penstock]')
        ? 'penstock'
        : 'plain';
