import { problem } from '../problem.ts';
import { jsonCuts } from './jsonCuts.ts';
import { jsonRefusal, jsonTree } from './jsonTree.ts';
import { partedReader } from './partedTree.ts';
import { type DocumentFormat, entryOf, linesOf, type MapNode, nodeAt, type Path, type TextTree } from './textTree.ts';
import { yamlCuts } from './yamlCuts.ts';
import { yamlRefusal, yamlTree } from './yamlTree.ts';

export const MAX_TEXT_LENGTH = 10 * 1024 * 1024;

/**
 * The trees of the last texts: one edit asks for the same text several times (to change it, to read it, to find its places),
 * and reading is what costs. Trees are never changed. Two, for the text before an edit and the one after it.
 */
const latest: { text: string; format: DocumentFormat; tree: TextTree }[] = [];

/** Reads a text of either format; texts that are too large or no text at all are refused before a parser sees them. */
export function treeOf(text: string, format: DocumentFormat): TextTree {
  const known = latest.find((one) => one.format === format && one.text === text);
  if (known) return known.tree;
  const tree = readTree(text, format);
  latest.unshift({ text, format, tree });
  latest.length = Math.min(latest.length, 2);
  return tree;
}

const readers = {
  json: partedReader({ cuts: jsonCuts, refusal: jsonRefusal, read: jsonTree }),
  yaml: partedReader({ cuts: yamlCuts, refusal: yamlRefusal, read: yamlTree }),
};

function readTree(text: string, format: DocumentFormat): TextTree {
  if (text.length > MAX_TEXT_LENGTH) {
    const what = `The text is larger than ${MAX_TEXT_LENGTH / 1024 / 1024} MB.`;
    const fix = 'A pipeline at every limit of AWS has half a megabyte. Open the right file.';
    return { root: undefined, problems: [problem({ code: 'text.too-large', where: '', what, fix })], isBroken: true };
  }
  if (text.includes('\0')) {
    const what = 'The text contains NUL characters, so it is a binary file or encoded as UTF-16.';
    const fix = 'Save it as UTF-8 text.';
    const place = linesOf(text)(text.indexOf('\0'));
    return {
      root: undefined,
      problems: [problem({ code: 'text.binary', where: '', what, fix, ...place })],
      isBroken: true,
    };
  }
  return readers[format](text);
}

/** The node that is the declaration, and its path in the text. */
export function findRoot(tree: TextTree): { node: MapNode; path: Path } | undefined {
  for (const path of [['pipeline'], ['data', 'pipeline']] as Path[]) {
    const node = nodeAt(tree.root, path);
    if (node?.kind === 'map') return { node, path };
  }
  const root = tree.root;
  if (root?.kind !== 'map' || isTemplate(tree)) return undefined;
  const has = (key: string) => entryOf(root, key) !== undefined;
  return has('stages') || (has('name') && has('roleArn')) ? { node: root, path: [] } : undefined;
}

/** True for a CloudFormation template, or the fragment of one that is a single resource. */
export function isTemplate({ root }: TextTree): boolean {
  if (root?.kind !== 'map') return false;
  const has = (key: string) => entryOf(root, key) !== undefined;
  return has('AWSTemplateFormatVersion') || has('Resources') || (has('Type') && has('Properties'));
}
