import { defaultKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, codeFolding, foldGutter, foldKeymap, indentOnInput, indentUnit } from '@codemirror/language';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { Annotation, EditorState, type Extension } from '@codemirror/state';
import { EditorView, hoverTooltip, keymap, lineNumbers, type ViewUpdate } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { offersFixes } from '../problems/fixTarget.ts';
import { patchBetween } from '../state/textPatch.ts';
import { strings } from '../strings/strings.ts';
import { editorTheme } from './editorTheme.ts';
import type { TextChange } from './lineEnds.ts';
import { type FixHands, marksAndProblems, problemsAtLine, rectAt, setMarks } from './problemField.ts';
import type { LineMark } from './textPlaces.ts';
import { showsText } from './textTarget.ts';

/** What the hands do in the editor. Without it the text can only be read. */
export interface Editing {
  /** Typed, pasted, taken from a suggestion. `isApart` = elsewhere than the last change; `cursor` = where it stands then. */
  onEdit: (changes: readonly TextChange[], isApart: boolean, cursor: number) => void;
  undo: () => void;
  redo: () => void;
  /** Suggestions. */
  extension: Extension;
  fixes: FixHands;
  meaningOf: (text: string, offset: number) => { title: string; text: string; from: number; to: number } | undefined;
}

interface CodeEditorProps {
  text: string;
  format: 'json' | 'yaml';
  label: string;
  /** What is selected in the window; shown, and scrolled to when it changes. */
  highlight: { from: number; to: number } | undefined;
  marks: readonly LineMark[];
  /** The reader put the cursor there. */
  onCursor: (offset: number) => void;
  editing?: Editing | undefined;
}

/** The text changed elsewhere: on the canvas, by undo, on disk. */
const fromOutside = Annotation.define<boolean>();

/** Changes of an update in rising order, and whether they begin anywhere else than where the cursor stood. */
function told({ changes, startState }: ViewUpdate): { changes: TextChange[]; isApart: boolean } {
  const found: TextChange[] = [];
  let isApart = false;
  const { from: start, to: end } = startState.selection.main;
  changes.iterChanges((from, to, _fromB, _toB, inserted) => {
    found.push({ from, to, insert: inserted.toString() });
    if (to < start - 1 || from > end + 1) isApart = true;
  });
  return { changes: found, isApart };
}

const hover = (hands: { current: Editing | undefined }) =>
  hoverTooltip((view, at) => {
    const meaning = hands.current?.meaningOf(view.state.doc.toString(), at);
    if (!meaning) return null;
    return {
      pos: meaning.from,
      end: meaning.to,
      above: true,
      create: () => {
        const dom = document.createElement('div');
        dom.className = 'cm-hint';
        dom.append(Object.assign(document.createElement('strong'), { textContent: meaning.title }));
        dom.append(Object.assign(document.createElement('p'), { textContent: meaning.text }));
        return { dom };
      },
    };
  });

/** Keys that the whole window shares; a press that the editor takes is not seen by the window. */
const undoKeys = (hands: { current: Editing | undefined }) => {
  const take = (what: 'undo' | 'redo') => () => {
    hands.current?.[what]();
    return true;
  };
  return keymap.of([
    { key: 'Mod-z', run: take('undo'), preventDefault: true },
    { key: 'Mod-y', run: take('redo'), preventDefault: true },
    { key: 'Mod-Shift-z', run: take('redo'), preventDefault: true },
  ]);
};

/**
 * CodeMirror over a text that others change too; undo is the document's, not the editor's. It lives in a shadow root because
 * there its style sheets are adopted, not written as a <style> element, which the content security policy refuses; our tokens
 * reach into it by inheritance. Tab leaves it, as it leaves every field; Ctrl+] and Ctrl+[ indent.
 */
export function CodeEditor({ text, format, label, highlight, marks, onCursor, editing }: CodeEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const cursor = useRef(onCursor);
  cursor.current = onCursor;
  const hands = useRef(editing);
  hands.current = editing;
  const isEditable = editing !== undefined;

  // biome-ignore lint/correctness/useExhaustiveDependencies: text and marks are brought up to date by the effects below.
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' });
    let isApart = true;
    const editor = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: text,
        extensions: [
          EditorState.readOnly.of(!isEditable),
          EditorState.phrases.of(strings.code.editor),
          EditorView.contentAttributes.of({
            'aria-label': label,
            spellcheck: 'false',
            tabindex: '0',
            ...(!isEditable && { 'aria-readonly': 'true' }),
          }),
          isEditable ? [hands.current?.extension ?? [], undoKeys(hands), hover(hands)] : [],
          lineNumbers(),
          marksAndProblems(hands.current?.fixes),
          foldGutter({ openText: '▾', closedText: '▸' }),
          codeFolding(),
          bracketMatching(),
          indentOnInput(),
          indentUnit.of(indentOf(text)),
          highlightSelectionMatches(),
          search({ top: true }),
          keymap.of([...searchKeymap, ...foldKeymap, ...defaultKeymap]),
          format === 'json' ? json() : yaml(),
          editorTheme,
          EditorView.updateListener.of((update) => {
            if (update.transactions.some((one) => one.annotation(fromOutside))) return;
            if (update.docChanged) {
              const { changes, isApart: isElsewhere } = told(update);
              hands.current?.onEdit(changes, isApart || isElsewhere, update.state.selection.main.head);
              isApart = false;
            } else if (update.selectionSet && update.transactions.some((one) => one.isUserEvent('select'))) {
              isApart = true;
              cursor.current(update.state.selection.main.head);
            }
          }),
        ],
      }),
    });
    view.current = editor;
    const gone = isEditable
      ? showsText(({ line, column = 1 }) => {
          const { doc } = editor.state;
          const at = doc.line(Math.max(1, Math.min(line, doc.lines)));
          const anchor = Math.min(at.from + column - 1, at.to);
          editor.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) });
          editor.focus();
        })
      : undefined;
    if (isEditable)
      offersFixes(element, () => {
        const { head } = editor.state.selection.main;
        return { problems: problemsAtLine(editor, head), beside: rectAt(editor, head), returnTo: editor.contentDOM };
      });
    return () => {
      gone?.();
      editor.destroy();
      view.current = null;
    };
  }, [format, label, isEditable]);

  // After every render: what was typed and undone before React drew again comes as the same text twice.
  const drawn = useRef<{ doc: unknown; text: string }>({ doc: undefined, text: '' });
  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const { doc } = editor.state;
    if (drawn.current.doc !== doc) drawn.current = { doc, text: doc.toString() };
    const patch = patchBetween(drawn.current.text, text);
    if (!patch) return;
    const { start, removed, inserted } = patch;
    editor.dispatch({
      changes: { from: start, to: start + removed.length, insert: inserted },
      annotations: fromOutside.of(true),
      // Undone while the hands are here: the cursor goes where the text changed.
      ...(editor.hasFocus && { selection: { anchor: start + inserted.length }, scrollIntoView: true }),
    });
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: by value, and again after the text changed.
  useEffect(() => {
    view.current?.dispatch({ effects: setMarks.of({ highlight, problems: marks }) });
  }, [highlight?.from, highlight?.to, marks, text, format, label, isEditable]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls when the selection moved, not when the text around it did.
  useEffect(() => {
    const editor = view.current;
    // Whoever has the keyboard here selected by the cursor: nothing may move under it.
    if (!highlight || !editor || editor.hasFocus || highlight.from > editor.state.doc.length) return;
    editor.dispatch({ effects: EditorView.scrollIntoView(highlight.from, { y: 'start', yMargin: 60 }) });
  }, [highlight?.from]);
  return <div ref={host} data-text-editor style={{ height: '100%' }} />;
}

/** The indentation that the text uses, by its first indented line. */
const indentOf = (text: string): string => /^( {1,8}|\t)(?=\S)/m.exec(text)?.[1] ?? '  ';
