import type { PipelineDeclaration } from '../../shared/model/declaration.ts';
import { parseDocument } from '../../shared/model/documentText.ts';
import { findRoot, treeOf } from '../../shared/model/documentTree.ts';
import { childOf, type DocumentFormat, type TextNode } from '../../shared/model/textTree.ts';
import { isSound } from './isSound.ts';
import { lineHunks, linesOf } from './lineHunks.ts';
import { applyPatch, patchBetween, type TextPatch } from './textPatch.ts';

/** The newest text that can be read, what it says, and the places of it that the text in the editor no longer says so. */
export interface Readable {
  text: string;
  pipeline: PipelineDeclaration;
  /** '' = outside of the stages, 'Stage', 'Stage/Action'; names of `pipeline`. */
  stale: readonly string[];
}

/** Edits in more places than these are looked at together. */
const MOST_GROUPS = 6;

/**
 * What can be read of a text that cannot be read whole: each edit since the last readable text counts by itself, so that a fault
 * in one action holds up nothing that is written elsewhere.
 */
export function readableOf(good: Pick<Readable, 'text' | 'pipeline'>, text: string, format: DocumentFormat): Readable {
  const patches = patchesBetween(good.text, text);
  const places = placesIn(good, format);
  const groups = grouped(patches, places);
  let taken: TextPatch[] = [];
  let { pipeline } = good;
  let refused = groups;
  if (groups.length > 1 && groups.length <= MOST_GROUPS) {
    refused = [];
    for (const group of groups) {
      const tried = [...taken, ...group];
      const parsed = parseDocument(applied(good.text, tried), format);
      if (isSound(parsed)) {
        taken = tried;
        pipeline = parsed.pipeline!;
      } else refused.push(group);
    }
  }
  const readable = taken.length > 0 ? applied(good.text, taken) : good.text;
  // Places by the names that they have now: what was taken may have renamed some.
  const now = taken.length > 0 ? placesIn({ text: readable, pipeline }, format) : places;
  const shift = (offset: number) =>
    taken.reduce(
      (sum, { start, removed, inserted }) => (start < offset ? sum + inserted.length - removed.length : sum),
      offset,
    );
  const stale = new Set<string>();
  for (const patch of refused.flat()) {
    const from = shift(patch.start);
    for (const where of touched(now, from, from + patch.removed.length)) stale.add(where);
  }
  return { text: readable, pipeline, stale: [...stale] };
}

/** Where two texts differ, one stretch after the other, in offsets of the first. */
function patchesBetween(before: string, after: string): TextPatch[] {
  const whole = patchBetween(before, after);
  if (!whole) return [];
  if (isInOneLine(whole.removed) && isInOneLine(whole.inserted)) return [whole];
  // Only the lines between the first and the last difference are looked at.
  const from = before.lastIndexOf('\n', whole.start - 1) + 1;
  const lineEnd = before.indexOf('\n', whole.start + whole.removed.length);
  const same = lineEnd < 0 ? 0 : before.length - lineEnd - 1;
  const lines = linesOf(before.slice(from, before.length - same));
  const hunks = lineHunks(lines, linesOf(after.slice(from, after.length - same)));
  if (!hunks || hunks.length < 2) return [whole];
  const starts: number[] = [from];
  for (const line of lines) starts.push(starts.at(-1)! + line.length);
  return hunks.flatMap(({ start, end, lines: others }) => {
    const patch = patchBetween(lines.slice(start, end).join(''), others.join(''));
    return patch ? [{ ...patch, start: patch.start + starts[start]! }] : [];
  });
}

const isInOneLine = (text: string) => !text.includes('\n');

/** Patches in rising order, in offsets of the text before all of them. */
const applied = (text: string, patches: readonly TextPatch[]): string =>
  [...patches].sort((a, b) => b.start - a.start).reduce(applyPatch, text);

/** A stage or action and the stretch that belongs to it: up to where the next one begins. */
interface Place {
  where: string;
  isAction: boolean;
  from: number;
  to: number;
}

function placesIn({ text, pipeline }: Pick<Readable, 'text' | 'pipeline'>, format: DocumentFormat): Place[] {
  const root = findRoot(treeOf(text, format))?.node;
  const listOf = (node: TextNode | undefined, key: string) => {
    const list = node && childOf(node, key);
    return list?.kind === 'seq' ? list : undefined;
  };
  const stages = listOf(root, 'stages');
  return pipeline.stages.flatMap((stage, index): Place[] => {
    const node = stages?.items[index];
    if (!stages || !node) return [];
    const actions = listOf(node, 'actions');
    const to = stages.items[index + 1]?.start ?? stages.end;
    return [
      { where: stage.name, isAction: false, from: node.start, to },
      ...stage.actions.flatMap((action, at): Place[] => {
        const one = actions?.items[at];
        if (!actions || !one) return [];
        const end = actions.items[at + 1]?.start ?? actions.end;
        return [{ where: `${stage.name}/${action.name}`, isAction: true, from: one.start, to: end }];
      }),
    ];
  });
}

/** Patches of the same action or, outside of actions, of the same stage stand and fall together. */
function grouped(patches: readonly TextPatch[], places: readonly Place[]): TextPatch[][] {
  const groups = new Map<Place | undefined, TextPatch[]>();
  for (const patch of patches) {
    const around = places.filter(({ from, to }) => from <= patch.start && patch.start + patch.removed.length <= to);
    const place = around.find(({ isAction }) => isAction) ?? around[0];
    groups.set(place, [...(groups.get(place) ?? []), patch]);
  }
  return [...groups.values()];
}

/** Every action that a stretch touches; where it leaves them, the stage or the pipeline too. */
function touched(places: readonly Place[], from: number, to: number): string[] {
  const met = places.filter((place) => place.from <= to && from <= place.to);
  const isInside = (place: Place) => place.from <= from && to <= place.to;
  const actions = met.filter(({ isAction }) => isAction);
  if (actions.some(isInside)) return actions.map(({ where }) => where);
  return [...(met.some(isInside) ? [] : ['']), ...met.map(({ where }) => where)];
}
