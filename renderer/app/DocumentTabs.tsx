import { useEffect, useRef } from 'react';
import { activate, closeTab, isDirty, titleOf, useDocuments } from '../state/documentStore.ts';
import { useUi } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
import { CloseIcon } from '../ui/icons.ts';
import styles from './DocumentTabs.module.css';

/** The open documents. The dot says that there are changes which are not saved. */
export function DocumentTabs() {
  const say = strings.app.tabs;
  const tabs = useDocuments((state) => state.tabs);
  const activeId = useDocuments((state) => state.activeId);
  const isDesign = useUi((ui) => ui.view === 'design');
  const list = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: where many are open, the active one is scrolled to.
  useEffect(() => {
    list.current?.querySelector('[data-active]')?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' });
  }, [activeId, tabs.length, isDesign]);
  const move = (event: React.KeyboardEvent, index: number) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const next = step === undefined ? undefined : tabs[index + step];
    if (event.key === 'Delete') void closeTab(tabs[index]!.documentId);
    if (!next) return;
    event.preventDefault();
    activate(next.documentId);
    (
      event.currentTarget.parentElement?.parentElement?.children[index + step!]?.querySelector('button') as HTMLElement
    )?.focus();
  };
  return (
    <div ref={list} className={styles.tabs} role="tablist" aria-label={say.title}>
      {tabs.map((tab, index) => {
        const isActive = isDesign && tab.documentId === activeId;
        return (
          <div key={tab.documentId} className={styles.tab} data-active={isActive || undefined} role="presentation">
            <button
              type="button"
              role="tab"
              aria-selected={isActive}
              tabIndex={tab.documentId === activeId ? 0 : -1}
              className={styles.name}
              title={tab.path || say.notSaved}
              onClick={() => activate(tab.documentId)}
              onAuxClick={(event) => event.button === 1 && void closeTab(tab.documentId)}
              onKeyDown={(event) => move(event, index)}
            >
              <span className={styles.label}>{titleOf(tab)}</span>
              {tab.isRecovered && (
                <span className={styles.recovered} title={say.recoveredNote}>
                  {say.recovered}
                </span>
              )}
              {isDirty(tab) && <span className={styles.dot} role="img" aria-label={say.unsaved} />}
            </button>
            <button
              type="button"
              className={styles.close}
              tabIndex={-1}
              // For the pointer only: a tab list may hold nothing but tabs, and Delete closes the focused one.
              aria-hidden="true"
              title={say.close(titleOf(tab))}
              onClick={() => void closeTab(tab.documentId)}
            >
              <CloseIcon size={13} aria-hidden="true" />
            </button>
          </div>
        );
      })}
    </div>
  );
}
