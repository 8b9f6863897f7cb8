import type { KeyboardEvent } from 'react';
import { commandOf } from '../commands/registry.ts';
import { useUi } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
import { canvas, say, select } from './canvasStore.ts';
import { carryKey } from './carry.ts';
import { unfold } from './folded.ts';
import type { CardBox } from './layout.ts';
import { moveAction } from './operations/moveAction.ts';
import { moveStage } from './operations/moveStage.ts';
import { perform } from './perform.ts';
import { portKey } from './ports.ts';
import type { Slot } from './slots.ts';
import { reveal } from './viewport.ts';

/*
 * The canvas by keyboard: one tab stop; the selection moves with the arrow keys. Left and right go to the neighbouring stage or
 * run-order group, up and down within the column, Home and End to the first and last action, letters to an action's name.
 */

export type Direction = 'left' | 'right' | 'up' | 'down';
const arrows: Record<string, Direction> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

export function onCanvasKey(event: KeyboardEvent): void {
  if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
  // Any other key ends the word that letters are typed into.
  if (event.key.length > 1 && event.key !== 'Shift') typed = { text: '', at: 0 };
  if (canvas().isCarried ? carryKey(event.key) : portKey(event)) {
    event.preventDefault();
    event.stopPropagation();
    return;
  }
  const direction = arrows[event.key];
  if (direction) {
    event.preventDefault();
    go(nextPlace(direction));
    return;
  }
  if (event.key === 'Home' || event.key === 'End') {
    event.preventDefault();
    const places = order();
    go(event.key === 'Home' ? places[0] : places.at(-1));
  } else if (event.key === 'Enter') {
    event.preventDefault();
    useUi.setState({ isInspectorOpen: true });
    requestAnimationFrame(() => document.querySelector<HTMLElement>('#inspector :is(input, button)')?.focus());
  } else if (event.key === ' ') {
    event.preventDefault();
    // On release: held down it is for moving the view.
    spaceAlone = !event.repeat || spaceAlone;
  } else if (event.key === 'Escape') {
    select('');
  } else if (event.key.length === 1) {
    typeAhead(event);
  }
}

let spaceAlone = false;

/** Space, if nothing was dragged with it, takes the selected place into what is marked or out of it. */
export function onCanvasKeyUp(event: KeyboardEvent): void {
  if (event.key !== ' ' || event.target !== event.currentTarget || !spaceAlone) return;
  spaceAlone = false;
  const { selected } = canvas();
  if (selected) select(selected, true);
}
/** Something was dragged. */
export const spaceIsUsed = (): void => {
  spaceAlone = false;
};

/** Letters that follow each other this closely (ms) are one word. */
const WORD = 900;
let typed = { text: '', at: 0 };

/** Letters go to the next action whose name begins with them. A letter that is a command of its own only continues a word. */
function typeAhead(event: KeyboardEvent): void {
  const isWord = typed.text !== '' && event.timeStamp - typed.at < WORD;
  if (!isWord && commandOf(event.nativeEvent)) return;
  typed = { text: (isWord ? typed.text : '') + event.key.toLowerCase(), at: event.timeStamp };
  event.preventDefault();
  const places = order().filter((where) => where.includes('/'));
  // A first letter goes on from the selection, a longer word may still mean it.
  const start = Math.max(0, places.indexOf(canvas().selected) + (typed.text.length === 1 ? 1 : 0));
  const ahead = [...places.slice(start), ...places.slice(0, start)];
  go(ahead.find((where) => where.split('/')[1]?.toLowerCase().startsWith(typed.text)));
}

/** All places in reading order: each stage, then its actions. */
function order(): string[] {
  return canvas().layout.stages.flatMap((stage) => [
    stage.name,
    ...stage.groups.flatMap((group) => group.cards.map((card) => card.where)),
  ]);
}

const columnOf = (stageIndex: number): CardBox[] =>
  canvas().layout.stages[stageIndex]?.groups.flatMap((group) => group.cards) ?? [];

/** Where an arrow key leads from the selected place; undefined at the end of the road. */
export function nextPlace(direction: Direction): string | undefined {
  const { layout, selected } = canvas();
  const card = [...layout.cards.values()].find(({ where }) => where === selected);
  const stage = layout.stages.find(({ name }) => name === selected.split('/')[0]);
  if (!stage) return direction === 'left' || direction === 'up' ? order().at(-1) : order()[0];
  const column = columnOf(stage.stageIndex);
  if (direction === 'up' || direction === 'down') {
    if (!card) return direction === 'down' ? column[0]?.where : undefined;
    const index = column.findIndex(({ where }) => where === selected);
    if (direction === 'up' && index === 0) return stage.name;
    return column[index + (direction === 'down' ? 1 : -1)]?.where;
  }
  const neighbour = layout.stages[stage.stageIndex + (direction === 'right' ? 1 : -1)];
  if (!neighbour) return undefined;
  if (!card) return neighbour.name;
  const there = columnOf(neighbour.stageIndex);
  const nearest = (best: CardBox | undefined, other: CardBox) =>
    best && Math.abs(best.y - card.y) <= Math.abs(other.y - card.y) ? best : other;
  return there.reduce<CardBox | undefined>(nearest, undefined)?.where ?? neighbour.name;
}

export function go(where: string | undefined): void {
  if (where === undefined) return;
  select(where);
  // What is to be seen must not be folded away; the lane is there with the next frame.
  if (where.includes('/') && unfold(canvas().documentId, where)) {
    requestAnimationFrame(() => go(where));
    return;
  }
  const { layout, pipeline } = canvas();
  const card = [...layout.cards.values()].find((box) => box.where === where);
  const stage = layout.stages.find(({ name }) => name === where);
  if (card) reveal(card);
  else if (stage) reveal({ ...stage, height: 200 });
  // A card speaks through aria-activedescendant; one outside the view has no element, so it is said here.
  if (stage) say(strings.canvas.stageAt(stage.name, stage.stageIndex + 1, pipeline.stages.length));
}

/** The selected stage or action itself moves one step. */
export function moveBy(direction: Direction): void {
  const { pipeline, layout, selected } = canvas();
  const stage = layout.stages.find(({ name }) => name === selected.split('/')[0]);
  if (!stage) return;
  const card = [...layout.cards.values()].find(({ where }) => where === selected);
  if (!card) {
    if (direction === 'left') perform(moveStage(pipeline, selected, stage.stageIndex - 1));
    if (direction === 'right') perform(moveStage(pipeline, selected, stage.stageIndex + 2));
    return;
  }
  const slot = slotBeside(card, direction);
  if (slot) perform(moveAction(pipeline, selected, slot));
}

/** The slot one step away: up and down alternate between leaving a group and joining the next one. */
function slotBeside(card: CardBox, direction: Direction): Slot | undefined {
  const { layout } = canvas();
  const { stageIndex, groupIndex } = card;
  const stage = layout.stages[stageIndex]!;
  const isAlone = stage.groups[groupIndex]!.cards.length === 1;
  if (direction === 'up' || direction === 'down') {
    const step = direction === 'up' ? -1 : 1;
    if (!isAlone) return { kind: 'group', stageIndex, groupIndex: direction === 'up' ? groupIndex : groupIndex + 1 };
    return stage.groups[groupIndex + step] ? { kind: 'beside', stageIndex, groupIndex: groupIndex + step } : undefined;
  }
  const neighbour = stageIndex + (direction === 'right' ? 1 : -1);
  const there = layout.stages[neighbour];
  if (!there) return { kind: 'stage', index: direction === 'right' ? layout.stages.length : 0 };
  return there.groups.length === 0
    ? { kind: 'group', stageIndex: neighbour, groupIndex: 0 }
    : { kind: 'beside', stageIndex: neighbour, groupIndex: Math.min(groupIndex, there.groups.length - 1) };
}
