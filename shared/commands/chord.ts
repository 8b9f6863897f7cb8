/**
 * Key chords in one notation: modifiers 'Mod' (Ctrl, on macOS Cmd), 'Ctrl', 'Alt', 'Shift', then the key as KeyboardEvent.key
 * names it ('a', 'F5', 'Delete', '=', '?'). 'Mod+Shift+s'.
 */
export interface Chord {
  /** In lower case. */
  key: string;
  mod: boolean;
  ctrl: boolean;
  alt: boolean;
  shift: boolean;
}

export function parseChord(chord: string): Chord {
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

/** What a chord in settings may look like: modifiers in their order, then one character or the name of a key. */
export const CHORD = /^(Mod\+)?(Ctrl\+)?(Alt\+)?(Shift\+)?([^\s\p{C}]| |[A-Z][A-Za-z0-9]{1,19})$/u;

/** Equal for chords that the same press makes: on Windows and Linux 'Mod' is 'Ctrl'. */
export function pressOf(chord: string, mac: boolean): string {
  const { key, mod, ctrl, alt, shift } = parseChord(chord);
  const parts = [(mod || ctrl) && (!mac || ctrl) && 'Ctrl', mod && mac && 'Mod', alt && 'Alt', shift && 'Shift', key];
  return parts.filter(Boolean).join('+');
}

/** One character without Ctrl, Alt or Cmd: what typing makes as well (WCAG 2.1.4). */
export function isSingleCharacter(chord: string): boolean {
  const { key, mod, ctrl, alt } = parseChord(chord);
  return key.length === 1 && key !== ' ' && !mod && !ctrl && !alt;
}

const ACCELERATOR_KEYS: Readonly<Record<string, string>> = {
  arrowleft: 'Left',
  arrowright: 'Right',
  arrowup: 'Up',
  arrowdown: 'Down',
  '+': 'Plus',
  ' ': 'Space',
  enter: 'Return',
};

/** A chord in the notation of Electron's menus: 'CmdOrCtrl+Shift+S'. */
export function acceleratorOf(chord: string): string {
  const { key, mod, ctrl, alt, shift } = parseChord(chord);
  const name = ACCELERATOR_KEYS[key] ?? key.replace(/^./, (first) => first.toUpperCase());
  return [mod && 'CmdOrCtrl', ctrl && 'Ctrl', alt && 'Alt', shift && 'Shift', name].filter(Boolean).join('+');
}
