import { outputName } from '../providers/common/runRepositorySource.ts';
import { ActionFailure, type ActionOutcome, type ActionRun } from '../providers/host.ts';
import { member, readJson } from './readData.ts';

/** What a bound file says of an image. */
interface Described {
  digest: string;
  repositoryName?: string | undefined;
  registryId?: string | undefined;
  /** Host name of the registry. */
  registry?: string | undefined;
  sizeInBytes?: number | undefined;
  pushedAt?: string | undefined;
}

const DIGEST = /^sha256:[0-9a-f]{64}$/;
const MAX_FILE_BYTES = 1024 * 1024;

const unavailable = (message: string, fix: string) => new ActionFailure('RevisionUnavailable', message, fix);

/**
 * An ECR source: the bound file says which image it is (an imageDetail.json, what `aws ecr describe-images` prints, or a
 * line `REPOSITORY@sha256:…`). Nothing is fetched.
 */
export async function readImage(run: ActionRun<'RepositoryName' | 'ImageTag'>): Promise<ActionOutcome> {
  const { host, configuration } = run;
  const { RepositoryName = '', ImageTag = 'latest' } = configuration;
  const emulation = await host.emulation();
  const name = outputName(run);
  const found = describedBy(await emulation.readBound(MAX_FILE_BYTES), ImageTag);
  if (found.repositoryName !== undefined && found.repositoryName !== RepositoryName) {
    throw unavailable(
      `The bound file describes an image of repository ${found.repositoryName}, not of ${RepositoryName}.`,
      'Bind a file of this repository, or mend RepositoryName.',
    );
  }
  const digest = requestedDigest(run) ?? found.digest;
  if (!DIGEST.test(digest)) {
    throw unavailable(
      `"${digest.slice(0, 100)}" is no digest of an image. (ImageNotFoundException)`,
      'A digest is sha256: and 64 hexadecimal digits.',
    );
  }
  const registryId = found.registryId ?? /^(\d{12})\./.exec(found.registry ?? '')?.[1] ?? emulation.account;
  const registry = found.registry ?? `${registryId}.dkr.ecr.${emulation.region}.amazonaws.com`;
  const imageUri = `${registry}/${RepositoryName}@${digest}`;
  const detail = {
    ...(found.sizeInBytes === undefined ? {} : { ImageSizeInBytes: String(found.sizeInBytes) }),
    ImageDigest: digest,
    Version: '1.0',
    ...(found.pushedAt === undefined ? {} : { ImagePushedAt: found.pushedAt }),
    RegistryId: registryId,
    RepositoryName,
    ImageURI: imageUri,
    ImageTags: [ImageTag],
  };
  host.log(`${RepositoryName}:${ImageTag} is ${digest}.`);
  return {
    outputArtifacts: [await host.makeArtifact(name, { 'imageDetail.json': JSON.stringify(detail) })],
    outputVariables: { ImageDigest: digest, ImageTag, ImageURI: imageUri, RegistryId: registryId, RepositoryName },
    revision: { revisionId: digest, repositoryName: RepositoryName },
    externalExecutionId: digest,
    summary: digest,
  };
}

/** Source revision overrides of images have the type IMAGE_DIGEST (reference/actions.md, ECR). */
function requestedDigest({ sourceRevisions }: ActionRun): string | undefined {
  const [override] = sourceRevisions ?? [];
  if (!override || override.revisionType === 'IMAGE_DIGEST') return override?.revisionValue;
  throw new ActionFailure(
    'ConfigurationError',
    `An image cannot be read at a revision of type ${override.revisionType}.`,
    'Use a source revision of type IMAGE_DIGEST.',
  );
}

function describedBy(text: string, tag: string): Described {
  const trimmed = text.trim();
  if (!trimmed.startsWith('{')) return describedByReference(trimmed);
  let root: unknown;
  try {
    root = readJson(trimmed);
  } catch (cause) {
    throw unavailable(
      'The bound file is no JSON that describes an image.',
      `${cause instanceof Error ? cause.message : String(cause)} Write an imageDetail.json, or one line REPOSITORY@sha256:…`,
    );
  }
  const details = member(root, 'imageDetails');
  if (Array.isArray(details)) {
    const image = details.find((one) => {
      const tags = member(one, 'imageTags');
      return Array.isArray(tags) && tags.includes(tag);
    });
    if (image === undefined) {
      throw unavailable(
        `The image with tag ${tag} does not exist within the repository. (ImageNotFoundException)`,
        'Bind the answer of aws ecr describe-images for this tag, or mend ImageTag.',
      );
    }
    return {
      digest: String(member(image, 'imageDigest') ?? ''),
      repositoryName: textOf(image, 'repositoryName'),
      registryId: textOf(image, 'registryId'),
      sizeInBytes: Number(member(image, 'imageSizeInBytes')) || undefined,
      pushedAt: textOf(image, 'imagePushedAt'),
    };
  }
  const fromUri = describedByReference(textOf(root, 'ImageURI') ?? '');
  return {
    ...fromUri,
    digest: textOf(root, 'ImageDigest') ?? fromUri.digest,
    repositoryName: textOf(root, 'RepositoryName') ?? fromUri.repositoryName,
    registryId: textOf(root, 'RegistryId'),
    sizeInBytes: Number(member(root, 'ImageSizeInBytes')) || undefined,
    pushedAt: textOf(root, 'ImagePushedAt'),
  };
}

/** `[registry/]repository[:tag]@sha256:…` or the digest alone. */
function describedByReference(reference: string): Described {
  const [, named = '', digest = ''] = /^(?:(.*)@)?([^@]*)$/s.exec(reference) ?? [];
  const parts = named.split('/');
  const registry = parts.length > 1 && /[.:]/.test(parts[0] ?? '') ? parts.shift() : undefined;
  const repositoryName = parts.join('/').replace(/:[^:/]*$/, '') || undefined;
  return { digest, registry, repositoryName };
}

function textOf(value: unknown, key: string): string | undefined {
  const found = member(value, key);
  return typeof found === 'string' && found !== '' ? found : undefined;
}
