import { defaultKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, codeFolding, foldGutter, foldKeymap } from '@codemirror/language';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState, RangeSetBuilder, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, keymap, lineNumbers } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { editorTheme } from './editorTheme.ts';
import type { LineMark } from './textPlaces.ts';

interface CodeEditorProps {
  text: string;
  format: 'json' | 'yaml';
  label: string;
  /** What is selected in the window; shown, and scrolled to when it changes. */
  highlight: { from: number; to: number } | undefined;
  marks: readonly LineMark[];
  /** The reader put the cursor there. */
  onCursor: (offset: number) => void;
}

const setMarks = StateEffect.define<{ highlight: CodeEditorProps['highlight']; marks: readonly LineMark[] }>();

/** Whole lines: those of the selected place, and those with problems over them. */
const decorations = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(current, transaction) {
    for (const effect of transaction.effects) {
      if (!effect.is(setMarks)) continue;
      const { doc } = transaction.state;
      const byLine = new Map<number, { classes: string[]; title: string[] }>();
      const at = (line: number) => {
        let entry = byLine.get(line);
        if (!entry) {
          entry = { classes: [], title: [] };
          byLine.set(line, entry);
        }
        return entry;
      };
      const { highlight, marks } = effect.value;
      if (highlight && highlight.to <= doc.length) {
        const last = doc.lineAt(highlight.to).number;
        for (let line = doc.lineAt(highlight.from).number; line <= last; line += 1) at(line).classes.push('cm-place');
      }
      for (const mark of marks) {
        const entry = at(doc.lineAt(Math.min(mark.offset, doc.length)).number);
        entry.classes.push(`cm-problem-${mark.severity}`);
        entry.title.push(mark.text);
      }
      const builder = new RangeSetBuilder<Decoration>();
      for (const [line, { classes, title }] of [...byLine].sort(([a], [b]) => a - b)) {
        const { from } = doc.line(line);
        const attributes: Record<string, string> = title.length ? { title: title.join('\n') } : {};
        builder.add(from, from, Decoration.line({ class: classes.join(' '), attributes }));
      }
      return builder.finish();
    }
    return current.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

/**
 * CodeMirror, read-only. It lives in a shadow root because there its style sheets are adopted, not written as a <style>
 * element, which the content security policy refuses; our tokens reach into it by inheritance.
 */
export function CodeEditor({ text, format, label, highlight, marks, onCursor }: CodeEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const cursor = useRef(onCursor);
  cursor.current = onCursor;
  const isReadersMove = useRef(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: text and marks are brought up to date by the effects below.
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' });
    const editor = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: text,
        extensions: [
          EditorState.readOnly.of(true),
          EditorView.contentAttributes.of({ 'aria-label': label, 'aria-readonly': 'true', tabindex: '0' }),
          lineNumbers(),
          foldGutter(),
          codeFolding(),
          bracketMatching(),
          highlightSelectionMatches(),
          search({ top: true }),
          keymap.of([...searchKeymap, ...foldKeymap, ...defaultKeymap]),
          format === 'json' ? json() : yaml(),
          decorations,
          editorTheme,
          EditorView.updateListener.of((update) => {
            if (!update.selectionSet || !update.transactions.some((one) => one.isUserEvent('select'))) return;
            isReadersMove.current = true;
            cursor.current(update.state.selection.main.head);
          }),
        ],
      }),
    });
    view.current = editor;
    return () => {
      editor.destroy();
      view.current = null;
    };
  }, [format, label]);

  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() === text) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } });
  }, [text]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: by value, and again after the text changed.
  useEffect(() => {
    view.current?.dispatch({ effects: setMarks.of({ highlight, marks }) });
  }, [highlight?.from, highlight?.to, marks, text, format]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls when the selection moved, not when the text around it did.
  useEffect(() => {
    const wasReader = isReadersMove.current;
    isReadersMove.current = false;
    if (!highlight || wasReader || !view.current || highlight.from > view.current.state.doc.length) return;
    view.current.dispatch({ effects: EditorView.scrollIntoView(highlight.from, { y: 'start', yMargin: 60 }) });
  }, [highlight?.from]);

  return <div ref={host} style={{ height: '100%' }} />;
}
