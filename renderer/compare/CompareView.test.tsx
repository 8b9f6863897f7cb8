import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pipelineOf } from '../../shared/testing/pipelineOf.ts';
import { replaceTransport } from '../bridge.ts';
import { activeTab, edit, openPath, useDocuments } from '../state/documentStore.ts';
import { fakeBridge } from '../testing/fakeBridge.ts';
import { TooltipProvider } from '../ui/Tooltip.tsx';
import { fadeRules, shownAt } from './blend.ts';
import { CompareView } from './CompareView.tsx';
import { compareActive, useCompare } from './compareStore.ts';

const text = `${JSON.stringify({ pipeline: pipelineOf({ Source: ['Repo'], Build: ['Lint', 'Test'] }) })}\n`;
const slider = () => screen.getByRole<HTMLInputElement>('slider', { name: 'From before to after' });
const slide = (value: number) => fireEvent.change(slider(), { target: { value: String(value) } });
const stage = (name: string) => screen.queryByRole('region', { name: new RegExp(`^Stage ${name},`) });

beforeEach(async () => {
  replaceTransport(fakeBridge({ files: [{ path: '/p/a.json', text }] }));
  useDocuments.setState({ tabs: [], activeId: null });
  await openPath('/p/a.json');
  const { documentId } = activeTab(useDocuments.getState())!;
  edit(documentId, 'Rename', [{ path: ['stages', 1, 'name'], value: 'Check' }]);
  edit(documentId, 'Delete', [{ path: ['stages', 1, 'actions', 0], value: undefined }]);
  compareActive();
  render(
    <TooltipProvider>
      <CompareView />
    </TooltipProvider>,
  );
  await screen.findByRole('slider', { name: 'From before to after' });
});
afterEach(() => {
  cleanup();
  useCompare.setState({ chosen: { before: null, after: null }, loaded: { before: null, after: null }, selected: '' });
});

describe('the slider of a comparison', () => {
  it('stands between both versions, and says where it stands', () => {
    expect(slider().getAttribute('aria-valuetext')).toBe('Both');
    slide(100);
    expect(slider().getAttribute('aria-valuetext')).toBe('Only after');
    slide(25);
    expect(slider().getAttribute('aria-valuetext')).toBe('50 % on the way to before');
  });

  it('shows the earlier names on its left half and the later ones on its right', () => {
    expect(stage('Check')).not.toBeNull();
    slide(45);
    expect([stage('Check'), stage('Build')].map((found) => found !== null)).toEqual([false, true]);
    fireEvent.click(screen.getAllByRole('button', { name: 'After' }).at(-1)!);
    expect([stage('Check'), stage('Build')].map((found) => found !== null)).toEqual([true, false]);
  });

  it('keeps what is selected, whatever it is called on that side', () => {
    fireEvent.click(within(screen.getByRole('navigation')).getByRole('button', { name: /Check/ }));
    expect(stage('Check')!.dataset.selected).toBe('true');
    act(() => void slide(0));
    expect(stage('Build')!.dataset.selected).toBe('true');
    expect(useCompare.getState().selected).toBe('Check');
  });

  it('leaves no style behind', () => {
    expect(document.adoptedStyleSheets).toHaveLength(1);
    cleanup();
    expect(document.adoptedStyleSheets).toHaveLength(0);
  });
});

it('what is on one side only fades towards the other', () => {
  expect([0, 25, 50, 75, 100].map(shownAt)).toEqual([
    { before: 1, after: 0 },
    { before: 1, after: 0.5 },
    { before: 1, after: 1 },
    { before: 0.5, after: 1 },
    { before: 0, after: 1 },
  ]);
  const rules = fadeRules(
    new Map([
      ['Build/Li"nt', ['removed']],
      ['Deploy', ['added']],
      ['Test', ['changed']],
    ]),
  );
  expect(rules).toContain('[data-where="Build\\/Li\\"nt"]');
  expect(rules).toMatch(/Deploy.*opacity:var\(--after-shown\)/);
  expect(rules).not.toContain('Test');
});
