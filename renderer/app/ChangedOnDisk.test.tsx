import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { emptySidecar } from '../../shared/model/sidecar.ts';
import { pipelineOf } from '../../shared/testing/pipelineOf.ts';
import { replaceTransport } from '../bridge.ts';
import { adopt, edit, fileChanged, isDirty, undo, useDocuments } from '../state/documentStore.ts';
import { useUi } from '../state/uiStore.ts';
import { fakeBridge } from '../testing/fakeBridge.ts';
import { ChangedOnDisk } from './ChangedOnDisk.tsx';

const text = JSON.stringify({ pipeline: pipelineOf({ Source: ['App'], Build: ['Compile'] }) }, null, 2);
const theirs = text.replace('"Compile"', '"Make"');
const open = (documentId: string) =>
  adopt({
    documentId,
    path: `/${documentId}`,
    name: documentId,
    format: 'json',
    text,
    sidecar: emptySidecar(),
    problems: [],
  });
const tab = () => useDocuments.getState().tabs[0]!;

beforeEach(() => {
  replaceTransport(fakeBridge());
  useDocuments.setState({ tabs: [], activeId: null });
  useUi.setState({ dialog: null });
  open('d');
  edit('d', 'Rename', [{ path: ['name'], value: 'mine' }]);
});
afterEach(cleanup);

function ask(changed = theirs) {
  fileChanged('d', changed);
  expect(useUi.getState().dialog).toEqual({ name: 'changedOnDisk', documentId: 'd', text: changed });
  render(<ChangedOnDisk documentId="d" text={changed} />);
}

it('both differences are shown', () => {
  ask();
  expect(screen.getByRole('region', { name: 'What I changed' }).textContent).toMatch(/"sketch".*"mine"/);
  expect(screen.getByRole('region', { name: 'What the other program changed' }).textContent).toMatch(
    /"Compile".*"Make"/,
  );
});

it('merging takes both, as one step to undo', () => {
  ask();
  fireEvent.click(screen.getByRole('button', { name: 'Merge both' }));
  expect(tab().lastGood).toMatchObject({ name: 'mine', stages: [{}, { actions: [{ name: 'Make' }] }] });
  expect(useUi.getState().dialog).toBeNull();
  undo('d');
  expect(tab().lastGood?.stages[1]?.actions[0]?.name).toBe('Compile');
});

it('taking theirs leaves nothing unsaved, and undo brings mine back', () => {
  ask();
  fireEvent.click(screen.getByRole('button', { name: 'Take theirs' }));
  expect(tab().text).toBe(theirs);
  expect(isDirty(tab())).toBe(false);
  undo('d');
  expect(tab().lastGood?.name).toBe('mine');
});

it('keeping mine changes nothing but what it is compared with', () => {
  ask();
  fireEvent.click(screen.getByRole('button', { name: 'Keep mine' }));
  expect(tab()).toMatchObject({ savedText: theirs });
  expect(tab().lastGood?.name).toBe('mine');
});

it('the same line changed by both is not merged', () => {
  ask(text.replace('"sketch"', '"theirs"'));
  expect(screen.queryByRole('button', { name: 'Merge both' })).toBeNull();
  expect(screen.getByText(/cannot be merged by themselves/)).toBeTruthy();
});

it('a second document that changed is asked about after the first', () => {
  open('e');
  edit('e', 'Rename', [{ path: ['name'], value: 'other' }]);
  ask();
  fileChanged('e', theirs);
  fireEvent.click(screen.getByRole('button', { name: 'Keep mine' }));
  expect(useUi.getState().dialog).toMatchObject({ name: 'changedOnDisk', documentId: 'e' });
});
