import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pipelineOf } from '../../shared/testing/pipelineOf.ts';
import { simulate } from '../../shared/testing/simulate.ts';
import { replaceTransport } from '../bridge.ts';
import {
  applyPush,
  flushPushes,
  resetExecutions,
  scrubTo,
  showExecution,
  useExecution,
} from '../state/executionStore.ts';
import { fakeBridge } from '../testing/fakeBridge.ts';
import { LogPanel } from './LogPanel.tsx';
import { setOnCard, useRun } from './runStore.ts';

const first = pipelineOf({ Source: ['App'], Build: ['Compile'] });
const pipeline = {
  ...first,
  stages: [
    first.stages[0]!,
    {
      name: 'Approve',
      actions: [
        {
          name: 'Manager',
          actionTypeId: { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' } as const,
        },
      ],
    },
  ],
};

let run: ReturnType<typeof simulate>;
beforeEach(() => {
  resetExecutions();
  useRun.setState({ logActionExecutionId: '', onCards: new Set(), reviewing: '' });
  const readLog = async () => ({ text: '', start: 0, end: 0, size: 0, complete: false });
  replaceTransport(fakeBridge({ handlers: { readLog } }));
  run = simulate({ pipeline });
  run.start('e1');
  run.clock.advanceTo(3_600_000);
  showExecution('e1');
  applyPush('e1', run.log('e1'));
  flushPushes();
});
afterEach(cleanup);

const question = () => screen.queryByRole('region', { name: 'Approval of Manager beside its log' });

describe('an approval that waits', () => {
  it('is asked in the log panel where its card is out of sight', () => {
    render(<LogPanel />);
    expect(question()).not.toBeNull();
    expect(screen.queryByRole('button', { name: 'Review on its card' })).toBeNull();
  });

  it('is asked on its card while that is in view; the log panel leads there, or asks when it is told to', () => {
    setOnCard('Approve/Manager', true);
    render(<LogPanel />);
    expect(question()).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Review on its card' }));
    expect(useRun.getState().reviewing).toBe('Approve/Manager');
    fireEvent.click(screen.getByRole('button', { name: 'Answer here' }));
    expect(question()).not.toBeNull();
    expect(document.activeElement).toBe(screen.getByLabelText('Comment'));
  });

  it('is asked here again as soon as its card has left the view', () => {
    setOnCard('Approve/Manager', true);
    render(<LogPanel />);
    act(() => setOnCard('Approve/Manager', false));
    expect(question()).not.toBeNull();
  });

  it('is asked nowhere at an instant of the past', () => {
    render(<LogPanel />);
    for (const seq of [run.log('e1').length, 7]) {
      act(() => scrubTo(seq));
      expect(useExecution.getState().at).toBe(seq);
      expect(screen.queryByRole('button', { name: /Approve|Answer|Review/ })).toBeNull();
    }
  });
});

it('the bar of a log says what the action is in a local run', () => {
  render(<LogPanel />);
  expect(screen.getByText(/^(real run|emulated|simulated)$/)).not.toBeNull();
});
