import type { ActionTypeId } from '../model/declaration.ts';

/** The data of a job as a worker or function gets it (codepipeline-model.json: JobData, ThirdPartyJobData; actions.md, Lambda invoke event). */
export interface JobSubject {
  readonly pipelineExecutionId: string;
  readonly pipelineName: string;
  readonly stageName: string;
  readonly actionName: string;
  readonly actionExecutionId: string;
  readonly actionTypeId: Pick<ActionTypeId, 'category' | 'owner' | 'provider' | 'version'>;
  /** Resolved. */
  readonly configuration: Readonly<Record<string, string>>;
  readonly region: string;
  /** 12 digits. */
  readonly account: string;
  readonly inputArtifacts: readonly JobArtifact[];
  readonly outputArtifacts: readonly JobArtifact[];
  readonly encryptionKey?: { id: string; type: string } | undefined;
}

export interface JobArtifact {
  readonly name: string;
  readonly bucketName: string;
  readonly objectKey: string;
  /** A commit or an object version, where it comes straight from a source. */
  readonly revision?: string | undefined;
}

export interface SessionCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
}

/** Where AWS would put an artifact: `<pipelineName>/<artifactName>/<random>`, names cut (execution-semantics.md §11). */
export const objectKeyOf = (pipelineName: string, artifactName: string, distinct: string): string =>
  `${pipelineName.slice(0, 20)}/${artifactName.slice(0, 10)}/${distinct}`;

const artifactOf = ({ name, bucketName, objectKey, revision }: JobArtifact) => ({
  name,
  ...(revision === undefined ? {} : { revision }),
  location: { type: 'S3', s3Location: { bucketName, objectKey } },
});

function sharedData(
  subject: JobSubject,
  artifactCredentials: SessionCredentials,
  continuationToken: string | undefined,
) {
  const { configuration, encryptionKey, inputArtifacts, outputArtifacts } = subject;
  return {
    actionConfiguration: { configuration },
    inputArtifacts: inputArtifacts.map(artifactOf),
    outputArtifacts: outputArtifacts.map(artifactOf),
    artifactCredentials,
    ...(continuationToken === undefined ? {} : { continuationToken }),
    ...(encryptionKey ? { encryptionKey } : {}),
  };
}

/** JobData of a custom action; a partner's lacks the pipeline's ARN and the execution id. */
export function jobData(
  subject: JobSubject,
  artifactCredentials: SessionCredentials,
  continuationToken: string | undefined,
) {
  const { actionTypeId, pipelineName, stageName, actionName, actionExecutionId, pipelineExecutionId } = subject;
  const { category, owner, provider, version } = actionTypeId;
  return {
    actionTypeId: { category, owner, provider, version },
    ...sharedData(subject, artifactCredentials, continuationToken),
    pipelineContext: {
      pipelineName,
      stage: { name: stageName },
      action: { name: actionName, actionExecutionId },
      ...(owner === 'ThirdParty'
        ? {}
        : {
            pipelineArn: `arn:aws:codepipeline:${subject.region}:${subject.account}:${pipelineName}`,
            pipelineExecutionId,
          }),
    },
  };
}

/** What a Lambda function is called with. */
export function lambdaEvent(
  jobId: string,
  subject: JobSubject,
  artifactCredentials: SessionCredentials,
  continuationToken: string | undefined,
) {
  const data = sharedData(subject, artifactCredentials, continuationToken);
  // Functions read the member, so it is there, as AWS sends it.
  const withRevision = (artifacts: typeof data.inputArtifacts) =>
    artifacts.map(({ name, revision, location }) => ({ location, revision: revision ?? null, name }));
  return {
    'CodePipeline.job': {
      id: jobId,
      accountId: subject.account,
      data: {
        ...data,
        inputArtifacts: withRevision(data.inputArtifacts),
        outputArtifacts: withRevision(data.outputArtifacts),
      },
    },
  };
}
