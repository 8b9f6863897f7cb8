import { setFlagsFromString } from 'node:v8';

let isDone = false;

/**
 * Keeps the young generation of this process small. The engine makes little garbage, and every spawn copies the page tables
 * of the whole process: with the heap that V8 would grow to, a spawn takes a third longer. Electron fixes V8's flags at its
 * start, so nothing is changed there.
 */
export function keepHeapSmall(): void {
  if (isDone || process.versions.electron) return;
  isDone = true;
  setFlagsFromString('--semi-space-growth-factor=1');
  // A young generation this small is collected sooner by one thread than others are woken for it.
  setFlagsFromString('--no-parallel-scavenge');
}
