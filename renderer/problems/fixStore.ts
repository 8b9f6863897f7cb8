import { create } from 'zustand';
import type { PipelineDeclaration } from '../../shared/model/declaration.ts';
import type { Problem } from '../../shared/problem.ts';
import { advise, isAdvice } from '../../shared/validation/advise.ts';
import { fixAll, type QuickFix, quickFixes } from '../../shared/validation/fixes/quickFixes.ts';
import { activeTab, edit, isSound, useDocuments } from '../state/documentStore.ts';
import { notify } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';

/** The menu of fixes: which problems it is about, and where it stands in the window (pixels). */
interface FixState {
  menu: { problems: readonly Problem[]; x: number; y: number; returnTo: HTMLElement | null } | null;
  /** For screen readers. */
  said: string;
}

export const useFixes = create<FixState>()(() => ({ menu: null, said: '' }));

/** Says what was done; the same sentence twice is said twice. */
const say = (text: string): void => useFixes.setState(({ said }) => ({ said: said === text ? `${text}\u00a0` : text }));

/** What can be mended by a click: the active document's declaration, while its text can be edited. */
export function mendablePipeline(): PipelineDeclaration | undefined {
  const tab = activeTab(useDocuments.getState());
  return tab && isSound(tab.parsed) ? tab.lastGood : undefined;
}

/** The fixes of a problem of the active document, each tried. */
export const fixesFor = (problem: Problem): QuickFix[] => {
  const pipeline = mendablePipeline();
  return pipeline ? quickFixes(problem, pipeline) : [];
};

/** How many problems of the active document are of this kind. */
export function countLike({ code }: Problem): number {
  const tab = activeTab(useDocuments.getState());
  if (!tab?.lastGood) return 0;
  const problems = isAdvice({ code }) ? advise(tab.lastGood) : tab.problems;
  return problems.filter((problem) => problem.code === code).length;
}

/** Makes a fix as one step to undo, and says so. */
export function makeFix(fix: QuickFix): boolean {
  const tab = activeTab(useDocuments.getState());
  if (!tab || !edit(tab.documentId, fix.title, fix.edits, fix.select, fix.sidecar)) return false;
  say(strings.problems.fixed(fix.title));
  return true;
}

/** Makes the fix of this kind for every problem like this one, as one step to undo. */
export function makeAll(problem: Problem, fix: QuickFix): boolean {
  const tab = activeTab(useDocuments.getState());
  const pipeline = mendablePipeline();
  if (!tab || !pipeline) return false;
  const { count, edits, sidecar } = fixAll(problem.code, pipeline, fix.kind);
  if (count === 0) return false;
  const label = count === 1 ? fix.title : strings.problems.andMore(fix.title, count - 1);
  if (!edit(tab.documentId, label, edits, undefined, sidecar)) return false;
  say(strings.problems.fixedMany(count));
  const left = countLike(problem) - count;
  if (left > 0) notify({ kind: 'info', text: strings.problems.someLeft(count, left) });
  return true;
}

/** Opens the menu of fixes beside something; the focus goes back to `returnTo`. */
export function offerFixes(problems: readonly Problem[], beside: DOMRect, returnTo: HTMLElement | null): void {
  if (problems.length > 0) useFixes.setState({ menu: { problems, x: beside.left, y: beside.bottom, returnTo } });
}
