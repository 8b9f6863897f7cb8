import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import {
  AcknowledgeJobCommand,
  CodePipelineClient,
  PollForJobsCommand,
  PutJobFailureResultCommand,
  PutJobSuccessResultCommand,
} from '@aws-sdk/client-codepipeline';
import { object } from './object.mjs';

/*
 * A job worker for the custom action type Build/Custom/Stamp/1: it asks for jobs, takes each of them, works, and reports.
 * `node worker.mjs --once` ends after the first job. Nothing in it knows where it runs.
 */
const codepipeline = new CodePipelineClient({});
const actionTypeId = { category: 'Build', owner: 'Custom', provider: 'Stamp', version: '1' };
const isOnce = process.argv.includes('--once');

for (;;) {
  const { jobs = [] } = await codepipeline.send(new PollForJobsCommand({ actionTypeId, maxBatchSize: 1 }));
  for (const job of jobs) await workOn(job);
  if (jobs.length > 0 && isOnce) break;
  await wait(1000);
}

async function workOn({ id: jobId, nonce, data }) {
  const { status } = await codepipeline.send(new AcknowledgeJobCommand({ jobId, nonce }));
  if (status !== 'InProgress') return; // somebody else was faster
  const { pipelineName, stage, action } = data.pipelineContext;
  console.log(`${pipelineName}/${stage.name}/${action.name}: job ${jobId}`);
  try {
    const { Label = 'unnamed' } = data.actionConfiguration.configuration;
    const [input] = data.inputArtifacts;
    const [output] = data.outputArtifacts;
    const zip = await object('GET', input.location.s3Location, data.artifactCredentials);
    // Here a real worker would unpack, build and pack. This one passes the zip on.
    await object('PUT', output.location.s3Location, data.artifactCredentials, zip);
    await codepipeline.send(
      new PutJobSuccessResultCommand({
        jobId,
        executionDetails: { summary: `Stamped "${Label}".`, externalExecutionId: `stamp-${jobId.slice(0, 8)}`, percentComplete: 100 },
        outputVariables: { label: Label, sha256: createHash('sha256').update(zip).digest('hex') },
      }),
    );
  } catch (error) {
    console.error(error);
    const failureDetails = { type: 'JobFailed', message: String(error.message ?? error) };
    await codepipeline.send(new PutJobFailureResultCommand({ jobId, failureDetails }));
  }
}
