import type { Node } from 'yaml';
import type { YamlReader } from './yamlReader.ts';

/** Said where something of a buildspec has no meaning on this machine. */
export const NOTHING_LOCAL = 'Nothing to do: it still counts in AWS.';

/** A map's values by key; keys that are not known are warnings. */
export function section(
  reader: YamlReader,
  node: Node | undefined,
  field: string,
  known: readonly string[],
): Map<string, Node> {
  const found = new Map<string, Node>();
  for (const { key, keyNode, value } of reader.entries(node, field || 'The buildspec')) {
    if (!known.includes(key)) {
      const place = field ? `${field} has no key "${key}"` : `"${key}" is no key of a buildspec`;
      const fix = `Remove it, or use one of: ${known.join(', ')}.`;
      reader.warn(keyNode, field ? `${field}.${key}` : key, `${place}; it is ignored.`, fix, 'buildspec.unknown-key');
    } else if (value) found.set(key, value);
  }
  return found;
}
