import { type KeyboardEvent, lazy, Suspense } from 'react';
import { ProblemsList } from '../problems/ProblemsList.tsx';
import { activeProblems, useDocuments } from '../state/documentStore.ts';
import { type BottomTab, showBottom, useUi } from '../state/uiStore.ts';
import styles from './run.module.css';

const LogPanel = lazy(() => import('./LogPanel.tsx').then(({ LogPanel: default_ }) => ({ default: default_ })));
const Timeline = lazy(() =>
  import('../timeline/Timeline.tsx').then(({ Timeline: default_ }) => ({ default: default_ })),
);

const TABS: readonly { id: BottomTab; title: string }[] = [
  { id: 'logs', title: 'Logs' },
  { id: 'timeline', title: 'Timeline' },
  { id: 'problems', title: 'Problems' },
];

/** Under the canvas: logs, timeline and problems of the active document. */
export function BottomPanel() {
  const tab = useUi((ui) => ui.bottomTab);
  const problems = useDocuments((documents) => activeProblems(documents).length);
  const onKeyDown = (event: KeyboardEvent) => {
    const index = TABS.findIndex(({ id }) => id === tab);
    const to = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: TABS.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = TABS[(to + TABS.length) % TABS.length]!;
    showBottom(next.id);
    document.getElementById(`bottom-tab-${next.id}`)?.focus();
  };
  return (
    <section className={styles.bottom} aria-label="Logs, timeline and problems">
      <div role="tablist" aria-label="Bottom panel" className={styles.bottomTabs} onKeyDown={onKeyDown}>
        {TABS.map(({ id, title }) => (
          <button
            key={id}
            id={`bottom-tab-${id}`}
            type="button"
            role="tab"
            aria-selected={tab === id}
            aria-controls="bottom-panel"
            tabIndex={tab === id ? 0 : -1}
            className={styles.bottomTab}
            onClick={() => showBottom(id)}
          >
            {title}
            {id === 'problems' && problems > 0 && <span className={styles.count}>{problems}</span>}
          </button>
        ))}
      </div>
      <div id="bottom-panel" role="tabpanel" aria-labelledby={`bottom-tab-${tab}`} className={styles.bottomBody}>
        <Suspense fallback={null}>
          {tab === 'logs' && (
            <div className={styles.logsAndTime}>
              <LogPanel />
              <div className={styles.beside}>
                <Timeline />
              </div>
            </div>
          )}
          {tab === 'timeline' && <Timeline />}
          {tab === 'problems' && <ProblemsList />}
        </Suspense>
      </div>
    </section>
  );
}
