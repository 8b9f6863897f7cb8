import { beforeEach, describe, expect, it } from 'vitest';
import { pipelineOf } from '../../shared/testing/pipelineOf.ts';
import { replaceTransport } from '../bridge.ts';
import { hasClosedTabs, rememberClosed, reopenClosed } from '../state/closedTabs.ts';
import { activeTab, closeTab, edit, newFromTemplate, openPath, useDocuments } from '../state/documentStore.ts';
import { useUi } from '../state/uiStore.ts';
import { type FakeBridge, fakeBridge } from '../testing/fakeBridge.ts';
import { choose, compareActive, refreshTabs, swap, useCompare } from './compareStore.ts';

const textOf = (name: string) => `${JSON.stringify({ pipeline: pipelineOf({ Source: ['Repo'], [name]: ['A'] }) })}\n`;
const tab = () => activeTab(useDocuments.getState())!;
const shown = () => {
  const { before, after } = useCompare.getState().loaded;
  return [before, after].map((side) => side?.pipeline.stages[1]?.name);
};
/** Lets what was asked of the bridge answer. */
const settled = () => new Promise((resolve) => setTimeout(resolve));
let bridge: FakeBridge;

beforeEach(async () => {
  bridge = fakeBridge({
    files: [
      { path: '/p/a.json', text: textOf('Build') },
      { path: '/p/b.json', text: textOf('Other') },
      { path: '/p/broken.json', text: '[]' },
    ],
    handlers: {
      getPipelineVersion: async ({ version }) => ({
        version,
        pipeline: pipelineOf({ Source: ['Repo'], [`Version${version}`]: ['A'] }),
      }),
      readFileRevision: async ({ revisionId }) => ({ text: textOf(revisionId), format: 'json' }),
    },
  });
  replaceTransport(bridge);
  useDocuments.setState({ tabs: [], activeId: null });
  useUi.setState({ notices: [], dialog: null, host: 'electron' });
  await openPath('/p/a.json');
});

describe('a comparison', () => {
  it('begins with the saved file against what is edited', async () => {
    edit(tab().documentId, 'Rename', [{ path: ['stages', 1, 'name'], value: 'Assemble' }]);
    compareActive();
    await settled();
    expect(useUi.getState().view).toBe('compare');
    expect(shown()).toEqual(['Build', 'Assemble']);
    swap();
    expect(shown()).toEqual(['Assemble', 'Build']);
  });

  it('follows edits when it is looked at again', async () => {
    compareActive();
    await settled();
    edit(tab().documentId, 'Rename', [{ path: ['stages', 1, 'name'], value: 'Later' }]);
    refreshTabs();
    await settled();
    expect(shown()).toEqual(['Build', 'Later']);
  });

  it('reads versions, commits and files, and leaves no document open for it', async () => {
    compareActive();
    await choose('before', { kind: 'version', pipelineName: 'sketch', version: 3 });
    await choose('after', { kind: 'revision', documentId: tab().documentId, revisionId: 'abc' });
    expect(shown()).toEqual(['Version3', 'abc']);
    await choose('before', { kind: 'file', path: '/p/b.json' });
    expect(shown()[0]).toBe('Other');
    expect(useDocuments.getState().tabs).toHaveLength(1);
    const named = bridge.calls.map(({ name }) => name);
    expect(named.filter((name) => name === 'closeDocument')).toHaveLength(1);
    expect(named).not.toContain('pullPipeline');
  });

  it('says why a side cannot be read, and forgets an answer that comes too late', async () => {
    compareActive();
    await choose('before', { kind: 'file', path: '/p/broken.json' });
    expect(useCompare.getState().problems.before?.code).toBe('text.not-a-pipeline');
    expect(shown()[0]).toBeUndefined();
    const late = choose('before', { kind: 'version', pipelineName: 'sketch', version: 1 });
    await choose('before', { kind: 'saved', documentId: tab().documentId });
    await late;
    expect(shown()[0]).toBe('Build');
    expect(useCompare.getState().problems.before).toBeNull();
  });
});

describe('a closed tab', () => {
  it('opens again: a file from the disk, a document without one as it was', async () => {
    const end = rememberClosed();
    expect(hasClosedTabs()).toBe(false);
    await closeTab(tab().documentId);
    await newFromTemplate('');
    edit(tab().documentId, 'Rename', [{ path: ['name'], value: 'mine' }]);
    const { text } = tab();
    await closeTab(tab().documentId, { discard: true });
    await reopenClosed();
    expect(bridge.calls.findLast(({ name }) => name === 'newDocument')?.input).toEqual({ templateId: '', text });
    await reopenClosed();
    expect(tab().path).toBe('/p/a.json');
    expect(hasClosedTabs()).toBe(false);
    end();
  });
});
