// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest';
import { useUi } from '../state/uiStore.ts';
import { pickPath } from './pickPath.ts';

it('asks once the host has said what it is, however early the button was pressed', async () => {
  useUi.setState({ host: null, pathRequest: null });
  const chosen = pickPath('open');
  await Promise.resolve();
  expect(useUi.getState().pathRequest).toBeNull();
  useUi.setState({ host: 'browser' });
  await vi.waitFor(() => expect(useUi.getState().pathRequest?.purpose).toBe('open'));
  useUi.getState().pathRequest?.answer(null);
  expect(await chosen).toBeNull();
  expect(useUi.getState().pathRequest).toBeNull();
});
