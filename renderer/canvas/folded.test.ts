import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sidecarRename } from '../../shared/model/edits/sidecarRenames.ts';
import { emptySidecar } from '../../shared/model/sidecar.ts';
import { pipelineOf } from '../../shared/testing/pipelineOf.ts';
import { replaceTransport } from '../bridge.ts';
import { activeTab, isDirty, openPath, setSidecar, undo, useDocuments } from '../state/documentStore.ts';
import { type FakeBridge, fakeBridge } from '../testing/fakeBridge.ts';
import { foldAll, foldedOf, toggleFold, unfold } from './folded.ts';

const text = JSON.stringify({ pipeline: pipelineOf({ Source: ['Repo'], Build: ['Compile'], Ship: ['Upload'] }) });
let bridge: FakeBridge;
const tab = () => activeTab(useDocuments.getState())!;
const folded = () => [...foldedOf(tab().documentId)(useDocuments.getState())];
const written = () => bridge.calls.filter(({ name }) => name === 'saveSidecar').map(({ input }) => input);

beforeEach(async () => {
  vi.useFakeTimers();
  bridge = fakeBridge({
    files: [
      { path: '/p/shop.pipeline.json', text, sidecar: { ...emptySidecar(), folded: ['Ship'] } },
      { path: '/p/other.pipeline.json', text },
    ],
  });
  replaceTransport(bridge);
  useDocuments.setState({ tabs: [], activeId: null });
  await openPath('/p/shop.pipeline.json');
});
afterEach(() => vi.useRealTimers());

describe('folded stages', () => {
  it('are those that the sidecar names', () => {
    expect(folded()).toEqual(['Ship']);
  });

  it('are written beside the pipeline once the hand rests, and are no change of the document', async () => {
    toggleFold(tab().documentId, 'Build');
    toggleFold(tab().documentId, 'Ship');
    expect(written()).toEqual([]);
    await vi.runAllTimersAsync();
    expect(written()).toMatchObject([{ sidecar: { folded: ['Build'] } }]);
    expect(isDirty(tab())).toBe(false);
    expect(tab().undo).toEqual([]);
  });

  it('leave edits of the sidecar unsaved, and those can be undone to what was saved', async () => {
    setSidecar(tab().documentId, 'Note', (sidecar) => ({ ...sidecar, notes: { Build: 'Slow' } }));
    foldAll(tab().documentId, ['Source', 'Build', 'Ship']);
    await vi.runAllTimersAsync();
    expect(written()).toMatchObject([{ sidecar: { notes: {}, folded: ['Source', 'Build', 'Ship'] } }]);
    expect(isDirty(tab())).toBe(true);
    undo(tab().documentId);
    expect(isDirty(tab())).toBe(false);
    expect(folded()).toEqual(['Source', 'Build', 'Ship']);
  });

  it('belong to their document only', async () => {
    const first = tab().documentId;
    await openPath('/p/other.pipeline.json');
    toggleFold(tab().documentId, 'Build');
    expect(folded()).toEqual(['Build']);
    expect([...foldedOf(first)(useDocuments.getState())]).toEqual(['Ship']);
  });

  it('stay folded under another name', () => {
    expect(sidecarRename('Ship', 'Deliver')(tab().sidecar).folded).toEqual(['Deliver']);
    expect(sidecarRename('Build', 'Make')(tab().sidecar)).toBe(tab().sidecar);
  });

  it('unfold for a place that is to be seen', () => {
    expect(unfold(tab().documentId, 'Ship/Upload')).toBe(true);
    expect(unfold(tab().documentId, 'Ship/Upload')).toBe(false);
    expect(folded()).toEqual([]);
    expect('folded' in tab().sidecar).toBe(false);
  });
});
