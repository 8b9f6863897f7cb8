import type { Problem } from '../../shared/problem.ts';
import { activeProblems, activeSelection, useDocuments } from '../state/documentStore.ts';
import { mendablePipeline, offerFixes } from './fixStore.ts';

/* What Ctrl+. is about: the row or field that has the focus, else what is selected. */

const owners = new WeakMap<Element, readonly Problem[]>();

/** As `ref`: an element whose problems are meant while the focus is inside it. */
export const ownsProblems = (problems: readonly Problem[]) => (element: Element | null) => {
  if (element) owners.set(element, problems);
};

function focused(): { element: Element; problems: readonly Problem[] } | undefined {
  for (let element = document.activeElement; element; element = element.parentElement) {
    const problems = owners.get(element);
    if (problems && problems.length > 0) return { element, problems };
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
  if (!mendablePipeline()) return 'The text has a fault that must be mended first.';
  if (focused() || problemsAt(activeSelection(useDocuments.getState())).length > 0) return undefined;
  return 'Nothing selected has a problem.';
}

export function offerFixesHere(): void {
  const owner = focused();
  if (owner) return offerFixes(owner.problems, owner.element.getBoundingClientRect(), focus());
  const where = activeSelection(useDocuments.getState());
  const card = [...document.querySelectorAll('[data-where]')].find((one) => one.getAttribute('data-where') === where);
  offerFixesOf(where, (card ?? document.querySelector('[data-canvas]') ?? document.body).getBoundingClientRect());
}
