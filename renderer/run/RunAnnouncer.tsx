import { useEffect, useState } from 'react';
import { openExecution } from '../history/historyStore.ts';
import { type ExecutionNote, isRunningStatus, useExecution } from '../state/executionStore.ts';
import { notify, showView } from '../state/uiStore.ts';

type Notes = Readonly<Record<string, ExecutionNote>>;

const WORDS: Partial<Record<ExecutionNote['status'], string>> = {
  Succeeded: 'succeeded',
  Failed: 'failed',
  Stopped: 'was stopped',
  Superseded: 'was overtaken by a newer execution',
  Cancelled: 'was cancelled',
};

/** What became different, in words, for a screen reader; and the notes of which executions ended just now. */
export function tidings(before: Notes, now: Notes): { texts: string[]; ended: ExecutionNote[] } {
  const texts: string[] = [];
  const ended: ExecutionNote[] = [];
  for (const [id, note] of Object.entries(now)) {
    const old = before[id];
    if (old?.status === note.status && old.waitsForApproval === note.waitsForApproval) continue;
    if (isRunningStatus(old?.status) && WORDS[note.status]) {
      texts.push(`${note.pipelineName} ${WORDS[note.status]}.`);
      ended.push(note);
    } else if (note.waitsForApproval && !old?.waitsForApproval) texts.push(`${note.pipelineName} waits for approval.`);
    else if (!old && note.status === 'InProgress') texts.push(`${note.pipelineName} started.`);
  }
  return { texts, ended };
}

/** Says politely how executions go, and shows a notice when one ends that is not on the canvas. */
export function RunAnnouncer() {
  const [text, setText] = useState('');
  useEffect(
    () =>
      useExecution.subscribe((now, before) => {
        if (now.notes === before.notes) return;
        const { texts, ended } = tidings(before.notes, now.notes);
        if (texts.length > 0) setText(texts.join(' '));
        for (const { pipelineExecutionId, pipelineName, status } of ended) {
          if (now.shownId === pipelineExecutionId) continue;
          notify({
            kind: status === 'Succeeded' ? 'success' : status === 'Failed' ? 'error' : 'info',
            text: `${pipelineName} ${WORDS[status]}.`,
            action: {
              label: 'Show execution',
              run: () => {
                openExecution(pipelineExecutionId);
                showView('history');
              },
            },
          });
        }
      }),
    [],
  );
  return (
    <div role="status" aria-live="polite" className="visually-hidden">
      {text}
    </div>
  );
}
