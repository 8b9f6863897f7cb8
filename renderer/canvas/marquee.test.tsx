import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { settingsSchema } from '../../shared/ipc/contract.ts';
import { pipelineOf } from '../../shared/testing/pipelineOf.ts';
import { useUi } from '../state/uiStore.ts';
import { TooltipProvider } from '../ui/Tooltip.tsx';
import { canvas } from './canvasStore.ts';
import { PipelineCanvas } from './PipelineCanvas.tsx';

const pipeline = pipelineOf({ Source: ['Repo'], Build: ['Lint', 'Compile@2'], Ship: ['Upload'] });
const onSelect = () => {};
const pane = () => document.querySelector<HTMLElement>('.react-flow__pane')!;
const frame = () => document.querySelector('[data-marquee]');

beforeEach(async () => {
  useUi.setState({ settings: settingsSchema.parse({}) });
  render(<PipelineCanvas pipeline={pipeline} documentId="document-1" selection="" onSelect={onSelect} />, {
    wrapper: TooltipProvider,
  });
  await screen.findAllByRole('article');
});
afterEach(cleanup);

/** The screen point of a flow point. */
const at = (x: number, y: number) => {
  const { x: clientX, y: clientY } = canvas().flow!.flowToScreenPosition({ x, y });
  return { clientX, clientY };
};
/** From above the first lane's cards to the middle of the second column. */
function drag(more = {}) {
  fireEvent.pointerDown(pane(), { button: 0, ...at(-10, 46), ...more });
  fireEvent.pointerMove(window, at(300, 130));
}

it('a drag on the ground frames what it selects', () => {
  drag();
  expect(frame()).toBeTruthy();
  fireEvent.pointerUp(window);
  expect(frame()).toBeNull();
  expect([...canvas().marked].sort()).toEqual(['Build/Lint', 'Source/Repo']);
  expect(canvas().said).toBe('2 selected');
});

it('Escape takes the frame away and leaves what was selected before', () => {
  drag();
  fireEvent.keyDown(document.body, { key: 'Escape' });
  fireEvent.pointerUp(window);
  expect(frame()).toBeNull();
  expect(canvas().marked.size).toBe(0);
});

it.each([
  ['with Space held', () => fireEvent.keyDown(document.body, { code: 'Space', key: ' ' }), {}],
  ['by touch', () => undefined, { pointerType: 'touch' }],
  ['by the middle button', () => undefined, { button: 1 }],
  ['where the user wants it', () => useUi.setState({ settings: settingsSchema.parse({ groundDrag: 'pan' }) }), {}],
])('a drag %s moves the view instead', (_, prepare, more) => {
  prepare();
  drag(more);
  expect(frame()).toBeNull();
  fireEvent.keyUp(document.body, { code: 'Space', key: ' ' });
});
