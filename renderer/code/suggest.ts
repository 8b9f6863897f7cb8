import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  closeBrackets,
  closeBracketsKeymap,
  pickedCompletion,
} from '@codemirror/autocomplete';
import { EditorState, type Extension } from '@codemirror/state';
import { type EditorView, keymap } from '@codemirror/view';
import type { DocumentFormat } from '../../shared/model/textTree.ts';
import { strings } from '../strings/strings.ts';
import { type CursorContext, contextAt } from './cursorContext.ts';
import { insertionOf } from './insertion.ts';
import type { Suggestion } from './suggestions.ts';

interface SuggestOptions {
  format: DocumentFormat;
  source: (text: string, context: CursorContext) => readonly Suggestion[];
}

const MOST = 50;

/** Those that begin with what is typed first, then those that contain it. */
function matching(items: readonly Suggestion[], { typed }: CursorContext): Suggestion[] {
  const word = (items[0]?.isReference ? (/#?\{?[\w.@-]*$/.exec(typed)?.[0] ?? '') : typed).toLowerCase();
  const rank = ({ label }: Suggestion) => {
    const at = label.toLowerCase().indexOf(word);
    return at === 0 ? 0 : at > 0 ? 1 : 2;
  };
  return items
    .filter((item) => rank(item) < 2 && (item.label !== typed || item.isReference))
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, MOST);
}

function completionOf(item: Suggestion, context: CursorContext, format: DocumentFormat): Completion {
  return {
    label: item.label,
    detail: item.detail,
    ...(item.help && { info: item.help }),
    apply: (view: EditorView, completion: Completion) => {
      const { from, to, insert, cursor } = insertionOf(item, context, format, view.state.doc.toString());
      view.dispatch({
        changes: { from, to, insert },
        selection: { anchor: from + cursor },
        annotations: pickedCompletion.of(completion),
        userEvent: 'input.complete',
        scrollIntoView: true,
      });
    },
  };
}

/**
 * Suggestions while typing and with Ctrl+Space, and brackets and quotes that close themselves. Arrows choose, Enter takes, Escape
 * closes; Tab leaves the editor as it does everywhere.
 */
export function suggest({ format, source }: SuggestOptions): Extension {
  const suggestions = ({ state, pos, explicit }: CompletionContext): CompletionResult | null => {
    if (!state.selection.main.empty) return null;
    const text = state.doc.toString();
    const context = contextAt(text, format, pos);
    if (!context || !(explicit || context.typed !== '' || context.isQuoted)) return null;
    const items = matching(source(text, context), context);
    if (items.length === 0) return null;
    return {
      from: context.from,
      to: pos,
      options: items.map((item) => completionOf(item, context, format)),
      filter: false,
    };
  };
  return [
    autocompletion({ override: [suggestions], icons: false, interactionDelay: 0 }),
    closeBrackets(),
    keymap.of(closeBracketsKeymap),
    EditorState.phrases.of({ Completions: strings.code.suggestions }),
  ];
}
