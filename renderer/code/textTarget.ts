import { setEditorMode, useUi } from '../state/uiStore.ts';

/** A place of the active text that the reader asked to see, until an editor has shown it. Lines and columns count from 1. */
export interface TextTarget {
  line: number;
  column?: number;
}

let waiting: TextTarget | undefined;
let show: ((target: TextTarget) => void) | undefined;

/** Shows the text, where it is hidden, and puts the cursor there. */
export function goToText(target: TextTarget): void {
  if (useUi.getState().editorMode === 'design') setEditorMode('split');
  if (show) show(target);
  else waiting = target;
}

/** An editor of the active text is there. Answers the function that says it has gone. */
export function showsText(editor: (target: TextTarget) => void): () => void {
  show = editor;
  if (waiting) editor(waiting);
  waiting = undefined;
  return () => {
    if (show === editor) show = undefined;
  };
}
