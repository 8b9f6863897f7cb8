import { shapeOf } from '../../../shared/execution/shape.ts';
import { type JobArtifact, type JobSubject, objectKeyOf } from '../../../shared/jobs/jobData.ts';
import type { Attempt } from '../actionRunner.ts';

/** Where nothing says a Region, as in AWS's own samples. */
const DEFAULT_REGION = 'us-east-1';

/** What job data says of an attempt; artifacts are where AWS would have them. */
export function jobSubjectOf(attempt: Attempt): JobSubject {
  const { action, actionExecutionId, execution, inputArtifacts, resolvedConfiguration, stageName } = attempt;
  const { declaration, pipelineExecutionId, pipelineName } = execution;
  const { artifactStore, artifactStores = {}, roleArn } = declaration;
  const region = action.region ?? Object.keys(artifactStores)[0] ?? DEFAULT_REGION;
  const store = artifactStores[region] ?? artifactStore;
  const bucketName = store?.location ?? 'artifacts';
  const hex = actionExecutionId.replaceAll('-', '');
  const { category, owner, provider, version } = action.actionTypeId;
  return {
    pipelineExecutionId,
    pipelineName,
    stageName,
    actionName: action.name,
    actionExecutionId,
    actionTypeId: { category, owner, provider, version },
    configuration: resolvedConfiguration,
    region,
    account: /^arn:[^:]*:iam::(\d{12}):/.exec(action.roleArn ?? roleArn)?.[1] ?? '000000000000',
    inputArtifacts: inputArtifacts.map(
      ({ name, digest }): JobArtifact => ({
        name,
        bucketName,
        objectKey: objectKeyOf(pipelineName, name, digest.slice(0, 7)),
        revision: revisionOf(attempt, name),
      }),
    ),
    // Six digits of the action execution and the place in the list: long names are cut, and two may begin alike.
    outputArtifacts: (action.outputArtifacts ?? []).map(
      ({ name }, index): JobArtifact => ({
        name,
        bucketName,
        objectKey: objectKeyOf(pipelineName, name, `${hex.slice(0, 6)}${index}`),
      }),
    ),
    encryptionKey: store?.encryptionKey,
  };
}

/** Of an artifact that comes straight from a source. */
function revisionOf({ execution }: Attempt, artifactName: string): string | undefined {
  const producer = shapeOf(execution.declaration).producers.get(artifactName);
  if (!producer) return undefined;
  return execution.stages[producer.stageIndex]?.actions[producer.actionIndex]?.revision?.revisionId;
}
