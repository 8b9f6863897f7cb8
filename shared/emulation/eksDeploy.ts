import { ActionFailure, type ActionOutcome, type ActionRun } from '../providers/host.ts';
import { counted } from './counted.ts';
import { firstInput, insideArtifact, itemsOf, reading, requiredFile } from './inputFiles.ts';
import { type Fields, isFields, member, readYaml } from './readData.ts';

type Key = 'ClusterName' | 'ManifestFiles' | 'HelmReleaseName' | 'HelmChartLocation' | 'HelmValuesFiles' | 'Namespace';

const failure = (message: string, fix: string) => new ActionFailure('JobFailed', message, fix);

/** A deploy to EKS: what `kubectl apply` or `helm upgrade --install` finds before it reaches a cluster. */
export async function deployToEks(run: ActionRun<Key>): Promise<ActionOutcome> {
  const { configuration, action } = run;
  const { ClusterName = '', HelmReleaseName, ManifestFiles, Namespace } = configuration;
  if (HelmReleaseName !== undefined && ManifestFiles !== undefined) {
    throw new ActionFailure(
      'ConfigurationError',
      'ManifestFiles and HelmReleaseName exclude each other.',
      'Keep one of them: kubectl or Helm.',
    );
  }
  if (Namespace !== undefined) assertDnsLabel(Namespace, 'Namespace');
  const secret = action.environmentVariables?.find(({ type }) => type === 'SECRETS_MANAGER');
  if (secret) {
    throw new ActionFailure(
      'ConfigurationError',
      `Environment variable ${secret.name} is of type SECRETS_MANAGER, which this action does not take.`,
      'Use PLAINTEXT, or read the secret in the cluster.',
    );
  }
  const summary = HelmReleaseName === undefined ? await applyManifests(run) : await installChart(run, HelmReleaseName);
  return { summary, outputVariables: { EKSClusterName: ClusterName } };
}

function assertDnsLabel(name: string, key: string): void {
  if (/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(name)) return;
  throw failure(
    `${key} "${name}" is invalid: a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-'`,
    `Rename it with lower-case letters, digits and hyphens, at most 63.`,
  );
}

async function applyManifests(run: ActionRun<Key>): Promise<string> {
  const { configuration, host } = run;
  const paths = itemsOf(configuration.ManifestFiles);
  if (paths.length === 0) {
    throw new ActionFailure('ConfigurationError', 'ManifestFiles is missing.', 'Name a manifest or a Helm release.');
  }
  const artifact = firstInput(run);
  const objects: [id: string, text: string][] = [];
  for (const path of paths) {
    const text = withVariables(await requiredFile(run, artifact, path), run);
    for (const object of objectsIn(text, path)) objects.push([object.id, JSON.stringify(object.body)]);
  }
  const emulation = await host.emulation();
  const cluster = `${emulation.region}/${configuration.ClusterName}/${configuration.Namespace ?? 'default'}`;
  await emulation.keep('eks', cluster, ({ before }) => {
    const old = (before ?? {}) as Record<string, string>;
    for (const [id, text] of objects) {
      const was = Object.hasOwn(old, id) ? old[id] : undefined;
      host.log(`${id} ${was === undefined ? 'created' : was === text ? 'unchanged' : 'configured'}`);
    }
    return { ...old, ...Object.fromEntries(objects) };
  });
  return `${counted(objects.length, 'object')} applied to ${configuration.ClusterName}.`;
}

/** `$NAME` and `${NAME}` of the action's environment variables. */
function withVariables(text: string, { action }: ActionRun): string {
  let filled = text;
  for (const { name, value } of action.environmentVariables ?? []) {
    filled = filled.replaceAll(`\${${name}}`, value).replaceAll(new RegExp(`\\$${name}\\b`, 'g'), () => value);
  }
  return filled;
}

function objectsIn(text: string, path: string): { id: string; body: Fields }[] {
  const documents = reading(
    ({ line, message }) => ({
      message: `error: error parsing ${path}: error converting YAML to JSON: yaml: line ${line}: ${message}`,
    }),
    () => readYaml(text),
  );
  const objects = documents.filter((document) => document !== null && document !== undefined);
  if (objects.length === 0) throw failure('error: no objects passed to apply', `Put an object into ${path}.`);
  return objects
    .flatMap((object) => {
      const items = member(object, 'items');
      return member(object, 'kind') === 'List' && Array.isArray(items) ? items : [object];
    })
    .map((object) => identify(object, path));
}

function identify(object: unknown, path: string): { id: string; body: Fields } {
  const missing = ['apiVersion', 'kind'].filter((key) => typeof member(object, key) !== 'string');
  if (!isFields(object) || missing.length > 0) {
    throw failure(
      `error: error validating "${path}": error validating data: [${missing.map((key) => `${key} not set`).join(', ')}]`,
      'Each object begins with apiVersion and kind.',
    );
  }
  const kind = String(member(object, 'kind'));
  const apiVersion = String(member(object, 'apiVersion'));
  if (!/^(?:[a-z0-9.-]+\/)?v\d+(?:(?:alpha|beta)\d+)?$/.test(apiVersion)) {
    throw failure(
      `error: unable to recognize "${path}": no matches for kind "${kind}" in version "${apiVersion}"`,
      'Write a version such as v1 or apps/v1.',
    );
  }
  const name = member(member(object, 'metadata'), 'name');
  if (typeof name !== 'string' || name === '') {
    throw failure(
      'error: error when retrieving current configuration: resource name may not be empty',
      `Give the ${kind} in ${path} a metadata.name.`,
    );
  }
  const [group = ''] = apiVersion.includes('/') ? apiVersion.split('/') : [];
  return { id: `${kind.toLowerCase()}${group && `.${group}`}/${name}`, body: object };
}

async function installChart(run: ActionRun<Key>, release: string): Promise<string> {
  const { configuration, host } = run;
  assertReleaseName(release);
  const artifact = firstInput(run);
  const location = insideArtifact(configuration.HelmChartLocation ?? '').replace(/\/+$/, '');
  const at = (path: string) => (location === '' ? path : `${location}/${path}`);
  const chartText = await host.readFile(artifact, at('Chart.yaml'));
  if (chartText === undefined) {
    throw failure('Error: Chart.yaml file is missing', `Artifact ${artifact.name} has no ${at('Chart.yaml')}.`);
  }
  const parse = (path: string, text: string) =>
    reading(
      ({ line, message }) => ({
        message: `Error: cannot load ${path}: error converting YAML to JSON: yaml: line ${line}: ${message}`,
      }),
      () => readYaml(text)[0],
    );
  const chart = parse('Chart.yaml', chartText);
  for (const key of ['apiVersion', 'name', 'version']) {
    const value = member(chart, key);
    if (value !== undefined && value !== null && value !== '') continue;
    throw failure(`Error: validation: chart.metadata.${key} is required`, `Add ${key} to ${at('Chart.yaml')}.`);
  }
  const version = String(member(chart, 'version'));
  if (!/^v?\d+(?:\.\d+){0,2}(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/.test(version)) {
    throw failure(
      `Error: validation: chart.metadata.version "${version}" is invalid`,
      'Write a version such as 1.2.3.',
    );
  }
  const own = await host.readFile(artifact, at('values.yaml'));
  if (own !== undefined) parse('values.yaml', own);
  for (const path of itemsOf(configuration.HelmValuesFiles)) {
    const text = await host.readFile(artifact, at(insideArtifact(path)));
    if (text === undefined) {
      throw failure(
        `Error: open ${path}: no such file or directory`,
        `Values files are looked for inside the chart: artifact ${artifact.name} has no ${at(path)}.`,
      );
    }
    parse(path, withVariables(text, run));
  }
  const emulation = await host.emulation();
  const files = (await emulation.listFiles(artifact)).filter(({ path }) => path.startsWith(at('templates/')));
  host.log(`Chart ${member(chart, 'name')} ${version}: ${counted(files.length, 'template')}, not rendered here.`);
  const key = `${emulation.region}/${configuration.ClusterName}/${configuration.Namespace ?? 'default'}/${release}`;
  let revision = 1;
  await emulation.keep('helm', key, ({ before }) => {
    revision = ((before as { revision?: number } | undefined)?.revision ?? 0) + 1;
    return { revision, version };
  });
  host.log(
    `Release "${release}" ${revision === 1 ? 'does not exist here: installed' : 'has been upgraded'}, revision ${revision}.`,
  );
  return `Release ${release}, revision ${revision}, of chart ${member(chart, 'name')} ${version}.`;
}

function assertReleaseName(release: string): void {
  if (/^[a-z0-9](?:[a-z0-9.-]{0,51}[a-z0-9])?$/.test(release)) return;
  throw failure(
    `Error: release name "${release}" is invalid: it must match ^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$ and have at most 53 characters`,
    'Use lower-case letters, digits and hyphens.',
  );
}
