import type { JobFailureType, JobResult } from '../../../shared/jobs/job.ts';
import { JobError } from '../../../shared/jobs/jobError.ts';

/** The members of the result operations that custom and partner jobs share. */
export interface SuccessInput {
  currentRevision?: { revision: string; changeIdentifier: string; revisionSummary?: string };
  continuationToken?: string;
  executionDetails?: { summary?: string; externalExecutionId?: string; percentComplete?: number };
  outputVariables?: Record<string, string>;
}

export interface FailureInput {
  failureDetails: { type: JobFailureType; message: string; externalExecutionId?: string };
}

/** OutputVariablesSizeExceededException (reference/api.md §2). */
const MOST_VARIABLE_BYTES = 122_880;

/** @param mask Hides what the journal must not hold. */
export function successResult(input: SuccessInput, mask: (text: string) => string): JobResult {
  const { continuationToken, currentRevision, executionDetails = {}, outputVariables = {} } = input;
  const variables = Object.entries(outputVariables);
  if (variables.length > 0 && continuationToken !== undefined) {
    throw new JobError(
      'ValidationException',
      'outputVariables cannot be given together with a continuationToken: the action goes on.',
    );
  }
  const bytes = variables.reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), 0);
  if (bytes > MOST_VARIABLE_BYTES) {
    throw new JobError(
      'OutputVariablesSizeExceededException',
      `The output variables are ${bytes} bytes long; at most ${MOST_VARIABLE_BYTES} are taken.`,
    );
  }
  const { summary, externalExecutionId, percentComplete } = executionDetails;
  return {
    status: 'Succeeded',
    ...(continuationToken === undefined ? {} : { continuationToken }),
    ...(summary === undefined ? {} : { summary: mask(summary) }),
    ...(externalExecutionId === undefined ? {} : { externalExecutionId: mask(externalExecutionId) }),
    ...(percentComplete === undefined ? {} : { percentComplete }),
    ...(variables.length === 0
      ? {}
      : { outputVariables: Object.fromEntries(variables.map(([name, value]) => [name, mask(value)])) }),
    ...(currentRevision
      ? {
          revision: {
            revisionId: currentRevision.revision,
            ...(currentRevision.revisionSummary === undefined ? {} : { summary: currentRevision.revisionSummary }),
          },
        }
      : {}),
  };
}

export function failureResult({ failureDetails }: FailureInput, mask: (text: string) => string): JobResult {
  const { type, message, externalExecutionId } = failureDetails;
  return {
    status: 'Failed',
    type,
    message: mask(message),
    ...(externalExecutionId === undefined ? {} : { externalExecutionId: mask(externalExecutionId) }),
  };
}
