import { useEffect, useState } from 'react';
import { openExecution } from '../history/historyStore.ts';
import { type ExecutionNote, isRunningStatus, useExecution } from '../state/executionStore.ts';
import { notify, showView } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';

type Notes = Readonly<Record<string, ExecutionNote>>;

/** How an execution ended, after its pipeline's name; undefined while it runs. */
function endWords(status: ExecutionNote['status']): string | undefined {
  const words: Partial<Record<ExecutionNote['status'], string>> = strings.run.tidings.ended;
  return words[status];
}

/** What became different, in words, for a screen reader; and the notes of which executions ended just now. */
export function tidings(before: Notes, now: Notes): { texts: string[]; ended: ExecutionNote[] } {
  const texts: string[] = [];
  const ended: ExecutionNote[] = [];
  const say = strings.run.tidings;
  for (const [id, note] of Object.entries(now)) {
    const old = before[id];
    if (old?.status === note.status && old.waitsForApproval === note.waitsForApproval) continue;
    const words = endWords(note.status);
    if (isRunningStatus(old?.status) && words) {
      texts.push(say.sentence(note.pipelineName, words));
      ended.push(note);
    } else if (note.waitsForApproval && !old?.waitsForApproval) texts.push(say.waits(note.pipelineName));
    else if (!old && note.status === 'InProgress') texts.push(say.started(note.pipelineName));
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
            text: strings.run.tidings.sentence(pipelineName, endWords(status) ?? ''),
            action: {
              label: strings.run.tidings.show,
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
