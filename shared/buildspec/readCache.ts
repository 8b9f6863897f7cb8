import type { Node } from 'yaml';
import type { CacheSpec } from './buildspec.ts';
import { section } from './section.ts';
import type { YamlReader } from './yamlReader.ts';

const MAX_FALLBACK_KEYS = 5;

/** The cache section (reference/buildspec.md §10). A faulty one is a warning: a build goes on without its cache. */
export function readCache(reader: YamlReader, node: Node | undefined): CacheSpec | undefined {
  const block = section(reader, node, 'cache', ['paths', 'key', 'fallback-keys', 'action']);
  if (block.size === 0) return undefined;
  const paths = reader.texts(block.get('paths'), 'cache.paths');
  const key = reader.text(block.get('key'), 'cache.key');
  const fallbackKeys = reader.texts(block.get('fallback-keys'), 'cache.fallback-keys');
  const action = (reader.text(block.get('action'), 'cache.action') ?? '').toLowerCase();
  if (paths.length === 0) {
    reader.warn(block.get('paths') ?? node, 'cache.paths', 'cache has no paths, so nothing is cached.', 'Add paths.');
    return undefined;
  }
  if (!['', 'restore', 'save'].includes(action)) {
    const what = `cache.action is "${action}"; the cache is restored and saved.`;
    reader.warn(block.get('action'), 'cache.action', what, 'Use restore or save, or leave it out for both.');
  }
  if (fallbackKeys.length > 0 && !key) {
    const what = 'fallback-keys count only beside a key; they are ignored.';
    reader.warn(block.get('fallback-keys'), 'cache.fallback-keys', what, 'Add a key.');
  } else if (fallbackKeys.length > MAX_FALLBACK_KEYS) {
    const what = `There are ${fallbackKeys.length} fallback-keys; only the first ${MAX_FALLBACK_KEYS} count.`;
    reader.warn(block.get('fallback-keys'), 'cache.fallback-keys', what, 'Remove some.');
  }
  return {
    paths,
    ...(key ? { key } : {}),
    fallbackKeys: key ? fallbackKeys.slice(0, MAX_FALLBACK_KEYS) : [],
    restores: action !== 'save',
    saves: action !== 'restore',
  };
}
