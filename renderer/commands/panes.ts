/*
 * The panes of the window, in the order in which F6 goes through them. Each gets the keyboard back where it had it last.
 */
const PANES = ['header', '#left', '[data-canvas]', '[data-text-editor]', '#inspector', '#bottom', 'footer'] as const;
const WITHIN =
  'input:not(:disabled), select:not(:disabled), textarea:not(:disabled), button:not(:disabled):not([tabindex="-1"]), a[href], [tabindex="0"]';

const lastIn = new WeakMap<Element, HTMLElement>();

/** Gives the keyboard to the next (1) or previous (-1) pane that shows. In a view without panes: to the view itself. */
export function goToPane(step: 1 | -1): void {
  const panes = PANES.flatMap((selector) => document.querySelector<HTMLElement>(selector) ?? []);
  const view = document.querySelector<HTMLElement>('main');
  if (view && panes.every((pane) => !view.contains(pane))) panes.splice(1, 0, view);
  const here = document.activeElement as HTMLElement | null;
  const index = panes.findIndex((pane) => pane.contains(here));
  if (here && index >= 0) lastIn.set(panes[index]!, here);
  for (let count = 1; count <= panes.length; count += 1) {
    const start = index < 0 ? (step === 1 ? -1 : 0) : index;
    const pane = panes[(start + step * count + panes.length * 2) % panes.length]!;
    const last = lastIn.get(pane);
    const within =
      pane.shadowRoot?.querySelector<HTMLElement>('.cm-content') ?? pane.querySelector<HTMLElement>(WITHIN);
    const target = last?.isConnected && last !== pane ? last : pane.tabIndex >= 0 ? pane : within;
    if (!target) continue;
    target.focus();
    return;
  }
}
