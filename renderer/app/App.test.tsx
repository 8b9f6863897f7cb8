import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pipelineOf } from '../../shared/testing/pipelineOf.ts';
import { replaceTransport } from '../bridge.ts';
import { handleKey } from '../commands/registry.ts';
import { openPath, setText, useDocuments } from '../state/documentStore.ts';
import { useUi } from '../state/uiStore.ts';
import { fakeBridge } from '../testing/fakeBridge.ts';
import { App } from './App.tsx';
import { startApp } from './startApp.ts';

const file = (path: string, pipeline: unknown) => ({ path, text: `${JSON.stringify({ pipeline }, null, 2)}\n` });
const shop = pipelineOf({ Source: ['Repo'], Build: ['Lint', 'Compile', 'Package@2'], Approve: ['Approve'] });
const press = (key: string, init: KeyboardEventInit = {}) => {
  const target = document.activeElement ?? document.body;
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init });
  if (target.dispatchEvent(event)) handleKey(event);
};

beforeEach(() => {
  useDocuments.setState({ tabs: [], activeId: null });
  useUi.setState({
    view: 'start',
    editorMode: 'design',
    notices: [],
    dialog: null,
    host: 'electron',
    leftPanel: 'palette',
    isLeftOpen: true,
  });
  replaceTransport(
    fakeBridge({
      files: [
        file('/p/shop.pipeline.json', shop),
        { path: '/p/readme.json', text: '{"hello": 1}' },
        file('/p/new.pipeline.json', { name: 'new', roleArn: 'arn:aws:iam::111122223333:role/x', stages: [] }),
      ],
    }),
  );
});
afterEach(cleanup);

describe('the window', () => {
  it('begins with the sample, the templates and what was open before', async () => {
    render(<App />);
    expect(screen.getByRole('button', { name: 'Open the sample' })).toBeTruthy();
    expect(await screen.findByRole('button', { name: /shop\.pipeline\.json/ })).toBeTruthy();
  });

  it('draws each action of an opened pipeline as a card that says all it shows', async () => {
    render(<App />);
    await openPath('/p/shop.pipeline.json');
    const card = await screen.findByRole('article', { name: /^Package, / });
    expect(card.getAttribute('aria-label')).toBe(
      'Package, CodeBuild build action, stage 2 of 3, Build, run order 2, in: RepoOut, out: PackageOut, real run, not started',
    );
  });

  it('never shows an empty canvas for a file that is no pipeline', async () => {
    render(<App />);
    await openPath('/p/readme.json');
    const alert = await screen.findByRole('alert');
    expect(within(alert).getByText(/not a pipeline declaration/)).toBeTruthy();
    fireEvent.click(within(alert).getByRole('button', { name: 'Look at the text' }));
    expect(useUi.getState().editorMode).toBe('code');
  });

  it('invites a new pipeline to its first stages', async () => {
    render(<App />);
    await openPath('/p/new.pipeline.json');
    for (const name of ['source', 'build'])
      expect(await screen.findByRole('button', { name: `Add ${name} action` })).toBeTruthy();
  });

  it('is one tab stop on the canvas', async () => {
    render(<App />);
    await openPath('/p/shop.pipeline.json');
    const canvas = await screen.findByRole('application');
    await screen.findAllByRole('article');
    const stops = [...canvas.querySelectorAll<HTMLElement>('button, a[href], input, [tabindex]')].filter(
      ({ tabIndex }) => tabIndex >= 0,
    );
    expect(stops.filter((stop) => stop.tagName !== 'A')).toEqual([]);
    expect(canvas.tabIndex).toBe(0);
  });
});

describe('the canvas by keyboard', () => {
  const selected = () => useDocuments.getState().tabs[0]?.selection;
  const open = async () => {
    render(<App />);
    await openPath('/p/shop.pipeline.json');
    const canvas = await screen.findByRole('application');
    await screen.findAllByRole('article');
    await waitFor(() => expect(canvas.getAttribute('aria-label')).toMatch(/Pipeline sketch/));
    canvas.focus();
    return canvas;
  };

  it('walks through stages and actions with the arrow keys', async () => {
    const canvas = await open();
    const walk = (key: string) => fireEvent.keyDown(canvas, { key });
    walk('Home');
    expect(selected()).toBe('Source');
    walk('ArrowDown');
    expect(selected()).toBe('Source/Repo');
    walk('ArrowRight');
    expect(selected()).toBe('Build/Lint');
    walk('ArrowDown');
    walk('ArrowDown');
    expect(selected()).toBe('Build/Package');
    walk('Escape');
    expect(selected()).toBe('');
  });

  it('moves an action with Alt and the arrow keys, one step to undo', async () => {
    const canvas = await open();
    for (const key of ['Home', 'ArrowDown', 'ArrowRight']) fireEvent.keyDown(canvas, { key });
    press('ArrowDown', { altKey: true });
    const stage = () => useDocuments.getState().tabs[0]!.lastGood!.stages[1]!;
    expect(stage().actions.find(({ name }) => name === 'Lint')?.runOrder).toBe(2);
    press('z', { ctrlKey: true });
    expect(stage()).toEqual(shop.stages[1]);
  });

  it('adds an action after the selection without a drag', async () => {
    await open();
    press('a');
    const menu = await screen.findByRole('dialog', { name: 'Add an action' });
    const input = within(menu).getByPlaceholderText('Search action types');
    fireEvent.change(input, { target: { value: 's3' } });
    fireEvent.keyDown(input, { key: 'Enter' });
    await waitFor(() => expect(selected()).toBe('Approve/Deploy'));
  });

  it('deletes the selection and offers to take it back', async () => {
    const canvas = await open();
    for (const key of ['Home', 'ArrowDown', 'ArrowRight']) fireEvent.keyDown(canvas, { key });
    press('Delete');
    expect(useDocuments.getState().tabs[0]!.lastGood!.stages[1]!.actions).toHaveLength(2);
    fireEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    expect(useDocuments.getState().tabs[0]!.lastGood!.stages[1]!.actions).toHaveLength(3);
  });

  it('leaves letters to a text field', async () => {
    await open();
    screen.getByRole('searchbox', { name: 'Filter action types' }).focus();
    press('a');
    expect(screen.queryByRole('dialog', { name: 'Add an action' })).toBeNull();
  });

  it('goes to an action by the first letters of its name', async () => {
    const canvas = await open();
    const type = (text: string) => {
      for (const key of text) fireEvent.keyDown(canvas, { key });
    };
    type('pac');
    expect(selected()).toBe('Build/Package');
    // "A" alone adds an action; within a word it is a letter.
    expect(screen.queryByRole('dialog', { name: 'Add an action' })).toBeNull();
  });

  it('renames what is selected in place', async () => {
    const canvas = await open();
    for (const key of ['Home', 'ArrowDown', 'ArrowRight']) fireEvent.keyDown(canvas, { key });
    press('F2');
    const field = await within(canvas).findByRole('textbox', { name: 'Action name' });
    fireEvent.change(field, { target: { value: 'Style' } });
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(selected()).toBe('Build/Style');
    expect(document.activeElement).toBe(canvas);
  });

  it('leaves a name as it was on Escape', async () => {
    const canvas = await open();
    fireEvent.keyDown(canvas, { key: 'Home' });
    press('F2');
    const field = await within(canvas).findByRole('textbox', { name: 'Stage name' });
    fireEvent.change(field, { target: { value: 'Other' } });
    fireEvent.keyDown(field, { key: 'Escape' });
    expect(useDocuments.getState().tabs[0]!.lastGood!.stages[0]!.name).toBe('Source');
  });

  it('copies an action and pastes it behind the selection under a free name', async () => {
    const canvas = await open();
    for (const key of ['Home', 'ArrowDown', 'ArrowRight']) fireEvent.keyDown(canvas, { key });
    press('c', { ctrlKey: true });
    press('v', { ctrlKey: true });
    expect(selected()).toBe('Build/Lint2');
    expect(document.activeElement).toBe(canvas);
  });

  it('deletes what Shift+click marked as one step', async () => {
    await open();
    fireEvent.click(screen.getByRole('article', { name: /^Repo, / }));
    fireEvent.click(screen.getByRole('article', { name: /^Compile, / }), { shiftKey: true });
    expect(screen.getByRole('article', { name: /^Lint, / }).hasAttribute('data-selected')).toBe(true);
    press('Delete');
    const names = useDocuments
      .getState()
      .tabs[0]!.lastGood!.stages.map(({ actions }) => actions.map(({ name }) => name));
    expect(names).toEqual([[], ['Package'], ['Approve']]);
    expect(useDocuments.getState().tabs[0]!.undo).toHaveLength(1);
  });

  it('opens the inspector with Enter, at its first field', async () => {
    const canvas = await open();
    fireEvent.keyDown(canvas, { key: 'Home' });
    fireEvent.keyDown(canvas, { key: 'Enter' });
    await waitFor(() => expect(document.activeElement?.closest('#inspector')).not.toBeNull());
  });

  it('goes through the parts of the window with F6 and back', async () => {
    const canvas = await open();
    press('F6');
    expect(document.activeElement?.closest('#left, #inspector')?.id).toBe('inspector');
    press('F6', { shiftKey: true });
    expect(document.activeElement).toBe(canvas);
    press('F6', { shiftKey: true });
    expect(document.activeElement?.closest('#left, #inspector')?.id).toBe('left');
  });
});

describe('the palette', () => {
  it('adds where the action may stand, also when the selection is elsewhere', async () => {
    render(<App />);
    await openPath('/p/shop.pipeline.json');
    await screen.findAllByRole('article');
    fireEvent.click(screen.getByTitle(/^Manual approval/));
    await waitFor(() => expect(useDocuments.getState().tabs[0]?.selection).toBe('Approve/Approve2'));
    expect(document.activeElement).toBe(screen.getByRole('application'));
  });
});

describe('a page that is left', () => {
  it('asks first while a document has changes that are not saved, and only then', async () => {
    startApp();
    const leaves = () => window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
    await openPath('/p/shop.pipeline.json');
    expect(leaves()).toBe(true);
    const { documentId, text } = useDocuments.getState().tabs[0]!;
    setText(documentId, 'Type', `${text} `);
    expect(leaves()).toBe(false);
  });
});
