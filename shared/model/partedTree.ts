import type { Problem } from '../problem.ts';
import { linesOf, type TextNode, type TextTree } from './textTree.ts';

/** A stretch of a text that is read by itself, and what stands for it where the rest is read. */
export interface Cut {
  start: number;
  end: number;
  /** A list item that is the number 0, as the text's format writes it in this place. */
  placeholder: string;
  /** Where in the placeholder the 0 stands. */
  mark: number;
}

/** A stretch as it was read: its one value in places of the stretch, and the same in those of the text that it stood in last. */
interface Part {
  tree: TextTree;
  node: TextNode;
  dash: number | undefined;
  placed: { at: number; node: TextNode };
}

export interface Reader {
  cuts: (text: string) => Cut[] | undefined;
  /** What is told of a text that is too much to be read. */
  refusal: (text: string) => TextTree | undefined;
  /** Reads a text whole; `nesting` = levels that it stands in. */
  read: (text: string, nesting?: number) => TextTree;
}

/** At most as many levels are around an action: declaration, stages, stage, actions, and what wraps the declaration. */
const LEVELS = 5;
/** As many faults as a reader tells of a whole text. */
const MAX_FAULTS = 20;
/** Below this, reading the whole text costs no more than putting it together. UTF-16 units. */
const WORTH_IT = 4000;

/**
 * Reads texts that differ a little from the one before, as an editor has them: each action by itself, and again only when its own
 * text changed. Whatever can be read gives the very tree that reading the whole text gives. Where it cannot, a fault stays in
 * the action that has it, and the others are read.
 */
export function partedReader({ cuts: cutsOf, refusal, read }: Reader): (text: string) => TextTree {
  // What the last two texts were made of: the text before an edit and the one after it.
  let latest: Map<string, Part>[] = [];
  let skeletons: { text: string; tree: TextTree }[] = [];

  function partOf(text: string): Part | undefined {
    const known = latest.find((parts) => parts.has(text))?.get(text);
    if (known) return known;
    const tree = read(text, LEVELS);
    const { root } = tree;
    if (!root || tree.hasAnchors) return undefined;
    if (root.kind !== 'seq' || root.flow) return { tree, node: root, dash: undefined, placed: { at: 0, node: root } };
    const [node, other] = root.items;
    return node && !other ? { tree, node, dash: root.dashes?.[0], placed: { at: 0, node } } : undefined;
  }

  function skeletonOf(text: string): TextTree {
    const known = skeletons.find((one) => one.text === text);
    const tree = known?.tree ?? read(text);
    skeletons = [{ text, tree }, ...skeletons.filter((one) => one !== known)].slice(0, 2);
    return tree;
  }

  return (text) => {
    const cuts = text.length < WORTH_IT ? undefined : cutsOf(text);
    if (!cuts || cuts.length < 2) return read(text);
    const refused = refusal(text);
    if (refused) return refused;
    const skeleton = skeletonOf(withPlaceholders(text, cuts));
    if (!skeleton.root || skeleton.hasAnchors) return read(text);
    const parts = new Map<string, Part>();
    const placed: Part[] = [];
    for (const { start, end } of cuts) {
      const own = text.slice(start, end);
      const part = parts.get(own) ?? partOf(own);
      if (!part) return read(text);
      parts.set(own, part);
      placed.push(part);
    }
    latest = [parts, ...latest].slice(0, 2);
    const root = joined(skeleton.root, cuts, placed);
    return root ? { root, ...faultsOf(text, skeleton, cuts, placed) } : read(text);
  };
}

function withPlaceholders(text: string, cuts: readonly Cut[]): string {
  let skeleton = '';
  let copied = 0;
  for (const { start, end, placeholder } of cuts) {
    skeleton += text.slice(copied, start) + placeholder;
    copied = end;
  }
  return skeleton + text.slice(copied);
}

/** Turns offsets of the skeleton into those of the text. */
function realOffsets(cuts: readonly Cut[]): (offset: number) => number {
  const ends: number[] = [];
  const shifts: number[] = [0];
  let shift = 0;
  for (const { start, end, placeholder } of cuts) {
    ends.push(start - shift + placeholder.length);
    shift += end - start - placeholder.length;
    shifts.push(shift);
  }
  return (offset) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ends[middle]! <= offset) low = middle + 1;
      else high = middle;
    }
    return offset + shifts[low]!;
  };
}

/** The skeleton with every placeholder replaced; undefined when one of them is not where it was put. */
function joined(root: TextNode, cuts: readonly Cut[], parts: readonly Part[]): TextNode | undefined {
  const real = realOffsets(cuts);
  const marks: number[] = [];
  let shift = 0;
  for (const { start, end, placeholder, mark } of cuts) {
    marks.push(start - shift + mark);
    shift += end - start - placeholder.length;
  }
  let next = 0;
  const node = place(root);
  return next === cuts.length ? node : undefined;

  function place(node: TextNode): TextNode {
    const start = real(node.start);
    const end = real(node.end);
    if (node.kind === 'scalar') return { ...node, start, end };
    if (node.kind === 'map') {
      const entries = node.entries.map(({ key, keyStart, colonEnd, node: value }) => ({
        key,
        keyStart: real(keyStart),
        colonEnd: real(colonEnd),
        node: place(value),
      }));
      // Indented, it ends where its last value does, which may have been a placeholder.
      return { ...node, start, end: node.flow ? end : (entries.at(-1)?.node.end ?? end), entries };
    }
    const dashes = node.dashes?.map(real);
    const items = node.items.map((item, index) => {
      if (item.start !== marks[next]) return place(item);
      const part = parts[next]!;
      const { start: base } = cuts[next]!;
      next += 1;
      if (dashes && part.dash !== undefined) dashes[index] = base + part.dash;
      if (part.placed.at !== base) part.placed = { at: base, node: shifted(part.node, base) };
      return part.placed.node;
    });
    return { ...node, start, end: node.flow ? end : (items.at(-1)?.end ?? end), items, ...(dashes && { dashes }) };
  }
}

function shifted(node: TextNode, by: number): TextNode {
  const start = node.start + by;
  const end = node.end + by;
  if (node.kind === 'scalar') return { ...node, start, end };
  if (node.kind === 'seq') {
    const items = node.items.map((item) => shifted(item, by));
    const { dashes } = node;
    return { ...node, start, end, items, ...(dashes && { dashes: dashes.map((dash) => dash + by) }) };
  }
  const entries = node.entries.map((entry) => ({
    key: entry.key,
    keyStart: entry.keyStart + by,
    colonEnd: entry.colonEnd + by,
    node: shifted(entry.node, by),
  }));
  return { ...node, start, end, entries };
}

function faultsOf(
  text: string,
  skeleton: TextTree,
  cuts: readonly Cut[],
  parts: readonly Part[],
): Pick<TextTree, 'problems' | 'isBroken'> {
  const isBroken = skeleton.isBroken || parts.some(({ tree }) => tree.isBroken);
  if (skeleton.problems.length === 0 && parts.every(({ tree }) => tree.problems.length === 0))
    return { problems: [], isBroken };
  const at = linesOf(text);
  const inText = (problems: readonly Problem[], own: string, real: (offset: number) => number) => {
    if (problems.length === 0) return [];
    const starts = [0, ...[...own.matchAll(/\r\n?|\n/g)].map((end) => end.index + end[0].length)];
    return problems.map((one) => {
      const offset = (starts[(one.line ?? 1) - 1] ?? own.length) + (one.column ?? 1) - 1;
      return { ...one, ...at(real(offset)) };
    });
  };
  const problems = inText(skeleton.problems, withPlaceholders(text, cuts), realOffsets(cuts));
  for (const [index, { tree }] of parts.entries()) {
    const { start, end } = cuts[index]!;
    problems.push(...inText(tree.problems, text.slice(start, end), (offset) => offset + start));
  }
  // As a whole text tells them: what the parser found, then keys that stand twice; each in the order of the text.
  const rank = ({ code }: Problem) => Number(code === 'text.duplicate-key');
  problems.sort((a, b) => rank(a) - rank(b) || a.line - b.line || a.column - b.column);
  return { problems: problems.slice(0, MAX_FAULTS), isBroken };
}
