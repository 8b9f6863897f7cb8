import type { PipelineDeclaration } from '../../shared/model/declaration.ts';
import { parseDocument } from '../../shared/model/documentText.ts';
import { findRoot, treeOf } from '../../shared/model/documentTree.ts';
import { childOf, type DocumentFormat, type TextNode } from '../../shared/model/textTree.ts';
import { isSound } from './isSound.ts';
import { applyPatch, patchBetween, type TextPatch } from './textPatch.ts';

/** The newest text that can be read, what it says, and what the text in the editor says besides. */
export interface Readable {
  text: string;
  pipeline: PipelineDeclaration;
  /** What cannot be read: applied to `text` (in whose offsets they are, in rising order) they give the text in the editor. */
  refused: readonly TextPatch[];
  /** The places that they touch: '' = outside of the stages, 'Stage', 'Stage/Action'; names of `pipeline`. */
  stale: readonly string[];
}

/**
 * What can be read of a text that cannot be read whole, after one more edit of it: edits of one action stand and fall together,
 * so that a fault there holds up nothing that is written elsewhere. `text` = what the editor held before.
 */
export function readableAfter(
  good: Omit<Readable, 'stale'>,
  format: DocumentFormat,
  text: string,
  edit: TextPatch,
): Readable {
  const { refused, changed } = withEdit(good, text, edit);
  const places = placesIn(good, format);
  const place = changed && placeOf(changed, places);
  const own = refused.filter((patch) => placeOf(patch, places) === place);
  if (changed && own.length < refused.length) {
    const readable = own.reduceRight(applyPatch, good.text);
    const parsed = parseDocument(readable, format);
    if (isSound(parsed)) {
      const left = refused.filter((patch) => !own.includes(patch)).map((patch) => shifted(patch, own));
      const pipeline = parsed.pipeline!;
      const now = placesIn({ text: readable, pipeline }, format);
      return { text: readable, pipeline, refused: left, stale: staleOf(left, now) };
    }
  }
  return { text: good.text, pipeline: good.pipeline, refused, stale: staleOf(refused, places) };
}

/** The refused patches with one more edit among them; `changed` = the one that it is part of, unless it took that back. */
function withEdit(
  { text: good, refused }: Omit<Readable, 'stale'>,
  text: string,
  { start, removed, inserted }: TextPatch,
): { refused: TextPatch[]; changed: TextPatch | undefined } {
  const end = start + removed.length;
  const apart: TextPatch[] = [];
  let [from, to] = [start, end];
  // How much further something stands in the editor's text than in the good one: before the edit, and because of what it touches.
  let [before, met, shift] = [0, 0, 0];
  for (const patch of refused) {
    const at = patch.start + shift;
    const grown = patch.inserted.length - patch.removed.length;
    if (at + patch.inserted.length < start || at > end) {
      apart.push(patch);
      if (at < start) before += grown;
    } else {
      from = Math.min(from, at);
      to = Math.max(to, at + patch.inserted.length);
      met += grown;
    }
    shift += grown;
  }
  const goodFrom = from - before;
  const was = good.slice(goodFrom, to - before - met);
  const patch = patchBetween(was, text.slice(from, start) + inserted + text.slice(end, to));
  if (!patch) return { refused: apart, changed: undefined };
  const changed = { ...patch, start: patch.start + goodFrom };
  return { refused: [...apart, changed].sort((a, b) => a.start - b.start), changed };
}

const shifted = (patch: TextPatch, applied: readonly TextPatch[]): TextPatch => ({
  ...patch,
  start: applied
    .filter(({ start }) => start < patch.start)
    .reduce((start, { removed, inserted }) => start + inserted.length - removed.length, patch.start),
});

function staleOf(refused: readonly TextPatch[], places: readonly Place[]): string[] {
  return [...new Set(refused.flatMap(({ start, removed }) => touched(places, start, start + removed.length)))];
}

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

/** The action that a patch is in; where it is in none, the stage. */
function placeOf({ start, removed }: TextPatch, places: readonly Place[]): Place | undefined {
  const around = places.filter(({ from, to }) => from <= start && start + removed.length <= to);
  return around.find(({ isAction }) => isAction) ?? around[0];
}

/** Every action that a stretch touches; where it leaves them, the stage or the pipeline too. */
function touched(places: readonly Place[], from: number, to: number): string[] {
  const met = places.filter((place) => place.from <= to && from <= place.to);
  const isInside = (place: Place) => place.from <= from && to <= place.to;
  const actions = met.filter(({ isAction }) => isAction);
  if (actions.some(isInside)) return actions.map(({ where }) => where);
  return [...(met.some(isInside) ? [] : ['']), ...met.map(({ where }) => where)];
}
