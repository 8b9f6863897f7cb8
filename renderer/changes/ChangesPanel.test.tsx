import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { emptySidecar } from '../../shared/model/sidecar.ts';
import { pipelineOf } from '../../shared/testing/pipelineOf.ts';
import { replaceTransport } from '../bridge.ts';
import { adopt, edit, goToStep, setSidecar, typeText, useDocuments } from '../state/documentStore.ts';
import { MOST_STEPS } from '../state/documentTab.ts';
import { fakeBridge } from '../testing/fakeBridge.ts';
import { ChangesPanel } from './ChangesPanel.tsx';
import { changeRows, textsOf } from './steps.ts';

const text = JSON.stringify({ pipeline: pipelineOf({ Source: ['App'], Build: ['Compile'] }) }, null, 2);
const tab = () => useDocuments.getState().tabs[0]!;
const rename = (name: string) => edit('d', `Rename the pipeline to ${name}`, [{ path: ['name'], value: name }]);

beforeEach(() => {
  replaceTransport(fakeBridge());
  useDocuments.setState({ tabs: [], activeId: null });
  adopt({ documentId: 'd', path: '/p', name: 'p', format: 'json', text, sidecar: emptySidecar(), problems: [] });
});
afterEach(cleanup);

it('each step is a sentence with its difference, and leads back to itself', () => {
  rename('one');
  rename('two');
  render(<ChangesPanel />);
  const list = screen.getByRole('list', { name: 'Changes, newest first' });
  const labels = () =>
    within(list)
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent);
  expect(labels()[0]).toMatch(/^Rename the pipeline to two/);
  const shown = () => screen.getByRole('region', { name: /^Difference of/ }).textContent;
  expect(shown()).toMatch(/removed: .*"one".*added: .*"two"/);
  fireEvent.click(within(list).getByRole('button', { name: /^Rename the pipeline to one/ }));
  expect(tab().lastGood?.name).toBe('one');
  expect(shown()).toMatch(/"sketch".*"one"/);
  expect(labels()[0]).toMatch(/^Rename the pipeline to two \(undone\)/);
  fireEvent.click(within(list).getByRole('button', { name: 'As it was opened' }));
  expect(tab().text).toBe(text);
  fireEvent.click(within(list).getByRole('button', { name: /^Rename the pipeline to two/ }));
  expect(tab().lastGood?.name).toBe('two');
});

const meaning = () =>
  within(screen.getByRole('list', { name: 'What it changed' }))
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent);

it('each step says what it did to the pipeline', () => {
  rename('one');
  edit('d', 'Change two things', [
    { path: ['stages', 1, 'actions', 0, 'name'], value: 'Make' },
    { path: ['executionMode'], value: 'QUEUED' },
  ]);
  render(<ChangesPanel />);
  expect(meaning()).toEqual([
    expect.stringMatching(/^Pipeline one ≠ changed: executionMode .*→ QUEUED$/),
    'Action Build / Make ✎ renamed: renamed from Compile',
  ]);
  fireEvent.click(screen.getByRole('button', { name: /^Difference of Rename/ }));
  expect(meaning()).toEqual(['Pipeline one ≠ changed: name sketch → one']);
});

it('what was typed says where, and whether it changed anything but its looks', () => {
  const at = text.indexOf('"Compile"');
  const where = () => 'Build/Compile';
  typeText('d', `${text.slice(0, at)} ${text.slice(at)}`, { where });
  render(<ChangesPanel />);
  expect(screen.getByRole('button', { name: /^Edit text: Build\/Compile/ })).toBeTruthy();
  expect(meaning()).toEqual(['Only how it is written: spaces, comments or order.']);
  act(() => typeText('d', `${text.slice(0, at)}${text.slice(at + 1)}`, { where, isApart: true }));
  expect(meaning()).toEqual([expect.stringContaining('has a fault')]);
});

it('the difference of a step can be looked at without going back', () => {
  rename('one');
  rename('two');
  render(<ChangesPanel />);
  fireEvent.click(screen.getByRole('button', { name: 'Difference of Rename the pipeline to one' }));
  expect(screen.getByRole('region', { name: 'Difference of Rename the pipeline to one' })).toBeTruthy();
  expect(tab().lastGood?.name).toBe('two');
});

it('what is kept beside the file is told as such', () => {
  setSidecar('d', 'Note on Build', (sidecar) => ({ ...sidecar, notes: { Build: 'slow' } }));
  render(<ChangesPanel />);
  expect(screen.getByText(/kept beside the pipeline file/)).toBeTruthy();
  expect(screen.getByRole('region', { name: /^Difference/ }).textContent).toContain('"Build": "slow"');
});

it('goes back over a thousand steps and more, and forward again, to the byte', () => {
  const texts = [text];
  for (let count = 1; count <= 1200; count += 1) {
    rename(`name${count}`);
    texts.push(tab().text);
  }
  expect(MOST_STEPS).toBeGreaterThanOrEqual(1000);
  fc.assert(
    fc.property(fc.nat(1200), (count) => {
      goToStep('d', count);
      expect(tab().text).toBe(texts[count]);
      expect(changeRows(tab())).toHaveLength(1200);
      if (count > 0) expect(textsOf(tab(), count)).toEqual({ before: texts[count - 1], after: texts[count] });
      if (count < 1200) expect(textsOf(tab(), 1200)).toEqual({ before: texts[1199], after: texts[1200] });
    }),
    { numRuns: 30 },
  );
});
