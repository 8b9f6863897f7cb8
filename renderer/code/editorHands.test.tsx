import { StateEffect } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { act, cleanup, render } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { emptySidecar } from '../../shared/model/sidecar.ts';
import { action } from '../../shared/testing/brokenPipeline.ts';
import { completePipeline } from '../../shared/testing/completePipeline.ts';
import { replaceTransport } from '../bridge.ts';
import { adopt, useDocuments, validateNow } from '../state/documentStore.ts';
import { fakeBridge } from '../testing/fakeBridge.ts';
import { CodeView } from './CodeView.tsx';
import { problemsAtLine } from './problemField.ts';

/** A pipeline that takes an artifact "dits" where "dist" is meant. */
function open(format: 'json' | 'yaml') {
  const pipeline = completePipeline();
  action(pipeline, 'Deploy/Upload').inputArtifacts = [{ name: 'dits' }];
  const text = format === 'json' ? JSON.stringify({ pipeline }, null, 2) : stringify({ pipeline });
  act(() => {
    adopt({ documentId: 'd', path: '/p', name: 'p', format, text, sidecar: emptySidecar(), problems: [] });
    validateNow('d');
  });
  render(<CodeView />);
  const content = document.querySelector('[data-text-editor]')!.shadowRoot!.querySelector<HTMLElement>('.cm-content')!;
  return EditorView.findFromDOM(content)!;
}
const at = (editor: EditorView, text: string) => editor.state.doc.toString().indexOf(text);

/** As a key press does: the editor's own handlers see the letter before it is inserted. */
function input(editor: EditorView, text: string): void {
  const { from, to } = editor.state.selection.main;
  const put = () => editor.state.update({ ...editor.state.replaceSelection(text), userEvent: 'input.type' });
  if (!editor.state.facet(EditorView.inputHandler).some((handle) => handle(editor, from, to, text, put)))
    editor.dispatch(put());
}

beforeEach(() => {
  replaceTransport(fakeBridge());
  useDocuments.setState({ tabs: [], activeId: null });
});
afterEach(cleanup);

it.each(['json', 'yaml'] as const)('a problem of %s text stands in its line and in no other', (format) => {
  const editor = open(format);
  expect(problemsAtLine(editor, at(editor, 'dits')).map(({ what }) => what)).toEqual([
    expect.stringContaining('Input artifact "dits"'),
  ]);
  expect(problemsAtLine(editor, 0)).toEqual([]);
});

it.each([
  ['json', '{\n', '[', ']'],
  ['json', '{\n', '"', '"'],
  ['yaml', 'pipeline:\n', '{', '}'],
] as const)('typing in %s after %j closes %s, and writes over what closed it', (format, before, opening, closing) => {
  const editor = open(format);
  const start = at(editor, before) + before.length;
  editor.dispatch({ selection: { anchor: start }, userEvent: 'select' });
  const rest = editor.state.sliceDoc(start);
  input(editor, opening);
  expect(editor.state.sliceDoc(start)).toBe(`${opening}${closing}${rest}`);
  input(editor, closing);
  expect(editor.state.sliceDoc(start)).toBe(`${opening}${closing}${rest}`);
  expect(editor.state.selection.main.head).toBe(start + 2);
  expect(useDocuments.getState().tabs[0]!.undo).toHaveLength(1);
});

it('a name typed with its quotes over the old one is one step, and no quote too many', () => {
  const editor = open('json');
  const text = editor.state.doc.toString();
  const from = at(editor, '"Upload"');
  editor.dispatch({ selection: { anchor: from, head: from + 8 }, userEvent: 'select' });
  for (const letter of '"Publish"') input(editor, letter);
  expect(editor.state.doc.toString()).toBe(text.replace('"Upload"', '"Publish"'));
  const [tab] = useDocuments.getState().tabs;
  expect(tab!.undo).toHaveLength(1);
  expect(tab!.stale).toEqual([]);
});

it('a line with a problem is said to a screen reader when the cursor comes to it, and only then', () => {
  const editor = open('json');
  const said: string[] = [];
  const seen = EditorView.updateListener.of(({ transactions }) => {
    for (const { effects } of transactions)
      for (const effect of effects) if (effect.is(EditorView.announce)) said.push(effect.value);
  });
  editor.dispatch({ effects: StateEffect.appendConfig.of(seen) });
  const go = (text: string) => editor.dispatch({ selection: { anchor: at(editor, text) }, userEvent: 'select' });
  go('"Lint"');
  expect(said).toEqual([]);
  go('dits');
  go('dits"');
  expect(said).toEqual([expect.stringMatching(/^error: Input artifact "dits"/)]);
});
