import { EditorView } from '@codemirror/view';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { emptySidecar } from '../../shared/model/sidecar.ts';
import { pipelineOf } from '../../shared/testing/pipelineOf.ts';
import { replaceTransport } from '../bridge.ts';
import { adopt, isSound, setSelection, undo, useDocuments } from '../state/documentStore.ts';
import { fakeBridge } from '../testing/fakeBridge.ts';
import { CodeView } from './CodeView.tsx';

const whole = JSON.stringify({ pipeline: pipelineOf({ Source: ['App'], Build: ['Compile'] }) }, null, 2);
const open = (text: string, more: { isPart?: boolean } = {}) => {
  adopt({
    documentId: 'd',
    path: '/p/shop.pipeline.json',
    name: 'shop',
    format: 'json',
    text,
    sidecar: emptySidecar(),
    problems: [],
    ...more,
  });
  render(<CodeView />);
};

const tab = () => useDocuments.getState().tabs[0]!;
const editorOf = () => {
  const content = document.querySelector('[data-text-editor]')!.shadowRoot!.querySelector<HTMLElement>('.cm-content')!;
  return EditorView.findFromDOM(content)!;
};

beforeEach(() => {
  replaceTransport(fakeBridge());
  useDocuments.setState({ tabs: [], activeId: null });
});
afterEach(cleanup);

it('a text with a fault says in which line, and leads there', () => {
  open(whole.slice(0, 120));
  expect(screen.getByRole('alert').textContent).toMatch(/^Line \d+: /);
  fireEvent.click(screen.getByRole('button', { name: 'Go there' }));
  const editor = editorOf();
  expect(editor.state.doc.lineAt(editor.state.selection.main.head).number).toBe(editor.state.doc.lines);
});

it('a sound text has no such words, and can be typed in', () => {
  open(whole);
  expect(screen.queryByRole('alert')).toBeNull();
  expect(screen.queryByText(/Read-only/)).toBeNull();
  const editor = editorOf();
  const from = whole.indexOf('"sketch"') + 1;
  editor.dispatch({ changes: { from, to: from + 6, insert: 'shop' }, userEvent: 'input.type' });
  expect(tab().lastGood?.name).toBe('shop');
  expect(tab().undo.map(({ label }) => label)).toEqual(['Edit text']);
});

it('invalid text keeps the last good pipeline', () => {
  open(whole);
  editorOf().dispatch({ changes: { from: 30, insert: '"' }, userEvent: 'input.type' });
  expect(isSound(tab().parsed)).toBe(false);
  expect(tab().lastGood?.stages).toHaveLength(2);
});

it('undo brings the text back in the editor too', () => {
  open(whole);
  const editor = editorOf();
  editor.dispatch({ changes: { from: whole.length, insert: '\n' }, userEvent: 'input.type' });
  act(() => void undo('d'));
  expect(editor.state.doc.toString()).toBe(whole);
  expect(tab().text).toBe(whole);
});

it('selection goes both ways', () => {
  open(whole);
  const editor = editorOf();
  editor.dispatch({ selection: { anchor: whole.indexOf('"Compile"') }, userEvent: 'select' });
  expect(tab().selection).toBe('Build/Compile');
  act(() => setSelection('Source/App'));
  const marked = [...editor.dom.querySelectorAll('.cm-place')].map(({ textContent }) => textContent).join('');
  expect(marked).toContain('"App"');
  expect(marked).not.toContain('"Compile"');
});

it('the first lines of a file that is too large can only be read', () => {
  open(whole, { isPart: true });
  expect(screen.getByText('Read-only: the first lines of the file.')).toBeTruthy();
  expect(editorOf().state.readOnly).toBe(true);
});
