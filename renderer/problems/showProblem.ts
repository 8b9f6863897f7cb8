import type { Problem } from '../../shared/problem.ts';
import { go } from '../canvas/keyboard.ts';
import { setSelection } from '../state/documentStore.ts';
import { setEditorMode, useUi } from '../state/uiStore.ts';

/**
 * Selects the place of a problem where the user can mend it: on the canvas, or in the text where it has only a line. The field
 * that it names gets the keyboard.
 */
export function showProblem({ where, line, field }: Problem): void {
  if (line !== undefined && where === '') setEditorMode('code');
  setSelection(where);
  useUi.setState({ isInspectorOpen: true });
  if (where) go(where);
  if (field !== undefined) requestAnimationFrame(() => requestAnimationFrame(() => focusField(FRAMES)));
}

/** The inspector shows the place within a few frames, on a busy machine within more. */
const FRAMES = 60;

function focusField(frames: number): void {
  const field = document.querySelector<HTMLElement>('#inspector [aria-invalid="true"]');
  if (field) field.focus();
  else if (frames > 0) requestAnimationFrame(() => focusField(frames - 1));
}
