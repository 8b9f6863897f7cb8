import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DocumentEdits } from '../../shared/ipc/contract.ts';
import { applyChange } from '../../shared/ipc/recoveryCalls.ts';
import { emptySidecar } from '../../shared/model/sidecar.ts';
import { pipelineOf } from '../../shared/testing/pipelineOf.ts';
import { replaceTransport } from '../bridge.ts';
import { type FakeBridge, fakeBridge } from '../testing/fakeBridge.ts';
import {
  adopt,
  closeTab,
  edit,
  goToStep,
  isDirty,
  redo,
  save,
  setSidecar,
  typeText,
  undo,
  useDocuments,
} from './documentStore.ts';
import { recover } from './recover.ts';
import { isAllRemembered, rememberNow, startRemembering } from './remember.ts';
import { useUi } from './uiStore.ts';

const text = JSON.stringify({ pipeline: pipelineOf({ Source: ['App'], Build: ['Compile'] }) }, null, 2);
const document = {
  documentId: 'd',
  path: '/p/shop.pipeline.json',
  name: 'shop',
  format: 'json' as const,
  text,
  sidecar: emptySidecar(),
  problems: [],
};
const tab = () => useDocuments.getState().tabs[0]!;

/** What the host would have on its disk. */
let disk: Map<string, DocumentEdits>;
let bridge: FakeBridge;
let stop: () => void;

function host(handlers: Parameters<typeof fakeBridge>[0] = {}) {
  bridge = fakeBridge({
    handlers: {
      rememberEdits: async ({ tabs, records, forget }) => {
        for (const { documentId, record } of records) {
          const known = disk.get(documentId);
          const next = 'edits' in record ? record.edits : known && applyChange(known, record.change);
          if (!next) throw new Error('The change does not fit.');
          disk.set(documentId, next);
        }
        for (const id of disk.keys()) if (!tabs.includes(id) || forget.includes(id)) disk.delete(id);
        return { whole: [] };
      },
      saveDocument: async () => ({ path: document.path, name: 'shop', format: 'json' }),
      recoverEdits: async () => ({
        documents: [...disk.values()].map((edits) => ({
          document: { ...document, documentId: 'new', text: edits.savedText },
          edits,
          isGone: false,
          isActive: true,
        })),
      }),
      ...handlers.handlers,
    },
  });
  replaceTransport(bridge);
}

beforeEach(() => {
  disk = new Map();
  host();
  useDocuments.setState({ tabs: [], activeId: null });
  useUi.setState({ dialog: null, notices: [], view: 'start' });
  stop = startRemembering();
});
afterEach(() => stop());

const rename = (name: string) => edit(tab().documentId, `Rename to ${name}`, [{ path: ['name'], value: name }]);

describe('edits that were not saved', () => {
  it('come back with text, sidecar and undo, marked and without a question', async () => {
    adopt(document);
    rename('store');
    setSidecar('d', 'Note', (sidecar) => ({ ...sidecar, notes: { Build: 'slow' } }));
    await rememberNow();
    expect(isAllRemembered()).toBe(true);
    useDocuments.setState({ tabs: [], activeId: null });
    await recover();
    expect(tab()).toMatchObject({ documentId: 'new', isRecovered: true, savedText: text });
    expect(tab().lastGood?.name).toBe('store');
    expect(tab().sidecar.notes).toEqual({ Build: 'slow' });
    expect(useUi.getState()).toMatchObject({ view: 'design', dialog: null });
    undo('new');
    undo('new');
    expect(tab().text).toBe(text);
    expect(isDirty(tab())).toBe(false);
  });

  it('are sent as what changed, not as whole documents', async () => {
    adopt(document);
    rename('store');
    await rememberNow();
    rename('shelf');
    await rememberNow();
    const last = JSON.stringify(bridge.calls.at(-1)?.input);
    expect(last).toContain('"change"');
    expect(last.length).toBeLessThan(text.length);
  });

  it('are with the host within a third of a second, also while the hands never rest', async () => {
    stop();
    vi.useFakeTimers();
    stop = startRemembering();
    try {
      adopt(document);
      const at = text.indexOf('sketch');
      const typed = new Map<string, number>();
      for (let ms = 0; ms <= 3000; ms += 50) {
        typeText('d', `${text.slice(0, at)}${ms}${text.slice(at)}`);
        typed.set(tab().text, ms);
        await vi.advanceTimersByTimeAsync(50);
        if (ms >= 350) expect(ms - (typed.get(disk.get('d')!.text) ?? 0)).toBeLessThanOrEqual(350);
      }
    } finally {
      vi.useRealTimers();
    }
  });

  it('come back with over a thousand steps, each of which leads to its very text', async () => {
    adopt(document);
    const texts = [text];
    for (let step = 1; step <= 1200; step += 1) {
      if (step % 3 === 0) typeText('d', tab().text.replace('"Compile"', '"Compile" '), { isApart: true });
      else rename(`name${step}`);
      texts.push(tab().text);
      if (step % 100 === 0) await rememberNow();
    }
    await rememberNow();
    useDocuments.setState({ tabs: [], activeId: null });
    await recover();
    expect(tab().undo.map(({ label }) => label)).toContain('Rename to name1');
    for (const count of [1200, 1199, 800, 401, 1, 0, 1200]) {
      goToStep('new', count);
      expect(tab().text).toBe(texts[count]);
    }
  });

  it('leave nothing once the document is closed', async () => {
    adopt(document);
    rename('store');
    await rememberNow();
    await closeTab('d', { discard: true });
    await rememberNow();
    expect(disk.size).toBe(0);
  });

  it('are no longer marked once they are saved, and undo goes on', async () => {
    adopt(document);
    rename('store');
    await rememberNow();
    useDocuments.setState({ tabs: [], activeId: null });
    await recover();
    await save('new');
    expect(tab().isRecovered).toBe(false);
    undo('new');
    expect(tab().lastGood?.name).toBe('sketch');
  });

  it('of a file that changed meanwhile are asked about', async () => {
    adopt(document);
    rename('store');
    await rememberNow();
    const [edits] = disk.values();
    const theirs = { ...document, documentId: 'new', text: text.replace('"Compile"', '"Make"') };
    host({
      handlers: {
        recoverEdits: async () => ({ documents: [{ document: theirs, edits: edits!, isGone: false, isActive: true }] }),
      },
    });
    useDocuments.setState({ tabs: [], activeId: null });
    await recover();
    expect(useUi.getState().dialog).toEqual({ name: 'changedOnDisk', documentId: 'new', text: theirs.text });
    expect(tab().lastGood?.name).toBe('store');
  });

  it('that the host refuses are told of once, and sent whole with the next edit', async () => {
    const rememberEdits = vi.fn(async () => {
      throw new Error('No space left.');
    });
    host({ handlers: { rememberEdits } });
    adopt(document);
    rename('store');
    await rememberNow();
    rename('shelf');
    await rememberNow();
    expect(useUi.getState().notices.filter(({ topic }) => topic === 'remember')).toHaveLength(1);
    host();
    rename('stall');
    await rememberNow();
    expect(disk.get('d')?.text).toBe(tab().text);
    expect(useUi.getState().notices.filter(({ topic }) => topic === 'remember')).toHaveLength(0);
  });
});

it('whatever is edited, undone, redone and saved, the host has exactly what the window has', async () => {
  const gesture = fc.constantFrom('rename', 'type', 'undo', 'redo', 'save', 'note', 'back', 'send');
  await fc.assert(
    fc.asyncProperty(fc.array(gesture, { maxLength: 25 }), async (gestures) => {
      disk.clear();
      stop();
      useDocuments.setState({ tabs: [], activeId: null });
      stop = startRemembering();
      adopt(document);
      for (const [index, name] of gestures.entries()) {
        if (name === 'rename') rename(`name${index}`);
        else if (name === 'type') typeText('d', tab().text.replace('"V2"', `"V2" `));
        else if (name === 'undo') undo('d');
        else if (name === 'redo') redo('d');
        else if (name === 'save') await save('d');
        else if (name === 'note')
          setSidecar('d', 'Note', (sidecar) => ({ ...sidecar, notes: { Build: String(index) } }));
        else if (name === 'back') goToStep('d', Math.floor(tab().undo.length / 2));
        else await rememberNow();
      }
      await rememberNow();
      const { text: now, savedText, sidecar, undo: undone, redo: redone } = tab();
      const kept = disk.get('d');
      if (kept) {
        expect(kept).toMatchObject({ text: now, savedText, sidecar });
        expect(kept.undo).toEqual(undone);
        expect(kept.redo).toEqual(redone);
      } else expect({ now, undone, redone }).toEqual({ now: text, undone: [], redone: [] });
    }),
    { numRuns: 60 },
  );
});
