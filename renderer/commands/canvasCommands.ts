import { canvas, select, selectedPlaces, useCanvas } from '../canvas/canvasStore.ts';
import { copySelected, hasCopied, pasteCopied } from '../canvas/clipboard.ts';
import { go } from '../canvas/keyboard.ts';
import { addStage } from '../canvas/operations/addStage.ts';
import { disconnect } from '../canvas/operations/connect.ts';
import { duplicate } from '../canvas/operations/duplicate.ts';
import { deleteSelected, perform } from '../canvas/perform.ts';
import { slotAfter } from '../canvas/slotAfter.ts';
import type { Command } from './registry.ts';

const isEditable = (): true | string =>
  canvas().flow === null
    ? 'Show the canvas first.'
    : canvas().documentId === null
      ? 'This pipeline is only shown here.'
      : true;
const hasSelection = (): true | string => {
  const editable = isEditable();
  if (editable !== true) return editable;
  return selectedPlaces().length > 0 || canvas().pipe ? true : 'Select an action or a stage first.';
};

function deleteHere(): void {
  const { pipe, pipeline } = canvas();
  if (!pipe) return deleteSelected();
  perform(disconnect(pipeline, pipe.target, pipe.artifact));
  useCanvas.setState({ pipe: null });
}

/** Opens the add-action menu for the slot after the selection, in the middle of the canvas. */
function addHere(): void {
  const pane = document.querySelector('[data-canvas]')?.getBoundingClientRect();
  const { pipeline, layout, selected } = canvas();
  if (pane)
    useCanvas.setState({
      addMenu: { x: pane.left + pane.width / 2 - 150, y: pane.top + 72, slot: slotAfter(pipeline, layout, selected) },
    });
}

export const canvasCommands: readonly Command[] = [
  {
    id: 'pipeline.addAction',
    title: 'Add action…',
    group: 'Pipeline',
    keys: ['a'],
    onCanvas: true,
    when: isEditable,
    run: addHere,
  },
  {
    id: 'pipeline.addStage',
    title: 'Add stage',
    group: 'Pipeline',
    when: isEditable,
    run: () => {
      const { pipeline, layout, selected } = canvas();
      const at = layout.stages.findIndex(({ name }) => name === selected.split('/')[0]);
      const index = at < 0 ? pipeline.stages.length : at + 1;
      perform(addStage(pipeline, index));
    },
  },
  {
    id: 'pipeline.delete',
    title: 'Delete',
    group: 'Pipeline',
    keys: ['Delete', 'Backspace'],
    macKeys: ['Backspace', 'Delete'],
    onCanvas: true,
    when: hasSelection,
    run: deleteHere,
  },
  {
    id: 'pipeline.rename',
    title: 'Rename',
    group: 'Pipeline',
    keys: ['F2'],
    onCanvas: true,
    when: () => (canvas().selected ? isEditable() : 'Select an action or a stage first.'),
    run: () => useCanvas.setState(({ selected }) => ({ renaming: selected })),
  },
  {
    id: 'pipeline.cut',
    title: 'Cut',
    group: 'Pipeline',
    keys: ['Mod+x'],
    onCanvas: true,
    when: hasSelection,
    run: () => {
      if (copySelected()) deleteSelected();
    },
  },
  {
    id: 'pipeline.copy',
    title: 'Copy',
    group: 'Pipeline',
    keys: ['Mod+c'],
    onCanvas: true,
    when: () => (canvas().selected ? true : 'Select an action first.'),
    run: () => void copySelected(),
  },
  {
    id: 'pipeline.paste',
    title: 'Paste',
    group: 'Pipeline',
    keys: ['Mod+v'],
    onCanvas: true,
    when: () => (hasCopied() ? isEditable() : 'Copy an action first.'),
    run: pasteCopied,
  },
  {
    id: 'pipeline.duplicate',
    title: 'Duplicate',
    group: 'Pipeline',
    keys: ['Mod+d'],
    onCanvas: true,
    when: hasSelection,
    run: () => perform(duplicate(canvas().pipeline, canvas().selected)),
  },
  {
    id: 'pipeline.selectAll',
    title: 'Select all actions',
    group: 'Pipeline',
    keys: ['Mod+a'],
    onCanvas: true,
    when: isEditable,
    run: () =>
      useCanvas.setState(({ layout }) => ({ marked: new Set([...layout.cards.values()].map(({ where }) => where)) })),
  },
  { id: 'pipeline.select', title: 'Select the pipeline', group: 'Pipeline', when: isEditable, run: () => select('') },
  {
    id: 'pipeline.first',
    title: 'Go to the first stage',
    group: 'Pipeline',
    when: isEditable,
    run: () => go(canvas().layout.stages[0]?.name),
  },
];
