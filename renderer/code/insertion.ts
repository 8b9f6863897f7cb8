import type { DocumentFormat } from '../../shared/model/textTree.ts';
import type { CursorContext } from './cursorContext.ts';
import type { Suggestion } from './suggestions.ts';

export interface Insertion {
  from: number;
  to: number;
  insert: string;
  /** Where the cursor is put, from the beginning of what was inserted. */
  cursor: number;
}

/** What taking a suggestion does to the text: quotes, colon and brackets as the format has them. */
export function insertionOf(
  suggestion: Suggestion,
  context: CursorContext,
  format: DocumentFormat,
  text: string,
): Insertion {
  const { from, to, isQuoted, isKey, typed } = context;
  const at = (start: number, end: number, insert: string, back = 0) => ({
    from: start,
    to: end,
    insert,
    cursor: insert.length - back,
  });
  if (suggestion.isReference) {
    const start = from + typed.search(/#(\{[\w.@-]*)?$/);
    // The rest of a reference that stood there goes with it.
    const rest = /^[\w.@-]*\}?/.exec(text.slice(from + typed.length, to))![0].length;
    return at(start, from + typed.length + rest, suggestion.label);
  }
  if (!isKey) return at(from, to, isQuoted ? escaped(suggestion.label) : scalar(suggestion.label, format));
  const after = text.slice(to);
  if (format === 'yaml') {
    if (/^\s*:/.test(after)) return at(from, to, suggestion.label);
    return at(
      from,
      to,
      `${suggestion.label}:${suggestion.shape === 'object' || suggestion.shape === 'list' ? '' : ' '}`,
    );
  }
  const closing = isQuoted && after.startsWith('"') ? 1 : 0;
  if (/^\s*:/.test(after.slice(closing))) return at(from, to, isQuoted ? suggestion.label : `"${suggestion.label}"`);
  const value = { text: '""', number: '', object: '{}', list: '[]' }[suggestion.shape ?? 'text'];
  const key = isQuoted ? suggestion.label : `"${suggestion.label}`;
  return at(from, to + closing, `${key}": ${value}`, value.length > 0 ? 1 : 0);
}

const escaped = (value: string) => JSON.stringify(value).slice(1, -1);

function scalar(value: string, format: DocumentFormat): string {
  // Texts that YAML would read as something else stay texts.
  const isPlain = /^[A-Za-z_][\w./-]*$/.test(value) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(value);
  return format === 'yaml' && isPlain ? value : JSON.stringify(value);
}
