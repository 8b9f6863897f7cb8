import { useDocuments } from './documentStore.ts';
import { showView, useUi, type View } from './uiStore.ts';

/** In the session's storage, which a page that is loaded again still has and a new window has not. */
const KEY = 'penstock.view';

/** Notes which view is shown, so that a page that is loaded again comes back to it. Answers what ends that. */
export const rememberView = (): (() => void) =>
  useUi.subscribe(({ view }, before) => {
    if (view !== before.view) sessionStorage.setItem(KEY, view);
  });

/** Shows the view that this page had before it was loaded again, if what it shows has come back. */
export function returnToView(): void {
  const view = sessionStorage.getItem(KEY) as View | null;
  const { tabs } = useDocuments.getState();
  if (view === 'history' || (view === 'design' && tabs.length > 0)) showView(view);
}
