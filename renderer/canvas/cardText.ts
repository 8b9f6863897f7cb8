import type { ActionDeclaration } from '../../shared/model/declaration.ts';
import { findProvider } from '../../shared/providers/table.ts';
import { fitted } from './fitText.ts';

/** The second line of a card: what the action works on, e.g. "acme/shop@main"; '' where its configuration says nothing yet. */
export function summaryOf(action: ActionDeclaration): string {
  const { summaryKeys = [], actionTypeId } = findProvider(action.actionTypeId);
  const values = summaryKeys
    .map((key) => ({ key, value: action.configuration?.[key] }))
    .filter((entry): entry is { key: string; value: string } => Boolean(entry.value));
  if (values.length === 0) return action.commands?.[0] ?? '';
  const joiner = (key: string) => (/(branch|tag)/i.test(key) ? '@' : actionTypeId.category === 'Source' ? '/' : ' · ');
  return values.map(({ key, value }, index) => (index > 0 ? joiner(key) : '') + shortened(value)).join('');
}

/** Of an ARN only what names the thing. */
const shortened = (value: string): string => (value.startsWith('arn:') ? (value.split(/[:/]/).at(-1) ?? value) : value);

/** A name in two parts, so that a narrow card leaves out the middle of it: most names differ at their ends. */
export function splitName(name: string): [start: string, end: string] {
  const tail = name.length > 14 ? 6 : 0;
  return [name.slice(0, name.length - tail), tail ? name.slice(-tail) : ''];
}

/** The words of a name, where a line may break: "BrowserTests" and "browser-tests" have two. */
export const wordsOf = (name: string): string[] => name.split(/(?<=[a-z0-9])(?=[A-Z])|(?<=[-_.@])/);

/** Widths of letters, in ems. */
const USUAL = 0.74;
const EMS: number[] = Array.from({ length: 128 }, (_, code) => {
  const letter = String.fromCharCode(code);
  return "ijl.,:;'| ".includes(letter) ? 0.34 : 'mwMW@%'.includes(letter) ? 1.02 : USUAL;
});

/** At least as wide as `text` is drawn in the semi-bold interface font of `size` pixels. */
export function widestOf(text: string, size: number): number {
  let ems = 0;
  for (let index = 0; index < text.length; index += 1) ems += EMS[text.charCodeAt(index)] ?? USUAL;
  return ems * size;
}

/** Room for words on a card, and what its status and time take of the first line (pixels; ActionCard.module.css). */
const ROOM = 143;
const STATE = 68;

/** Between the columns of the grid. */
const GAP = 9;

/**
 * The two lines of a card, cut to their room; `isFitted` is false where nothing could be measured, and CSS has to clip them. The
 * middle of a long name is left out.
 */
export function cardWords(card: { name: string; provider: string; summary: string; isShown: boolean }): {
  name: string;
  detail: string;
  isFitted: boolean;
  /** Some of its words might not fit at one of the levels of detail. */
  isLong: boolean;
} {
  const line = card.summary ? `${card.provider} · ${card.summary}` : card.provider;
  if (!isLong(card)) return { name: card.name, detail: line, isFitted: true, isLong: false };
  const family = familyOf();
  const tail = card.name.length > 14 ? 6 : 0;
  const name = fitted(card.name, ROOM - (card.isShown ? STATE + GAP : 0), `600 13px ${family}`, tail);
  const detail = fitted(line, ROOM, `11.5px ${family}`);
  return name === undefined || detail === undefined
    ? { name: card.name, detail: line, isFitted: false, isLong: true }
    : { name, detail, isFitted: true, isLong: true };
}

let family: string | undefined;
const familyOf = (): string => {
  family ??= getComputedStyle(document.documentElement).getPropertyValue('--font').trim() || 'sans-serif';
  return family;
};

/** Might some of a card's words not fit at one of its levels of detail? Only then are they clipped. */
export function isLong(card: { name: string; provider: string; summary: string; isShown: boolean }): boolean {
  return (
    widestOf(card.name, 13) > ROOM - (card.isShown ? STATE : 0) ||
    widestOf(card.name, 21) > ROOM * 1.3 ||
    widestOf(`${card.provider} · ${card.summary}`, 11.5) > ROOM
  );
}
