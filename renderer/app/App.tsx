import { lazy, Suspense } from 'react';
import { RunDialogs } from '../run/RunDialogs.tsx';
import { StartView } from '../start/StartView.tsx';
import { activeTab, useDocuments } from '../state/documentStore.ts';
import { useUi } from '../state/uiStore.ts';
import { TooltipProvider } from '../ui/Tooltip.tsx';
import { withCloudscapeTexts } from '../ui/withCloudscapeTexts.tsx';
import styles from './App.module.css';
import { Dialogs } from './Dialogs.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { Notices } from './Notices.tsx';
import { Rail } from './Rail.tsx';
import { StatusBar } from './StatusBar.tsx';
import { TopBar } from './TopBar.tsx';
import { Workbench } from './Workbench.tsx';

const CompareView = lazy(async () => ({ default: (await import('../compare/CompareView.tsx')).CompareView }));
const HistoryView = lazy(() =>
  withCloudscapeTexts(import('../history/HistoryView.tsx').then((part) => part.HistoryView)),
);

/** The window: top bar, rail, one view, status bar, and what stands above them. */
export function App() {
  const view = useUi((ui) => ui.view);
  const hasTab = useDocuments((state) => activeTab(state) !== undefined);
  // Tooltips and hints all over the window tell the keys in force.
  useUi((ui) => ui.settings?.keys);
  useUi((ui) => ui.settings?.singleKeys);
  return (
    <TooltipProvider>
      <div className={styles.app}>
        <TopBar />
        <Rail />
        <main className={styles.view}>
          <ErrorBoundary key={view}>
            <Suspense fallback={null}>
              {view === 'history' ? (
                <HistoryView />
              ) : view === 'compare' && hasTab ? (
                <CompareView />
              ) : view === 'design' && hasTab ? (
                <Workbench />
              ) : (
                <StartView />
              )}
            </Suspense>
          </ErrorBoundary>
        </main>
        <StatusBar />
      </div>
      <RunDialogs />
      <Dialogs />
      <Notices />
    </TooltipProvider>
  );
}
