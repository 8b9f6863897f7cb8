import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PipelineDeclaration } from '../../shared/model/declaration.ts';
import { emptySidecar } from '../../shared/model/sidecar.ts';
import { action, codeBuild, configure } from '../../shared/testing/brokenPipeline.ts';
import { completePipeline } from '../../shared/testing/completePipeline.ts';
import { replaceTransport } from '../bridge.ts';
import { handleKey } from '../commands/registry.ts';
import { FormRow } from '../inspector/controls/FormRow.tsx';
import {
  activeProblems,
  activeTab,
  adopt,
  setSelection,
  undo,
  undoLabel,
  useDocuments,
  validateNow,
} from '../state/documentStore.ts';
import { fakeBridge } from '../testing/fakeBridge.ts';
import { FixMenu } from './FixMenu.tsx';
import { useFixes } from './fixStore.ts';
import { ProblemsList } from './ProblemsList.tsx';

const open = (change: (pipeline: PipelineDeclaration) => unknown) => {
  const pipeline = completePipeline();
  change(pipeline);
  const text = JSON.stringify({ pipeline }, null, 2);
  act(() => {
    adopt({
      documentId: 'd1',
      path: '/p/shop.pipeline.json',
      name: 'shop.pipeline.json',
      format: 'json',
      text,
      sidecar: emptySidecar(),
      problems: [],
    });
    validateNow('d1');
  });
  return text;
};
const tab = () => activeTab(useDocuments.getState())!;
const codes = () => {
  act(() => validateNow('d1'));
  return activeProblems(useDocuments.getState()).map(({ code }) => code);
};
const show = () =>
  render(
    <>
      <ProblemsList />
      <FixMenu />
    </>,
  );
const press = (key: string, init: KeyboardEventInit = {}) => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init });
  document.activeElement?.addEventListener('keydown', (seen) => handleKey(seen as KeyboardEvent), { once: true });
  act(() => void document.activeElement?.dispatchEvent(event));
};
const slip = (pipeline: PipelineDeclaration) => (action(pipeline, 'Deploy/Upload').inputArtifacts = [{ name: 'dits' }]);
const threeSlips = (pipeline: PipelineDeclaration) => {
  configure(pipeline, 'Build/Lint', { batchEnabled: 'true' });
  pipeline.stages[1]!.actions.push(codeBuild('Audit', { configuration: { projectName: 'audit' } }));
  configure(pipeline, 'Deploy/Upload', { canned: 'x' });
};

beforeEach(() => {
  replaceTransport(fakeBridge());
  useDocuments.setState({ tabs: [], activeId: null });
  useFixes.setState({ menu: null, said: '' });
});
afterEach(cleanup);

describe('the list of problems', () => {
  it('offers the best fix of a problem; a click makes it one step to undo, and says so', async () => {
    const text = open(slip);
    show();
    fireEvent.click(await screen.findByRole('button', { name: 'Take dist instead of dits' }));
    expect(action(tab().lastGood!, 'Deploy/Upload').inputArtifacts).toEqual([{ name: 'dist' }]);
    expect(codes()).toEqual([]);
    expect(undoLabel(useDocuments.getState())).toBe('Take dist instead of dits');
    expect(screen.getByRole('status').textContent).toBe('Fixed: Take dist instead of dits.');
    act(() => void undo('d1'));
    expect(tab().text).toBe(text);
  });

  it('offers the other fixes behind a button', async () => {
    open(slip);
    show();
    fireEvent.click(await screen.findByRole('button', { name: /^More fixes/ }));
    const menu = await screen.findByRole('menu', { name: 'Quick fixes' });
    fireEvent.click(within(menu).getByRole('menuitem', { name: 'Add output dits to Build/Lint' }));
    expect(action(tab().lastGood!, 'Build/Lint').outputArtifacts).toEqual([{ name: 'dits' }]);
    await waitFor(() => expect(screen.queryByRole('menu')).toBeNull());
  });

  it('fixes all of a kind in one step, and tells what it could not', async () => {
    const text = open(threeSlips);
    expect(codes().filter((code) => code === 'configuration.unknown-key')).toHaveLength(3);
    show();
    fireEvent.click((await screen.findAllByRole('button', { name: /^More fixes/ }))[0]!);
    fireEvent.click(await screen.findByRole('menuitem', { name: 'Fix all 3 of this kind' }));
    expect(codes()).not.toContain('configuration.missing');
    expect(tab().undo).toHaveLength(1);
    expect(screen.getByRole('status').textContent).toMatch(/^Fixed [23] problems\.$/);
    act(() => void undo('d1'));
    expect(tab().text).toBe(text);
  });

  it('has no button where only the user can know', async () => {
    open((pipeline) => (pipeline.roleArn = 'me'));
    show();
    await act(() => new Promise((resolve) => setTimeout(resolve)));
    expect(within(screen.getByRole('list', { name: 'Problems' })).getAllByRole('button')).toHaveLength(1);
  });

  it('is one tab stop: arrows go through the rows, Ctrl+. opens the fixes of the row', async () => {
    open(threeSlips);
    show();
    const rows = within(screen.getByRole('list', { name: 'Problems' }))
      .getAllByRole('button')
      .filter((button) => button.hasAttribute('data-row'));
    expect(rows.map(({ tabIndex }) => tabIndex)).toEqual([0, ...rows.slice(1).map(() => -1)]);
    act(() => rows[0]!.focus());
    fireEvent.keyDown(rows[0]!, { key: 'ArrowDown' });
    expect(document.activeElement).toBe(rows[1]);
    expect(rows[1]!.tabIndex).toBe(0);
    press('.', { ctrlKey: true });
    expect(await screen.findByRole('menu', { name: 'Quick fixes' })).toBeTruthy();
  });

  it('keeps the focus where a mended row was', async () => {
    open(threeSlips);
    show();
    const button = (await screen.findAllByRole('button', { name: /^Rename/ }))[0]!;
    act(() => button.focus());
    fireEvent.click(button);
    codes();
    await waitFor(() => expect(document.activeElement?.closest('[aria-label="Problems"]')).not.toBeNull());
  });

  it('has advice below, apart from problems', async () => {
    open(() => {});
    show();
    expect(screen.getByText(/No problems/)).toBeTruthy();
    expect(within(screen.getByRole('list', { name: 'Advice' })).getAllByText(/Nobody is told/)).toHaveLength(1);
  });
});

describe('a fault of the text', () => {
  const broken = (part: string | RegExp, by: string) => {
    const text = JSON.stringify({ pipeline: completePipeline() }, null, 2).replace(part, by);
    act(() =>
      adopt({ documentId: 'd1', path: '/p', name: 'p', format: 'json', text, sidecar: emptySidecar(), problems: [] }),
    );
    return text;
  };

  it('is mended by a click in the list, as one step to undo', async () => {
    const text = broken('"name": ', '"name" ');
    show();
    fireEvent.click(await screen.findByRole('button', { name: 'Insert the colon' }));
    expect(codes()).toEqual([]);
    expect(tab().lastGood?.stages).toHaveLength(completePipeline().stages.length);
    act(() => void undo('d1'));
    expect(tab().text).toBe(text);
  });

  it('is mended with all of its kind', async () => {
    broken(/"version": "1"\n/g, '"version": "1",\n');
    expect(codes().filter((code) => code === 'text.trailing-comma').length).toBeGreaterThan(2);
    show();
    fireEvent.click((await screen.findAllByRole('button', { name: /^More fixes/ }))[0]!);
    fireEvent.click(await screen.findByRole('menuitem', { name: /^Fix all \d+ of this kind/ }));
    expect(codes()).not.toContain('text.trailing-comma');
    expect(tab().undo).toHaveLength(1);
  });
});

describe('a field of the inspector', () => {
  it('offers the fixes of its problem', async () => {
    open(slip);
    const [problem] = activeProblems(useDocuments.getState());
    render(
      <FormRow label="Input" problems={[problem!]}>
        {(ids) => <input id={ids.id} />}
      </FormRow>,
    );
    fireEvent.click(await screen.findByRole('button', { name: 'Take dist instead of dits' }));
    expect(codes()).toEqual([]);
  });

  it('opens them with Ctrl+.', async () => {
    open(slip);
    const [problem] = activeProblems(useDocuments.getState());
    render(
      <>
        <FormRow label="Input" problems={[problem!]}>
          {(ids) => <input id={ids.id} />}
        </FormRow>
        <FixMenu />
      </>,
    );
    act(() => screen.getByLabelText('Input').focus());
    press('.', { ctrlKey: true });
    expect(await screen.findByRole('menu', { name: 'Quick fixes' })).toBeTruthy();
  });
});

describe('Ctrl+.', () => {
  it('opens the fixes of what is selected when nothing with problems has the focus', async () => {
    open(slip);
    act(() => setSelection('Deploy/Upload'));
    render(<FixMenu />);
    press('.', { ctrlKey: true });
    const menu = await screen.findByRole('menu', { name: 'Quick fixes' });
    expect(within(menu).getByText(/Input artifact "dits"/)).toBeTruthy();
  });

  it('does nothing where nothing is wrong', () => {
    open(() => {});
    render(<FixMenu />);
    press('.', { ctrlKey: true });
    expect(useFixes.getState().menu).toBeNull();
  });
});
