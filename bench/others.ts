import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../scripts/root.ts';
import { childCpu, isInstalled } from './childCpuWork.ts';

/*
 * The same shell jobs one after another, run by others that are installed: whole programs from their start to their end. make
 * keeps no history, no artifacts and no logs; it is the floor, not a rival.
 */
const COUNTS = [1, 10, 100];
const TRIALS = 3;

export async function run({ json }: { json: boolean }): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'penstock-bench-'));
  try {
    const runners = {
      make: isInstalled('make') ? withMake : undefined,
      'gitlab-ci-local': isInstalled('gitlab-ci-local') ? withGitlab : undefined,
      penstock: withPenstock,
    };
    const rows = COUNTS.map((jobs) => {
      const row: Record<string, number | string> = { jobs };
      for (const [name, runner] of Object.entries(runners)) {
        const tries = runner
          ? Array.from({ length: TRIALS }, (_, trial) => runner(join(folder, `${name}-${jobs}-${trial}`), jobs))
          : [];
        row[`${name}, CPU s`] = tries.length > 0 ? Math.min(...tries) : 'not installed';
      }
      return row;
    });
    if (json) console.log(JSON.stringify(rows));
    else console.table(rows);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const names = (jobs: number) => Array.from({ length: jobs }, (_, index) => `job${index}`);

function withMake(folder: string, jobs: number): number {
  mkdirSync(folder, { recursive: true });
  const rules = names(jobs).map((name) => `${name}:\n\t@sh -c 'true; :'\n`);
  writeFileSync(
    join(folder, 'Makefile'),
    `all: ${names(jobs).join(' ')}\n.PHONY: all ${names(jobs).join(' ')}\n${rules.join('')}`,
  );
  return childCpu('make -s', folder);
}

function withGitlab(folder: string, jobs: number): number {
  mkdirSync(folder, { recursive: true });
  const stages = names(jobs).map((name) => `  - ${name}\n`);
  const texts = names(jobs).map((name) => `${name}:\n  stage: ${name}\n  script:\n    - "true"\n`);
  writeFileSync(join(folder, '.gitlab-ci.yml'), `stages:\n${stages.join('')}${texts.join('')}`);
  const git = 'git init -q && git add -A && git -c user.name=b -c user.email=b@localhost commit -qm b';
  childCpu(git, folder);
  return childCpu('gitlab-ci-local >/dev/null 2>&1', folder);
}

function withPenstock(folder: string, jobs: number): number {
  mkdirSync(join(folder, 'source'), { recursive: true });
  writeFileSync(join(folder, 'source', 'hello.txt'), 'hello\n');
  const action = (name: string, runOrder: number) => ({
    name,
    runOrder,
    actionTypeId: { category: 'Compute', owner: 'AWS', provider: 'Commands', version: '1' },
    inputArtifacts: [{ name: 'Files' }],
    commands: ['true'],
  });
  const source = {
    name: 'Files',
    actionTypeId: { category: 'Source', owner: 'AWS', provider: 'CodeStarSourceConnection', version: '1' },
    configuration: {
      ConnectionArn: `arn:aws:codeconnections:eu-west-1:111122223333:connection/${'0'.repeat(8)}`,
      FullRepositoryId: 'b/b',
      BranchName: 'main',
    },
    outputArtifacts: [{ name: 'Files' }],
  };
  // At most 50 actions are in a stage.
  const stages = [];
  for (let from = 0; from < jobs; from += 50) {
    const actions = names(jobs)
      .slice(from, from + 50)
      .map((name, index) => action(name, index + 1));
    stages.push({ name: `Build${from}`, actions });
  }
  const pipeline = {
    name: 'bench',
    roleArn: 'arn:aws:iam::111122223333:role/bench',
    pipelineType: 'V2',
    artifactStore: { type: 'S3', location: 'bench-artifacts' },
    stages: [{ name: 'Source', actions: [source] }, ...stages],
  };
  writeFileSync(join(folder, 'bench.pipeline.json'), JSON.stringify({ pipeline }));
  const built = join(root, 'out/main/penstock.js');
  const program = existsSync(built) ? built : join(root, 'electron/penstock.ts');
  const options = '--trust --quiet --bind Source/Files=source --data-dir data';
  return childCpu(
    `'${process.execPath}' --disable-warning=ExperimentalWarning '${program}' run bench.pipeline.json ${options}`,
    folder,
  );
}
