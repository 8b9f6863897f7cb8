import type { Problem } from '../../shared/problem.ts';
import { go } from '../canvas/keyboard.ts';
import { setSelection } from '../state/documentStore.ts';
import { setEditorMode, useUi } from '../state/uiStore.ts';

/** Selects the place of a problem where the user can mend it: on the canvas, or in the text where it has only a line. */
export function showProblem({ where, line }: Problem): void {
  if (line !== undefined && where === '') setEditorMode('code');
  setSelection(where);
  useUi.setState({ isInspectorOpen: true });
  if (where) go(where);
}
