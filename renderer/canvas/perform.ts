import { sidecarRename } from '../../shared/model/edits/sidecarRenames.ts';
import { edit, undo, undoLabel, useDocuments } from '../state/documentStore.ts';
import { notify } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
import { canvas, say, select, selectedPlaces, useCanvas } from './canvasStore.ts';
import { isRefused, type Operation } from './operations/operation.ts';
import { remove } from './operations/remove.ts';
import { removeHealed } from './operations/removeHealed.ts';
import { reveal } from './viewport.ts';

/** Carries an operation out on the shown document as one step to undo. Answers whether it happened; a refusal is told. */
export function perform(operation: Operation): boolean {
  const { documentId } = canvas();
  if (isRefused(operation)) {
    notify({ kind: 'info', text: operation.refused });
    say(operation.refused);
    return false;
  }
  if (operation.edits.length === 0) return false;
  if (documentId === null) {
    notify({ kind: 'info', text: strings.canvas.onlyARecord });
    return false;
  }
  const { label, edits, renamed } = operation;
  const sidecar = renamed && renamed.from !== renamed.to ? sidecarRename(renamed.from, renamed.to) : undefined;
  if (!edit(documentId, label, edits, operation.select, sidecar)) return false;
  useCanvas.setState({ marked: new Set() });
  say(label);
  // The canvas draws the change first; then the view moves only if what was changed is out of sight.
  requestAnimationFrame(() => {
    const { layout, selected } = canvas();
    const box = [...layout.cards.values()].find(({ where }) => where === selected);
    if (box) reveal(box);
  });
  return true;
}

/** Deletes what is selected, on wish closing the gaps in the artifacts, and offers to take it back. */
export function deleteSelected({ heals = false } = {}): void {
  const { documentId, pipeline } = canvas();
  const operation = (heals ? removeHealed : remove)(pipeline, selectedPlaces());
  if (!perform(operation) || isRefused(operation) || documentId === null) return;
  notify({
    kind: 'info',
    text: operation.done ?? operation.label,
    action: {
      label: strings.canvas.undo,
      // Only this step: after another one the notice is out of date.
      run: () => {
        if (undoLabel(useDocuments.getState()) === operation.label) undo(documentId);
      },
    },
  });
  if (!operation.select) select('');
}
