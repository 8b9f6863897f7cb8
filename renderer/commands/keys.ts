import { parseChord } from '../../shared/commands/chord.ts';
import { strings } from '../strings/strings.ts';

/* Key presses and chords (shared/commands/chord.ts) on the platform of this window. */

export const isMac = (): boolean => /mac/i.test(navigator.platform || navigator.userAgent);

export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'> & { code?: string };

/** Characters that need Shift on some keyboards and none on others: only the character counts. */
const isSymbol = (key: string) => key.length === 1 && !/[a-z0-9 ]/.test(key);

/**
 * The letter or digit of a key by its place, where what it typed is no ASCII character: Option+C types 'ç' on a Mac, and other
 * alphabets have other letters there.
 */
function plainKey({ key, code = '' }: KeyPress): string {
  if (/^[\x20-\x7e]$/.test(key) || (key.length > 1 && key !== 'Dead')) return key.toLowerCase();
  return /^(?:Key|Digit)([A-Z0-9])$/.exec(code)?.[1]?.toLowerCase() ?? key.toLowerCase();
}

export function matches(event: KeyPress, chord: string, mac = isMac()): boolean {
  const { key, mod, ctrl, alt, shift } = parseChord(chord);
  const wantsCtrl = ctrl || (mod && !mac);
  if (event.ctrlKey !== wantsCtrl || event.metaKey !== (mod && mac) || event.altKey !== alt) return false;
  // Shift+1 types another character on every keyboard, so digits go by their place.
  if (shift && /^\d$/.test(key)) return event.shiftKey && event.code === `Digit${key}`;
  if (!isSymbol(key) && event.shiftKey !== shift) return false;
  return plainKey(event) === key;
}

/** The chord of a key press; undefined while only modifiers are down. */
export function chordOf(event: KeyPress, mac = isMac()): string | undefined {
  if (/^(Control|Shift|Alt|AltGraph|Meta|CapsLock|Fn|Dead|Unidentified|Process)$/.test(event.key)) return undefined;
  const digit = event.shiftKey ? /^Digit(\d)$/.exec(event.code ?? '')?.[1] : undefined;
  const key = digit ?? (event.key.length === 1 ? plainKey(event) : event.key);
  const modifiers = [
    (mac ? event.metaKey : event.ctrlKey) && 'Mod',
    mac && event.ctrlKey && 'Ctrl',
    event.altKey && 'Alt',
    event.shiftKey && (digit !== undefined || !isSymbol(key)) && 'Shift',
  ];
  return [...modifiers, key].filter(Boolean).join('+');
}

const arrows: Record<string, string> = { arrowleft: '←', arrowright: '→', arrowup: '↑', arrowdown: '↓' };
/** What a key is labelled with, in the language of the window. */
const nameOf = (key: string): string | undefined =>
  arrows[key] ?? (strings.commands.keyNames as Record<string, string>)[key === ' ' ? 'space' : key];
const macNames: Record<string, string> = { Mod: '⌘', Ctrl: '⌃', Alt: '⌥', Shift: '⇧', delete: '⌦', backspace: '⌫' };

/** A chord as this platform writes it: 'Ctrl+Shift+S', '⇧⌘S'. */
export function chordText(chord: string, mac = isMac()): string {
  const { key, mod, ctrl, alt, shift } = parseChord(chord);
  const name =
    (mac && macNames[key]) ||
    nameOf(key) ||
    (key.length === 1 ? key.toUpperCase() : key.replace(/^./, (c) => c.toUpperCase()));
  const modifiers = [ctrl && 'Ctrl', mod && !mac && 'Ctrl', alt && 'Alt', shift && 'Shift', mod && mac && 'Mod'].filter(
    (modifier): modifier is string => Boolean(modifier),
  );
  return mac
    ? modifiers.map((modifier) => macNames[modifier] ?? modifier).join('') + name
    : [...modifiers.map((modifier) => nameOf(modifier) ?? modifier), name].join('+');
}
