import type { ActionRun, Artifact } from '../providers/host.ts';
import { counted } from './counted.ts';

/** The file of a bound folder that says what S3 would know of its objects beyond their content. */
const MANIFEST = '.penstock-objects.json';

interface ObjectSettings {
  CannedACL?: string;
  CacheControl?: string;
}

/** Lists the settings of the objects just deployed, beside those of earlier deploys to the same folder. */
export async function noteObjects(
  run: ActionRun<'BucketName' | 'Extract' | 'CannedACL' | 'CacheControl'>,
  artifact: Artifact,
  key: string | undefined,
): Promise<void> {
  const { host, configuration, binding } = run;
  const { BucketName = '', Extract, CannedACL, CacheControl } = configuration;
  const emulation = await host.emulation();
  const prefix = key ? `${key.replace(/\/+$/, '')}/` : '';
  const keys =
    Extract?.toLowerCase() === 'false'
      ? [key ?? '']
      : (await emulation.listFiles(artifact)).map(({ path }) => `${prefix}${path}`);
  const settings: ObjectSettings = { ...(CannedACL ? { CannedACL } : {}), ...(CacheControl ? { CacheControl } : {}) };
  const folder = binding?.kind === 'folder' ? binding.path : '';
  let all: Record<string, ObjectSettings> = {};
  await emulation.keep('s3', `${BucketName} in ${folder}`, ({ before }) => {
    const entries = Object.entries((before ?? {}) as Record<string, ObjectSettings>);
    const sorted = [...entries, ...keys.map((name) => [name, settings] as const)].sort(([a], [b]) => (a < b ? -1 : 1));
    all = Object.fromEntries(sorted);
    return all;
  });
  const text = `${JSON.stringify({ objects: all }, null, 2)}\n`;
  await host.deployFiles(await host.makeArtifact('objects', { [MANIFEST]: text }), {});
  const what = Object.entries(settings).map(([name, value]) => `${name} ${value}`);
  host.log(`${what.join(', ')}: only AWS applies them; noted for ${counted(keys.length, 'object')} in ${MANIFEST}.`);
}
