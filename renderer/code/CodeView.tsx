import { useMemo } from 'react';
import { activeTab, isSound, setSelection, titleOf, useDocuments } from '../state/documentStore.ts';
import { openDialog } from '../state/uiStore.ts';
import { Button } from '../ui/Button.tsx';
import { CodeEditor } from './CodeEditor.tsx';
import styles from './CodeView.module.css';
import { problemMarks, textPlaces } from './textPlaces.ts';

/** The document as its file has it. Read-only for now; what is selected here is selected on the canvas, and the reverse. */
export function CodeView() {
  const tab = useDocuments(activeTab);
  const format = tab?.format ?? 'json';
  const pipeline = tab?.parsed.pipeline;
  const problems = tab?.problems;
  // The editor counts every line end as one character; so does everything here, by working on the same text.
  const text = useMemo(() => (tab?.text ?? '').replace(/\r\n?/g, '\n'), [tab?.text]);
  const places = useMemo(() => textPlaces(text, format), [text, format]);
  const marks = useMemo(() => {
    let starts: number[] | undefined;
    const offsetOfLine = (line: number) => {
      starts ??= [0, ...[...text.matchAll(/\n/g)].map((match) => match.index + 1)];
      return starts[line - 1] ?? text.length;
    };
    return problemMarks(problems ?? [], pipeline, places, offsetOfLine);
  }, [problems, pipeline, places, text]);
  if (!tab) return null;
  const fault = isSound(tab.parsed) ? undefined : tab.parsed.problems[0];
  const highlight = pipeline && tab.selection ? places.rangeOf(pipeline, tab.selection) : undefined;
  return (
    <section className={styles.view} aria-label="Text of the pipeline">
      <header className={styles.bar}>
        <span className={styles.name}>{tab.path || `${titleOf(tab)} (not saved yet)`}</span>
        <span className={styles.quiet}>
          {isSound(tab.parsed)
            ? 'Read-only: change it on the canvas or in the inspector.'
            : tab.isPart
              ? 'Read-only: the first lines of the file.'
              : 'Read-only: mend the file with a text editor; it is read again here when it is saved.'}
        </span>
        <Button disabled={!pipeline} onClick={() => openDialog({ name: 'export' })}>
          Export …
        </Button>
      </header>
      {fault && (
        <p className={styles.fault} role="alert">
          <strong>{fault.line ? `Line ${fault.line}: ` : ''}</strong>
          {fault.what} {fault.fix}
        </p>
      )}
      <div className={styles.editor}>
        <CodeEditor
          key={tab.documentId}
          text={text}
          format={tab.format}
          label={`Text of ${titleOf(tab)}`}
          highlight={highlight}
          marks={marks}
          onCursor={(offset) => pipeline && setSelection(places.whereAt(pipeline, offset))}
        />
      </div>
    </section>
  );
}
