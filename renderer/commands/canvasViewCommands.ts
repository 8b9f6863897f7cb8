import { canvas, useCanvas } from '../canvas/canvasStore.ts';
import { findNext, useFind } from '../canvas/find.ts';
import { foldAll, toggleFold } from '../canvas/folded.ts';
import { openDialog, useUi } from '../state/uiStore.ts';
import type { Command } from './registry.ts';

const isShown = (): true | string => (canvas().flow === null ? 'Show the canvas first.' : true);
const isEditable = (): true | string =>
  isShown() !== true ? isShown() : canvas().documentId === null ? 'This pipeline is only shown here.' : true;
const selectedStage = (): string => canvas().selected.split('/')[0] ?? '';
const hasSelection = (): true | string => {
  const editable = isEditable();
  return editable !== true ? editable : selectedStage() !== '' ? true : 'Select an action or a stage first.';
};

/** What the canvas shows beside the pipeline itself: finds, folded stages, notes, the minimap. */
export const canvasViewCommands: readonly Command[] = [
  {
    id: 'view.find',
    title: 'Find on the canvas…',
    group: 'View',
    keys: ['Mod+f'],
    when: isShown,
    run: () => {
      useFind.setState({ isOpen: true });
      document.querySelector<HTMLInputElement>('[data-find]')?.select();
    },
  },
  {
    id: 'view.findNext',
    title: 'Find the next',
    group: 'View',
    keys: ['F3'],
    macKeys: ['Mod+g', 'F3'],
    when: () => (useFind.getState().query ? isShown() : 'Find something first.'),
    run: () => findNext(1),
  },
  {
    id: 'view.findPrevious',
    title: 'Find the previous',
    group: 'View',
    keys: ['Shift+F3'],
    macKeys: ['Mod+Shift+g', 'Shift+F3'],
    when: () => (useFind.getState().query ? isShown() : 'Find something first.'),
    run: () => findNext(-1),
  },
  {
    id: 'view.fold',
    title: 'Collapse or expand the stage',
    group: 'View',
    keys: ['Alt+c'],
    onCanvas: true,
    when: hasSelection,
    run: () => {
      const { documentId, onSelect } = canvas();
      const stageName = selectedStage();
      if (!documentId) return;
      toggleFold(documentId, stageName);
      // What is folded away cannot stay selected.
      useCanvas.setState({ selected: stageName, marked: new Set() });
      onSelect(stageName);
    },
  },
  {
    id: 'view.foldAll',
    title: 'Collapse or expand all stages',
    group: 'View',
    when: isEditable,
    run: () => {
      const { documentId, pipeline } = canvas();
      if (documentId)
        foldAll(
          documentId,
          pipeline.stages.map(({ name }) => name),
        );
    },
  },
  {
    id: 'pipeline.note',
    title: 'Add or change a note…',
    group: 'Pipeline',
    keys: ['Mod+m'],
    macKeys: ['Mod+Alt+m'],
    onCanvas: true,
    when: hasSelection,
    run: () => openDialog({ name: 'note', where: canvas().selected }),
  },
  {
    id: 'view.minimap',
    title: 'Show or hide the minimap',
    group: 'View',
    keys: ['Mod+Shift+m'],
    when: isShown,
    run: () => useUi.setState((ui) => ({ isMinimapOpen: !ui.isMinimapOpen })),
  },
];
