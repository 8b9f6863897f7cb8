import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pipelineOf } from '../../shared/testing/pipelineOf.ts';
import { replaceTransport } from '../bridge.ts';
import { activePipeline, activeTab, openPath, setSelection, useDocuments } from '../state/documentStore.ts';
import { useUi } from '../state/uiStore.ts';
import { fakeBridge } from '../testing/fakeBridge.ts';
import { TooltipProvider } from '../ui/Tooltip.tsx';
import { canvas, useCanvas } from './canvasStore.ts';
import { pickUp } from './carry.ts';
import { PipelineCanvas } from './PipelineCanvas.tsx';

const shop = pipelineOf({
  Source: ['Repo'],
  Build: ['Compile', { name: 'Lint', outputArtifacts: [] }],
  Check: [{ name: 'Test', inputArtifacts: [] }],
});

function Canvas() {
  const pipeline = useDocuments(activePipeline);
  const tab = useDocuments(activeTab);
  if (!pipeline || !tab) return null;
  return (
    <PipelineCanvas pipeline={pipeline} documentId={tab.documentId} selection={tab.selection} onSelect={setSelection} />
  );
}

const card = (name: string) => screen.getByRole('article', { name: new RegExp(`^${name}, `) });
const pane = () => document.querySelector<HTMLElement>('[data-canvas]')!;
const key = (name: string, more = {}) => fireEvent.keyDown(pane(), { key: name, ...more });
const stages = () =>
  activePipeline(useDocuments.getState())?.stages.map(({ name, actions }) => [name, ...actions.map((a) => a.name)]);
const inputsOf = (stage: number, action: number) =>
  activePipeline(useDocuments.getState())?.stages[stage]?.actions[action]?.inputArtifacts;
const places = () => screen.queryAllByRole('button', { name: /^Put it / }).map((button) => button.title);

beforeEach(async () => {
  replaceTransport(
    fakeBridge({ files: [{ path: '/p/shop.pipeline.json', text: JSON.stringify({ pipeline: shop }) }] }),
  );
  useDocuments.setState({ tabs: [], activeId: null });
  useUi.setState({ notices: [], dialog: null });
  await openPath('/p/shop.pipeline.json');
  render(<Canvas />, { wrapper: TooltipProvider });
  await screen.findAllByRole('article');
});
afterEach(() => {
  cleanup();
  useCanvas.setState({ gesture: null, isCarried: false, documentId: null });
});

describe('what is picked up by a click', () => {
  const lint = { kind: 'move', where: 'Build/Lint', category: 'Build', isCopy: false } as const;

  it('turns the places that take it into buttons, and a click puts it there', () => {
    act(() => void pickUp(lint));
    expect(places()).toContain('in Check, in parallel, run order 1');
    // Nothing but sources stands in the first stage.
    expect(places().filter((place) => place.includes('Source') && !place.startsWith('new stage'))).toEqual([]);
    fireEvent.click(screen.getByRole('button', { name: 'Put it in Check, in parallel, run order 1' }));
    expect(stages()).toEqual([
      ['Source', 'Repo'],
      ['Build', 'Compile'],
      ['Check', 'Test', 'Lint'],
    ]);
    expect(places()).toEqual([]);
  });

  it('goes back with Escape, wherever the keyboard is, and with a click on the way out', () => {
    act(() => void pickUp(lint));
    fireEvent.keyDown(document.body, { key: 'Escape' });
    expect(places()).toEqual([]);
    act(() => void pickUp(lint));
    fireEvent.click(screen.getByRole('button', { name: 'Put back' }));
    expect(places()).toEqual([]);
    expect(stages()).toEqual(shop.stages.map(({ name, actions }) => [name, ...actions.map((a) => a.name)]));
  });

  it('goes from place to place with the arrow keys and down with Enter', () => {
    act(() => void pickUp(lint));
    key('ArrowLeft');
    expect(document.querySelector('[data-chosen]')?.getAttribute('title')).toBe('new stage after Check');
    key('Enter');
    expect(stages()?.at(-1)).toEqual(['Lint', 'Lint']);
  });

  it('may be a stage: only the places between stages take it', () => {
    act(() => void pickUp({ kind: 'stage', where: 'Check' }));
    expect(places()).toEqual(['after Source']);
    fireEvent.click(screen.getByRole('button', { name: /^Put it / }));
    expect(stages()?.map(([name]) => name)).toEqual(['Source', 'Check', 'Build']);
  });

  it('is refused where nothing would take it, with a notice', () => {
    act(() => void pickUp({ kind: 'stage', where: 'Source' }));
    expect(canvas().gesture).toBeNull();
    expect(useUi.getState().notices.at(-1)?.text).toBe('There is no other place that takes it.');
  });
});

describe('an artifact that is connected by two clicks', () => {
  const port = () => within(card('Repo')).getByTitle(/^RepoOut: /);

  it('goes from the port to the card that is clicked', () => {
    fireEvent.click(port());
    expect(card('Test').dataset.connects).toBe('yes');
    fireEvent.click(card('Test'));
    expect(inputsOf(2, 0)).toEqual([{ name: 'RepoOut' }]);
    expect(canvas().gesture).toBeNull();
  });

  it('says why a card does not take it, and stays picked up', () => {
    fireEvent.click(port());
    expect(card('Compile').dataset.connects).toBe('no');
    fireEvent.click(card('Compile'));
    expect(screen.getByText('Compile already takes RepoOut.', { selector: '[data-refused]' })).toBeTruthy();
    expect(canvas().isCarried).toBe(true);
  });
});

describe('the ports of the selected card by keyboard', () => {
  it('are entered with Shift and an arrow, said one by one, and left with Escape', () => {
    act(() => setSelection('Build/Compile'));
    key('ArrowLeft', { shiftKey: true });
    expect(canvas().said).toBe('Input RepoOut, 1 of 1, from Source, Repo. Delete disconnects it.');
    key('Escape');
    expect(canvas().port).toBeNull();
    expect(canvas().selected).toBe('Build/Compile');
  });

  it('disconnect an input with Delete', () => {
    act(() => setSelection('Build/Compile'));
    key('ArrowLeft', { shiftKey: true });
    key('Delete');
    expect(inputsOf(1, 0)).toBeUndefined();
  });

  it('connect an output: Enter picks it up, arrows choose the action, Enter connects', () => {
    act(() => setSelection('Build/Compile'));
    key('ArrowRight', { shiftKey: true });
    expect(canvas().said).toMatch(/^Output CompileOut, 1 of 1/);
    key('Enter');
    key('ArrowRight');
    expect(canvas().target).toBe('Check/Test');
    key('Enter');
    expect(inputsOf(2, 0)).toEqual([{ name: 'CompileOut' }]);
  });
});
