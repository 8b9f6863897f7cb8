import type { RepositoryRevision } from '../../../shared/execution/events.ts';
import { artifactCaps } from '../artifacts/artifactCaps.ts';
import { fetchedRef, gitFailed, sourceProblem } from './fetchCommit.ts';
import type { Git } from './runGit.ts';

/** A commit message is cut at 100 KB (reference/actions.md, CommitMessage). */
const MOST_MESSAGE = 100 * 1024;
/** Author, dates and message together; a longer message is cut anyway. */
const MOST_HEADER = 1024 * 1024;
const FORMAT = ['%H', '%an', '%ae', '%at', '%ct', '%B', ''];

export interface DescribedCommit {
  revision: Omit<RepositoryRevision, 'branchName' | 'repositoryName'>;
  files: number;
  hasLinks: boolean;
}

/**
 * Who made the fetched commit, when and why, and how many files it holds. One git process: the commit was fetched without
 * its parents, so its difference to nothing is all of its files.
 *
 * @throws ProblemError `source.git-failed`, and `source.too-many-files` as soon as they have been counted that far.
 */
export async function describeCommit(git: Git, repository: string, repositoryPath: string): Promise<DescribedCommit> {
  const reader = new LogReader(repositoryPath);
  const result = await git.run(
    [
      `--git-dir=${repository}`,
      'log',
      '-1',
      '-z',
      '--raw',
      '--no-abbrev',
      '--root',
      '--no-renames',
      '--no-color',
      '--no-show-signature',
      `--format=${FORMAT.join('%x00')}`,
      fetchedRef,
    ],
    { sink: (chunk) => reader.read(chunk) },
  );
  const [revisionId, authorDisplayName, authorEmail, authored, committed, message] = reader.header;
  if (result.exitCode !== 0 || !revisionId) throw gitFailed(repositoryPath, result.stderr);
  return {
    revision: {
      revisionId,
      commitMessage: cutMessage((message ?? '').trimEnd()),
      authorDate: dateOf(authored),
      authorDisplayName,
      authorEmail,
      committerDate: dateOf(committed),
    },
    files: reader.files,
    hasLinks: reader.hasLinks,
  };
}

/**
 * Reads `git log -z --raw` as it comes, keeping the header only: fields that end with NUL, then for each file
 * `:000000 MODE … A` and its name, each ending with NUL. Nothing in a header field or a name can be a NUL.
 */
class LogReader {
  readonly header: string[] = [];
  files = 0;
  hasLinks = false;
  #pending: Buffer = Buffer.alloc(0);
  #inName = false;
  readonly #repositoryPath: string;

  constructor(repositoryPath: string) {
    this.#repositoryPath = repositoryPath;
  }

  read(chunk: Buffer): void {
    const text = this.#pending.length > 0 ? Buffer.concat([this.#pending, chunk]) : chunk;
    let start = 0;
    for (let end = text.indexOf(0, start); end !== -1; end = text.indexOf(0, start)) {
      this.#take(text.subarray(start, end));
      start = end + 1;
    }
    this.#pending = text.subarray(start);
    if (this.#pending.length > MOST_HEADER) {
      throw sourceProblem(
        this.#repositoryPath,
        'git-failed',
        'The commit message has more than 1 MiB.',
        'Amend the commit with a shorter message.',
      );
    }
  }

  #take(piece: Buffer): void {
    if (this.header.length < FORMAT.length - 1) {
      this.header.push(piece.toString('utf8'));
    } else if (this.#inName) {
      this.#inName = false;
    } else if (piece.includes(0x3a)) {
      this.#inName = true;
      this.files += 1;
      if (piece.toString('latin1').trimStart().startsWith(':000000 120000 ')) this.hasLinks = true;
      if (this.files > artifactCaps.entries) {
        throw sourceProblem(
          this.#repositoryPath,
          'too-many-files',
          `The commit holds more than ${artifactCaps.entries.toLocaleString('en')} files, the most an artifact may have.`,
          'Split the repository, or keep what later actions do not need elsewhere.',
        );
      }
    }
  }
}

/** Seconds since 1970 as CodePipeline writes times: `2026-11-02T09:30:00Z`. A commit may carry any number. */
function dateOf(seconds: string | undefined): string | undefined {
  const date = new Date(Number(seconds) * 1000);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString().replace('.000Z', 'Z');
}

/** Cuts at a letter's edge. */
function cutMessage(message: string): string {
  const bytes = Buffer.from(message);
  if (bytes.length <= MOST_MESSAGE) return message;
  let end = MOST_MESSAGE;
  while (end > 0 && (bytes[end]! & 0xc0) === 0x80) end -= 1;
  return bytes.toString('utf8', 0, end);
}
