import type { ActionAttempt, ExecutionState } from '../../shared/execution/executionState.ts';
import { strings } from '../strings/strings.ts';

export interface Failure {
  stageName: string;
  actionName: string;
  actionExecutionId: string;
  /** "failed", or for an approval "was rejected": follows the action's name. */
  verb: string;
  /** A whole sentence, '' where nothing is known. */
  message: string;
  /** The message is what somebody wrote. */
  isQuote: boolean;
  fix: string;
}

const sentence = (text: string): string => (text === '' || /[.!?:…”]$/.test(text) ? text : `${text}.`);

/**
 * In few words: of CodeBuild's "Build terminated with state: FAILED. Phase: …, code: …, message: …" only the message, for
 * the log below tells the rest; of a rejected approval who rejected it and why.
 */
function whyOf({ approval, errorDetails }: ActionAttempt): Pick<Failure, 'verb' | 'message' | 'isQuote'> {
  const answer = approval?.answer;
  if (answer?.status === 'Rejected')
    return {
      verb: strings.run.end.rejectedBy(answer.answeredBy),
      message: answer.summary ? strings.run.end.quoted(answer.summary) : '',
      isQuote: answer.summary !== '',
    };
  const message = errorDetails?.message ?? '';
  const text = sentence(/^Build terminated .*?, message: (.+)$/s.exec(message)?.[1] ?? message);
  return { verb: strings.run.end.failed, message: text, isQuote: false };
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
