import { client } from '../bridge.ts';
import { notify, notifyFailure } from '../state/uiStore.ts';

/** Starts an execution of a pipeline in AWS, and says so. Never rejects. */
export async function startInAws(pipelineName: string): Promise<void> {
  try {
    const { pipelineExecutionId } = await client.startAwsExecution({ pipelineName });
    notify({ kind: 'success', text: `${pipelineName} was started in AWS.`, detail: pipelineExecutionId });
  } catch (error) {
    notifyFailure('aws.start', error);
  }
}
