import { ActionFailure, type ActionRun, type Artifact } from '../host.ts';
import { defineProvider } from '../provider.ts';

/**
 * The two tokens of ObjectKey (reference/execution-semantics.md §11). Both follow from the attempt, so an action that is
 * taken up again after a crash writes to the same place.
 */
function expandTokens(key: string, { startedAt, actionExecutionId }: ActionRun): string {
  const datetime = new Date(startedAt).toISOString().slice(0, 19).replace('T', '_').replaceAll(':', '-');
  return key.replaceAll('{datetime}', datetime).replaceAll('{uuid}', actionExecutionId);
}

export const s3Deploy = defineProvider({
  actionTypeId: { category: 'Deploy', owner: 'AWS', provider: 'S3', version: '1' },
  label: 'Amazon S3 deploy',
  shortLabel: 'Amazon S3',
  help: 'Upload an artifact, or the files in it, to a bucket.',
  status: 'current',
  pipelineTypes: ['V1', 'V2'],
  crossRegion: true,
  artifacts: { inputs: [1, 1], outputs: [0, 0] },
  timeoutMinutes: 90, // 90 min
  configuration: {
    BucketName: {
      label: 'Bucket',
      type: 'string',
      required: 'always',
      placeholder: 'my-site',
      help: 'Name the bucket that receives the files.',
    },
    Extract: {
      label: 'Extract files',
      type: 'boolean',
      required: 'always',
      help: 'Upload the files of the artifact; turn off to upload its zip as one object.',
    },
    ObjectKey: {
      label: 'Object key or prefix',
      type: 'string',
      required: { key: 'Extract', equals: 'false' },
      placeholder: 'releases/{datetime}',
      help: 'Name the object, or the folder in the bucket when files are extracted; {datetime} and {uuid} are filled in.',
    },
    KMSEncryptionKeyARN: {
      label: 'KMS key ARN',
      type: 'arn',
      placeholder: 'arn:aws:kms:eu-west-1:111122223333:key/…',
      help: 'Encrypt the objects with this key.',
    },
    CannedACL: {
      label: 'Canned ACL',
      type: 'enum',
      values: [
        'private',
        'public-read',
        'public-read-write',
        'aws-exec-read',
        'authenticated-read',
        'bucket-owner-read',
        'bucket-owner-full-control',
        'log-delivery-write',
      ],
      help: 'Set who may read and write the objects.',
    },
    CacheControl: {
      label: 'Cache-Control',
      type: 'string',
      placeholder: 'max-age=300, public',
      help: 'Set the caching header of the objects.',
    },
  },
  outputVariables: [],
  summaryKeys: ['BucketName', 'ObjectKey'],
  local: {
    fidelity: 'real',
    note: 'Writes to the bound folder instead of the bucket.',
    binding: {
      kinds: ['folder'],
      required: true,
      question: 'Which local folder stands for this bucket?',
      words: { folder: 'Folder in place of the bucket' },
    },
  },
  async run(run) {
    const { configuration, inputs, host } = run;
    const [artifact] = inputs;
    if (!artifact) {
      throw new ActionFailure('ConfigurationError', 'The action has no input artifact.', 'Connect an artifact to it.');
    }
    if (configuration.KMSEncryptionKeyARN) {
      host.log('KMSEncryptionKeyARN has no meaning in a local folder; only AWS encrypts with it.');
    }
    const key = configuration.ObjectKey && expandTokens(configuration.ObjectKey, run);
    if (configuration.Extract?.toLowerCase() === 'false') {
      if (!key) {
        throw new ActionFailure(
          'ConfigurationError',
          'An artifact that stays zipped needs an object key.',
          'Enter ObjectKey, or turn on Extract.',
        );
      }
      await host.deployZip(artifact, key);
      await noteSettings(run, artifact, key);
      host.log(`${artifact.name} is now ${key}`);
      return { summary: `1 object: ${key}` };
    }
    const count = await host.deployFiles(artifact, { prefix: key });
    await noteSettings(run, artifact, key);
    const files = count === 1 ? '1 file' : `${count} files`;
    host.log(`${files} of ${artifact.name} deployed${key ? ` below ${key}` : ''}`);
    return { summary: `${files} deployed` };
  },
});

/** CannedACL and CacheControl have no place in a folder, so they are listed in a file of it. Only then it is written. */
async function noteSettings(
  run: ActionRun<'BucketName' | 'Extract' | 'CannedACL' | 'CacheControl'>,
  artifact: Artifact,
  key: string | undefined,
): Promise<void> {
  const { CannedACL, CacheControl } = run.configuration;
  if (!CannedACL && !CacheControl) return;
  const { noteObjects } = await import('../../emulation/s3Objects.ts');
  await noteObjects(run, artifact, key);
}
