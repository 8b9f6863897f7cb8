import { create } from 'zustand';
import type { PipelineDeclaration } from '../../shared/model/declaration.ts';
import { parseDocument } from '../../shared/model/documentText.ts';
import type { Problem } from '../../shared/problem.ts';
import { advise, isAdvice } from '../../shared/validation/advise.ts';
import { fixAll, type QuickFix, quickFixes } from '../../shared/validation/fixes/quickFixes.ts';
import { type TextFix, textFixes } from '../../shared/validation/fixes/textFixes.ts';
import { activeTab, type DocumentTab, edit, isSound, setText, useDocuments } from '../state/documentStore.ts';
import { applyPatch } from '../state/textPatch.ts';
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

/** A change of the pipeline, or of the text where that is what is wrong. */
export type Fix = QuickFix | TextFix;

/** The fixes of a problem of the active document, each tried, and called in the language of the window. */
export function fixesFor(problem: Problem): Fix[] {
  return triedFixes(problem).map((fix) => ({ ...fix, title: strings.messages.text(fix.title) }));
}

function triedFixes(problem: Problem): Fix[] {
  const tab = activeTab(useDocuments.getState());
  if (tab && !tab.isPart && problem.code.startsWith('text.')) return textFixes(problem, tab.text, tab.format);
  const pipeline = mendablePipeline();
  return pipeline ? quickFixes(problem, pipeline) : [];
}

/** How many problems of the active document are of this kind. */
export function countLike({ code }: Problem): number {
  const tab = activeTab(useDocuments.getState());
  if (!tab) return 0;
  const problems = isAdvice({ code }) && tab.lastGood ? advise(tab.lastGood) : tab.problems;
  return problems.filter((problem) => problem.code === code).length;
}

/** Makes a fix as one step to undo, and says so. */
export function makeFix(fix: Fix): boolean {
  const tab = activeTab(useDocuments.getState());
  if (!tab) return false;
  if ('patch' in fix) setText(tab.documentId, fix.title, applyPatch(tab.text, fix.patch));
  else if (!edit(tab.documentId, fix.title, fix.edits, fix.select, fix.sidecar)) return false;
  say(strings.problems.fixed(fix.title));
  return true;
}

/** Makes the fix of this kind for every problem like this one, as one step to undo. */
export function makeAll(problem: Problem, fix: Fix): boolean {
  const tab = activeTab(useDocuments.getState());
  if (tab && 'patch' in fix) return mendTexts(tab, problem, fix);
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

/** Mends one fault of the text after the other, each in the text that the one before left. */
function mendTexts({ documentId, text, format }: DocumentTab, { code }: Problem, { kind, title }: TextFix): boolean {
  const faults = (of: string) => parseDocument(of, format).problems.filter((problem) => problem.code === code);
  let mended = text;
  const before = faults(text).length;
  for (let left = before; left > 0; ) {
    const found = faults(mended).flatMap((problem) => textFixes(problem, mended, format));
    const next = found.find((fix) => fix.kind === kind);
    if (!next) break;
    mended = applyPatch(mended, next.patch);
    const now = faults(mended).length;
    if (now >= left) break;
    left = now;
  }
  const left = faults(mended).length;
  if (left === before) return false;
  setText(documentId, before - left === 1 ? title : strings.problems.andMore(title, before - left - 1), mended);
  say(strings.problems.fixedMany(before - left));
  if (left > 0) notify({ kind: 'info', text: strings.problems.someLeft(before - left, left) });
  return true;
}

/** Opens the menu of fixes beside something; the focus goes back to `returnTo`. */
export function offerFixes(problems: readonly Problem[], beside: DOMRect, returnTo: HTMLElement | null): void {
  if (problems.length > 0) useFixes.setState({ menu: { problems, x: beside.left, y: beside.bottom, returnTo } });
}
