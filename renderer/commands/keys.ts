/*
 * Key chords in one notation: modifiers 'Mod' (Ctrl, on macOS Cmd), 'Ctrl', 'Alt', 'Shift', then the key as KeyboardEvent.key
 * names it ('a', 'F5', 'Delete', '=', '?'). 'Mod+Shift+s'.
 */

export const isMac = (): boolean => /mac/i.test(navigator.platform || navigator.userAgent);

interface Chord {
  key: string;
  mod: boolean;
  ctrl: boolean;
  alt: boolean;
  shift: boolean;
}

function parse(chord: string): Chord {
  const parts = chord.split('+');
  const key = parts.pop() || '+';
  return {
    key: key.toLowerCase(),
    mod: parts.includes('Mod'),
    ctrl: parts.includes('Ctrl'),
    alt: parts.includes('Alt'),
    shift: parts.includes('Shift'),
  };
}

type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'> & { code?: string };

/** Characters that need Shift on some keyboards and none on others: only the character counts. */
const isSymbol = (key: string) => key.length === 1 && !/[a-z0-9]/.test(key);

export function matches(event: KeyPress, chord: string, mac = isMac()): boolean {
  const { key, mod, ctrl, alt, shift } = parse(chord);
  const wantsCtrl = ctrl || (mod && !mac);
  if (event.ctrlKey !== wantsCtrl || event.metaKey !== (mod && mac) || event.altKey !== alt) return false;
  // Shift+1 types another character on every keyboard, so digits go by their place.
  if (shift && /^\d$/.test(key)) return event.shiftKey && event.code === `Digit${key}`;
  if (!isSymbol(key) && event.shiftKey !== shift) return false;
  return event.key.toLowerCase() === key;
}

const names: Record<string, string> = {
  arrowleft: '←',
  arrowright: '→',
  arrowup: '↑',
  arrowdown: '↓',
  delete: 'Delete',
  backspace: 'Backspace',
  enter: 'Enter',
  ' ': 'Space',
};
const macNames: Record<string, string> = { Mod: '⌘', Ctrl: '⌃', Alt: '⌥', Shift: '⇧', delete: '⌦', backspace: '⌫' };

/** A chord as this platform writes it: 'Ctrl+Shift+S', '⇧⌘S'. */
export function chordText(chord: string, mac = isMac()): string {
  const { key, mod, ctrl, alt, shift } = parse(chord);
  const name =
    (mac && macNames[key]) ||
    names[key] ||
    (key.length === 1 ? key.toUpperCase() : key.replace(/^./, (c) => c.toUpperCase()));
  const modifiers = [ctrl && 'Ctrl', mod && !mac && 'Ctrl', alt && 'Alt', shift && 'Shift', mod && mac && 'Mod'].filter(
    (modifier): modifier is string => Boolean(modifier),
  );
  return mac
    ? modifiers.map((modifier) => macNames[modifier] ?? modifier).join('') + name
    : [...modifiers, name].join('+');
}
