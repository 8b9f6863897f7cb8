/** How a text is laid out, so that what is added to it looks as if its author had written it. */
export interface TextStyle {
  eol: string;
  /** One level of indentation. */
  unit: string;
  /** True when the text is written without line breaks. */
  isOneLine: boolean;
  /** True when colons and commas are followed by a blank even within one line. */
  isSpaced: boolean;
  /** YAML: lists stand deeper than the key they belong to. */
  indentsLists: boolean;
}

export function styleOf(text: string): TextStyle {
  const lineBreak = /\r\n|\n|\r/.exec(text.trimEnd());
  const indented = /(?:^|[\r\n])([ \t]+)(?=["'[{\w-])/.exec(text);
  const isOneLine = lineBreak === null;
  return {
    eol: lineBreak?.[0] ?? (/\r\n/.test(text) ? '\r\n' : '\n'),
    unit: indented?.[1] ?? '  ',
    isOneLine,
    isSpaced: !isOneLine || /[":]: /.test(text) || /": /.test(text),
    indentsLists: !/(?:^|\n)( *)[\w"'-][^\n#]*:[ \t]*\r?\n\1- /.test(text),
  };
}

/** The blanks at the start of the line that `offset` stands on. */
export function indentAt(text: string, offset: number): string {
  const start = lineStart(text, offset);
  return /^[ \t]*/.exec(text.slice(start, start + 500))![0];
}

export const lineStart = (text: string, offset: number): number => {
  let start = offset;
  while (start > 0 && !isLineBreak(text.charCodeAt(start - 1))) start--;
  return start;
};

/** The offset after the line break that ends the line of what ends at `offset`. */
export function lineEnd(text: string, offset: number): number {
  if (offset > 0 && isLineBreak(text.charCodeAt(offset - 1))) return offset;
  let end = offset;
  while (end < text.length && !isLineBreak(text.charCodeAt(end))) end++;
  if (text.startsWith('\r\n', end)) return end + 2;
  return end < text.length ? end + 1 : end;
}

const isLineBreak = (code: number) => code === 10 || code === 13;

export const splice = (text: string, start: number, end: number, added: string): string =>
  text.slice(0, start) + added + text.slice(end);
