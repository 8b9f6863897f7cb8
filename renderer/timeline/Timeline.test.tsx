import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { pipelineOf } from '../../shared/testing/pipelineOf.ts';
import { simulate } from '../../shared/testing/simulate.ts';
import { applyPush, flushPushes, resetExecutions, scrubTo, showExecution } from '../state/executionStore.ts';
import { Timeline } from './Timeline.tsx';

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
    first.stages[1]!,
  ],
};
afterEach(() => {
  cleanup();
  resetExecutions();
});

it('a long wait is a break with its length beside it, at the end and at an instant of the past', () => {
  const run = simulate({ pipeline, duration: () => 2000 });
  run.start('e1');
  run.clock.advanceTo(8000);
  run.answer('e1', { stageName: 'Approve', actionName: 'Manager', status: 'Approved' });
  run.clock.advanceTo(20_000);
  // The person took fifty seconds longer than the simulation lets them.
  const answered = run.log('e1').findIndex(({ type }) => type === 'ApprovalAnswered');
  const log = run
    .log('e1')
    .map((event, index) => (index < answered ? event : { ...event, at: event.at + 50_000, mono: event.mono + 50_000 }));
  showExecution('e1');
  applyPush('e1', log);
  flushPushes();
  render(<Timeline />);
  expect(screen.getByText('56 s')).not.toBeNull();
  act(() => scrubTo(1));
  expect(screen.getByText('56 s').parentElement?.dataset.side).toBe('before');
});
