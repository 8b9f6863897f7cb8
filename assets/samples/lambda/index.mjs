import { createHash } from 'node:crypto';
import {
  CodePipelineClient,
  PutJobFailureResultCommand,
  PutJobSuccessResultCommand,
} from '@aws-sdk/client-codepipeline';
import { object } from './object.mjs';

const codepipeline = new CodePipelineClient({});

/*
 * A function for a Lambda invoke action. It looks at the zip of its input artifact; in its first call it says that it needs
 * another one (continuation token), in the second it reports what it found. Nothing in it knows where it runs.
 */
export async function handler(event) {
  const { id: jobId, data } = event['CodePipeline.job'];
  try {
    const { configuration } = data.actionConfiguration;
    const { limit = 1_000_000 } = JSON.parse(configuration.UserParameters ?? '{}');
    const [input] = data.inputArtifacts;
    if (!input) throw new Error('The action has no input artifact.');
    const zip = await object('GET', input.location.s3Location, data.artifactCredentials);
    console.log(`${input.name}: ${zip.length} bytes`);
    if (zip.length > limit) throw new Error(`${input.name} is larger than ${limit} bytes.`);
    if (data.continuationToken === undefined) {
      console.log('Not ready yet: call me again.');
      await codepipeline.send(new PutJobSuccessResultCommand({ jobId, continuationToken: JSON.stringify({ calls: 1 }) }));
      return;
    }
    const { calls } = JSON.parse(data.continuationToken);
    await codepipeline.send(
      new PutJobSuccessResultCommand({
        jobId,
        executionDetails: { summary: `Looked at ${input.name} in ${calls + 1} calls.`, percentComplete: 100 },
        outputVariables: { size: String(zip.length), sha256: createHash('sha256').update(zip).digest('hex') },
      }),
    );
  } catch (error) {
    console.error(error);
    const failureDetails = { type: 'JobFailed', message: String(error.message ?? error) };
    await codepipeline.send(new PutJobFailureResultCommand({ jobId, failureDetails }));
  }
}
