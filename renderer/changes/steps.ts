import type { DocumentTab, UndoStep } from '../state/documentTab.ts';
import { applyPatch, inversePatch } from '../state/textPatch.ts';
import { editText } from '../state/typing.ts';
import { strings } from '../strings/strings.ts';

/** A step of a document as its history has it, done or undone. */
export interface ChangeRow {
  step: UndoStep;
  /** So many steps are done when this is the last one. */
  count: number;
  isDone: boolean;
}

/** What was done, in a sentence; of what was typed, where. */
export const labelOf = ({ label, selectionAfter }: UndoStep): string =>
  label === editText() && selectionAfter !== '' ? strings.changes.typedIn(label, selectionAfter) : label;

/** Every step, the newest first; undone ones come before those that are done. */
export function changeRows({ undo, redo }: Pick<DocumentTab, 'undo' | 'redo'>): ChangeRow[] {
  const done = undo.map((step, index) => ({ step, count: index + 1, isDone: true }));
  const undone = [...redo].reverse().map((step, index) => ({ step, count: undo.length + index + 1, isDone: false }));
  return [...done, ...undone].reverse();
}

/** The texts before and after a step, `count` counted as above. What is ours and not the pipeline's (sidecar) as JSON. */
export function textsOf(
  tab: Pick<DocumentTab, 'text' | 'undo' | 'redo'>,
  count: number,
): { before: string; after: string } {
  let { text } = tab;
  for (let index = tab.undo.length; index > count; index -= 1) {
    const { patch } = tab.undo[index - 1]!;
    if (patch) text = applyPatch(text, inversePatch(patch));
  }
  for (let index = tab.undo.length; index < count; index += 1) {
    const { patch } = tab.redo[tab.redo.length - 1 - (index - tab.undo.length)]!;
    if (patch) text = applyPatch(text, patch);
  }
  const step = count <= tab.undo.length ? tab.undo[count - 1] : tab.redo[tab.redo.length - (count - tab.undo.length)];
  if (step?.patch) return { before: applyPatch(text, inversePatch(step.patch)), after: text };
  const json = (value: unknown) => JSON.stringify(value ?? {}, null, 2);
  return { before: json(step?.sidecar?.before), after: json(step?.sidecar?.after) };
}
