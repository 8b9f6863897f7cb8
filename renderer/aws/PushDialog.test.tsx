import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canonicalJson } from '../../shared/convert/canonicalJson.ts';
import type { Handlers } from '../../shared/ipc/contract.ts';
import { emptySidecar } from '../../shared/model/sidecar.ts';
import { ProblemError } from '../../shared/problem.ts';
import { pipelineOf } from '../../shared/testing/pipelineOf.ts';
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

describe('the choice of what to push', () => {
  const live = pipelineOf({ Source: ['Repo'], Build: ['Lint', 'Test'] });
  const local = {
    ...pipelineOf({ Source: ['Repo'], Build: ['Lint'], Release: ['Approve'] }),
    executionMode: 'QUEUED' as const,
  };
  const both = { ...prepared, live: canonicalJson(live), local: canonicalJson(local) };
  const pushed = (push: object) => (call: { text: string }) => ({ ...both, ...push, local: call.text, pushId: 'p2' });
  const open = async (again: object = {}) => {
    let isFirst = true;
    use({
      preparePush: async (call) => {
        if (!isFirst) return pushed(again)(call);
        isFirst = false;
        return both;
      },
      pushPipeline: async () => ({ pipelineName: 'shop', version: 8 }),
    });
    render(<PushDialog />);
    return screen.findByRole<HTMLButtonElement>('button', { name: /^Push to/ });
  };
  const box = (name: RegExp) => screen.getByRole<HTMLInputElement>('checkbox', { name });
  const texts = () => (called('preparePush') as { text: string }[]).map(({ text }) => JSON.parse(text).pipeline);

  it('begins with all changes, and pushes what was prepared', async () => {
    const push = await open();
    expect(screen.getByText('4 of 4 picked')).toBeTruthy();
    fireEvent.click(push);
    await screen.findByText('Version 8 of shop is live');
    expect(called('pushPipeline')).toEqual([{ pushId: 'p1', account: '' }]);
  });

  it('pushes the live definition with the picked changes alone, and names the others', async () => {
    const push = await open();
    fireEvent.click(box(/Build \/ Test/));
    fireEvent.click(box(/Release(?! \/)/));
    expect(box(/Release \/ Approve/).checked).toBe(false);
    const words = 'Not pushed: Build / Test, Release, Release / Approve.';
    expect(screen.getByText(words)).toBeTruthy();
    expect(screen.getByRole('region', { name: 'Difference between live and local' }).textContent).toContain('QUEUED');
    fireEvent.click(push);
    await screen.findByText('Version 8 of shop is live');
    expect(screen.getByText(words)).toBeTruthy();
    const [, text] = texts();
    expect(text.executionMode).toBe('QUEUED');
    expect(text.stages.map(({ name }: { name: string }) => name)).toEqual(['Source', 'Build']);
    expect(text.stages[1].actions).toHaveLength(2);
    expect(called('pushPipeline')).toEqual([{ pushId: 'p2', account: '' }]);
  });

  it('pushes nothing that is no pipeline, and nothing when nothing is picked', async () => {
    const push = await open();
    fireEvent.click(screen.getByRole('button', { name: 'None' }));
    expect(push.disabled).toBe(true);
    fireEvent.click(box(/Release(?! \/)/));
    expect(push.disabled).toBe(false);
    // The stage alone, without the action in it.
    fireEvent.click(box(/Release \/ Approve/));
    expect(screen.getByText('The picked changes alone make no valid pipeline')).toBeTruthy();
    expect(push.disabled).toBe(true);
    fireEvent.click(box(/Release \/ Approve/));
    expect(push.disabled).toBe(false);
  });

  it('pushes nothing when AWS answers otherwise than it was shown', async () => {
    const push = await open({ liveVersion: 9 });
    fireEvent.click(box(/Build \/ Test/));
    fireEvent.click(push);
    await screen.findByText('AWS answers otherwise than when these changes were shown.');
    expect(called('pushPipeline')).toEqual([]);
  });

  it('shows a warning that only the picked changes have before it pushes them', async () => {
    const warning = { code: 'push.effect', severity: 'warning' as const, where: '', what: 'Look twice.', fix: 'Do.' };
    const push = await open({ warnings: [...both.warnings, warning] });
    fireEvent.click(box(/Build \/ Test/));
    fireEvent.click(push);
    await screen.findByText('Look twice.');
    expect(called('pushPipeline')).toEqual([]);
    fireEvent.click(screen.getByRole('button', { name: /^Push to/ }));
    await screen.findByText('Version 8 of shop is live');
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
