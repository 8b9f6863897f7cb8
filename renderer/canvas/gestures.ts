import { remember } from '../palette/recent.ts';
import { notify } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
import { canvas, type Gesture, say, useCanvas } from './canvasStore.ts';
import { cardAt, dropOperation, slotFor } from './drop.ts';
import { lightPipes } from './lightPipes.ts';
import { isRefused } from './operations/operation.ts';
import { perform } from './perform.ts';
import { nearestTo, type Slot, sameSlot, slotSentence } from './slots.ts';
import { focusCanvas } from './viewport.ts';

/*
 * Drags on the canvas, in one place: cards, stages and ports by the pointer, action types from the palette by the browser's own
 * drag and drop. They differ in who reports the pointer; `begin`, `moveTo`, `drop` and `cancel` are shared.
 */

/** A shaky click is not a drag. */
const THRESHOLD = 5;
/** Within this many pixels of the canvas's edge the view follows. */
const EDGE = 44;
const SPEED = 14;

let pane: HTMLElement | null = null;
/** Where the canvas stands on the screen, read once a drag: reading it at every move would force a layout each time. */
let paneBox: DOMRect | undefined;
let pointer = { x: 0, y: 0 };
let panFrame = 0;
let connectionLine: ((to: { x: number; y: number }) => void) | undefined;
let ghostMoved: ((to: { x: number; y: number }) => void) | undefined;

export const setPane = (element: HTMLElement | null): void => {
  pane = element;
};
/** Whoever draws the thing under the pointer hears of each move here, outside React. */
export const onGhostMove = (listener: typeof ghostMoved): void => {
  ghostMoved = listener;
};
export const onConnectionMove = (listener: typeof connectionLine): void => {
  connectionLine = listener;
};

export function begin(gesture: Gesture): void {
  useCanvas.setState({ gesture, isCarried: false, slot: undefined, target: '', refused: '', addMenu: null });
  lightPipes('');
  paneBox = pane?.getBoundingClientRect();
}

/** The pointer is there now (screen pixels). Outside the canvas nothing would happen on release. */
export function moveTo(at: { x: number; y: number }): void {
  pointer = at;
  const { gesture, flow, layout, slot, target } = canvas();
  if (!gesture || !flow) return;
  ghostMoved?.(at);
  if (panFrame === 0 && isAtEdge(at)) panFrame = requestAnimationFrame(followEdge);
  if (!isInside(at)) {
    if (slot || target) useCanvas.setState({ slot: undefined, target: '', refused: '' });
    return;
  }
  const point = flow.screenToFlowPosition(at, { snapToGrid: false });
  if (gesture.kind === 'connect') {
    connectionLine?.(point);
    const next = cardAt(point);
    if (next === target) return;
    const operation = next && next !== gesture.where ? dropOperation(gesture, { target: next }) : undefined;
    const refused = operation && isRefused(operation) ? operation.refused : '';
    useCanvas.setState({ target: next, refused });
    if (operation) say(refused || (isRefused(operation) ? '' : operation.label));
    return;
  }
  const next = slotFor(gesture, point);
  if (sameSlot(next, slot)) return;
  const operation = dropOperation(gesture, { slot: next });
  const refused = isRefused(operation) ? operation.refused : '';
  useCanvas.setState({ slot: next, refused });
  say(refused || slotSentence(layout, next));
}

/** Lets go. Nothing happens outside the canvas; where it was refused the nearest legal slot is offered. */
export function drop(): boolean {
  const { gesture, slot, target, refused } = canvas();
  end();
  if (!gesture) return false;
  focusCanvas();
  if (refused && slot) offerNearest(gesture, slot, refused);
  if (refused || (!slot && !target)) return false;
  if (gesture.kind === 'connect' && target === gesture.where) return false;
  if (!perform(dropOperation(gesture, { ...(slot && { slot }), target }))) return false;
  if (gesture.kind === 'add') remember(gesture.provider);
  return true;
}

/** A drop that was refused: the nearest place where it would have been taken is one click away. */
function offerNearest(gesture: Gesture, slot: Slot, refused: string): void {
  const { pipeline, layout } = canvas();
  const nearest = nearestTo(slot, layout, (other) => {
    const operation = dropOperation(gesture, { slot: other });
    return !isRefused(operation) && operation.edits.length > 0;
  });
  if (!nearest) return;
  notify({
    kind: 'info',
    text: refused,
    action: {
      label: strings.canvas.carry.putIt(slotSentence(layout, nearest)),
      run: () => {
        // Only while the pipeline is as it was: slots are counted.
        if (canvas().pipeline === pipeline && perform(dropOperation(gesture, { slot: nearest }))) focusCanvas();
      },
    },
  });
}

export function cancel(): void {
  if (canvas().gesture) say(strings.canvas.cancelled);
  end();
}

function end(): void {
  cancelAnimationFrame(panFrame);
  panFrame = 0;
  useCanvas.setState({ gesture: null, isCarried: false, slot: undefined, target: '', refused: '' });
}

function isInside({ x, y }: { x: number; y: number }): boolean {
  return paneBox !== undefined && x >= paneBox.left && x <= paneBox.right && y >= paneBox.top && y <= paneBox.bottom;
}

/** How strongly the edges of the canvas pull the view at a point: -1 to 1 each way, 0 away from them. */
function edgePull({ x, y }: { x: number; y: number }): { x: number; y: number } {
  if (!paneBox || !isInside({ x, y })) return { x: 0, y: 0 };
  const pull = (low: number, high: number, at: number) =>
    at < low + EDGE ? (low + EDGE - at) / EDGE : at > high - EDGE ? (high - EDGE - at) / EDGE : 0;
  return { x: pull(paneBox.left, paneBox.right, x), y: pull(paneBox.top, paneBox.bottom, y) };
}

const isAtEdge = (at: { x: number; y: number }): boolean => {
  const { x, y } = edgePull(at);
  return x !== 0 || y !== 0;
};

/** Moves the view frame by frame for as long as the pointer stays at an edge. */
function followEdge(): void {
  panFrame = 0;
  const { gesture, flow } = canvas();
  if (!gesture || !flow || !isAtEdge(pointer)) return;
  const pull = edgePull(pointer);
  const dx = pull.x * SPEED;
  const dy = pull.y * SPEED;
  const { x, y, zoom } = flow.getViewport();
  void flow.setViewport({ x: x + dx, y: y + dy, zoom });
  // Under a still pointer the slots move; this also asks for the next frame.
  moveTo(pointer);
}

/** Starts a drag of `gesture` once the pointer has moved far enough; until then it is a click. */
export function pressed(event: React.PointerEvent, gesture: () => Gesture): void {
  if (event.button !== 0 || canvas().documentId === null || canvas().isCarried) return;
  // While text of the page is selected (Ctrl+A) the browser would drag that text instead.
  getSelection()?.removeAllRanges();
  const start = { x: event.clientX, y: event.clientY };
  const element = event.currentTarget;
  let isDragging = false;

  const moved = (move: PointerEvent) => {
    const at = { x: move.clientX, y: move.clientY };
    if (!isDragging) {
      if (Math.hypot(at.x - start.x, at.y - start.y) < THRESHOLD) return;
      isDragging = true;
      const begun = gesture();
      begin(begun.kind === 'move' ? { ...begun, isCopy: move.altKey } : begun);
    }
    // Nothing else reacts to the pointer while something is dragged.
    move.stopPropagation();
    moveTo(at);
  };
  const released = (up: PointerEvent) => {
    finish();
    if (!isDragging) return;
    moveTo({ x: up.clientX, y: up.clientY });
    // The click that follows a drag belongs to the drag.
    const swallow = (click: Event) => click.stopPropagation();
    element.addEventListener('click', swallow, { capture: true, once: true });
    setTimeout(() => element.removeEventListener('click', swallow, { capture: true }));
    drop();
  };
  const key = (down: KeyboardEvent) => {
    if (down.key !== 'Escape' || !isDragging) return;
    down.stopPropagation();
    down.preventDefault();
    finish();
    cancel();
  };
  const lost = () => {
    finish();
    if (isDragging) cancel();
  };
  const finish = () => {
    window.removeEventListener('pointermove', moved, { capture: true });
    window.removeEventListener('pointerup', released);
    window.removeEventListener('pointercancel', lost);
    window.removeEventListener('blur', lost);
    window.removeEventListener('keydown', key, { capture: true });
  };
  window.addEventListener('pointermove', moved, { capture: true });
  window.addEventListener('pointerup', released);
  window.addEventListener('pointercancel', lost);
  window.addEventListener('blur', lost);
  window.addEventListener('keydown', key, { capture: true });
}
