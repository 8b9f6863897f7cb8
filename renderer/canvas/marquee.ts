import { useUi } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
import { canvas, say, useCanvas } from './canvasStore.ts';
import type { Box } from './layout.ts';

/*
 * A drag on empty ground draws a frame and selects what it touches; with Ctrl or Shift it adds to what is selected. While Space
 * is held, by the middle button, by touch, and where the user wants it so, such a drag moves the view instead.
 */

const THRESHOLD = 5;
/** What is not ground. */
const THINGS = 'article, header, button, input, .nopan';

let isSpaceDown = false;

/** Knows from now on whether Space is held. Answers how to end that. */
export function watchSpace(): () => void {
  const set = (isDown: boolean) => (event: KeyboardEvent) => {
    if (event.code === 'Space') isSpaceDown = isDown;
  };
  const [down, up] = [set(true), set(false)];
  const lost = () => {
    isSpaceDown = false;
  };
  window.addEventListener('keydown', down, { capture: true });
  window.addEventListener('keyup', up, { capture: true });
  window.addEventListener('blur', lost);
  return () => {
    lost();
    window.removeEventListener('keydown', down, { capture: true });
    window.removeEventListener('keyup', up, { capture: true });
    window.removeEventListener('blur', lost);
  };
}

/** Whether a drag on the ground moves the view rather than selecting. */
export const groundPans = ({ settings }: { settings: { groundDrag?: 'select' | 'pan' } | null }): boolean =>
  settings?.groundDrag === 'pan';

const touches = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && a.x + a.width > b.x && a.y < b.y + b.height && a.y + a.height > b.y;

/** The pointer went down somewhere on the canvas `root`: draws the frame once it has moved far enough. */
export function marqueeFrom(event: React.PointerEvent<HTMLElement>): void {
  const { flow, isCarried, selected: before, marked: markedBefore } = canvas();
  const target = event.target as Element;
  if (event.button !== 0 || event.pointerType === 'touch' || isSpaceDown || groundPans(useUi.getState())) return;
  if (!flow || isCarried || !target.closest('[data-canvas]') || target.closest(THINGS)) return;
  const root = event.currentTarget;
  const start = { x: event.clientX, y: event.clientY };
  const kept =
    event.ctrlKey || event.metaKey || event.shiftKey ? new Set([before, ...markedBefore]) : new Set<string>();
  kept.delete('');
  let frame: HTMLElement | undefined;

  const moved = (move: PointerEvent) => {
    const at = { x: move.clientX, y: move.clientY };
    if (!frame) {
      if (Math.hypot(at.x - start.x, at.y - start.y) < THRESHOLD) return;
      frame = document.createElement('div');
      frame.dataset.marquee = '';
      root.append(frame);
    }
    const [left, top] = [Math.min(at.x, start.x), Math.min(at.y, start.y)];
    const size = { width: Math.abs(at.x - start.x), height: Math.abs(at.y - start.y) };
    const origin = root.getBoundingClientRect();
    frame.style.left = `${left - origin.left}px`;
    frame.style.top = `${top - origin.top}px`;
    frame.style.width = `${size.width}px`;
    frame.style.height = `${size.height}px`;
    const zoom = flow.getZoom();
    const corner = flow.screenToFlowPosition({ x: left, y: top }, { snapToGrid: false });
    const box = { ...corner, width: size.width / zoom, height: size.height / zoom };
    const found = [...canvas().layout.cards.values()].filter((card) => touches(card, box)).map(({ where }) => where);
    useCanvas.setState({ marked: new Set([...kept, ...found]), selected: '', pipe: null, port: null });
  };
  const released = () => {
    finish();
    if (!frame) return;
    // The click that follows belongs to the drag.
    const swallow = (click: Event) => click.stopPropagation();
    root.addEventListener('click', swallow, { capture: true, once: true });
    setTimeout(() => root.removeEventListener('click', swallow, { capture: true }));
    const { marked, onSelect } = canvas();
    const main = [...marked].at(-1) ?? '';
    useCanvas.setState({ selected: main });
    onSelect(main);
    // The owner of the selection answers with it alone.
    useCanvas.setState({ marked });
    say(strings.canvas.selectedPlaces(marked.size));
  };
  const cancelled = () => {
    finish();
    if (frame) useCanvas.setState({ selected: before, marked: markedBefore });
  };
  const key = (down: KeyboardEvent) => {
    if (down.key !== 'Escape' || !frame) return;
    down.stopPropagation();
    down.preventDefault();
    cancelled();
  };
  const finish = () => {
    frame?.remove();
    window.removeEventListener('pointermove', moved);
    window.removeEventListener('pointerup', released);
    window.removeEventListener('pointercancel', cancelled);
    window.removeEventListener('blur', cancelled);
    window.removeEventListener('keydown', key, { capture: true });
  };
  window.addEventListener('pointermove', moved);
  window.addEventListener('pointerup', released);
  window.addEventListener('pointercancel', cancelled);
  window.addEventListener('blur', cancelled);
  window.addEventListener('keydown', key, { capture: true });
}
