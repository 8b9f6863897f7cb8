import { basename, dirname, join, resolve } from 'node:path';
import type { DocumentFormat } from '../../shared/model/documentText.ts';
import { isMissing } from './fileProblem.ts';
import type { FileSystem } from './fileSystem.ts';

/** The real path of what is there, or of where it would be when it is not there yet. */
export async function realPathOf(fs: FileSystem, path: string): Promise<string> {
  const absolute = resolve(path);
  try {
    return await fs.realpath(absolute);
  } catch (error) {
    if (!isMissing(error)) throw error;
    try {
      return join(await fs.realpath(dirname(absolute)), basename(absolute));
    } catch {
      return absolute;
    }
  }
}

/** 'shop' for shop.pipeline.json, shop.yaml …: what tabs and titles show. */
export const nameOf = (path: string): string =>
  basename(path)
    .replace(/\.(json|ya?ml)$/i, '')
    .replace(/(.)\.pipeline$/i, '$1');

/** NAME.penstock.json beside NAME.pipeline.json (or NAME.json, NAME.yaml …). */
export const sidecarPathOf = (path: string): string => join(dirname(path), `${nameOf(path)}.penstock.json`);

/** By the extension; by the first character where the extension says nothing (.template, .txt). */
export function formatOf(path: string, text: string): DocumentFormat {
  if (/\.ya?ml$/i.test(path)) return 'yaml';
  if (/\.json$/i.test(path)) return 'json';
  return /^\uFEFF?\s*[{[]/.test(text) || text.trim() === '' ? 'json' : 'yaml';
}
