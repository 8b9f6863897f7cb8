import Anser from 'anser';

/**
 * One line of an action's log as the window may show it. The bytes come from programs that nobody vetted, so of all
 * terminal sequences only colours and weight (SGR) have an effect, and only on their own line; every other one is dropped
 * or made visible. Nothing here can move, hide or overwrite text of another line, link anywhere or reach the clipboard.
 */
export interface LogSpan {
  text: string;
  /** CSS class names of ours, '' for plain text. */
  className: string;
}

export interface LogLine {
  spans: LogSpan[];
  /** How often a carriage return started this line over; the earlier states stay in the log file. */
  overwritten: number;
}

/** A longer line is shown in pieces of this many characters. */
export const MAX_LINE = 8192;
/** SGR sequences with more parameters than any program needs are dropped. */
const MAX_SGR_PARAMETERS = 24;

const ESC = '\u001B';
const C1_INTRODUCERS: Record<string, string> = {
  '\u009B': '[',
  '\u009D': ']',
  '\u0090': 'P',
  '\u009E': '^',
  '\u009F': '_',
  '\u0098': 'X',
};
const STRING_INTRODUCERS = ']P^_X';
/** Bidi controls and other characters that change how their neighbours read. */
const DECEPTIVE = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF\u2028\u2029]/;

const visible = (character: string): string =>
  `⟨U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}⟩`;

/** Index after a control string (OSC, DCS, APC, PM, SOS) whose body starts at `from`; an open one ends with its line. */
function endOfControlString(text: string, from: number): number {
  for (let index = from; index < text.length; index += 1) {
    const character = text[index];
    if (character === '\u0007' || character === '\u009C') return index + 1;
    if (character === ESC) return text[index + 1] === '\\' ? index + 2 : index;
  }
  return text.length;
}

/** Index after a CSI whose parameters start at `from`, and its final byte ('' when it is cut off). */
function endOfCsi(text: string, from: number): { end: number; final: string } {
  let index = from;
  while (index < text.length && text[index]! >= ' ' && text[index]! <= '?') index += 1;
  const final = text[index] ?? '';
  return final >= '@' && final <= '~' ? { end: index + 1, final } : { end: index, final: '' };
}

/**
 * The line with only harmless SGR left of its escape sequences, tabs kept, and every other control character made visible
 * or dropped. Carriage returns stay for `parseLogLine`.
 */
export function sanitizeLine(raw: string): string {
  let out = '';
  let index = 0;
  while (index < raw.length) {
    const character = raw[index]!;
    const c1 = C1_INTRODUCERS[character];
    const introducer = character === ESC ? (raw[index + 1] ?? '') : c1;
    if (introducer !== undefined) {
      const body = index + (c1 ? 1 : 2);
      if (introducer === '[') {
        const { end, final } = endOfCsi(raw, body);
        const parameters = raw.slice(body, end - 1);
        if (final === 'm' && /^[\d;:]*$/.test(parameters) && parameters.split(/[;:]/).length <= MAX_SGR_PARAMETERS)
          out += `${ESC}[${parameters.replaceAll(':', ';')}m`;
        index = end;
      } else if (introducer !== '' && STRING_INTRODUCERS.includes(introducer)) index = endOfControlString(raw, body);
      // Two-character escapes (ESC c = reset, ESC 7 …), some with intermediate bytes (ESC ( B).
      else {
        let end = index + 1;
        while (end < raw.length && raw[end]! >= ' ' && raw[end]! <= '/') end += 1;
        index = Math.min(end + 1, raw.length);
      }
      continue;
    }
    const code = raw.charCodeAt(index);
    if (character === '\t' || character === '\r') out += character;
    else if (character === '\b') out += '␈';
    else if (code < 0x20 || (code >= 0x7f && code <= 0x9f)) out += code === 7 ? '' : visible(character);
    else if (DECEPTIVE.test(character)) out += visible(character);
    else out += character;
    index += 1;
  }
  return out;
}

const DECORATIONS: Record<string, string> = {
  bold: 'ansi-bold',
  dim: 'ansi-dim',
  italic: 'ansi-italic',
  underline: 'ansi-underline',
  strikethrough: 'ansi-strikethrough',
  // `blink` would move without end, `hidden` would hide text, `reverse` is done by the colours themselves.
};

/** 'ansi-bright-green' -> itself; 'ansi-palette-203' and true colours -> none: they cannot be held against the theme. */
const colour = (name: string | null, ground: 'fg' | 'bg'): string => {
  const match = /^ansi-(bright-)?(black|red|green|yellow|blue|magenta|cyan|white)$/.exec(name ?? '');
  return match ? `ansi-${ground}-${match[2]}` : '';
};

/** A line as spans to be rendered as text, never as HTML. */
export function parseLogLine(raw: string): LogLine {
  const states = sanitizeLine(raw)
    .split('\r')
    .filter((state, index, all) => state !== '' || index === all.length - 1);
  // "50%\r100%\r" ends in an empty state that overwrote nothing.
  const shown = states.at(-1) === '' && states.length > 1 ? states.at(-2)! : (states.at(-1) ?? '');
  const overwritten = states.filter((state) => state !== '').length - 1;
  const spans = shown.includes(ESC)
    ? Anser.ansiToJson(shown, { json: true, use_classes: true, remove_empty: true }).map((entry) => ({
        text: entry.content,
        className: [
          colour(entry.fg, 'fg'),
          colour(entry.bg, 'bg'),
          ...entry.decorations.map((d) => DECORATIONS[d] ?? ''),
        ]
          .filter(Boolean)
          .join(' '),
      }))
    : shown === ''
      ? []
      : [{ text: shown, className: '' }];
  return { spans, overwritten: Math.max(0, overwritten) };
}

/** What a reader sees (and copies) of a line. */
export const textOf = (raw: string): string =>
  parseLogLine(raw)
    .spans.map((span) => span.text)
    .join('');
