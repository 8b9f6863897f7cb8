import { client } from '../bridge.ts';
import { notify, notifyFailure } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';

/** Starts an execution of a pipeline in AWS, and says so. Never rejects. */
export async function startInAws(pipelineName: string): Promise<void> {
  try {
    const { pipelineExecutionId } = await client.startAwsExecution({ pipelineName });
    notify({ kind: 'success', text: strings.aws.pipelines.started(pipelineName), detail: pipelineExecutionId });
  } catch (error) {
    notifyFailure('aws.start', error);
  }
}
