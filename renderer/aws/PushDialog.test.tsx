import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Handlers } from '../../shared/ipc/contract.ts';
import { emptySidecar } from '../../shared/model/sidecar.ts';
import { ProblemError } from '../../shared/problem.ts';
import { replaceTransport } from '../bridge.ts';
import { adopt, useDocuments } from '../state/documentStore.ts';
import { useUi } from '../state/uiStore.ts';
import { type FakeBridge, fakeBridge } from '../testing/fakeBridge.ts';
import { TooltipProvider } from '../ui/Tooltip.tsx';
import { AwsPipelines } from './AwsPipelines.tsx';
import { PushDialog } from './PushDialog.tsx';

const document_ = (documentId: string) => ({
  documentId,
  path: '',
  name: 'shop',
  format: 'json' as const,
  text: '{"pipeline":{"name":"shop","roleArn":"","stages":[]}}',
  sidecar: emptySidecar(),
  problems: [],
});
const prepared = {
  pushId: 'p1',
  account: '111122223333',
  region: 'eu-west-1',
  profile: 'dev',
  endpoint: '',
  pipelineName: 'shop',
  exists: true,
  liveVersion: 7,
  live: '{\n  "name": "old"\n}\n',
  local: '{\n  "name": "new"\n}\n',
  warnings: [{ code: 'push.effect', severity: 'warning' as const, where: 'shop', what: 'Cancels runs.', fix: 'Wait.' }],
  isOtherAccount: false,
};
let host: FakeBridge;
const called = (name: string) => host.calls.filter((call) => call.name === name).map(({ input }) => input);
const use = (handlers: Partial<Handlers>) => {
  host = fakeBridge({ handlers });
  replaceTransport(host);
};

beforeEach(() => {
  useDocuments.setState({ tabs: [], activeId: null });
  useUi.setState({ notices: [] });
  use({});
  adopt(document_('d'));
});
afterEach(cleanup);

describe('the push dialog', () => {
  it('names the place on its button, shows the difference, and pushes only when that is pressed', async () => {
    use({ preparePush: async () => prepared, pushPipeline: async () => ({ pipelineName: 'shop', version: 8 }) });
    render(<PushDialog />);
    const push = await screen.findByRole('button', { name: 'Push to 111122223333 / eu-west-1' });
    const difference = screen.getByRole('region', { name: 'Difference between live and local' });
    expect(difference.textContent).toContain('removed:   "name": "old"');
    expect(difference.textContent).toContain('added:   "name": "new"');
    expect(screen.getByText('Cancels runs.')).toBeTruthy();
    expect(called('pushPipeline')).toEqual([]);
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Cancel' }));
    fireEvent.click(push);
    await screen.findByText('Version 8 of shop is live');
    // The button that was pressed is gone; the keyboard stands on what comes next.
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Done' }));
    expect(called('pushPipeline')).toEqual([{ pushId: 'p1', account: '' }]);
  });

  it('AW-14 pushes to another account than the last time only when its number is typed', async () => {
    use({
      preparePush: async () => ({ ...prepared, isOtherAccount: true }),
      pushPipeline: async () => ({ pipelineName: 'shop', version: 8 }),
    });
    render(<PushDialog />);
    const push = await screen.findByRole<HTMLButtonElement>('button', { name: /^Push to/ });
    expect(push.disabled).toBe(true);
    const field = screen.getByLabelText('Type 111122223333 to push to this account');
    fireEvent.change(field, { target: { value: '11112222333' } });
    expect(push.disabled).toBe(true);
    fireEvent.change(field, { target: { value: '111122223333' } });
    expect(push.disabled).toBe(false);
    fireEvent.click(push);
    await screen.findByText('Version 8 of shop is live');
    expect(called('pushPipeline')).toEqual([{ pushId: 'p1', account: '111122223333' }]);
  });

  it('pushes nothing where nothing differs', async () => {
    use({ preparePush: async () => ({ ...prepared, live: prepared.local }) });
    render(<PushDialog />);
    const push = await screen.findByRole<HTMLButtonElement>('button', { name: /^Push to/ });
    expect(push.disabled).toBe(true);
    expect(screen.getByText(/No difference/)).toBeTruthy();
  });

  it('says what is wrong with the credentials and what to do, and tries again', async () => {
    let isExpired = true;
    use({
      preparePush: async () => {
        if (isExpired)
          throw new ProblemError({
            code: 'aws.expired',
            where: '',
            what: 'The session has expired.',
            fix: 'Run aws sso login.',
          });
        return prepared;
      },
    });
    render(<PushDialog />);
    await screen.findByText('The session has expired.');
    expect(screen.getByText('Run aws sso login.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Open Settings' })).toBeTruthy();
    isExpired = false;
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByRole('button', { name: /^Push to/ });
  });
});

describe('the pipelines in AWS', () => {
  it('are asked for only when a person wants them, and pulled into a new tab', async () => {
    use({
      listAwsPipelines: async () => [
        { name: 'live-one', version: 3, pipelineType: 'V2', executionMode: 'QUEUED', updated: 0 },
      ],
      pullPipeline: async () => document_('pulled'),
    });
    render(
      <TooltipProvider>
        <AwsPipelines />
      </TooltipProvider>,
    );
    expect(host.calls).toEqual([]);
    fireEvent.click(screen.getByRole('button', { name: 'List pipelines' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Pull live-one into a new tab' }));
    await waitFor(() => expect(useDocuments.getState().activeId).toBe('pulled'));
  });
});
