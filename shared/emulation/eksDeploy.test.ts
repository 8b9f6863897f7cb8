import { describe, expect, it, test } from 'vitest';
import { eksDeploy } from '../providers/actions/eksDeploy.ts';
import { type Files, type Given, runWith } from '../testing/runWith.ts';

describe('a deploy to EKS with manifests', () => {
  const object = (kind: string, name: string, extra = '') =>
    `apiVersion: ${kind === 'Deployment' ? 'apps/v1' : 'v1'}\nkind: ${kind}\nmetadata:\n  name: ${name}\n${extra}`;
  const apply = (files: Files, configuration: Record<string, string> = {}, given?: Given) =>
    runWith(eksDeploy, { ClusterName: 'c', ManifestFiles: 'm.yaml', ...configuration }, files, given);

  it('applies every object and says what it does to each', async () => {
    const first = await apply({ 'm.yaml': `${object('Deployment', 'web')}---\n${object('Service', 'web')}` });
    expect(first.outputVariables).toEqual({ EKSClusterName: 'c' });
    expect(first.lines.slice(1, 3)).toEqual(['deployment.apps/web created', 'service/web created']);
    const changed = `${object('Deployment', 'web', 'spec: {}\n')}---\n${object('Service', 'web')}`;
    const next = await apply({ 'm.yaml': changed }, {}, { records: first.records });
    expect(next.lines.slice(1, 3)).toEqual(['deployment.apps/web configured', 'service/web unchanged']);
  });

  it('fills in environment variables and looks into lists', async () => {
    const list =
      'apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: ConfigMap\n    metadata: {name: "$NAME"}\n';
    const action = { environmentVariables: [{ name: 'NAME', value: 'settings' }] };
    expect(
      (await apply({ 'm.yaml': list }, {}, { action: { ...action, inputArtifacts: [{ name: 'In' }] } })).lines[1],
    ).toBe('configmap/settings created');
  });

  test.each<[files: Files, configuration: Record<string, string>, message: string]>([
    [{}, {}, 'File [m.yaml] does not exist in artifact [In].'],
    [{ 'm.yaml': '# nothing\n' }, {}, 'error: no objects passed to apply'],
    [{ 'm.yaml': 'a: [\n' }, {}, 'error: error parsing m.yaml: error converting YAML to JSON: yaml: line 2:'],
    [
      { 'm.yaml': 'metadata: {}\n' },
      {},
      'error: error validating "m.yaml": error validating data: [apiVersion not set, kind not set]',
    ],
    [
      { 'm.yaml': 'apiVersion: apps\nkind: Deployment\n' },
      {},
      'error: unable to recognize "m.yaml": no matches for kind "Deployment" in version "apps"',
    ],
    [
      { 'm.yaml': 'apiVersion: v1\nkind: Pod\n' },
      {},
      'error: error when retrieving current configuration: resource name may not be empty',
    ],
    [{ 'm.yaml': object('Pod', 'p') }, { Namespace: 'My_Space' }, 'Namespace "My_Space" is invalid'],
    [
      { 'm.yaml': object('Pod', 'p') },
      { HelmReleaseName: 'r' },
      'ManifestFiles and HelmReleaseName exclude each other.',
    ],
  ])('of %j with %j fails', async (files, configuration, message) => {
    await expect(apply(files, configuration)).rejects.toMatchObject({ message: expect.stringContaining(message) });
  });
});

describe('a deploy to EKS with Helm', () => {
  const chart = 'apiVersion: v2\nname: shop\nversion: 1.2.0\n';
  const install = (files: Files, configuration: Record<string, string> = {}, given?: Given) =>
    runWith(
      eksDeploy,
      { ClusterName: 'c', HelmReleaseName: 'web', HelmChartLocation: 'charts/shop', ...configuration },
      files,
      given,
    );

  it('counts the revisions of the release', async () => {
    const files = {
      'charts/shop/Chart.yaml': chart,
      'charts/shop/templates/a.yaml': '{{ .Values.x }}',
      'charts/shop/beta.yaml': 'x: 1\n',
    };
    const first = await install(files, { HelmValuesFiles: 'beta.yaml' });
    expect(first.lines.slice(1, 3)).toEqual([
      'Chart shop 1.2.0: 1 template, not rendered here.',
      'Release "web" does not exist here: installed, revision 1.',
    ]);
    const next = await install(files, {}, { records: first.records });
    expect(next.summary).toBe('Release web, revision 2, of chart shop 1.2.0.');
  });

  test.each<[files: Files, configuration: Record<string, string>, message: string]>([
    [{}, {}, 'Error: Chart.yaml file is missing'],
    [
      { 'charts/shop/Chart.yaml': 'apiVersion: v2\nversion: 1.0.0\n' },
      {},
      'Error: validation: chart.metadata.name is required',
    ],
    [
      { 'charts/shop/Chart.yaml': 'apiVersion: v2\nname: a\nversion: latest\n' },
      {},
      'Error: validation: chart.metadata.version "latest" is invalid',
    ],
    [
      { 'charts/shop/Chart.yaml': chart },
      { HelmValuesFiles: 'no.yaml' },
      'Error: open no.yaml: no such file or directory',
    ],
    [
      { 'charts/shop/Chart.yaml': chart, 'charts/shop/values.yaml': 'a: [\n' },
      {},
      'Error: cannot load values.yaml: error converting YAML to JSON: yaml: line 2:',
    ],
    [{ 'charts/shop/Chart.yaml': chart }, { HelmReleaseName: 'Web' }, 'Error: release name "Web" is invalid'],
  ])('of %j with %j fails', async (files, configuration, message) => {
    await expect(install(files, configuration)).rejects.toMatchObject({
      code: 'JobFailed',
      message: expect.stringContaining(message),
    });
  });
});
