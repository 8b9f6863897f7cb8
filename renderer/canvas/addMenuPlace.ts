import { useCanvas } from './canvasStore.ts';
import type { Slot } from './slots.ts';

/** Opens the add-action menu beside an element, for a slot. */
export function openAddMenu(anchor: Element, slot: Slot): void {
  const { left, bottom } = anchor.getBoundingClientRect();
  useCanvas.setState({ gesture: null, isCarried: false, addMenu: { x: left, y: bottom + 6, slot } });
}
