import { Facet, Prec, StateEffect, StateField } from '@codemirror/state';
import { EditorView, keymap, showTooltip, type Tooltip } from '@codemirror/view';
import type { DocumentFormat } from '../../shared/model/textTree.ts';
import { type CursorContext, contextAt } from './cursorContext.ts';
import { insertionOf } from './insertion.ts';
import type { Suggestion } from './suggestions.ts';

interface Open {
  context: CursorContext;
  items: readonly Suggestion[];
  chosen: number;
}

interface SuggestOptions {
  format: DocumentFormat;
  source: (text: string, context: CursorContext) => readonly Suggestion[];
}

const MOST = 50;
const open = StateEffect.define<Open | null>();

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

function popup(view: EditorView, state: Open): HTMLElement {
  const dom = document.createElement('div');
  dom.className = 'cm-suggest';
  const list = dom.appendChild(document.createElement('ul'));
  list.id = 'suggestions';
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', 'Suggestions');
  state.items.forEach((item, index) => {
    const row = list.appendChild(document.createElement('li'));
    row.id = `suggestion-${index}`;
    row.setAttribute('role', 'option');
    row.setAttribute('aria-selected', String(index === state.chosen));
    row.append(
      Object.assign(document.createElement('span'), { textContent: item.label, className: 'cm-suggest-label' }),
    );
    row.append(
      Object.assign(document.createElement('span'), { textContent: item.detail, className: 'cm-suggest-detail' }),
    );
    row.addEventListener('mousedown', (event) => {
      event.preventDefault();
      take(view, index);
    });
  });
  const help = state.items[state.chosen]?.help;
  if (help) dom.append(Object.assign(document.createElement('p'), { textContent: help, className: 'cm-suggest-help' }));
  return dom;
}

const formatOfText = Facet.define<DocumentFormat, DocumentFormat>({ combine: ([format = 'json']) => format });

function take(view: EditorView, index: number): boolean {
  const state = view.state.field(field, false);
  const item = state?.items[index];
  if (!state || !item) return false;
  const { from, to, insert, cursor } = insertionOf(
    item,
    state.context,
    view.state.facet(formatOfText),
    view.state.doc.toString(),
  );
  view.dispatch({
    changes: { from, to, insert },
    selection: { anchor: from + cursor },
    effects: open.of(null),
    userEvent: 'input.complete',
    scrollIntoView: true,
  });
  return true;
}

const field = StateField.define<Open | null>({
  create: () => null,
  update(current, transaction) {
    for (const effect of transaction.effects) if (effect.is(open)) return effect.value;
    return transaction.docChanged || transaction.selection ? null : current;
  },
  provide: (self) => [
    showTooltip.from(
      self,
      (state): Tooltip | null =>
        state && {
          pos: state.context.from,
          create: (view) => {
            const dom = popup(view, state);
            return {
              dom,
              mount: () => dom.querySelector('[aria-selected="true"]')?.scrollIntoView?.({ block: 'nearest' }),
            };
          },
        },
    ),
    EditorView.contentAttributes.from(
      self,
      (state): Record<string, string> => ({
        'aria-autocomplete': 'list',
        ...(state && { 'aria-controls': 'suggestions', 'aria-activedescendant': `suggestion-${state.chosen}` }),
      }),
    ),
  ],
});

const isOpen = (view: EditorView) => Boolean(view.state.field(field, false));
const move = (step: number) => (view: EditorView) => {
  const state = view.state.field(field, false);
  if (!state) return false;
  const count = state.items.length;
  view.dispatch({ effects: open.of({ ...state, chosen: (state.chosen + step + count) % count }) });
  return true;
};
const close = (view: EditorView) => {
  if (!isOpen(view)) return false;
  view.dispatch({ effects: open.of(null) });
  return true;
};

/**
 * Suggestions while typing and with Ctrl+Space. Arrows choose, Enter takes, Escape closes; Tab leaves the editor as it does
 * everywhere.
 */
export function suggest({ format, source }: SuggestOptions) {
  const suggestionsFor = (view: EditorView): Open | null => {
    const { state } = view;
    if (!state.selection.main.empty) return null;
    const text = state.doc.toString();
    const context = contextAt(text, format, state.selection.main.head);
    const items = context ? matching(source(text, context), context) : [];
    return context && items.length > 0 ? { context, items, chosen: 0 } : null;
  };
  const ask = (view: EditorView) => {
    view.dispatch({ effects: open.of(suggestionsFor(view)) });
    return true;
  };
  return [
    formatOfText.of(format),
    field,
    Prec.highest(
      keymap.of([
        { key: 'Ctrl-Space', run: ask },
        { key: 'ArrowDown', run: move(1) },
        { key: 'ArrowUp', run: move(-1) },
        { key: 'Enter', run: (view) => take(view, view.state.field(field, false)?.chosen ?? 0) },
        { key: 'Escape', run: close },
      ]),
    ),
    EditorView.domEventHandlers({
      blur: (_event, view) => {
        // The list may be taken from by the pointer; that keeps the focus in the editor.
        close(view);
        return false;
      },
    }),
    EditorView.updateListener.of(({ view, transactions }) => {
      if (!transactions.some((one) => one.isUserEvent('input.type'))) return;
      // What was just typed is drawn first; the cursor may have moved on meanwhile.
      queueMicrotask(() => {
        const found = view.dom.isConnected ? suggestionsFor(view) : null;
        if (found && (found.context.typed !== '' || found.context.isQuoted)) view.dispatch({ effects: open.of(found) });
      });
    }),
  ];
}
