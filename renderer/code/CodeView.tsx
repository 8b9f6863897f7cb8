import { useMemo } from 'react';
import { parseDocument } from '../../shared/model/documentText.ts';
import { fixesFor, makeFix, offerFixes } from '../problems/fixStore.ts';
import {
  activeTab,
  type DocumentTab,
  isSound,
  redo,
  setSelection,
  tabById,
  titleOf,
  typeText,
  undo,
  useDocuments,
} from '../state/documentStore.ts';
import { openDialog } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
import { Button } from '../ui/Button.tsx';
import { CodeEditor, type Editing } from './CodeEditor.tsx';
import styles from './CodeView.module.css';
import { contextAt } from './cursorContext.ts';
import { asEdited, withChanges } from './lineEnds.ts';
import { suggest } from './suggest.ts';
import { meaningAt, suggestionsAt } from './suggestions.ts';
import { problemMarks, textPlaces } from './textPlaces.ts';
import { goToText } from './textTarget.ts';

/** The document as its file has it, to be typed in. What is selected here is selected on the canvas, and the reverse. */
export function CodeView() {
  const tab = useDocuments(activeTab);
  const format = tab?.format ?? 'json';
  const pipeline = tab?.parsed.pipeline;
  const problems = tab?.problems;
  // The editor counts every line end as one character; so does everything here, by working on the same text.
  const text = useMemo(() => asEdited(tab?.text ?? ''), [tab?.text]);
  const places = useMemo(() => textPlaces(text, format), [text, format]);
  const marks = useMemo(() => {
    let starts: number[] | undefined;
    const offsetOf = (line: number, column: number) => {
      starts ??= [0, ...[...text.matchAll(/\n/g)].map((match) => match.index + 1)];
      return Math.min((starts[line - 1] ?? text.length) + column - 1, starts[line] ?? text.length);
    };
    return problemMarks(problems ?? [], pipeline, places, offsetOf);
  }, [problems, pipeline, places, text]);
  const documentId = tab?.documentId;
  const isPart = tab?.isPart ?? false;
  const editing = useMemo(
    () => (documentId === undefined || isPart ? undefined : editingOf(documentId, format)),
    [documentId, format, isPart],
  );
  if (!tab) return null;
  const fault = isSound(tab.parsed) ? undefined : tab.parsed.problems[0];
  const highlight = pipeline && tab.selection ? places.rangeOf(pipeline, tab.selection) : undefined;
  return (
    <section className={styles.view} aria-label={strings.code.view}>
      <header className={styles.bar}>
        <span className={styles.name} title={tab.path}>
          <bdi>{tab.path || strings.code.notSaved(titleOf(tab))}</bdi>
        </span>
        {isPart && <span className={styles.quiet}>{strings.code.readOnly}</span>}
        <Button disabled={!pipeline} onClick={() => openDialog({ name: 'export' })}>
          {strings.code.exportButton}
        </Button>
      </header>
      {fault && (
        <div className={styles.fault} role="alert">
          <p>
            <strong>{fault.line ? strings.code.inLine(fault.line) : ''}</strong>
            {strings.messages.text(fault.what)} {strings.messages.text(fault.fix)}
            {tab.lastGood && !isPart && ` ${strings.code.lastGood}`}
          </p>
          {fault.line !== undefined && !isPart && (
            <Button onClick={() => goToText({ line: fault.line!, ...(fault.column && { column: fault.column }) })}>
              {strings.code.goThere}
            </Button>
          )}
        </div>
      )}
      <div className={styles.editor}>
        <CodeEditor
          key={tab.documentId}
          text={text}
          format={tab.format}
          label={strings.code.textOf(titleOf(tab))}
          highlight={highlight}
          marks={marks}
          onCursor={(offset) => pipeline && setSelection(places.whereAt(pipeline, offset))}
          editing={editing}
        />
      </div>
    </section>
  );
}

/** The place of the declaration that the cursor stands in after typing; where nothing can be read, what it was. */
const placeAt = (offset: number) => (tab: DocumentTab) => {
  const { pipeline } = tab.parsed;
  return pipeline && isSound(tab.parsed)
    ? textPlaces(asEdited(tab.text), tab.format).whereAt(pipeline, offset)
    : tab.selection;
};

function editingOf(documentId: string, format: 'json' | 'yaml'): Editing {
  const tabNow = () => tabById(documentId)(useDocuments.getState());
  /** As far as it can be read at this moment; the text of the tab was read already. */
  const pipelineOf = (text: string) => {
    const tab = tabNow();
    const parsed = tab && asEdited(tab.text) === text ? tab.parsed : parseDocument(text, format);
    return parsed.pipeline ?? tab?.lastGood;
  };
  return {
    onEdit: (changes, isApart, cursor) => {
      const tab = tabNow();
      if (tab) typeText(documentId, withChanges(tab.text, changes), { isApart, where: placeAt(cursor) });
    },
    fixes: {
      of: (problem) => fixesFor(problem).map((fix) => ({ title: fix.title, make: () => makeFix(fix) })),
      offer: offerFixes,
    },
    undo: () => undo(documentId),
    redo: () => redo(documentId),
    extension: suggest({
      format,
      source: (text, context) => {
        const pipeline = pipelineOf(text);
        return pipeline ? suggestionsAt(pipeline, context) : [];
      },
    }),
    meaningOf: (text, offset) => {
      const context = contextAt(text, format, offset);
      const pipeline = context && pipelineOf(text);
      if (!context || !pipeline || context.from === context.to) return undefined;
      const meaning = meaningAt(pipeline, context, text.slice(context.from, context.to));
      return meaning && { ...meaning, from: context.from, to: context.to };
    },
  };
}
