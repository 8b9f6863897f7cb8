import { isSeq, parseDocument as parseYaml } from 'yaml';
import { ProblemError } from '../problem.ts';
import { findRoot, treeOf } from './documentTree.ts';
import { fillBlock, insertBlock, removeBlock, replaceItem, replaceValue } from './editBlock.ts';
import { insertFlow, removeFlow, replaceFlow } from './editFlow.ts';
import { applyEdit } from './edits/applyEdits.ts';
import { isSame } from './isSame.ts';
import { refine } from './refineEdit.ts';
import { styleOf } from './textStyle.ts';
import {
  childOf,
  type DocumentFormat,
  entryOf,
  type MapEntry,
  type Path,
  type SeqNode,
  type TextNode,
  toValue,
} from './textTree.ts';

/**
 * A change to the declaration. `path` starts at the declaration. `value: undefined` removes; `insert: true` inserts into the
 * list at the path's last index instead of replacing what is there. Missing parents are made.
 */
export interface DocumentEdit {
  path: Path;
  value: unknown;
  insert?: boolean;
}

/**
 * The text with the edits applied in order: only the bytes concerned change, comments and order stay.
 * @throws ProblemError `text.broken` when faults of the text leave its structure in doubt, `text.not-editable` when the text
 *   cannot take the edit (a list index in an object, an anchor that others refer to).
 */
export function editDocument(text: string, format: DocumentFormat, edits: readonly DocumentEdit[]): string {
  let edited = text;
  for (const edit of edits) edited = applyOne(edited, format, edit);
  return edited;
}

function applyOne(text: string, format: DocumentFormat, edit: DocumentEdit): string {
  const { root, path } = rootOf(text, format);
  const old = pathExists(root, [...path, ...edit.path]);
  if (edit.value === undefined && !edit.insert && !old) return text;
  if (old && !edit.insert && edit.value !== undefined && !old.isAlias) {
    const steps = refine(old, edit.value, edit.path);
    if (steps) return steps.reduce((current, step) => applyOne(current, format, step), text);
  }
  const edited = applySplice(text, root, [...path, ...edit.path], edit);
  if (format === 'json') return edited;
  // YAML has corners that places alone do not show, so the result is read again and must say what was asked.
  const expected = applyEdit(toValue(root), [...path, ...edit.path], edit);
  if (reads(edited, expected)) return edited;
  const rewritten = rewriteYaml(text, [...path, ...edit.path], edit);
  if (rewritten !== undefined && reads(rewritten, expected)) return rewritten;
  throw notEditable(edit.path);
}

function rootOf(text: string, format: DocumentFormat): { root: TextNode; path: Path } {
  const tree = treeOf(text, format);
  const found = findRoot(tree);
  const fault = tree.problems[0];
  if (tree.isBroken || !found || !tree.root) {
    throw new ProblemError({
      code: 'text.broken',
      where: '',
      what: `The text cannot be changed from the canvas: ${fault?.what ?? 'it holds no pipeline.'}`,
      fix: 'Mend the text first.',
      ...(fault?.line === undefined ? {} : { line: fault.line, column: fault.column }),
    });
  }
  return { root: tree.root, path: found.path };
}

const notEditable = (path: Path) =>
  new ProblemError({
    code: 'text.not-editable',
    where: '',
    what: `The text cannot take a change at ${path.join('.') || 'its root'}.`,
    fix: 'Make this change in the text itself.',
  });

function pathExists(root: TextNode, path: Path): TextNode | undefined {
  let node: TextNode | undefined = root;
  for (const segment of path) node = node && childOf(node, segment);
  return node;
}

function applySplice(text: string, root: TextNode, path: Path, edit: DocumentEdit): string {
  const style = styleOf(text);
  let value = edit.value;
  let parent: TextNode = root;
  let owner: MapEntry | undefined;
  let list: SeqNode | undefined;
  let isBlock = isBlockNode(root);
  for (let depth = 0; depth < path.length; depth++) {
    const segment = path[depth]!;
    if (parent.isAlias) {
      // Written out where it stands, so that the anchor's other uses keep their value.
      const copy = applyEdit(toValue(parent), path.slice(depth), edit);
      if (owner) return replaceValue(text, style, owner, copy);
      if (!list) throw notEditable(edit.path);
      return list.flow
        ? replaceFlow(text, style, parent, list, copy)
        : replaceItem(text, style, list, Number(path[depth - 1]), copy);
    }
    if (parent.kind === 'scalar') {
      if (parent.value !== null) throw notEditable(edit.path);
      const made = nest(path.slice(depth), edit);
      return isBlock && owner
        ? replaceValue(text, style, owner, made)
        : replaceFlow(text, style, parent, undefined, made);
    }
    const isLast = depth === path.length - 1;
    const child = childOf(parent, segment);
    if (parent.kind === 'seq' ? typeof segment !== 'number' : typeof segment !== 'string') throw notEditable(edit.path);
    if (!isLast && child) {
      owner = parent.kind === 'map' ? entryOf(parent, String(segment)) : undefined;
      list = parent.kind === 'seq' ? parent : undefined;
      parent = child;
      isBlock = isBlock && (isBlockNode(child) || isEmpty(child));
      continue;
    }
    const size = parent.kind === 'map' ? parent.entries.length : parent.items.length;
    const key = parent.kind === 'map' ? String(segment) : undefined;
    if (!isLast) value = nest(path.slice(depth + 1), edit);
    if (value === undefined) {
      if (!child) return text;
      const index = parent.kind === 'map' ? parent.entries.indexOf(entryOf(parent, key!)!) : Number(segment);
      return parent.flow ? removeFlow(text, parent, index) : removeBlock(text, parent, index, owner);
    }
    if (child && !(edit.insert && isLast)) {
      if (parent.flow) return replaceFlow(text, style, child, parent, value);
      return parent.kind === 'map'
        ? replaceValue(text, style, entryOf(parent, key!)!, value)
        : replaceItem(text, style, parent, Number(segment), value);
    }
    const index = parent.kind === 'map' ? size : Math.min(Number(segment), size);
    if (!parent.flow) return insertBlock(text, style, parent, index, key, value);
    return isBlock && size === 0 && owner
      ? fillBlock(text, style, owner, key, value)
      : insertFlow(text, style, parent, index, key, value);
  }
  throw notEditable(edit.path);
}

const isBlockNode = (node: TextNode) => node.kind !== 'scalar' && !node.flow;
const isEmpty = (node: TextNode) =>
  node.kind === 'scalar' ? node.value === null : (node.kind === 'map' ? node.entries : node.items).length === 0;

/** The value under which `edit` stands when nothing on the rest of its path exists. */
function nest(rest: Path, edit: DocumentEdit): unknown {
  return rest.reduceRight<unknown>(
    (value, segment) => (typeof segment === 'number' ? [value] : { [segment]: value }),
    edit.value,
  );
}

function reads(text: string, expected: unknown): boolean {
  const tree = treeOf(text, 'yaml');
  return !tree.isBroken && tree.root !== undefined && isSame(toValue(tree.root), expected);
}

/** The last resort: the parser's own writer, which keeps comments but lays the text out anew. */
function rewriteYaml(text: string, path: Path, edit: DocumentEdit): string | undefined {
  try {
    const document = parseYaml(text, { logLevel: 'silent' });
    const list = document.getIn(path.slice(0, -1));
    if (edit.insert && isSeq(list)) list.items.splice(Number(path.at(-1)), 0, document.createNode(edit.value));
    else if (edit.value === undefined) document.deleteIn(path);
    else document.setIn(path, document.createNode(edit.value));
    return document.toString({ lineWidth: 0 });
  } catch {
    // Whatever the writer could not do ends in the caller's Problem.
    return undefined;
  }
}
