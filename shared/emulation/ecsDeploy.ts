import type { ActionOutcome, ActionRun } from '../providers/host.ts';
import { counted } from './counted.ts';
import { invalidConfiguration, MAX_IMAGE_DEFINITIONS_BYTES, readImageDefinitions } from './imageDefinitions.ts';
import { firstInput, insideArtifact } from './inputFiles.ts';

/** A rolling ECS deploy: the image definitions are read as AWS reads them, and remembered for the service. */
export async function deployToEcs(run: ActionRun<'ClusterName' | 'ServiceName' | 'FileName'>): Promise<ActionOutcome> {
  const { host, configuration } = run;
  const { ClusterName = '', ServiceName = '', FileName = 'imagedefinitions.json' } = configuration;
  const artifact = firstInput(run);
  const emulation = await host.emulation();
  const path = insideArtifact(FileName);
  const file = (await emulation.listFiles(artifact)).find((candidate) => candidate.path === path);
  if (!file) {
    const { bucketName, objectKey } = emulation.locationOf(artifact);
    throw invalidConfiguration(
      `Did not find the image definition file ${FileName} in the input artifacts ZIP file. Verify the file is stored in your pipeline's Amazon S3 artifact bucket: ${bucketName} key: ${objectKey}`,
      `Let the build write ${FileName} and list it in the artifacts of its buildspec, or mend FileName.`,
    );
  }
  if (file.size > MAX_IMAGE_DEFINITIONS_BYTES) {
    throw invalidConfiguration(
      `The image definition file ${FileName} is ${file.size} bytes long; at most ${MAX_IMAGE_DEFINITIONS_BYTES} are allowed.`,
      'Keep only name and imageUri of each container.',
    );
  }
  const images = readImageDefinitions(
    (await host.readFile(artifact, path, MAX_IMAGE_DEFINITIONS_BYTES)) ?? '',
    FileName,
  );
  await emulation.keep('ecs', `${emulation.region}/${ClusterName}/${ServiceName}`, ({ before }) => {
    const old = (before ?? {}) as Record<string, string>;
    for (const { name, imageUri } of images) {
      const was = Object.hasOwn(old, name) ? old[name] : undefined;
      const from = was === undefined ? '' : was === imageUri ? ' (as before)' : ` (was ${was})`;
      host.log(`Container ${name} of ${ClusterName}/${ServiceName} runs ${imageUri}${from}`);
    }
    return { ...old, ...Object.fromEntries(images.map(({ name, imageUri }) => [name, imageUri])) };
  });
  return { summary: `${counted(images.length, 'container')} of ${ServiceName} updated.` };
}
