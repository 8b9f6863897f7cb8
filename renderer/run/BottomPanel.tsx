import { type KeyboardEvent, lazy, Suspense } from 'react';
import { AlarmsTab } from '../conditions/AlarmSwitch.tsx';
import { alarmsOf } from '../conditions/alarmStore.ts';
import { ProblemsList } from '../problems/ProblemsList.tsx';
import { activePipeline, activeProblems, useDocuments } from '../state/documentStore.ts';
import { type BottomTab, showBottom, useUi } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
import styles from './run.module.css';
import { WhyTab } from './WhyTab.tsx';

const LogPanel = lazy(() => import('./LogPanel.tsx').then(({ LogPanel: default_ }) => ({ default: default_ })));
const ChangesPanel = lazy(() =>
  import('../changes/ChangesPanel.tsx').then(({ ChangesPanel: default_ }) => ({ default: default_ })),
);
const Timeline = lazy(() =>
  import('../timeline/Timeline.tsx').then(({ Timeline: default_ }) => ({ default: default_ })),
);

const ALL_TABS: readonly BottomTab[] = ['logs', 'timeline', 'why', 'alarms', 'changes', 'problems'];

/** Under the canvas: what there is to read of the active document and of the execution that is shown. */
export function BottomPanel() {
  const wanted = useUi((ui) => ui.bottomTab);
  const hasAlarms = useDocuments((documents) => {
    const pipeline = activePipeline(documents);
    return pipeline !== undefined && alarmsOf(pipeline).length > 0;
  });
  const tabs = ALL_TABS.filter((id) => id !== 'alarms' || hasAlarms);
  const tab = tabs.includes(wanted) ? wanted : 'logs';
  const problems = useDocuments((documents) => activeProblems(documents).length);
  const onKeyDown = (event: KeyboardEvent) => {
    const index = tabs.indexOf(tab);
    const to = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = tabs[(to + tabs.length) % tabs.length]!;
    showBottom(next);
    document.getElementById(`bottom-tab-${next}`)?.focus();
  };
  const texts = strings.run.bottom;
  return (
    <section className={styles.bottom} aria-label={texts.label}>
      <div role="tablist" aria-label={texts.tabs} className={styles.bottomTabs} onKeyDown={onKeyDown}>
        {tabs.map((id) => (
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
            {texts.titles[id]}
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
          {tab === 'why' && <WhyTab />}
          {tab === 'alarms' && <AlarmsTab />}
          {tab === 'changes' && <ChangesPanel />}
          {tab === 'problems' && <ProblemsList />}
        </Suspense>
      </div>
    </section>
  );
}
