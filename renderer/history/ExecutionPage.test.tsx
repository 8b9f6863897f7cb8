import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { pipelineOf } from '../../shared/testing/pipelineOf.ts';
import { simulate } from '../../shared/testing/simulate.ts';
import { replaceTransport } from '../bridge.ts';
import { applyPush, flushPushes, resetExecutions, scrubTo } from '../state/executionStore.ts';
import { fakeBridge } from '../testing/fakeBridge.ts';
import { TooltipProvider } from '../ui/Tooltip.tsx';
import { ExecutionPage } from './ExecutionPage.tsx';

const base = pipelineOf({ Source: ['App'] });
const pipeline = {
  ...base,
  stages: [
    ...base.stages,
    {
      name: 'Review',
      actions: [
        {
          name: 'Release',
          actionTypeId: { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' } as const,
        },
      ],
    },
  ],
};

beforeEach(() => {
  replaceTransport(fakeBridge());
  resetExecutions();
});
afterEach(cleanup);

function openWaiting() {
  const simulation = simulate({ pipeline, duration: () => 1000 });
  simulation.start('e1');
  simulation.clock.advanceTo(60_000);
  render(
    <TooltipProvider>
      <ExecutionPage pipelineExecutionId="e1" />
    </TooltipProvider>,
  );
  act(() => {
    applyPush('e1', simulation.log('e1'));
    flushPushes();
  });
}

it('an execution that waits for a person says so, at its end and not before', () => {
  openWaiting();
  expect(screen.getByText('Waits for approval')).toBeTruthy();
  act(() => scrubTo(2));
  expect(screen.queryByText('Waits for approval')).toBeNull();
  expect(screen.getByText('In progress')).toBeTruthy();
});

it('an opened execution takes the keyboard when the row that opened it is gone', () => {
  openWaiting();
  expect(document.activeElement).toBe(screen.getByRole('button', { name: '← Executions' }));
});
