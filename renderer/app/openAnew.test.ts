import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { replaceTransport } from '../bridge.ts';
import { newFromTemplate, setText, useDocuments } from '../state/documentStore.ts';
import { startRemembering } from '../state/remember.ts';
import { useUi } from '../state/uiStore.ts';
import { fakeBridge } from '../testing/fakeBridge.ts';
import { isOpenedAnew, openAnew } from './openAnew.ts';

let stop: () => void;
const reload = () => vi.spyOn(location, 'reload').mockImplementation(() => {});
beforeEach(async () => {
  useDocuments.setState({ tabs: [], activeId: null });
  useUi.setState({ notices: [] });
});
afterEach(() => {
  stop();
  vi.restoreAllMocks();
});
const edit = async () => {
  await newFromTemplate('');
  const { documentId } = useDocuments.getState().tabs[0]!;
  setText(documentId, 'Type', '{"pipeline":{"name":"mine","stages":[]}}');
};

it('a window is loaded again only once the host has every edit, and asks nobody', async () => {
  const bridge = fakeBridge();
  replaceTransport(bridge);
  stop = startRemembering();
  await edit();
  const reloaded = reload();
  await openAnew();
  const kept = bridge.calls.filter(({ name }) => name === 'rememberEdits').map(({ input }) => JSON.stringify(input));
  expect(kept.join('')).toContain('mine');
  expect(reloaded).toHaveBeenCalledOnce();
  expect(isOpenedAnew()).toBe(true);
});

it('with edits that the host could not keep the page asks before it leaves them', async () => {
  replaceTransport(
    fakeBridge({
      handlers: {
        rememberEdits: async () => {
          throw new Error('no space');
        },
      },
    }),
  );
  stop = startRemembering();
  await edit();
  reload();
  await openAnew();
  expect(isOpenedAnew()).toBe(false);
  expect(useUi.getState().notices).toMatchObject([{ kind: 'error' }]);
});
