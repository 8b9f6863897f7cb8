import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pipelineOf } from '../../shared/testing/pipelineOf.ts';
import { replaceTransport } from '../bridge.ts';
import { handleKey } from '../commands/registry.ts';
import { openPath, useDocuments } from '../state/documentStore.ts';
import { useUi } from '../state/uiStore.ts';
import { fakeBridge } from '../testing/fakeBridge.ts';
import { App } from './App.tsx';

const shop = pipelineOf({ Source: ['Repo'], Build: ['Lint', 'Compile', 'Package@2'], Approve: ['Approve'] });
const tab = () => useDocuments.getState().tabs[0]!;
const names = () => tab().lastGood!.stages.map(({ actions }) => actions.map(({ name }) => name).join(' '));
const press = (key: string, init: KeyboardEventInit = {}) => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init });
  if (document.activeElement!.dispatchEvent(event)) handleKey(event);
};
const line = (where: string) => document.querySelector<HTMLElement>(`[role="treeitem"][data-where="${where}"]`)!;
const focused = () => (document.activeElement as HTMLElement).dataset.where;

beforeEach(async () => {
  useDocuments.setState({ tabs: [], activeId: null });
  useUi.setState({ view: 'start', editorMode: 'design', dialog: null, leftPanel: 'outline', isLeftOpen: true });
  const file = { path: '/p/shop.pipeline.json', text: JSON.stringify({ pipeline: shop }, null, 2) };
  replaceTransport(fakeBridge({ files: [file] }));
  render(<App />);
  await openPath('/p/shop.pipeline.json');
  await screen.findAllByRole('article');
  fireEvent.click(line('Build/Lint'));
});
afterEach(cleanup);

describe('the outline', () => {
  it('is a tree with one tab stop, each line with its name, level and place', () => {
    const lines = [...document.querySelectorAll<HTMLElement>('[role="treeitem"]')];
    expect(lines.map(({ dataset }) => dataset.where)).toEqual([
      '',
      'Source',
      'Source/Repo',
      'Build',
      'Build/Lint',
      'Build/Compile',
      'Build/Package',
      'Approve',
      'Approve/Approve',
    ]);
    expect(lines.filter(({ tabIndex }) => tabIndex === 0)).toEqual([line('Build/Lint')]);
    expect(line('Build').textContent).toMatch(/^Build, 3 actions/);
    expect(line('Build/Package').textContent).toMatch(/^Package, CodeBuild, run order 2/);
    expect(line('Build/Package').getAttribute('aria-posinset')).toBe('3');
  });

  it('walks and selects with the arrow keys, Home, End and first letters', async () => {
    const walk = async (key: string, to: string) => {
      press(key);
      await waitFor(() => expect(focused()).toBe(to));
      expect(tab().selection).toBe(to);
    };
    await walk('ArrowDown', 'Build/Compile');
    await walk('ArrowLeft', 'Build');
    await walk('ArrowRight', 'Build/Lint');
    await walk('End', 'Approve/Approve');
    await walk('Home', '');
    await walk('p', 'Build/Package');
  });

  it('edits with the keys of the canvas: moves, deletes, copies, adds', async () => {
    press('ArrowDown', { altKey: true });
    expect(tab().lastGood!.stages[1]!.actions.find(({ name }) => name === 'Lint')?.runOrder).toBe(2);
    press('d', { ctrlKey: true });
    await waitFor(() => expect(names()[1]).toMatch(/Lint2/));
    press('Delete');
    expect(names()[1]).not.toMatch(/Lint2/);
    line('Build/Lint').focus();
    press('a');
    expect(await screen.findByRole('dialog', { name: 'Add an action' })).toBeTruthy();
  });
});
