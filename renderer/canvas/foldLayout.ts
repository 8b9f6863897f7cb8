import { CARD, type CanvasLayout, type CardBox, LANE } from './layout.ts';

/** Width of a folded stage. */
export const FOLDED_WIDTH = 56;

/**
 * The layout with some stages folded to a strip: their cards are gone from it, and what stands behind them moves up. Pipes of
 * their actions end at the strip (`folded`), so that one still sees what goes in and comes out.
 */
export function foldLayout(
  layout: CanvasLayout,
  names: ReadonlySet<string>,
): CanvasLayout & { folded: ReadonlyMap<string, CardBox> } {
  const folded = new Map<string, CardBox>();
  if (!layout.stages.some(({ name }) => names.has(name))) return { ...layout, folded };
  let shift = 0;
  const moved = <T extends { x: number }>(box: T): T => (shift === 0 ? box : { ...box, x: box.x - shift });
  const cards = new Map<string, CardBox>();
  // Ghosts may stand on both sides of the stages.
  const ordered = [...layout.ghosts, ...layout.stages].sort((a, b) => a.x - b.x);
  const stages: CanvasLayout['stages'] = [];
  const ghosts: CanvasLayout['ghosts'] = [];
  for (const box of ordered) {
    if (!('groups' in box)) {
      ghosts.push(moved(box));
      continue;
    }
    const stage = moved(box);
    if (!names.has(box.name)) {
      const groups = box.groups.map((group) => ({ ...group, cards: group.cards.map(moved) }));
      for (const card of groups.flatMap((group) => group.cards)) cards.set(card.id, card);
      stages.push({ ...stage, groups, conditions: box.conditions.map(moved) });
      continue;
    }
    for (const { cards: row } of box.groups)
      for (const card of row)
        folded.set(card.id, {
          ...card,
          x: stage.x,
          y: LANE.header + LANE.padding,
          width: FOLDED_WIDTH,
          height: CARD.height,
        });
    stages.push({ ...stage, width: FOLDED_WIDTH, groups: [], conditions: [], foldedGroups: box.groups.length });
    shift += LANE.width - FOLDED_WIDTH;
  }
  return { ...layout, stages, ghosts, cards, folded, width: layout.width - shift };
}
