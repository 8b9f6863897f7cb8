import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Happening } from '../../shared/execution/events.ts';
import { createSoonNotes, type SoonNotes } from './soonNotes.ts';

let notes: SoonNotes;
let written: string[];
beforeEach(() => {
  vi.useFakeTimers();
  notes = createSoonNotes();
  written = [];
});
afterEach(() => {
  notes.close();
  vi.useRealTimers();
});

const processStarted = (actionExecutionId: string): Happening => ({
  type: 'ActionProcessStarted',
  stageName: 'Build',
  actionName: 'Make',
  actionExecutionId,
  pid: 1,
  startTime: '1',
});
const add = (id: string) =>
  notes.add(id, processStarted(id), async () => {
    written.push(id);
  });

it('leaves the process of a short command to the fact that ends the action', () => {
  add('short');
  vi.advanceTimersByTime(20);
  expect(notes.take('short')).toEqual([processStarted('short')]);
  vi.advanceTimersByTime(1000);
  expect(written).toEqual([]);
});

it('writes down the process of a longer command once', () => {
  add('long');
  vi.advanceTimersByTime(60);
  expect(written).toEqual(['long']);
  expect(notes.take('long')).toEqual([]);
});

it('gives every command its moment, however many start in a row', () => {
  add('first');
  vi.advanceTimersByTime(40);
  add('second');
  vi.advanceTimersByTime(15);
  expect(written).toEqual(['first']);
  vi.advanceTimersByTime(40);
  expect(written).toEqual(['first', 'second']);
});

it('writes nothing any more once the host lets go', () => {
  add('left');
  notes.close();
  vi.advanceTimersByTime(1000);
  expect(written).toEqual([]);
});
