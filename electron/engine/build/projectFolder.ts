import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * What is kept of a CodeBuild project from build to build: `<data>/projects/<hash>/` with the number of its last build and its
 * cache. A project belongs to the folder of its pipeline file: two folders never share a cache, whatever they call their
 * projects, because what one of them cached would be run by the other.
 */
export function projectFolder(
  dataDirectory: string,
  { documentPath, pipelineName, projectName }: { documentPath: string; pipelineName: string; projectName: string },
): string {
  const place = documentPath === '' ? '' : dirname(documentPath);
  const hash = createHash('sha256').update([place, pipelineName, projectName].join('\0')).digest('hex');
  return join(dataDirectory, 'projects', hash.slice(0, 32));
}

/**
 * CODEBUILD_BUILD_NUMBER: counts the builds of the project. The same attempt gets the same number again, because it is kept in
 * the attempt's folder.
 */
export function buildNumber(project: string, attemptFolder: string): number {
  const kept = join(attemptFolder, 'number');
  const known = readNumber(kept);
  if (known !== undefined) return known;
  const counter = join(project, 'builds');
  const number = (readNumber(counter) ?? 0) + 1;
  mkdirSync(project, { recursive: true, mode: 0o700 });
  writeFileSync(`${counter}.new`, `${number}\n`, { mode: 0o600 });
  renameSync(`${counter}.new`, counter);
  writeFileSync(kept, `${number}\n`, { mode: 0o600 });
  return number;
}

/** Undefined when there is none, or one that was cut short. */
function readNumber(path: string): number | undefined {
  if (!existsSync(path)) return undefined;
  const text = /^(\d{1,9})\n$/.exec(readFileSync(path, 'utf8'))?.[1];
  return text === undefined ? undefined : Number(text);
}
