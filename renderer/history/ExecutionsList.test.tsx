import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ExecutionSummary } from '../../shared/ipc/contract.ts';
import { ProblemError } from '../../shared/problem.ts';
import { replaceTransport } from '../bridge.ts';
import { useDocuments } from '../state/documentStore.ts';
import { resetExecutions } from '../state/executionStore.ts';
import { fakeBridge } from '../testing/fakeBridge.ts';
import { ExecutionsList } from './ExecutionsList.tsx';
import { openExecution, useHistory } from './historyStore.ts';

const summary: ExecutionSummary = {
  pipelineExecutionId: '7f3a0000-1111-4222-8333-444455556666',
  pipelineName: 'shop',
  status: 'Failed',
  origin: 'local',
  triggerType: 'StartPipelineExecution',
  triggerDetail: '',
  revisionId: '4f6c1d2aa91b7e3f4f6c1d2aa91b7e3f4f6c1d2a',
  revisionSummary: 'Pay by invoice\n\nLong explanation',
  startTime: Date.UTC(2026, 10, 21, 9),
  lastUpdateTime: 0,
  duration: 63_000,
  failedAction: 'Test/Load',
  waitsForApproval: false,
  documentPath: '',
};

beforeEach(() => {
  resetExecutions();
  useDocuments.setState({ tabs: [], activeId: null });
  useHistory.setState({
    openId: null,
    leftId: null,
    executions: [],
    total: 0,
    filter: '',
    status: '',
    problem: undefined,
  });
});
afterEach(cleanup);

it('an execution shows status, short revision with the first line of its message, duration and first failure', async () => {
  replaceTransport(
    fakeBridge({ handlers: { listPipelineExecutions: async () => ({ executions: [summary], total: 1 }) } }),
  );
  render(<ExecutionsList />);
  const open = await screen.findByRole('button', { name: /^shop/ });
  const row = open.closest('tr')!.textContent;
  for (const text of ['Failed', '4f6c1d2a Pay by invoice', '1 m 3 s', 'Test/Load', 'Started by hand'])
    expect(row).toContain(text);
  expect(row).not.toContain('Long explanation');
  fireEvent.click(open);
  expect(useHistory.getState().openId).toBe(summary.pipelineExecutionId);
});

it('an empty history offers the next step', async () => {
  replaceTransport(fakeBridge());
  useDocuments.setState({ activeId: 'd' });
  render(<ExecutionsList />);
  expect(await screen.findByRole('button', { name: 'Run now' })).toBeTruthy();
});

it('a history that cannot be read says why', async () => {
  replaceTransport(
    fakeBridge({
      handlers: {
        listPipelineExecutions: async () => {
          throw new ProblemError({
            code: 'store.in-use',
            where: '',
            what: 'Another Penstock uses it.',
            fix: 'Close it.',
          });
        },
      },
    }),
  );
  render(<ExecutionsList />);
  expect((await screen.findByRole('alert')).textContent).toBe('Another Penstock uses it. Close it.');
});

it('one who comes back from an execution stands on its row again', () => {
  useHistory.setState({ executions: [{ ...summary, pipelineExecutionId: 'other' }, summary], total: 2 });
  openExecution(summary.pipelineExecutionId);
  openExecution(null);
  replaceTransport(fakeBridge());
  render(<ExecutionsList />);
  expect(document.activeElement?.textContent).toContain('7f3a0000');
});

it('a filter that matches nothing can be cleared, and the field keeps the focus', async () => {
  const listed = { listPipelineExecutions: async () => ({ executions: [summary], total: 1 }) };
  replaceTransport(fakeBridge({ handlers: listed }));
  render(<ExecutionsList />);
  await screen.findByRole('button', { name: /^shop/ });
  const field = screen.getByRole<HTMLInputElement>('searchbox', { name: 'Find executions' });
  fireEvent.change(field, { target: { value: 'nothing has this' } });
  expect(screen.getByText('0 of 1')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Clear the filter' }));
  expect([field.value, document.activeElement]).toEqual(['', field]);
  await screen.findByRole('button', { name: /^shop/ });
});
