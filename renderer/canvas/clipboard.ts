import { type ActionDeclaration, runOrderGroups } from '../../shared/model/declaration.ts';
import { notify } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
import { canvas, say, selectedPlaces } from './canvasStore.ts';
import { indicesOf } from './operations/operation.ts';
import { type Links, pasteActions } from './operations/pasteActions.ts';
import { perform } from './perform.ts';
import { nearestSlot } from './slotAfter.ts';
import { focusCanvas } from './viewport.ts';

/*
 * Copied actions, for this window: from one document to another as well. The system's clipboard gets them as they stand in a
 * declaration, for a text editor.
 */
let copied: readonly (readonly ActionDeclaration[])[] = [];

export const hasCopied = (): boolean => copied.length > 0;

/** Takes the selected actions (of a selected stage, all of its). Answers whether there were any. */
export function copySelected(): boolean {
  const { pipeline } = canvas();
  const actions = selectedPlaces().flatMap((where) => {
    const found = indicesOf(pipeline, where);
    if (!found) return [];
    const own = pipeline.stages[found.stageIndex]!.actions;
    return found.actionIndex === undefined ? own : [own[found.actionIndex]!];
  });
  if (actions.length === 0) return false;
  // In the order of the pipeline, whichever was selected first; what runs side by side stays so.
  copied = pipeline.stages
    .flatMap((stage) =>
      runOrderGroups(stage).map((group) => group.actions.filter((action) => actions.includes(action))),
    )
    .filter((group) => group.length > 0);
  const all = copied.flat();
  const words = all.length === 1 ? strings.canvas.copied(all[0]!.name) : strings.canvas.copiedActions(all.length);
  // Where the browser refuses it (a page without the focus), pasting in this window works nevertheless.
  void navigator.clipboard?.writeText(JSON.stringify(all.length === 1 ? all[0] : all, null, 2)).catch(() => undefined);
  say(words);
  notify({ kind: 'info', text: `${words}.` });
  return true;
}

/** Puts what was copied after the selection, or into the nearest slot that takes it. */
export function pasteCopied(links: Links = 'held'): void {
  const first = copied[0]?.[0];
  if (!first) return;
  const { pipeline, layout, selected } = canvas();
  const slot = nearestSlot(pipeline, layout, selected, first.actionTypeId.category);
  if (perform(pasteActions(pipeline, copied, slot, links))) focusCanvas();
}
