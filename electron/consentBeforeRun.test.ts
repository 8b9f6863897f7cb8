import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { emptySidecar, type Sidecar } from '../shared/model/sidecar.ts';
import { ProblemError } from '../shared/problem.ts';
import { temporaryRoot } from './engine/testing/engineFixture.ts';
import { createTrust } from './engine/trust/createTrust.ts';
import { prepareRun } from './prepareRun.ts';

let root: string;
let remove: () => void;
let asked = 0;
beforeEach(() => {
  ({ root, remove } = temporaryRoot());
  asked = 0;
});
afterEach(() => remove());

const pipeline = {
  name: 'shop',
  roleArn: 'arn:aws:iam::111122223333:role/x',
  artifactStore: { type: 'S3', location: 'artifacts' },
  pipelineType: 'V2',
  stages: [
    {
      name: 'Source',
      actions: [
        {
          name: 'Files',
          actionTypeId: { category: 'Source', owner: 'AWS', provider: 'CodeCommit', version: '1' },
          configuration: { RepositoryName: 'shop', BranchName: 'main' },
          outputArtifacts: [{ name: 'Source' }],
        },
      ],
    },
    {
      name: 'Build',
      actions: [
        {
          name: 'Compile',
          actionTypeId: { category: 'Build', owner: 'AWS', provider: 'CodeBuild', version: '1' },
          configuration: { ProjectName: 'shop' },
          inputArtifacts: [{ name: 'Source' }],
        },
      ],
    },
  ],
};
async function prepare(bindings: Sidecar['bindings'], answer: () => boolean = () => true): Promise<string> {
  const text = JSON.stringify({ pipeline });
  const sidecar = { ...emptySidecar(), bindings };
  const documentPath = join(root, 'shop.pipeline.json');
  const request = { text, format: 'json' as const, sidecar, variables: {}, documentPath, folder: root, openedAs: '' };
  try {
    await prepareRun(request, createTrust({ dataDirectory: join(root, 'data') }), async () => {
      asked += 1;
      return answer();
    });
    return 'prepared';
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return `${error.problem.code} ${error.problem.where}: ${error.problem.what}`;
  }
}
const folder = (path: string): Sidecar['bindings'] => ({ 'Source/Files': { kind: 'folder', path } });
const write = (commands: string) => {
  mkdirSync(join(root, 'src'), { recursive: true });
  writeFileSync(join(root, 'src', 'buildspec.yml'), `version: 0.2\nphases: {build: {commands: [${commands}]}}\n`);
};

it('a binding that leads nowhere is told before anybody is asked for consent', async () => {
  expect(await prepare(folder('nowhere'))).toMatch(
    /^run\.binding-missing Source\/Files: The folder .*nowhere that it is bound to does not exist\.$/,
  );
  expect(await prepare({ 'Source/Files': { kind: 'repository', path: '/gone.git' } })).toMatch(
    /The repository \/gone\.git that/,
  );
  writeFileSync(join(root, 'file'), '');
  expect(await prepare(folder('file'))).toMatch(/file, which it is bound to, is a file\.$/);
  expect(asked).toBe(0);
  write('make');
  expect(await prepare(folder('src'))).toBe('prepared');
  expect(asked).toBe(1);
});

it('nothing runs, and nothing is agreed to, when the commands changed while a person read them', async () => {
  write('make');
  const changing = () => {
    write('steal');
    return true;
  };
  expect(await prepare(folder('src'), changing)).toMatch(/^trust\.changed/);
  expect(await prepare(folder('src'))).toBe('prepared');
  expect(asked).toBe(2);
});
