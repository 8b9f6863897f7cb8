import { remember } from '../palette/recent.ts';
import { notify } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
import { canvas, type Gesture, say, useCanvas } from './canvasStore.ts';
import { dropOperation } from './drop.ts';
import { begin, cancel } from './gestures.ts';
import { isRefused } from './operations/operation.ts';
import { perform } from './perform.ts';
import { allSlots, type Slot, sameSlot, slotBox, slotSentence } from './slots.ts';
import { focusCanvas, reveal } from './viewport.ts';

/*
 * What a drag does, by single clicks: something is picked up, every place that takes it becomes a button (CarryMarks), and a
 * click there puts it down. From the keyboard the arrows go from place to place and Enter puts it down. Escape puts it back.
 */

/** Where something may be put down: a slot, or the card of an action that takes the artifact. */
export type Landing = { slot: Slot } | { target: string };

/** The places that would take what is carried, in reading order. */
export function landings(gesture: Gesture): Landing[] {
  const { layout } = canvas();
  const takes = (at: Landing) => {
    const operation = dropOperation(gesture, at);
    return !isRefused(operation) && operation.edits.length > 0;
  };
  if (gesture.kind === 'connect')
    return [...layout.cards.values()].map(({ where }) => ({ target: where })).filter(takes);
  const slots = allSlots(layout).filter(({ kind }) => gesture.kind !== 'stage' || kind === 'stage');
  return slots.map((slot) => ({ slot })).filter(takes);
}

/** Picks something up until it is put down by a click. Where no place takes it, says so and answers false. */
export function pickUp(gesture: Gesture): boolean {
  if (canvas().documentId === null) return false;
  const places = landings(gesture);
  if (places.length === 0) {
    notify({ kind: 'info', topic: 'carry', text: strings.canvas.carry.nowhere });
    return false;
  }
  begin(gesture);
  useCanvas.setState({ isCarried: true });
  focusCanvas();
  say(strings.canvas.carry.pickedUp(places.length));
  return true;
}

/** Puts down what is carried. Where that is refused it stays picked up, and why is said. */
export function putDown(at: Landing): boolean {
  const { gesture } = canvas();
  if (!gesture) return false;
  const operation = dropOperation(gesture, at);
  if (isRefused(operation)) {
    useCanvas.setState({ refused: operation.refused });
    say(operation.refused);
    return false;
  }
  useCanvas.setState({ gesture: null, isCarried: false, slot: undefined, target: '', refused: '' });
  focusCanvas();
  if (!perform(operation)) return false;
  if (gesture.kind === 'add') remember(gesture.provider);
  return true;
}

/** The pointer is over a card while an artifact is carried: says whether the card would take it, and why not. */
export function considerTarget(where: string): void {
  const { gesture, isCarried } = canvas();
  if (!isCarried || gesture?.kind !== 'connect') return;
  const operation = where && where !== gesture.where ? dropOperation(gesture, { target: where }) : undefined;
  useCanvas.setState({ target: where, refused: operation && isRefused(operation) ? operation.refused : '' });
}

/** A key on the canvas while something is carried. Answers whether it was used. */
export function carryKey(key: string): boolean {
  const { gesture, layout, slot, target } = canvas();
  if (!gesture) return false;
  if (key === 'Escape') {
    cancel();
    return true;
  }
  if (key === 'Enter' || key === ' ') {
    if (slot) putDown({ slot });
    else if (target) putDown({ target });
    return true;
  }
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[key];
  if (step === undefined) return false;
  const places = landings(gesture);
  const at = places.findIndex((place) => ('slot' in place ? sameSlot(place.slot, slot) : place.target === target));
  const next = places[at < 0 ? (step > 0 ? 0 : places.length - 1) : (at + step + places.length) % places.length];
  if (!next) return true;
  if ('slot' in next) {
    useCanvas.setState({ slot: next.slot, refused: '' });
    reveal(slotBox(layout, next.slot));
    say(slotSentence(layout, next.slot));
  } else {
    useCanvas.setState({ target: next.target, refused: '' });
    const card = [...layout.cards.values()].find(({ where }) => where === next.target);
    if (card) reveal(card);
    say(next.target.replace('/', ', '));
  }
  return true;
}
