import { useMemo, useState } from 'react';
import { DiffView } from '../aws/DiffView.tsx';
import { activeTab, goToStep, useDocuments } from '../state/documentStore.ts';
import type { DocumentTab } from '../state/documentTab.ts';
import { locale, strings } from '../strings/strings.ts';
import { Button } from '../ui/Button.tsx';
import styles from './ChangesPanel.module.css';
import { meaningOf } from './meaning.ts';
import { type ChangeRow, changeRows, labelOf, textsOf } from './steps.ts';

/** Rows drawn at once; older ones come when they are asked for. */
const PAGE = 200;

/** What was done to the active document, step by step; each leads back to how things stood after it. */
export function ChangesPanel() {
  const tab = useDocuments(activeTab);
  return tab ? <Changes key={tab.documentId} tab={tab} /> : null;
}

function Changes({ tab }: { tab: DocumentTab }) {
  const { undo, redo } = tab;
  const rows = useMemo(() => changeRows({ undo, redo }), [undo, redo]);
  const [looked, setLooked] = useState<number>();
  const [most, setMost] = useState(PAGE);
  if (rows.length === 0) return <p className={styles.none}>{strings.changes.none}</p>;
  const current = undo.length;
  const shown = rows.find(({ count }) => count === (looked ?? current));
  const goTo = (count: number) => {
    setLooked(undefined);
    goToStep(tab.documentId, count);
  };
  return (
    <div className={styles.changes}>
      <div className={styles.side}>
        <ol className={styles.list} aria-label={strings.changes.list}>
          {rows.slice(0, most).map((row) => (
            <Row
              key={row.count}
              row={row}
              isCurrent={row.count === current}
              isShown={row === shown}
              onGo={() => goTo(row.count)}
              onLook={() => setLooked(row.count)}
            />
          ))}
          {rows.length > most && (
            <li>
              <Button onClick={() => setMost(most + PAGE)}>{strings.changes.older}</Button>
            </li>
          )}
          <li className={styles.row}>
            <button
              type="button"
              className={styles.go}
              aria-current={current === 0 ? 'step' : undefined}
              onClick={() => goTo(0)}
            >
              <span className={styles.label}>{strings.changes.opened}</span>
            </button>
          </li>
        </ol>
      </div>
      <div className={styles.detail}>{shown && <Detail tab={tab} row={shown} />}</div>
    </div>
  );
}

function Row(props: { row: ChangeRow; isCurrent: boolean; isShown: boolean; onGo: () => void; onLook: () => void }) {
  const { step, isDone } = props.row;
  return (
    <li className={styles.row} data-undone={!isDone || undefined} data-shown={props.isShown || undefined}>
      <button
        type="button"
        className={styles.go}
        aria-current={props.isCurrent ? 'step' : undefined}
        title={isDone ? strings.changes.goBack : strings.changes.doAgain}
        onClick={props.onGo}
      >
        <span className={styles.label}>
          {labelOf(step)}
          {!isDone && <span className="visually-hidden"> ({strings.changes.undone})</span>}
        </span>
        {step.at !== undefined && (
          <time className={styles.time} dateTime={new Date(step.at).toISOString()}>
            {new Date(step.at).toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit' })}
          </time>
        )}
      </button>
      <button
        type="button"
        className={styles.look}
        aria-pressed={props.isShown}
        aria-label={strings.changes.differenceOf(labelOf(step))}
        onClick={props.onLook}
      >
        {strings.changes.difference}
      </button>
    </li>
  );
}

function Detail({ tab, row }: { tab: DocumentTab; row: ChangeRow }) {
  const { text, undo, redo } = tab;
  const { before, after } = useMemo(() => textsOf({ text, undo, redo }, row.count), [text, undo, redo, row.count]);
  const { format } = tab;
  const isOfText = row.step.patch !== undefined;
  const meaning = useMemo(() => (isOfText ? meaningOf(before, after, format) : []), [isOfText, before, after, format]);
  const label = labelOf(row.step);
  return (
    <>
      <p className={styles.title}>
        {label}
        {!isOfText && ` (${strings.changes.keptBeside})`}
      </p>
      {meaning.length > 0 && (
        <ul className={styles.meaning} aria-label={strings.changes.meaning}>
          {meaning.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      <DiffView before={before} after={after} label={strings.changes.differenceOf(label)} />
    </>
  );
}
