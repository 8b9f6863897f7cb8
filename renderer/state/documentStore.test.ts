import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ProblemError, problem } from '../../shared/problem.ts';
import { pipelineOf } from '../../shared/testing/pipelineOf.ts';
import { replaceTransport } from '../bridge.ts';
import { type FakeBridge, fakeBridge } from '../testing/fakeBridge.ts';
import {
  activePipeline,
  activeTab,
  closeTab,
  edit,
  fileChanged,
  isDirty,
  newFromTemplate,
  openPath,
  redo,
  redoLabel,
  save,
  setSelection,
  setSidecar,
  setText,
  takeFromDisk,
  titleOf,
  undo,
  undoLabel,
  useDocuments,
  validateNow,
} from './documentStore.ts';
import { useUi } from './uiStore.ts';

const text = `${JSON.stringify({ pipeline: pipelineOf({ Source: ['Repo'], Build: ['Compile'] }) }, null, 2)}\n`;
const yaml = 'pipeline:\n  name: shop # the shop\n  roleArn: arn:aws:iam::111122223333:role/x\n  stages: []\n';
const tab = () => activeTab(useDocuments.getState())!;
const id = () => tab().documentId;
const rename = (name: string) => edit(id(), `Rename to ${name}`, [{ path: ['name'], value: name }]);
let bridge: FakeBridge;

beforeEach(async () => {
  bridge = fakeBridge({
    files: [
      { path: '/p/shop.pipeline.json', text },
      { path: '/p/shop.pipeline.yaml', text: yaml },
      { path: '/p/broken.json', text: '{"pipeline": {' },
    ],
  });
  replaceTransport(bridge);
  useDocuments.setState({ tabs: [], activeId: null });
  useUi.setState({ notices: [], dialog: null, view: 'start', host: 'electron' });
  await openPath('/p/shop.pipeline.json');
});

describe('an opened document', () => {
  it('is shown, clean, with its declaration', () => {
    expect(useUi.getState().view).toBe('design');
    expect(isDirty(tab())).toBe(false);
    expect(activePipeline(useDocuments.getState())?.stages.map(({ name }) => name)).toEqual(['Source', 'Build']);
  });

  it('opened again is the same tab', async () => {
    await openPath('/p/shop.pipeline.json');
    expect(useDocuments.getState().tabs).toHaveLength(1);
    expect(bridge.calls.filter(({ name }) => name === 'openDocument')).toHaveLength(1);
  });

  it('that the host refuses is a notice and no tab', async () => {
    expect(await openPath('/p/none.json')).toBe(false);
    expect(useDocuments.getState().tabs).toHaveLength(1);
    expect(useUi.getState().notices.at(-1)).toMatchObject({ kind: 'error' });
  });

  it('that is the first part of a large file is shown as text only, though the part may read as a pipeline', async () => {
    bridge = fakeBridge({
      handlers: {
        openDocument: async () => ({
          documentId: 'part',
          path: '/p/large.yaml',
          name: 'large',
          format: 'yaml',
          text: yaml,
          sidecar: { penstock: 1, bindings: {}, variables: {} },
          problems: [problem({ code: 'file.too-large', where: '/p/large.yaml', what: 'Too large.', fix: '', line: 5 })],
          isPart: true,
        }),
      },
    });
    replaceTransport(bridge);
    await openPath('/p/large.yaml');
    validateNow('part');
    expect(activePipeline(useDocuments.getState())).toBeUndefined();
    expect(tab().problems.map(({ code }) => code)).toEqual(['file.too-large']);
    expect(rename('other')).toBe(false);
    fileChanged('part', yaml.replace('shop', 'small'));
    expect(tab().isPart).toBe(false);
    expect(activePipeline(useDocuments.getState())?.name).toBe('small');
  });

  it('that was never saved is called as its pipeline is, as soon as that is renamed', async () => {
    bridge = fakeBridge({
      handlers: {
        newDocument: async () => ({
          documentId: 'new',
          path: '',
          name: 'my-pipeline',
          format: 'json',
          text,
          sidecar: { penstock: 1, bindings: {}, variables: {} },
          problems: [],
        }),
      },
    });
    replaceTransport(bridge);
    await newFromTemplate('');
    rename('checkout');
    expect(titleOf(tab())).toBe('checkout');
  });

  it('that does not parse opens as text with its problems', async () => {
    await openPath('/p/broken.json');
    expect(tab()).toMatchObject({ text: '{"pipeline": {', lastGood: undefined });
    expect(tab().problems[0]).toMatchObject({ code: 'text.syntax', line: 1 });
  });
});

describe('an edit', () => {
  it('is one step to undo, with its label', () => {
    rename('shop-web');
    expect(undoLabel(useDocuments.getState())).toBe('Rename to shop-web');
    expect(isDirty(tab())).toBe(true);
    undo(id());
    expect(tab().text).toBe(text);
    expect(isDirty(tab())).toBe(false);
    expect(redoLabel(useDocuments.getState())).toBe('Rename to shop-web');
    redo(id());
    expect(tab().parsed.pipeline?.name).toBe('shop-web');
  });

  it('changes only the bytes it concerns, comments included', async () => {
    await openPath('/p/shop.pipeline.yaml');
    rename('shop-web');
    expect(tab().text).toBe(yaml.replace('name: shop #', 'name: shop-web #'));
  });

  it('that changes nothing is no step', () => {
    expect(rename('sketch')).toBe(false);
    expect(tab().undo).toHaveLength(0);
  });

  it('after undo forgets what could have been redone', () => {
    rename('one');
    undo(id());
    rename('two');
    expect(tab().redo).toHaveLength(0);
  });

  it('gives the selection back with undo', () => {
    setSelection('Build/Compile');
    edit(id(), 'Delete Compile', [{ path: ['stages', 1, 'actions', 0], value: undefined }], 'Build');
    expect(tab().selection).toBe('Build');
    undo(id());
    expect(tab().selection).toBe('Build/Compile');
  });

  it('of a text that does not parse is refused with the way out, and the canvas keeps its last good state', () => {
    setText(id(), 'Type', text.slice(0, 60));
    expect(rename('x')).toBe(false);
    expect(useUi.getState().notices.at(-1)?.detail).toMatch(/Code tab/);
    expect(tab().lastGood?.stages).toHaveLength(2);
    expect(tab().problems[0]?.code).toBe('text.syntax');
  });

  it('is validated without standing in its way', () => {
    edit(id(), 'Empty the stage', [{ path: ['stages', 1, 'actions'], value: [] }]);
    const before = tab().problems;
    validateNow(id());
    expect(tab().problems.length).toBeGreaterThan(before.length);
    expect(tab().problems.some(({ where }) => where === 'Build')).toBe(true);
  });

  it('undone and redone any number of times gives the same bytes', () => {
    const names = fc.array(fc.stringMatching(/^[A-Za-z0-9._-]{1,12}$/), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(names, (all) => {
        const texts = [tab().text];
        for (const name of all) if (rename(name)) texts.push(tab().text);
        for (let step = texts.length - 1; step > 0; step -= 1) {
          expect(tab().text).toBe(texts[step]);
          undo(id());
        }
        expect(tab().text).toBe(texts[0]);
        for (let step = 1; step < texts.length; step += 1) {
          redo(id());
          expect(tab().text).toBe(texts[step]);
        }
        while (tab().undo.length > 0) undo(id());
      }),
      { numRuns: 25 },
    );
  });
});

describe('the selection', () => {
  it.each([
    ['Build/Compile', 'Build/Compile'],
    ['Build/Gone', 'Build'],
    ['Gone/Gone', ''],
  ])('%s becomes %s', (wanted, selected) => {
    setSelection(wanted);
    expect(tab().selection).toBe(selected);
  });
});

describe('the sidecar', () => {
  it('changes by steps of its own and never touches the text', () => {
    setSidecar(id(), 'Bind Repo', (sidecar) => ({ ...sidecar, notes: { Build: 'slow' } }));
    expect(tab().text).toBe(text);
    expect(isDirty(tab())).toBe(true);
    undo(id());
    expect(tab().sidecar.notes).toEqual({});
    expect(isDirty(tab())).toBe(false);
  });
});

describe('saving', () => {
  it('writes text and sidecar, and the tab is clean', async () => {
    rename('shop-web');
    expect(await save(id())).toBe(true);
    expect(bridge.calls.at(-1)).toMatchObject({ name: 'saveDocument', input: { text: tab().text } });
    expect(isDirty(tab())).toBe(false);
  });

  it('keeps what was typed while the host wrote', async () => {
    rename('one');
    const saving = save(id());
    rename('two');
    await saving;
    expect(isDirty(tab())).toBe(true);
    expect(tab().parsed.pipeline?.name).toBe('two');
  });

  it('that fails loses nothing and says why', async () => {
    const full = problem({ code: 'disk.full', where: '/p', what: 'The disk is full.', fix: 'Make room.' });
    const refuse = async () => {
      throw new ProblemError(full);
    };
    replaceTransport(fakeBridge({ handlers: { saveDocument: refuse } }));
    rename('one');
    expect(await save(id())).toBe(false);
    expect(useUi.getState().notices.at(-1)).toMatchObject({
      kind: 'error',
      text: 'The disk is full.',
      detail: 'Make room.',
    });
    expect(isDirty(tab())).toBe(true);
  });

  it('over a file that changed meanwhile asks before it overwrites', async () => {
    const changed = problem({ code: 'document.changed-on-disk', where: '/p', what: 'The file changed.', fix: 'x' });
    const saveDocument = vi.fn(async ({ overwriteChanged }: { overwriteChanged: boolean }) => {
      if (!overwriteChanged) throw new ProblemError(changed);
      return { path: '/p/shop.pipeline.json', name: 'shop', format: 'json' as const };
    });
    replaceTransport(fakeBridge({ handlers: { saveDocument } }));
    rename('one');
    expect(await save(id())).toBe(false);
    const { action } = useUi.getState().notices.at(-1)!;
    expect(action?.label).toBe('Overwrite the file');
    action!.run();
    await vi.waitFor(() => expect(isDirty(tab())).toBe(false));
  });
});

describe('closing', () => {
  it('asks when there are changes, and closes at once when there are none', async () => {
    rename('one');
    await closeTab(id());
    expect(useUi.getState().dialog).toMatchObject({ name: 'closeDocument' });
    undo(id());
    await closeTab(id());
    expect(useDocuments.getState().tabs).toHaveLength(0);
    expect(useUi.getState().view).toBe('start');
  });
});

describe('a file that another program changed', () => {
  const newer = text.replace('sketch', 'newer');
  it('is read again into a clean tab, undoably', () => {
    fileChanged(id(), newer);
    expect(tab().text).toBe(newer);
    expect(isDirty(tab())).toBe(false);
    undo(id());
    expect(tab().text).toBe(text);
  });
  it('is asked about when the tab has changes', () => {
    rename('mine');
    fileChanged(id(), newer);
    expect(tab().parsed.pipeline?.name).toBe('mine');
    expect(useUi.getState().dialog).toMatchObject({ name: 'changedOnDisk', text: newer });
    takeFromDisk(id(), newer);
    undo(id());
    expect(tab().parsed.pipeline?.name).toBe('mine');
  });
});
