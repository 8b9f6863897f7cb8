import type { Namespace } from '../../../shared/references/variableScope.ts';
import { strings } from '../../strings/strings.ts';

/** What is being typed of a reference: from its `#{` to the caret, and what of it stands behind the caret. */
export interface Typed {
  start: number;
  end: number;
  query: string;
}

export interface Suggestion {
  /** What is put in the place of what was typed. */
  text: string;
  title: string;
  help: string;
  /** Why it cannot be chosen here; it is listed so that nobody looks for it. */
  reason?: string;
}

const MOST = 60;

/** The reference that the caret stands in, if it stands in one that is not finished. */
export function typedAt(text: string, caret: number): Typed | undefined {
  const start = text.lastIndexOf('#{', caret - 1);
  if (start < 0 || caret < start + 2) return undefined;
  const query = text.slice(start + 2, caret);
  if (!/^[A-Za-z0-9@_.-]*$/.test(query)) return undefined;
  const rest = /^[A-Za-z0-9@_.-]*\}?/.exec(text.slice(caret))?.[0] ?? '';
  // Behind the caret only what belongs to this reference is replaced: a rest without its brace may be other text.
  return { start, end: caret + (rest.endsWith('}') ? rest.length : 0), query };
}

/** What can stand there, best first: keys that begin as typed, then those that contain it, then what cannot be used here. */
export function suggest(scope: readonly Namespace[], query: string): Suggestion[] {
  const wanted = query.toLowerCase();
  const usable: (Suggestion & { rank: number })[] = [];
  const others: Suggestion[] = [];
  for (const { namespace, title, keys, dynamic, reason } of scope) {
    if (reason !== undefined) {
      if (matches(namespace, wanted) || matches(`${namespace}.`, wanted.slice(0, namespace.length + 1)))
        others.push({ text: `#{${namespace}.…}`, title, help: '', reason });
      continue;
    }
    for (const { key, help } of keys) {
      const full = `${namespace}.${key}`.toLowerCase();
      if (!full.includes(wanted)) continue;
      usable.push({
        text: `#{${namespace}.${key}}`,
        title,
        help: strings.provided.text(help),
        rank: full.startsWith(wanted) ? 0 : 1,
      });
    }
    if (dynamic && matches(namespace, wanted))
      usable.push({
        text: `#{${namespace}.`,
        title,
        help: strings.inspector.controls.typeName(strings.provided.text(dynamic)),
        rank: 2,
      });
  }
  return [...usable.sort((a, b) => a.rank - b.rank).map(({ rank: _, ...suggestion }) => suggestion), ...others].slice(
    0,
    MOST,
  );
}

const matches = (namespace: string, wanted: string): boolean => namespace.toLowerCase().startsWith(wanted);

/** The text with the suggestion in the place of what was typed, and where the caret is then. */
export function accept(text: string, typed: Typed, suggestion: Suggestion): { text: string; caret: number } {
  const head = text.slice(0, typed.start) + suggestion.text;
  const isOpen = !suggestion.text.endsWith('}');
  return { text: head + (isOpen ? '}' : '') + text.slice(typed.end), caret: head.length };
}
