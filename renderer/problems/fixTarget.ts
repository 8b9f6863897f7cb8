import type { Problem } from '../../shared/problem.ts';
import { activeProblems, activeSelection, useDocuments } from '../state/documentStore.ts';
import { strings } from '../strings/strings.ts';
import { mendablePipeline, offerFixes } from './fixStore.ts';

/* What Ctrl+. is about: the row or field that has the focus, else what is selected. */

interface Owned {
  problems: readonly Problem[];
  /** Where the list of fixes is shown, and what has the focus afterwards; by itself the element. */
  beside?: DOMRect;
  returnTo?: HTMLElement;
}

const owners = new WeakMap<Element, () => Owned>();

/** As `ref`: an element whose problems are meant while the focus is inside it. */
export const ownsProblems = (problems: readonly Problem[]) => (element: Element | null) => {
  if (element) owners.set(element, () => ({ problems }));
};

/** The same for an element whose problems depend on where in it the keyboard is. */
export const offersFixes = (element: Element, found: () => Owned): void => void owners.set(element, found);

function focused(): (Owned & { element: Element }) | undefined {
  for (let element = document.activeElement; element; element = element.parentElement) {
    const owned = owners.get(element)?.();
    if (owned && owned.problems.length > 0) return { element, ...owned };
  }
  return undefined;
}

function problemsAt(where: string): Problem[] {
  // A stage's menu also has what is wrong inside it.
  const here = activeProblems(useDocuments.getState()).filter(
    (problem) => problem.where === where || (where !== '' && problem.where.startsWith(`${where}/`)),
  );
  return here.sort((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'));
}

const focus = (): HTMLElement | null => (document.activeElement instanceof HTMLElement ? document.activeElement : null);

/** Opens the fixes of a place's problems beside something of the window. */
export const offerFixesOf = (where: string, beside: DOMRect): void => offerFixes(problemsAt(where), beside, focus());

/** Why Ctrl+. does nothing now; undefined when it does. */
export function whyNoFixesHere(): string | undefined {
  const owner = focused();
  if (owner && (mendablePipeline() || owner.problems.some(({ code }) => code.startsWith('text.')))) return undefined;
  if (!mendablePipeline()) return strings.problems.faultFirst;
  if (problemsAt(activeSelection(useDocuments.getState())).length > 0) return undefined;
  return strings.problems.nothingHere;
}

export function offerFixesHere(): void {
  const owner = focused();
  if (owner)
    return offerFixes(owner.problems, owner.beside ?? owner.element.getBoundingClientRect(), owner.returnTo ?? focus());
  const where = activeSelection(useDocuments.getState());
  const card = [...document.querySelectorAll('[data-where]')].find((one) => one.getAttribute('data-where') === where);
  offerFixesOf(where, (card ?? document.querySelector('[data-canvas]') ?? document.body).getBoundingClientRect());
}
