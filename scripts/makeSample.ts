/**
 * Makes the bare repository of the quickstart sample from its plain sources: same sources, same commit ids. Run after a
 * change below assets/samples/quickstart/source: `node scripts/launch.mjs scripts/makeSample.ts`.
 */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const sample = join(import.meta.dirname, '../assets/samples/quickstart');

/** The history of the shop. Each commit adds these paths to the ones before; the last one leaves nothing out. */
const commits = [
  {
    message: 'Open the shop',
    at: '2026-01-05T08:00:00Z',
    paths: ['README.md', '.gitignore', 'VERSION', 'pages', 'styles'],
  },
  {
    message: 'List the goods',
    at: '2026-01-06T10:30:00Z',
    paths: ['catalogue.tsv', 'scripts/pretty.sh', 'scripts/package.sh'],
  },
  { message: 'Check the pages before they are packed', at: '2026-01-08T15:45:00Z', paths: ['scripts', 'tests'] },
  {
    message: 'Pack the shop in the pipeline\n\nThe version carries the commit it was made from.',
    at: '2026-01-12T09:15:00Z',
    paths: ['.'],
  },
];

/** Writes the repository to `target`, replacing what is there. Needs git, and reads none of the user's git settings. */
export function makeSample(target: string): void {
  const scratch = mkdtempSync(join(tmpdir(), 'penstock-sample-'));
  try {
    const git = (args: string[], at = commits[0]!.at): string =>
      execFileSync('git', ['--git-dir', target, '-c', 'core.fileMode=false', '-c', 'core.autocrlf=false', ...args], {
        cwd: join(sample, 'source'),
        encoding: 'utf8',
        env: {
          PATH: process.env.PATH,
          GIT_CONFIG_NOSYSTEM: '1',
          GIT_CONFIG_GLOBAL: join(scratch, 'no-config'),
          GIT_ATTR_NOSYSTEM: '1',
          GIT_WORK_TREE: join(sample, 'source'),
          GIT_INDEX_FILE: join(scratch, 'index'),
          GIT_AUTHOR_NAME: 'Penstock',
          GIT_AUTHOR_EMAIL: 'penstock@example.com',
          GIT_AUTHOR_DATE: at,
          GIT_COMMITTER_NAME: 'Penstock',
          GIT_COMMITTER_EMAIL: 'penstock@example.com',
          GIT_COMMITTER_DATE: at,
        },
      }).trim();

    rmSync(target, { recursive: true, force: true });
    execFileSync('git', ['init', '--quiet', '--bare', '--template=', '--initial-branch=main', target]);
    let parent: string[] = [];
    for (const { message, at, paths } of commits) {
      git(['add', '--', ...paths]);
      parent = ['-p', git(['commit-tree', git(['write-tree']), ...parent, '-m', message], at)];
    }
    git(['update-ref', 'refs/heads/main', parent[1]!]);
    // One pack of one thread, and a loose branch: with packed refs alone, `refs/` would be an empty folder, which git cannot
    // keep in the repository around it.
    git(['-c', 'pack.threads=1', '-c', 'pack.writeReverseIndex=false', 'repack', '-a', '-d', '--quiet', '--window=0']);
    git(['config', '--unset', 'core.filemode']);
    for (const folder of ['info', 'objects/info', 'logs'])
      rmSync(join(target, folder), { recursive: true, force: true });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  makeSample(join(sample, 'shop.git'));
  console.log('Made assets/samples/quickstart/shop.git');
}
