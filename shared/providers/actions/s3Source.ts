import { outputName } from '../common/runRepositorySource.ts';
import { pollForSourceChanges } from '../common/sourceFields.ts';
import { ActionFailure, type ActionRun } from '../host.ts';
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
      words: { file: 'File, usually a zip', folder: 'Folder, zipped when it runs' },
    },
  },
  async run(run) {
    const { S3Bucket = '' } = run.configuration;
    const { key, versionId: wanted } = requestedObject(run);
    const S3ObjectKey = key ?? run.configuration.S3ObjectKey ?? '';
    const { artifact, versionId, etag } = await run.host.readObject({
      name: outputName(run),
      ...(key === undefined ? {} : { key }),
    });
    if (wanted !== undefined && wanted !== versionId) {
      throw new ActionFailure(
        'RevisionUnavailable',
        `${S3Bucket}/${S3ObjectKey} has no version ${wanted} on this machine; the bound file is version ${versionId}.`,
        'Bind the file of that version, or start without a source revision for this action.',
      );
    }
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

/** Source revision overrides of an object are its version and, where the action allows it, its key (reference/actions.md). */
function requestedObject({ sourceRevisions, configuration }: ActionRun<'AllowOverrideForS3ObjectKey'>) {
  let key: string | undefined;
  let versionId: string | undefined;
  for (const { revisionType, revisionValue } of sourceRevisions ?? []) {
    if (revisionType === 'S3_OBJECT_VERSION_ID') versionId = revisionValue;
    else if (revisionType !== 'S3_OBJECT_KEY') {
      throw new ActionFailure(
        'ConfigurationError',
        `An object cannot be read at a revision of type ${revisionType}.`,
        'Use a source revision of type S3_OBJECT_VERSION_ID or S3_OBJECT_KEY.',
      );
    } else if (configuration.AllowOverrideForS3ObjectKey?.toLowerCase() !== 'true') {
      throw new ActionFailure(
        'ConfigurationError',
        `The action does not allow another object key (${revisionValue}).`,
        'Set AllowOverrideForS3ObjectKey to true, or start without S3_OBJECT_KEY.',
      );
    } else key = revisionValue;
  }
  return { key, versionId };
}
