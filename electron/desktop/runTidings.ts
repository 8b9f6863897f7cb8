import type { ExecutionEvent } from '../../shared/execution/events.ts';
import type { DesktopTexts } from './texts.ts';

export interface TidingsOptions {
  /** Somebody looks at a window of ours. */
  isInFront: () => boolean;
  /** Shows a notification of the system. */
  tell: (title: string, body: string) => void;
  /** What is done of all that runs, 0 to 1; -1 when nothing runs. On the icon in the task bar. */
  progress: (share: number) => void;
  texts: () => DesktopTexts['tidings'];
}

/**
 * What executions do while nobody looks: a notification when one ends or waits for an approval and no window of ours is in front,
 * and the progress of all on the task icon. Answers the function that hears of new events.
 */
export function runTidings({ isInFront, tell, progress, texts }: TidingsOptions) {
  const running = new Map<string, { pipelineName: string; actions: number; finished: number }>();
  const showProgress = () => {
    let actions = 0;
    let finished = 0;
    for (const one of running.values()) {
      actions += one.actions;
      // Retried actions finish more than once.
      finished += Math.min(one.finished, one.actions);
    }
    progress(running.size === 0 ? -1 : finished / Math.max(1, actions));
  };
  const say = (pipelineName: string, words: string) => {
    if (!isInFront()) tell(pipelineName, words);
  };
  return (pipelineExecutionId: string, events: readonly ExecutionEvent[]): void => {
    for (const event of events) {
      if (event.type === 'ExecutionStarted') {
        const { pipelineName, declaration } = event;
        const actions = declaration.stages.reduce((count, stage) => count + stage.actions.length, 0);
        running.set(pipelineExecutionId, { pipelineName, actions, finished: 0 });
      }
      const known = running.get(pipelineExecutionId);
      if (!known) continue;
      if (event.type === 'ActionFinished') known.finished += 1;
      else if (event.type === 'ApprovalRequested') say(known.pipelineName, texts().waits(event.actionName));
      else if (event.type === 'ExecutionFinished') {
        running.delete(pipelineExecutionId);
        say(known.pipelineName, texts().ended[event.status]);
      }
    }
    showProgress();
  };
}
