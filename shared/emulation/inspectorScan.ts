import { ActionFailure, type ActionOutcome, type ActionRun } from '../providers/host.ts';
import { counted } from './counted.ts';
import { firstInput } from './inputFiles.ts';
import { isFields, member, readJson } from './readData.ts';

type Key =
  | 'InspectorRunMode'
  | 'ECRRepositoryName'
  | 'ImageTag'
  | 'CriticalThreshold'
  | 'HighThreshold'
  | 'MediumThreshold'
  | 'LowThreshold';

interface Part {
  name: string;
  version: string;
  purl: string;
}

const MAX_LOCK_BYTES = 20 * 1024 * 1024;

/** A scan without a vulnerability database: what would be scanned is listed, and thresholds are read. */
export async function scan(run: ActionRun<Key>): Promise<ActionOutcome> {
  const { configuration, host, action } = run;
  for (const key of ['CriticalThreshold', 'HighThreshold', 'MediumThreshold', 'LowThreshold'] as const) {
    const value = configuration[key];
    if (value === undefined || /^\d+$/.test(value)) continue;
    throw new ActionFailure('ConfigurationError', `${key} "${value}" is no whole number.`, 'Write 0 or more.');
  }
  const parts = configuration.InspectorRunMode === 'ECRImageScan' ? scanImage(run) : await scanSource(run);
  host.log(
    'Not checked: vulnerabilities. The thresholds are compared with nothing, and HighestScannedSeverity is left out; script this action under Local to give it a value.',
  );
  const name = action.outputArtifacts?.[0]?.name;
  const sbom = {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    components: parts.map((part) => ({ type: 'library', ...part })),
  };
  const outputArtifacts =
    name === undefined ? [] : [await host.makeArtifact(name, { 'sbom.json': `${JSON.stringify(sbom, null, 2)}\n` })];
  return { outputArtifacts, summary: `${counted(parts.length, 'part')} listed; vulnerabilities are not looked up.` };
}

function scanImage({ configuration, host }: ActionRun<Key>): Part[] {
  const { ECRRepositoryName, ImageTag } = configuration;
  if (ECRRepositoryName === undefined || ImageTag === undefined) {
    throw new ActionFailure(
      'ConfigurationError',
      'A scan of an image needs ECRRepositoryName and ImageTag.',
      'Enter both, or choose SourceCodeScan.',
    );
  }
  host.log(`Image ${ECRRepositoryName}:${ImageTag} is not fetched: the list of parts is empty.`);
  return [];
}

async function scanSource(run: ActionRun<Key>): Promise<Part[]> {
  const { host } = run;
  const artifact = firstInput(run);
  const files = await (await host.emulation()).listFiles(artifact);
  const parts: Part[] = [];
  for (const { path } of files) {
    if (/(?:^|\/)node_modules\//.test(path)) continue;
    const read = /(?:^|\/)package-lock\.json$/.test(path)
      ? npmParts
      : /(?:^|\/)requirements\.txt$/.test(path)
        ? pythonParts
        : undefined;
    if (!read) continue;
    const found = read((await host.readFile(artifact, path, MAX_LOCK_BYTES)) ?? '');
    host.log(`${path}: ${counted(found.length, 'part')}.`);
    parts.push(...found);
  }
  if (parts.length === 0) host.log(`No package-lock.json or requirements.txt with versions in ${artifact.name}.`);
  return parts;
}

function npmParts(text: string): Part[] {
  let lock: unknown;
  try {
    lock = readJson(text);
  } catch {
    return []; // a lock file that npm cannot read either names no parts
  }
  const packages = member(lock, 'packages');
  if (!isFields(packages)) return [];
  return Object.entries(packages).flatMap(([path, body]) => {
    const name = path.split('node_modules/').at(-1) ?? '';
    const version = member(body, 'version');
    if (path === '' || name === '' || typeof version !== 'string') return [];
    return [{ name, version, purl: `pkg:npm/${name.replace('@', '%40')}@${version}` }];
  });
}

function pythonParts(text: string): Part[] {
  return text.split('\n').flatMap((line) => {
    const [, name, version] =
      /^\s*([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?\s*==\s*([A-Za-z0-9.+!-]+)/.exec(line) ?? [];
    return name && version ? [{ name, version, purl: `pkg:pypi/${name.toLowerCase()}@${version}` }] : [];
  });
}
