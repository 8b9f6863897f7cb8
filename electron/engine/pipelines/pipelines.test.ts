import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PipelineDeclaration } from '../../../shared/model/declaration.ts';
import type { Problem } from '../../../shared/problem.ts';
import { createDefinitionVersions } from './definitionVersions.ts';
import { pipelineFolder } from './pipelineFolder.ts';
import { createTransitions } from './transitions.ts';

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'penstock-pipelines-'));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

const declaration = (change: Partial<PipelineDeclaration> = {}): PipelineDeclaration => ({
  name: 'shop',
  roleArn: 'arn:aws:iam::111122223333:role/pipeline',
  stages: [
    {
      name: 'Source',
      actions: [{ name: 'App', actionTypeId: { category: 'Source', owner: 'AWS', provider: 'S3', version: '1' } }],
    },
  ],
  ...change,
});

describe('§15 the versions of a definition', () => {
  const versions = () => createDefinitionVersions(data, () => 1_760_000_000_000);

  it('begins at 1, or at the version the file says', async () => {
    expect(await versions().take(declaration())).toEqual({ version: 1, updated: false });
    expect(await versions().take(declaration({ name: 'pulled', version: 7 }))).toEqual({ version: 7, updated: false });
  });
  it('increases by 1 with an update, and not for the same definition, also after a restart', async () => {
    const first = versions();
    await first.take(declaration());
    expect(await first.take(declaration({ executionMode: 'SUPERSEDED' }))).toEqual({ version: 1, updated: false });
    expect(await first.take(declaration({ executionMode: 'QUEUED' }))).toEqual({ version: 2, updated: true });
    expect(await versions().take(declaration({ executionMode: 'QUEUED' }))).toEqual({ version: 2, updated: false });
    expect(await versions().latest('shop')).toBe(2);
  });
  it('keeps each one, as GetPipeline with a version does', async () => {
    const kept = versions();
    await kept.take(declaration());
    await kept.take(declaration({ executionMode: 'QUEUED' }));
    expect((await kept.read('shop', 1)).executionMode).toBeUndefined();
    expect((await kept.read('shop', 2)).executionMode).toBe('QUEUED');
    expect(await kept.list('shop')).toEqual([
      { version: 2, createdAt: 1_760_000_000_000 },
      { version: 1, createdAt: 1_760_000_000_000 },
    ]);
    await expect(kept.read('shop', 3)).rejects.toThrow('PipelineVersionNotFoundException');
  });
  it('starts that come together take one version after another', async () => {
    const taken = versions();
    const numbers = await Promise.all(
      ['SUPERSEDED', 'QUEUED', 'PARALLEL', 'PARALLEL'].map((executionMode) =>
        taken.take(declaration({ executionMode: executionMode as 'QUEUED' })),
      ),
    );
    expect(numbers.map(({ version }) => version)).toEqual([1, 2, 3, 3]);
  });
  it('makes a new version when the latest one is damaged, and says so of the damaged one', async () => {
    await versions().take(declaration());
    writeFileSync(join(pipelineFolder(data, 'shop'), 'versions', '1.json'), '{"createdAt":');
    expect(await versions().take(declaration())).toEqual({ version: 2, updated: true });
    await expect(versions().read('shop', 1)).rejects.toThrow('damaged');
  });
  it('keeps apart names that differ by case or by odd characters only', async () => {
    const folders = ['shop', 'Shop', 'shop@', 'shop_', '..', '.'].map((name) => pipelineFolder(data, name));
    expect(new Set(folders.map((folder) => folder.toLowerCase())).size).toBe(folders.length);
    expect(folders.every((folder) => folder.startsWith(join(data, 'pipelines')))).toBe(true);
  });
});

describe('§5 disabled transitions', () => {
  const freeze = { reason: 'freeze', by: 'ann', at: 1_760_000_000_000 };
  const told: Problem[] = [];
  let stages: string[];
  const transitions = () =>
    createTransitions({
      dataDirectory: data,
      now: () => 7,
      stagesOf: async () => stages,
      report: (problem) => told.push(problem),
    });
  beforeEach(() => {
    told.length = 0;
    stages = ['Source', 'Deploy', 'Prod'];
  });

  it('are known again after a restart', async () => {
    await transitions().disable('shop', 'Deploy', freeze);
    expect([...(await transitions().of('shop'))]).toEqual([['Deploy', freeze]]);
    expect([...(await transitions().of('other'))]).toEqual([]);
  });
  it('disabling a disabled one replaces the reason; enabling an enabled one does nothing', async () => {
    const kept = transitions();
    await kept.disable('shop', 'Deploy', freeze);
    await kept.disable('shop', 'Deploy', { ...freeze, reason: 'holidays' });
    expect((await kept.of('shop')).get('Deploy')?.reason).toBe('holidays');
    await kept.enable('shop', 'Deploy');
    await kept.enable('shop', 'Deploy');
    expect((await kept.of('shop')).size).toBe(0);
  });
  it('changes that come together all count', async () => {
    const kept = transitions();
    await Promise.all(['A', 'B', 'C'].map((stageName) => kept.disable('shop', stageName, freeze)));
    expect([...(await transitions().of('shop')).keys()]).toEqual(['A', 'B', 'C']);
  });
  it('a change that cannot be written is refused and not so', async () => {
    const kept = transitions();
    await kept.disable('shop', 'Deploy', freeze);
    const folder = pipelineFolder(data, 'shop');
    rmSync(folder, { recursive: true });
    writeFileSync(folder, 'in the way');
    await expect(kept.enable('shop', 'Deploy')).rejects.toThrow();
    expect((await kept.of('shop')).has('Deploy')).toBe(true);
  });
  const cut = (path: string) => writeFileSync(path, readFileSync(path, 'utf8').slice(0, 20));
  it('a damaged file is told of, and every transition counts as disabled until somebody enables it', async () => {
    await transitions().disable('shop', 'Deploy', freeze);
    const path = join(pipelineFolder(data, 'shop'), 'transitions.json');
    cut(path);
    const kept = transitions();
    const reason = `The file ${path} cannot be read. Enable what shall be open.`;
    expect([...(await kept.of('shop'))]).toEqual([
      ['Deploy', { reason, by: 'Penstock', at: 7 }],
      ['Prod', { reason, by: 'Penstock', at: 7 }],
    ]);
    const [aside = ''] = readdirSync(pipelineFolder(data, 'shop')).filter((name) => name.includes('damaged'));
    expect(readFileSync(join(pipelineFolder(data, 'shop'), aside), 'utf8')).toHaveLength(20);
    expect(told).toMatchObject([{ code: 'transitions.unreadable', where: path, fix: expect.stringContaining(aside) }]);
    await kept.enable('shop', 'Deploy');
    expect([...(await transitions().of('shop')).keys()], 'after a restart').toEqual(['Prod']);
    expect(told).toHaveLength(1);
  });
  it('a damaged file of a pipeline whose stages are not known yet closes them once they are', async () => {
    const kept = transitions();
    await kept.disable('shop', 'Deploy', freeze);
    cut(join(pipelineFolder(data, 'shop'), 'transitions.json'));
    stages = [];
    const next = transitions();
    for (const _ of ['asked', 'asked again']) expect((await next.of('shop')).size).toBe(0);
    expect(told).toHaveLength(1);
    stages = ['Source', 'Deploy'];
    expect([...(await next.of('shop')).keys()]).toEqual(['Deploy']);
  });
});
