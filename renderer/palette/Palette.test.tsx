import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { pipelineOf } from '../../shared/testing/pipelineOf.ts';
import { replaceTransport } from '../bridge.ts';
import { canvas, useCanvas } from '../canvas/canvasStore.ts';
import { landings, putDown } from '../canvas/carry.ts';
import { layoutPipeline } from '../canvas/layout.ts';
import { activePipeline, openPath, useDocuments } from '../state/documentStore.ts';
import { fakeBridge } from '../testing/fakeBridge.ts';
import { Palette } from './Palette.tsx';
import { useRecent } from './recent.ts';

const shop = pipelineOf({ Source: ['Repo'], Build: ['Compile'] });
const stages = () =>
  activePipeline(useDocuments.getState())?.stages.map(({ actions }) => actions.map(({ name }) => name));
const firstOf = (category: string) =>
  screen.getByRole('heading', { name: category }).parentElement?.querySelector('button')?.textContent;

beforeEach(async () => {
  replaceTransport(
    fakeBridge({ files: [{ path: '/p/shop.pipeline.json', text: JSON.stringify({ pipeline: shop }) }] }),
  );
  useDocuments.setState({ tabs: [], activeId: null });
  useRecent.setState({ ids: [] });
  await openPath('/p/shop.pipeline.json');
  const pipeline = activePipeline(useDocuments.getState())!;
  useCanvas.setState({
    pipeline,
    layout: layoutPipeline(pipeline),
    documentId: useDocuments.getState().activeId,
    selected: '',
  });
  render(<Palette />);
});
afterEach(() => {
  cleanup();
  useCanvas.setState({ gesture: null, isCarried: false, documentId: null });
});

it('shows what was used last first in its category', () => {
  expect(firstOf('Deploy')).not.toBe('Amazon ECS');
  fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'ecs' } });
  fireEvent.click(screen.getByRole('button', { name: 'Amazon ECS' }));
  fireEvent.change(screen.getByRole('searchbox'), { target: { value: '' } });
  expect(firstOf('Deploy')).toBe('Amazon ECS');
});

it('lets a place be chosen by a second click', () => {
  const row = screen.getByRole('button', { name: 'Approval' }).parentElement!;
  fireEvent.pointerEnter(row);
  fireEvent.click(row.querySelector('button[aria-label="Choose a place on the canvas"]')!);
  const { gesture } = canvas();
  expect(gesture?.kind).toBe('add');
  expect(landings(gesture!)).toContainEqual({ slot: { kind: 'group', stageIndex: 1, groupIndex: 0 } });
  expect(putDown({ slot: { kind: 'group', stageIndex: 1, groupIndex: 0 } })).toBe(true);
  expect(stages()).toEqual([['Repo'], ['Approve', 'Compile']]);
});

it('is one tab stop, in which arrows go from type to type', () => {
  const stops = () => [...document.querySelectorAll<HTMLElement>('[data-stop]')];
  const tabbable = () => stops().filter(({ tabIndex }) => tabIndex === 0);
  expect(stops().length).toBeGreaterThan(20);
  expect(tabbable()).toEqual([stops()[0]]);
  stops()[0]!.focus();
  fireEvent.keyDown(stops()[0]!, { key: 'ArrowDown' });
  expect(document.activeElement).toBe(stops()[1]);
  expect(tabbable()).toEqual([stops()[1]]);
  fireEvent.keyDown(stops()[1]!, { key: 'End' });
  expect(document.activeElement).toBe(stops().at(-1));
  // What had the keyboard is filtered away: another one can be reached.
  fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'ecs' } });
  expect(tabbable()).toEqual([stops()[0]]);
});
