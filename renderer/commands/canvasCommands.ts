import { canvas, select, selectedPlaces, useCanvas } from '../canvas/canvasStore.ts';
import { copySelected, hasCopied, pasteCopied } from '../canvas/clipboard.ts';
import { type Direction, go, moveBy } from '../canvas/keyboard.ts';
import { addStage } from '../canvas/operations/addStage.ts';
import { disconnect } from '../canvas/operations/connect.ts';
import { duplicate } from '../canvas/operations/duplicate.ts';
import { groupActions, ungroupActions } from '../canvas/operations/group.ts';
import { deleteSelected, perform } from '../canvas/perform.ts';
import { slotAfter } from '../canvas/slotAfter.ts';
import { strings } from '../strings/strings.ts';
import type { Act, Acts } from './act.ts';

const isEditable = (): true | string =>
  canvas().flow === null
    ? strings.commands.reasons.showCanvas
    : canvas().documentId === null
      ? strings.commands.reasons.onlyShown
      : true;
const hasSelection = (): true | string => {
  const editable = isEditable();
  if (editable !== true) return editable;
  return selectedPlaces().length > 0 || canvas().pipe ? true : strings.commands.reasons.select;
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

const move = (direction: Direction): Act => ({ when: hasSelection, run: () => moveBy(direction) });

export const canvasCommands = {
  'pipeline.addAction': {
    when: isEditable,
    run: addHere,
  },
  'pipeline.addStage': {
    when: isEditable,
    run: () => {
      const { pipeline, layout, selected } = canvas();
      const at = layout.stages.findIndex(({ name }) => name === selected.split('/')[0]);
      const index = at < 0 ? pipeline.stages.length : at + 1;
      perform(addStage(pipeline, index));
    },
  },
  'pipeline.delete': {
    when: hasSelection,
    run: deleteHere,
  },
  'pipeline.deleteHealed': {
    when: () => (selectedPlaces().length > 0 ? isEditable() : strings.commands.reasons.select),
    run: () => deleteSelected({ heals: true }),
  },
  'pipeline.rename': {
    when: () => (canvas().selected ? isEditable() : strings.commands.reasons.select),
    run: () => useCanvas.setState(({ selected }) => ({ renaming: selected })),
  },
  'pipeline.moveLeft': move('left'),
  'pipeline.moveRight': move('right'),
  'pipeline.moveUp': move('up'),
  'pipeline.moveDown': move('down'),
  'pipeline.group': {
    when: hasSelection,
    run: () => perform(groupActions(canvas().pipeline, selectedPlaces())),
  },
  'pipeline.ungroup': {
    when: hasSelection,
    run: () => perform(ungroupActions(canvas().pipeline, selectedPlaces())),
  },
  'pipeline.cut': {
    when: hasSelection,
    run: () => {
      if (copySelected()) deleteSelected();
    },
  },
  'pipeline.copy': {
    when: () => (canvas().selected ? true : strings.commands.reasons.selectAction),
    run: () => void copySelected(),
  },
  'pipeline.paste': {
    when: () => (hasCopied() ? isEditable() : strings.commands.reasons.copyFirst),
    run: () => pasteCopied(),
  },
  'pipeline.pasteLinked': {
    when: () => (hasCopied() ? isEditable() : strings.commands.reasons.copyFirst),
    run: () => pasteCopied('all'),
  },
  'pipeline.duplicate': {
    when: hasSelection,
    run: () => perform(duplicate(canvas().pipeline, canvas().selected)),
  },
  'pipeline.selectAll': {
    when: isEditable,
    run: () =>
      useCanvas.setState(({ layout }) => ({ marked: new Set([...layout.cards.values()].map(({ where }) => where)) })),
  },
  'pipeline.select': { when: isEditable, run: () => select('') },
  'pipeline.first': {
    when: isEditable,
    run: () => go(canvas().layout.stages[0]?.name),
  },
} as const satisfies Acts;
