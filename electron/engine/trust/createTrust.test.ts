import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ActionDeclaration, PipelineDeclaration } from '../../../shared/model/declaration.ts';
import { sidecarSchema } from '../../../shared/model/sidecar.ts';
import type { StartRequest } from '../../parts.ts';
import { createTrust } from './createTrust.ts';
import { visibleText } from './visibleText.ts';

let root: string;
let project: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'penstock-trust-'));
  project = join(root, 'project');
  mkdirSync(project);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const type = (category: ActionDeclaration['actionTypeId']['category'], provider: string) => ({
  category,
  owner: 'AWS' as const,
  provider,
  version: '1',
});
const run = (...commands: string[]): ActionDeclaration => ({
  name: 'Test',
  actionTypeId: type('Compute', 'Commands'),
  inputArtifacts: [{ name: 'Source' }],
  commands,
});
const build = (extra: Partial<ActionDeclaration> = {}): ActionDeclaration => ({
  name: 'Compile',
  actionTypeId: type('Build', 'CodeBuild'),
  inputArtifacts: [{ name: 'Source' }],
  configuration: { ProjectName: 'shop' },
  ...extra,
});
const source: ActionDeclaration = {
  name: 'Repo',
  actionTypeId: type('Source', 'CodeStarSourceConnection'),
  outputArtifacts: [{ name: 'Source' }],
};
const pipelineOf = (...actions: ActionDeclaration[]): PipelineDeclaration => ({
  name: 'shop',
  roleArn: 'arn:aws:iam::111122223333:role/x',
  stages: [
    { name: 'Source', actions: [source] },
    { name: 'Build', actions },
  ],
});
const requestOf = (declaration: PipelineDeclaration, extra: Partial<StartRequest> = {}): StartRequest => ({
  declaration,
  bindings: {},
  variables: {},
  documentPath: join(project, 'shop.pipeline.json'),
  folder: project,
  ...extra,
});
const trust = () => createTrust({ dataDirectory: join(root, 'data') });
const describeRun = (request: StartRequest, openedAs = request.folder) => trust().describe(request, openedAs);
async function agreeTo(request: StartRequest): Promise<void> {
  const asked = trust();
  const { hash } = await asked.describe(request, request.folder);
  await asked.agree(request.folder, hash);
}

describe('WT trust and consent', () => {
  it('WT-00 control: a project is untrusted at first and trusted once it was agreed to', async () => {
    const request = requestOf(pipelineOf(run('make')));
    expect(await describeRun(request)).toMatchObject({ trusted: false, changed: false });
    await agreeTo(request);
    expect(await describeRun(request)).toMatchObject({ trusted: true, changed: false });
  });

  it('WT-03 ignores that a project says of itself that it is trusted', async () => {
    const claims = { trusted: true, penstockTrust: 'yes' };
    const request = requestOf({ ...pipelineOf(run('true')), ...claims } as PipelineDeclaration, {
      bindings: sidecarSchema.parse({ ...claims, bindings: {} }).bindings,
    });
    writeFileSync(join(project, 'trust.json'), JSON.stringify({ version: 1, folders: {} }));
    expect((await describeRun(request)).trusted).toBe(false);
    await agreeTo(request);
    expect((await describeRun(request)).trusted).toBe(true); // control: agreement does count
  });

  it('WT-04 decides by the real path and shows both when the project was opened through a link', async () => {
    const link = join(root, 'link');
    symlinkSync(project, link);
    const viaLink = requestOf(pipelineOf(run('true')), { folder: link });
    await agreeTo(requestOf(pipelineOf(run('true'))));
    const described = await describeRun(viaLink, link);
    expect(described).toMatchObject({ trusted: true, folder: project, openedAs: link });

    const elsewhere = join(root, 'elsewhere');
    mkdirSync(elsewhere);
    rmSync(link);
    symlinkSync(elsewhere, link);
    expect((await describeRun(viaLink, link)).trusted).toBe(false);
  });

  it('WT-05 does not trust another project that was put at the path of a trusted one', async () => {
    const repository = (text: string) => {
      writeFileSync(join(project, 'buildspec.yml'), text);
      return requestOf(pipelineOf(build()), { bindings: { 'Source/Repo': { kind: 'folder', path: '.' } } });
    };
    await agreeTo(repository('version: 0.2\nphases: {build: {commands: [make]}}\n'));
    renameSync(project, join(root, 'moved'));
    mkdirSync(project);
    const hostile = await describeRun(repository('version: 0.2\nphases: {build: {commands: [steal]}}\n'));
    expect(hostile).toMatchObject({ trusted: false, changed: true });
    expect(hostile.commands[0]?.text).toContain('steal');
  });

  it('WT-06 asks again when a command was edited on disk', async () => {
    await agreeTo(requestOf(pipelineOf(run('make', 'make test'))));
    expect(await describeRun(requestOf(pipelineOf(run('make', 'make test'))))).toMatchObject({
      trusted: true,
      changed: false,
    });
    expect(await describeRun(requestOf(pipelineOf(run('make', 'make test2'))))).toMatchObject({
      trusted: false,
      changed: true,
    });
  });

  it.each<[string, StartRequest['bindings'], ActionDeclaration]>([
    [
      'a variable of the environment',
      {},
      { ...run('make'), environmentVariables: [{ name: 'LD_PRELOAD', value: './x.so' }] },
    ],
    ['an inline buildspec', {}, build({ configuration: { ProjectName: 'shop', BuildspecOverride: 'version: 0.2\n' } })],
    [
      'the environment of the bound project',
      { 'Build/Test': { kind: 'project', environment: { PATH: '/tmp/evil' } } },
      run('make'),
    ],
    ['the repository that is built', { 'Source/Repo': { kind: 'repository', path: '/elsewhere' } }, run('make')],
  ])('WT-06 asks again when %s changed', async (_, bindings, action) => {
    await agreeTo(requestOf(pipelineOf(run('make'))));
    expect((await describeRun(requestOf(pipelineOf(action), { bindings }))).trusted).toBe(false);
  });

  it('WT-07 stays trusted when only what does not run has changed', async () => {
    await agreeTo(requestOf(pipelineOf(run('make'))));
    const moved = pipelineOf({ ...run('make'), runOrder: 7, namespace: 'Tested' });
    expect((await describeRun(requestOf(moved, { variables: { a: 'b' } }))).trusted).toBe(true);
  });

  it('WT-08 does not trust a folder inside a trusted one', async () => {
    await agreeTo(requestOf(pipelineOf(run('make'))));
    const child = join(project, 'child');
    mkdirSync(child);
    expect((await describeRun(requestOf(pipelineOf(run('make')), { folder: child }))).trusted).toBe(false);
  });

  it.each([
    ['spaces', `make${' '.repeat(10_000)}; steal`],
    ['newlines', `make${'\n'.repeat(10_000)}steal`],
    ['tabs', `make${'\t'.repeat(10_000)}; steal`],
  ])('WT-11 shows the tail of a command behind ten thousand %s', async (_, command) => {
    const { commands } = await describeRun(requestOf(pipelineOf(run(command))));
    expect(commands[0]?.text).toMatch(/^make⟨\d+ .*⟩;? ?steal$/);
  });

  it.each([
    ['turned around', 'make \u202e#\u202c', 'make \\u{202e}#\\u{202c}'],
    ['zero-width', 'ma\u200bke\ufeff', 'ma\\u{200b}ke\\u{feff}'],
    ['an escape sequence', 'make\u001b[2K', 'make\\u{001b}[2K'],
    ['a carriage return', 'steal\rmake', 'steal\\u{000d}make'],
    ['invisible letters', 'make \u3164\u2800', 'make \\u{3164}\\u{2800}'],
    ['tag characters', 'make\u{e0041}', 'make\\u{e0041}'],
  ])('WT-12 shows %s text escaped', async (_, command, shown) => {
    const { commands } = await describeRun(requestOf(pipelineOf(run(command))));
    expect(commands[0]?.text).toBe(shown);
  });

  it('WT-12 leaves ordinary text in any language as it is', () => {
    for (const text of ['grep -E \'a|b\' "$X" && echo ok', 'echo Größe 日本語 עברית', 'a\n\tb'])
      expect(visibleText(text)).toBe(text);
  });

  it.each([
    ['not JSON', '{'],
    ['of another shape', '{"version":1,"folders":{"/":[{"hash":"all"}]}}'],
    ['of another version', '{"version":2,"folders":{}}'],
    ['empty', ''],
  ])('WT-20 trusts nothing when the store is %s, and sets the file aside', async (_, text) => {
    const request = requestOf(pipelineOf(run('make')));
    await agreeTo(request);
    expect((await describeRun(request)).trusted).toBe(true);
    const store = join(root, 'data', 'trust.json');
    expect(statSync(store).mode & 0o777).toBe(0o600);
    writeFileSync(store, text);
    expect((await describeRun(request)).trusted).toBe(false);
    const [aside] = readdirSync(join(root, 'data'));
    expect(readFileSync(join(root, 'data', aside ?? ''), 'utf8')).toBe(text);
    await agreeTo(request);
    expect((await describeRun(request)).trusted).toBe(true);
  });

  it('WT-20 trusts nothing when others may write the store', async () => {
    const request = requestOf(pipelineOf(run('make')));
    await agreeTo(request);
    chmodSync(join(root, 'data', 'trust.json'), 0o666);
    expect((await describeRun(request)).trusted).toBe(false);
  });
});

describe('what the consent dialog lists', () => {
  it('has every command, the variables and the folders that are written to', async () => {
    const deploy = { name: 'Put', actionTypeId: type('Deploy', 'S3'), inputArtifacts: [{ name: 'Source' }] };
    const action = { ...run('make', 'make test'), environmentVariables: [{ name: 'A', value: 'b' }] };
    const { commands } = await describeRun(
      requestOf(pipelineOf(action, deploy), { bindings: { 'Build/Put': { kind: 'folder', path: 'out' } } }),
    );
    expect(commands).toEqual([
      { where: 'Build/Test', text: 'make' },
      { where: 'Build/Test', text: 'make test' },
      { where: 'Build/Test: environment', text: 'A=b' },
      { where: 'Build/Put', text: `Writes files into ${join(project, 'out')}` },
    ]);
  });

  it('says where a buildspec comes from that cannot be read before the run', async () => {
    const bound = await describeRun(
      requestOf(pipelineOf(build()), { bindings: { 'Source/Repo': { kind: 'repository', path: 'shop.git' } } }),
    );
    expect(bound.commands[0]?.where).toContain(join(project, 'shop.git'));
    expect(bound.commands[0]?.text).toMatch(/could not be read: .* you are asked again once it can be read\./);
    const outside = build({ configuration: { ProjectName: 'shop', BuildspecOverride: '../../secret' } });
    const described = await describeRun(
      requestOf(pipelineOf(outside), { bindings: { 'Source/Repo': { kind: 'folder', path: '.' } } }),
    );
    expect(described.commands[0]?.text).toContain('could not be read: ../../secret cannot be read');
    expect(described.summary).toBe('1 file that could not be read');
  });

  it('needs no agreement for a pipeline that executes nothing', async () => {
    const approval = { name: 'Ok', actionTypeId: type('Approval', 'Manual') };
    expect(await describeRun(requestOf(pipelineOf(approval)))).toMatchObject({ trusted: true, commands: [] });
  });
});
