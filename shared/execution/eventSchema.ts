import { z } from 'zod';
import type { ExecutionEvent } from './events.ts';

/**
 * The shape of an event at a border (journal, window): its frame is checked, its members are trusted, because a journal
 * line carries a checksum and only this program writes it. `evolve` ignores kinds it does not know.
 */
export const executionEventSchema = z.custom<ExecutionEvent>(
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Number.isInteger((value as ExecutionEvent).seq) &&
    typeof (value as ExecutionEvent).at === 'number' &&
    typeof (value as ExecutionEvent).type === 'string',
  'Not an execution event.',
);
