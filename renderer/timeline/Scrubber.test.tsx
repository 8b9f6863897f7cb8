import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pipelineOf } from '../../shared/testing/pipelineOf.ts';
import { simulate } from '../../shared/testing/simulate.ts';
import { replaceTransport } from '../bridge.ts';
import { useRun } from '../run/runStore.ts';
import {
  actionViewOf,
  applyPush,
  eventsOf,
  flushPushes,
  resetExecutions,
  showExecution,
  useExecution,
} from '../state/executionStore.ts';
import { fakeBridge } from '../testing/fakeBridge.ts';
import { Scrubber } from './Scrubber.tsx';
import { Timeline } from './Timeline.tsx';

const pipeline = pipelineOf({ Source: ['App'], Build: ['Lint', 'Compile'] });

beforeEach(() => {
  replaceTransport(fakeBridge());
  resetExecutions();
  const simulation = simulate({
    pipeline,
    duration: () => 10_000,
    outcome: ({ actionName }) => (actionName === 'Lint' ? { status: 'Failed' } : {}),
  });
  simulation.start('e1');
  simulation.clock.advanceTo(600_000);
  showExecution('e1');
  applyPush('e1', simulation.log('e1'));
  flushPushes();
});
afterEach(cleanup);

const slider = () => screen.getByRole('slider', { name: 'Instant of the execution' });
const at = () => useExecution.getState().at;

describe('the scrubber', () => {
  it('goes back and forth by event, and lives again at the end', () => {
    render(<Scrubber />);
    const count = eventsOf('e1').length;
    fireEvent.keyDown(slider(), { key: 'ArrowLeft' });
    expect(at()).toBe(count - 1);
    fireEvent.keyDown(slider(), { key: 'ArrowLeft' });
    fireEvent.keyDown(slider(), { key: 'ArrowRight' });
    expect(at()).toBe(count - 1);
    fireEvent.keyDown(slider(), { key: 'End' });
    expect(at()).toBe('live');
  });

  it('goes by stage with Shift, and says what happened there', () => {
    render(<Scrubber />);
    fireEvent.keyDown(slider(), { key: 'Home' });
    expect(slider().getAttribute('aria-valuetext')).toMatch(/Execution started/);
    fireEvent.keyDown(slider(), { key: 'ArrowRight', shiftKey: true });
    expect(slider().getAttribute('aria-valuetext')).toMatch(/Source started/);
    fireEvent.keyDown(slider(), { key: 'ArrowRight', shiftKey: true });
    expect(slider().getAttribute('aria-valuetext')).toMatch(/Source succeeded/);
  });

  it('shows the canvas the instant it stands at', () => {
    render(<Scrubber />);
    fireEvent.keyDown(slider(), { key: 'Home' });
    expect(actionViewOf('Build', 'Lint')(useExecution.getState()).status).toBe('NotStarted');
    fireEvent.click(screen.getByRole('button', { name: 'End' }));
    expect(actionViewOf('Build', 'Lint')(useExecution.getState()).status).toBe('Failed');
  });

  it('says at its end how the execution ended, and elsewhere where one is', () => {
    render(<Scrubber />);
    expect(screen.getByText(/^Failed · /)).toBeTruthy();
    fireEvent.keyDown(slider(), { key: 'Home' });
    expect(screen.getByText(/^0\.0 s of /)).toBeTruthy();
  });

  it('marks what failed', () => {
    render(<Scrubber />);
    expect(screen.getAllByTitle('Build/Lint failed')).toHaveLength(1);
  });

  it('is not there while no execution is shown', () => {
    act(() => showExecution(null));
    const { container } = render(<Scrubber />);
    expect(container.innerHTML).toBe('');
  });
});

describe('the timeline', () => {
  it('draws every attempt to scale and leads to its log', () => {
    render(<Timeline />);
    const bars = screen.getAllByRole<HTMLButtonElement>('button');
    expect(bars.map((bar) => bar.getAttribute('aria-label'))).toEqual([
      'App: attempt 1, succeeded, 10.0 s. Show its log.',
      'Lint: attempt 1, failed, 10.0 s. Show its log.',
      'Compile: attempt 1, succeeded, 10.0 s. Show its log.',
    ]);
    const [app, lint, compile] = bars.map((bar) => Number.parseFloat(bar.style.width));
    expect(app).toBeCloseTo(lint!, 1);
    expect(compile).toBeCloseTo(50, 0);
    fireEvent.click(bars[1]!);
    expect(useRun.getState().logActionExecutionId).toMatch(/Lint/);
  });
});
