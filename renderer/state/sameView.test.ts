import { afterEach, beforeEach, expect, it } from 'vitest';
import { replaceTransport } from '../bridge.ts';
import { fakeBridge } from '../testing/fakeBridge.ts';
import { newFromTemplate, useDocuments } from './documentStore.ts';
import { rememberView, returnToView } from './sameView.ts';
import { showView, useUi } from './uiStore.ts';

let stop: () => void;
beforeEach(() => {
  replaceTransport(fakeBridge());
  sessionStorage.clear();
  useUi.setState({ view: 'start' });
  useDocuments.setState({ tabs: [], activeId: null });
  stop = rememberView();
});
afterEach(() => stop());

/** The page is loaded again: stores are new, the session's storage is not. */
const loadAgain = () => {
  stop();
  useUi.setState({ view: 'start' });
  stop = rememberView();
  returnToView();
  return useUi.getState().view;
};

it('a page that is loaded again shows the design that it showed', async () => {
  await newFromTemplate('');
  showView('design');
  expect(loadAgain()).toBe('design');
});

it('a page that is loaded again shows the history that it showed', () => {
  showView('history');
  expect(loadAgain()).toBe('history');
});

it('without a document the start page stays', async () => {
  showView('design');
  expect(loadAgain()).toBe('start');
});

it('a new window begins with the start page', () => {
  expect(loadAgain()).toBe('start');
});
