import { afterEach, beforeEach, expect, it } from 'vitest';
import { emptySidecar } from '../../shared/model/sidecar.ts';
import { replaceTransport } from '../bridge.ts';
import { fakeBridge } from '../testing/fakeBridge.ts';
import { hasClosedTabs, rememberClosed, reopenClosed } from './closedTabs.ts';
import { closeTab, newFromTemplate, openPath, setText, useDocuments } from './documentStore.ts';

let stop: () => void;
const files = Array.from({ length: 22 }, (_, index) => ({
  path: `/p/${index}.json`,
  text: '{"pipeline":{"stages":[]}}',
}));
const tabs = () => useDocuments.getState().tabs;
beforeEach(() => {
  useDocuments.setState({ tabs: [], activeId: null });
  replaceTransport(
    fakeBridge({
      files,
      handlers: {
        newDocument: async ({ text }) => ({
          documentId: `new-${tabs().length}`,
          path: '',
          name: 'new',
          format: 'json',
          text: text ?? '{"pipeline":{"name":"new","stages":[]}}',
          sidecar: emptySidecar(),
          problems: [],
        }),
      },
    }),
  );
  stop = rememberClosed();
});
afterEach(() => stop());

it('the tabs that were closed come back, the last one first, at most twenty', async () => {
  for (const { path } of files) {
    await openPath(path);
    await closeTab(tabs()[0]!.documentId);
  }
  const back: string[] = [];
  while (hasClosedTabs()) {
    await reopenClosed();
    back.push(tabs().at(-1)!.path);
  }
  expect(back).toEqual(
    files
      .map(({ path }) => path)
      .reverse()
      .slice(0, 20),
  );
});

it('a document that never had a file comes back with its text', async () => {
  await newFromTemplate('');
  const { documentId } = tabs()[0]!;
  setText(documentId, 'Type', '{"pipeline":{"name":"mine","stages":[]}}');
  await closeTab(documentId, { discard: true });
  await reopenClosed();
  expect(tabs()[0]!.text).toContain('mine');
});
