import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Runs git as a test's author would, with a fixed author, clock and home. Answers what it printed. */
export function gitIn(folder: string, ...args: string[]): string {
  return execFileSync('git', args, {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH ?? '',
      HOME: folder,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'safe.directory',
      GIT_CONFIG_VALUE_0: '*',
      GIT_AUTHOR_NAME: 'Ada Author',
      GIT_AUTHOR_EMAIL: 'ada@example.invalid',
      GIT_AUTHOR_DATE: '2026-03-01T10:00:00+02:00',
      GIT_COMMITTER_NAME: 'Cleo Committer',
      GIT_COMMITTER_EMAIL: 'cleo@example.invalid',
      GIT_COMMITTER_DATE: '2026-03-02T11:00:00Z',
    },
  });
}

/** Makes a real repository with one commit of these files on `main`; answers the commit's id. */
export function makeRepository(
  folder: string,
  files: Readonly<Record<string, string>>,
  { message = 'First light', init = [] as string[] } = {},
): string {
  mkdirSync(folder, { recursive: true });
  gitIn(folder, 'init', '--quiet', '--initial-branch=main', ...init);
  return commitFiles(folder, files, message);
}

/** Writes files into a repository's work tree and commits everything; answers the commit's id. */
export function commitFiles(folder: string, files: Readonly<Record<string, string>>, message: string): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  gitIn(folder, 'add', '--all');
  gitIn(folder, 'commit', '--quiet', '--no-gpg-sign', '--allow-empty', '-m', message);
  return gitIn(folder, 'rev-parse', 'HEAD').trim();
}
