import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { strings } from '../strings/strings.ts';
import styles from './Inspector.module.css';

interface InspectorTabsProps {
  label: string;
  tabs: readonly { id: string; title: string; count?: number; content: () => ReactNode }[];
  /** Shows this tab, and again whenever `times` has changed. */
  asked?: { id: string; times: number };
}

/** Tabs that all fit: one tab stop, arrows between them. The chosen one stays chosen from selection to selection. */
let lastChosen = '';

export function InspectorTabs({ label, tabs, asked }: InspectorTabsProps) {
  const base = useId();
  const [chosen, setChosen] = useState(lastChosen);
  const active = tabs.find(({ id }) => id === chosen) ?? tabs[0]!;
  const answered = useRef(asked?.times ?? 0);
  useEffect(() => {
    if (!asked || asked.times === answered.current) return;
    answered.current = asked.times;
    setChosen(asked.id);
  }, [asked]);
  const choose = (id: string) => {
    lastChosen = id;
    setChosen(id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const index = tabs.indexOf(active);
    const to = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = tabs[(to + tabs.length) % tabs.length]!;
    choose(next.id);
    document.getElementById(`${base}-${next.id}`)?.focus();
  };
  return (
    <>
      <div role="tablist" aria-label={label} className={styles.tabs} onKeyDown={onKeyDown}>
        {tabs.map(({ id, title, count }) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`${base}-${id}`}
            aria-selected={id === active.id}
            aria-controls={`${base}-panel`}
            tabIndex={id === active.id ? 0 : -1}
            className={styles.tab}
            onClick={() => choose(id)}
          >
            {title}
            {count ? (
              <span className={styles.tabCount}>
                {count}
                <span className="visually-hidden"> {strings.inspector.controls.problems(count)}</span>
              </span>
            ) : null}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${base}-panel`} aria-labelledby={`${base}-${active.id}`} className={styles.body}>
        {active.content()}
      </div>
    </>
  );
}
