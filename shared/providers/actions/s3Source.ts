import { outputName } from '../common/runRepositorySource.ts';
import { pollForSourceChanges } from '../common/sourceFields.ts';
import { ActionFailure } from '../host.ts';
import { defineProvider } from '../provider.ts';

export const s3Source = defineProvider({
  actionTypeId: { category: 'Source', owner: 'AWS', provider: 'S3', version: '1' },
  label: 'Amazon S3 source',
  shortLabel: 'Amazon S3',
  help: 'Fetch one object, usually a zip, from a versioned bucket.',
  status: 'current',
  pipelineTypes: ['V1', 'V2'],
  crossRegion: false,
  artifacts: { inputs: [0, 0], outputs: [1, 1] },
  timeoutMinutes: 60, // 1 h
  configuration: {
    S3Bucket: {
      label: 'Bucket',
      type: 'string',
      required: 'always',
      placeholder: 'my-source-bucket',
      help: 'Name the source bucket; its versioning must be on.',
    },
    S3ObjectKey: {
      label: 'Object key',
      type: 'string',
      required: 'always',
      placeholder: 'shop.zip',
      help: 'Name the object to fetch.',
    },
    AllowOverrideForS3ObjectKey: {
      label: 'Allow another key at start',
      type: 'boolean',
      default: 'false',
      help: 'Let whoever starts the pipeline choose another object key.',
    },
    PollForSourceChanges: pollForSourceChanges,
  },
  outputVariables: [
    { name: 'BucketName', help: 'Bucket that was read.' },
    { name: 'ETag', help: 'Entity tag of the object.' },
    { name: 'ObjectKey', help: 'Key of the object.' },
    { name: 'VersionId', help: 'Version of the object.' },
  ],
  summaryKeys: ['S3Bucket', 'S3ObjectKey'],
  local: {
    fidelity: 'real',
    note: 'Passes the bound file on as it is, or the bound folder as a zip.',
    binding: {
      kinds: ['file', 'folder'],
      required: true,
      question: 'Which local file (usually a zip) or folder is this object?',
    },
  },
  async run(run) {
    const { S3Bucket = '', S3ObjectKey = '' } = run.configuration;
    const [override] = run.sourceRevisions ?? [];
    if (override) {
      throw new ActionFailure(
        'ConfigurationError',
        `A local run cannot fetch ${override.revisionType} ${override.revisionValue}: the object is the bound file or folder.`,
        'Start without a source revision for this action, or bind the file of that version.',
      );
    }
    const { artifact, versionId, etag } = await run.host.readObject({ name: outputName(run) });
    const summary = `Amazon S3 version id: ${versionId}`;
    run.host.log(`${S3Bucket}/${S3ObjectKey} (${artifact.size} bytes). ${summary}`);
    return {
      revision: { revisionId: versionId, repositoryName: S3Bucket },
      outputArtifacts: [artifact],
      outputVariables: { BucketName: S3Bucket, ETag: etag, ObjectKey: S3ObjectKey, VersionId: versionId },
      externalExecutionId: versionId,
      summary,
    };
  },
});
