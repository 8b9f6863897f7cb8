import { strings } from '../strings/strings.ts';
import { type DocumentTab, withStep, withText } from './documentTab.ts';
import { applyPatch, inversePatch, patchBetween } from './textPatch.ts';

/** What the text side's steps to undo are called. */
export const editText = (): string => strings.state.editText;
/** Typing goes on as the same step until the hands rest this long. Milliseconds. */
const REST = 1000;

/**
 * The tab after typing: one burst is one step to undo. A burst ends when the hands rest, when another gesture comes between,
 * when something is undone or saved, and when `isApart` says that the cursor went elsewhere.
 */
export function withTyping(tab: DocumentTab, text: string, { isApart = false, now = Date.now() } = {}): DocumentTab {
  const last = tab.undo.at(-1);
  const goesOn =
    !isApart &&
    last?.label === editText() &&
    last.patch !== undefined &&
    last.sidecar === undefined &&
    tab.redo.length === 0 &&
    tab.text !== tab.savedText &&
    now - (last.at ?? 0) < REST;
  if (!goesOn) return withStep(tab, editText(), { text }, now);
  if (text === tab.text) return tab;
  // As if the burst had been one edit from the beginning; typed and taken away again, it was none.
  const patch = patchBetween(applyPatch(tab.text, inversePatch(last.patch!)), text);
  const typed = withText(tab, text);
  const before = tab.undo.slice(0, -1);
  return {
    ...typed,
    undo: patch ? [...before, { ...last, patch, at: now, selectionAfter: typed.selection }] : before,
  };
}
