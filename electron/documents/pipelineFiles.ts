import { join, relative, sep } from 'node:path';
import { parseDocument } from '../../shared/model/documentText.ts';
import { fileProblem } from './fileProblem.ts';
import type { FileSystem } from './fileSystem.ts';
import { formatOf, nameOf } from './paths.ts';
import { readTextFile } from './readTextFile.ts';

const limits = { depth: 4, entries: 20_000, files: 500, bytes: 2 * 1024 * 1024 };
const isCandidate = (name: string) => /\.(json|ya?ml)$/i.test(name) && !/\.penstock\.json$/i.test(name);
/** Folders that hold other people's files or made ones. */
const isPassedOver = (name: string) =>
  name.startsWith('.') || ['node_modules', 'dist', 'out', 'build', 'cdk.out', 'target'].includes(name);

/**
 * The pipeline files below a folder, by folder and name. A file is one because of what it holds; links are not followed, so
 * that nothing outside of the folder is named. Stops at limits and then says that there is more.
 */
export async function pipelineFiles(fs: FileSystem, folder: string) {
  const files: { path: string; name: string; folder: string }[] = [];
  let isPartial = false;
  let seen = 0;
  const look = async (path: string, depth: number): Promise<void> => {
    const entries = await fs.readdir(path);
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      seen += 1;
      if (seen > limits.entries || files.length >= limits.files) {
        isPartial = true;
        return;
      }
      const inside = join(path, entry.name);
      if (entry.isSymbolicLink() || isPassedOver(entry.name)) continue;
      if (entry.isDirectory()) {
        if (depth >= limits.depth) isPartial = true;
        // A folder that may not be read hides nothing of the others.
        else await look(inside, depth + 1).catch(() => undefined);
      } else if (isCandidate(entry.name) && (await isPipeline(fs, inside)))
        files.push({ path: inside, name: nameOf(inside), folder: relative(folder, path).split(sep).join('/') });
    }
  };
  await look(folder, 0).catch((error: unknown) => {
    throw fileProblem(folder, error);
  });
  return { folder, files, isPartial };
}

async function isPipeline(fs: FileSystem, path: string): Promise<boolean> {
  try {
    const { size } = await fs.stat(path);
    if (size > limits.bytes) return false;
    const { text } = await readTextFile(fs, path);
    if (!/\bstages\b/.test(text)) return false;
    return parseDocument(text, formatOf(path, text)).pipeline !== undefined;
  } catch {
    return false;
  }
}
