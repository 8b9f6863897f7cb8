import { canvas, useCanvas } from '../canvas/canvasStore.ts';
import { findNext, useFind } from '../canvas/find.ts';
import { foldAll, toggleFold } from '../canvas/folded.ts';
import { openDialog, useUi } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
import type { Acts } from './act.ts';

const isShown = (): true | string => (canvas().flow === null ? strings.commands.reasons.showCanvas : true);
const isEditable = (): true | string =>
  isShown() !== true ? isShown() : canvas().documentId === null ? strings.commands.reasons.onlyShown : true;
const selectedStage = (): string => canvas().selected.split('/')[0] ?? '';
const hasSelection = (): true | string => {
  const editable = isEditable();
  return editable !== true ? editable : selectedStage() !== '' ? true : strings.commands.reasons.select;
};

/** What the canvas shows beside the pipeline itself: finds, folded stages, notes, the minimap. */
export const canvasViewCommands = {
  'view.find': {
    when: isShown,
    run: () => {
      useFind.setState({ isOpen: true });
      document.querySelector<HTMLInputElement>('[data-find]')?.select();
    },
  },
  'view.findNext': {
    when: () => (useFind.getState().query ? isShown() : strings.commands.reasons.findFirst),
    run: () => findNext(1),
  },
  'view.findPrevious': {
    when: () => (useFind.getState().query ? isShown() : strings.commands.reasons.findFirst),
    run: () => findNext(-1),
  },
  'view.fold': {
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
  'view.foldAll': {
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
  'pipeline.note': {
    when: hasSelection,
    run: () => openDialog({ name: 'note', where: canvas().selected }),
  },
  'view.minimap': {
    when: isShown,
    run: () => useUi.setState((ui) => ({ isMinimapOpen: !ui.isMinimapOpen })),
  },
} as const satisfies Acts;
