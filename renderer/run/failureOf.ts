import type { ActionAttempt, ExecutionState } from '../../shared/execution/executionState.ts';

export interface Failure {
  stageName: string;
  actionName: string;
  actionExecutionId: string;
  /** "failed", or for an approval "was rejected": follows the action's name. */
  verb: string;
  /** A whole sentence, '' where nothing is known. */
  message: string;
  fix: string;
}

const sentence = (text: string): string => (text === '' || /[.!?:…”]$/.test(text) ? text : `${text}.`);

/**
 * In few words: of CodeBuild's "Build terminated with state: FAILED. Phase: …, code: …, message: …" only the message, for
 * the log below tells the rest; of a rejected approval who rejected it and why.
 */
function whyOf({ approval, errorDetails }: ActionAttempt): Pick<Failure, 'verb' | 'message'> {
  const answer = approval?.answer;
  if (answer?.status === 'Rejected')
    return {
      verb: `was rejected by ${answer.answeredBy}`,
      message: answer.summary ? `“${answer.summary}”` : '',
    };
  const message = errorDetails?.message ?? '';
  return { verb: 'failed', message: sentence(/^Build terminated .*?, message: (.+)$/s.exec(message)?.[1] ?? message) };
}

/** The first action that failed in the attempt that ended a failed execution; undefined for any other. */
export function failureOf(state: ExecutionState): Failure | undefined {
  if (state.status !== 'Failed') return undefined;
  for (const stage of state.stages) {
    if (stage.status !== 'Failed') continue;
    for (const action of stage.actions)
      if (action?.status === 'Failed')
        return {
          stageName: stage.stageName,
          actionName: action.actionName,
          actionExecutionId: action.actionExecutionId,
          ...whyOf(action),
          fix: action.errorDetails?.fix ?? '',
        };
  }
  return undefined;
}
