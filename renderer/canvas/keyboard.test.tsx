import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pipelineOf } from '../../shared/testing/pipelineOf.ts';
import { useUi } from '../state/uiStore.ts';
import { TooltipProvider } from '../ui/Tooltip.tsx';
import { canvas, select } from './canvasStore.ts';
import { spaceIsUsed } from './keyboard.ts';
import { PipelineCanvas } from './PipelineCanvas.tsx';

const pipeline = pipelineOf({ Source: ['Repo'], Build: ['Lint', 'Compile', 'Package@2'], Ship: ['Upload'] });
function Canvas() {
  const [selection, setSelection] = useState('');
  return <PipelineCanvas pipeline={pipeline} documentId="document-1" selection={selection} onSelect={setSelection} />;
}
const pane = () => document.querySelector<HTMLElement>('[data-canvas]')!;
const press = (...keys: string[]) => {
  for (const key of keys) fireEvent.keyDown(pane(), { key });
};
const card = (name: string) => screen.getByRole('article', { name: new RegExp(`^${name}, `) });
const marked = () => [...canvas().marked].sort();

beforeEach(async () => {
  render(<Canvas />, { wrapper: TooltipProvider });
  await screen.findAllByRole('article');
  act(() => select(''));
});
afterEach(cleanup);

describe('the canvas by keyboard', () => {
  it('is one tab stop: nothing in it can be reached with Tab', () => {
    expect(pane().tabIndex).toBe(0);
    const stops = [...pane().querySelectorAll<HTMLElement>('button, input, [tabindex], a[href]')].filter(
      (element) => element.tabIndex >= 0 && !element.closest('.react-flow__attribution'),
    );
    expect(stops.map((stop) => stop.outerHTML)).toEqual([]);
  });

  it('goes between stages and groups with the arrow keys, and to both ends with Home and End', () => {
    press('Home');
    expect(canvas().selected).toBe('Source');
    press('ArrowDown', 'ArrowRight');
    expect(canvas().selected).toBe('Build/Lint');
    press('ArrowDown', 'ArrowDown');
    expect(canvas().selected).toBe('Build/Package');
    press('ArrowDown');
    expect(canvas().selected).toBe('Build/Package');
    press('End');
    expect(canvas().selected).toBe('Ship/Upload');
  });

  it('names the selected card to a screen reader, and says a stage with its place', () => {
    press('Home', 'ArrowDown');
    const active = pane().getAttribute('aria-activedescendant');
    expect(active && document.getElementById(active)?.getAttribute('aria-label')).toMatch(
      /^Repo, CodeCommit source action, stage 1 of 3, Source, run order 1, out: RepoOut, /,
    );
    press('ArrowUp');
    expect(canvas().said).toBe('Stage Source, 1 of 3');
    expect(screen.getByText('Stage Source, 1 of 3').getAttribute('aria-live')).toBe('polite');
  });

  it('goes to what letters name, and on to the next of that letter', () => {
    press('l');
    expect(canvas().selected).toBe('Build/Lint');
    press('Escape');
    press('p', 'a', 'c');
    expect(canvas().selected).toBe('Build/Package');
  });

  it('takes the place out of the selection with Space, on release, unless the view was moved meanwhile', () => {
    act(() => select('Build/Lint'));
    press(' ');
    act(() => spaceIsUsed());
    fireEvent.keyUp(pane(), { key: ' ' });
    expect(canvas().selected).toBe('Build/Lint');
    press(' ');
    expect(canvas().selected).toBe('Build/Lint');
    fireEvent.keyUp(pane(), { key: ' ' });
    expect(canvas().selected).toBe('');
  });

  it('opens the inspector with Enter', () => {
    useUi.setState({ isInspectorOpen: false });
    press('Home', 'Enter');
    expect(useUi.getState().isInspectorOpen).toBe(true);
  });

  it('lets go of the selection with Escape once there is nothing else to leave', () => {
    act(() => select('Build/Compile'));
    fireEvent.keyDown(pane(), { key: 'ArrowRight', shiftKey: true });
    expect(canvas().port).not.toBeNull();
    press('Escape');
    expect([canvas().port, canvas().selected]).toEqual([null, 'Build/Compile']);
    press('Escape');
    expect(canvas().selected).toBe('');
  });
});

describe('the canvas by pointer', () => {
  it('selects with a click, adds and takes away with Ctrl', () => {
    fireEvent.click(card('Lint'));
    fireEvent.click(card('Upload'), { ctrlKey: true });
    expect(marked()).toEqual(['Build/Lint', 'Ship/Upload']);
    fireEvent.click(card('Lint'), { ctrlKey: true });
    expect(marked()).toEqual(['Ship/Upload']);
  });

  it('extends with Shift along the order in which actions run', () => {
    fireEvent.click(card('Lint'));
    fireEvent.click(card('Upload'), { shiftKey: true });
    expect(marked()).toEqual(['Build/Compile', 'Build/Lint', 'Build/Package', 'Ship/Upload']);
  });
});
