import type { ConditionType } from '../../shared/execution/events.ts';
import type { PipelineDeclaration, StageDeclaration } from '../../shared/model/declaration.ts';
import { runOrderGroups } from '../../shared/model/declaration.ts';

/**
 * Where everything on the canvas stands, from the declaration alone: stages are lanes from left to right, runOrder groups are
 * rows inside them, actions are cards of one size. Units are flow pixels (at 100 % zoom). Linear in the number of actions, and
 * stable: editing one lane moves nothing in another except its height.
 */
export const CARD = { width: 208, height: 64 } as const;
export const LANE = { width: 232, header: 44, padding: 12, gap: 36, minHeight: 232 } as const;
/** Between cards of one group; between groups (holds the run-order label); below the last group (holds the "+" slot). */
export const GAP = { card: 10, group: 34, foot: 52, condition: 8 } as const;
/** A condition's row: as wide as a card. */
export const CONDITION = { width: CARD.width, height: 30 } as const;

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface CardBox extends Box {
  /** Node id: 'Stage/Action', with '#2' … for a repeated name. */
  id: string;
  /** The place as Problems and selections name it. */
  where: string;
  stageIndex: number;
  /** Index in the stage's `actions`. */
  actionIndex: number;
  groupIndex: number;
  runOrder: number;
}

export interface GroupBox {
  runOrder: number;
  y: number;
  height: number;
  cards: CardBox[];
}

export interface ConditionBox extends Box {
  conditionType: ConditionType;
}

export interface StageBox extends Box {
  /** Folded to a strip without cards (foldLayout): how many groups it has. */
  foldedGroups?: number;
  id: string;
  name: string;
  stageIndex: number;
  groups: GroupBox[];
  /** beforeEntry above the cards, onSuccess and onFailure below them: those that the stage has. */
  conditions: ConditionBox[];
  /** Where the first card stands, or would. */
  top: number;
  /** Where the invitation to add an action stands: below all rows. */
  footY: number;
}

/** A lane that does not exist yet: an invitation to begin. */
export interface GhostBox extends Box {
  id: string;
  name: 'Source' | 'Build' | 'Deploy';
  /** Where in `stages` the stage would stand. */
  insertAt: number;
}

export interface CanvasLayout {
  stages: StageBox[];
  ghosts: GhostBox[];
  /** By node id. */
  cards: ReadonlyMap<string, CardBox>;
  /** The actions of folded stages: where their pipes end. */
  folded?: ReadonlyMap<string, CardBox>;
  width: number;
  height: number;
}

export function layoutPipeline(pipeline: Pick<PipelineDeclaration, 'stages'>): CanvasLayout {
  const cards = new Map<string, CardBox>();
  const stages: StageBox[] = [];
  const ghosts: GhostBox[] = [];
  const stageIds = new Set<string>();
  const { before, after } = missingLanes(pipeline);
  let x = 0;
  const lane = () => {
    const left = x;
    x += LANE.width + LANE.gap;
    return left;
  };
  const ghost = (name: GhostBox['name'], insertAt: number) =>
    ghosts.push({ id: `+${name}`, name, insertAt, x: lane(), y: 0, width: LANE.width, height: LANE.minHeight });

  for (const name of before) ghost(name, 0);
  let height: number = LANE.minHeight;
  for (const [stageIndex, stage] of pipeline.stages.entries()) {
    const left = lane();
    const indices = new Map(stage.actions.map((action, index) => [action, index]));
    let y: number = LANE.header + LANE.padding;
    const conditions: ConditionBox[] = [];
    const condition = (conditionType: ConditionType) => {
      conditions.push({ conditionType, x: left + LANE.padding, y, ...CONDITION });
      y += CONDITION.height;
    };
    if (hasCondition(stage, 'BEFORE_ENTRY')) {
      condition('BEFORE_ENTRY');
      y += GAP.condition + 4;
    }
    const cardsTop = y;
    const groups: GroupBox[] = [];
    for (const [groupIndex, { runOrder, actions }] of runOrderGroups(stage).entries()) {
      if (groupIndex > 0) y += GAP.group;
      const top = y;
      const row: CardBox[] = [];
      for (const [position, action] of actions.entries()) {
        if (position > 0) y += GAP.card;
        const where = `${stage.name}/${action.name}`;
        const box: CardBox = {
          id: unused(where, cards),
          where,
          stageIndex,
          actionIndex: indices.get(action)!,
          groupIndex,
          runOrder,
          x: left + LANE.padding,
          y,
          ...CARD,
        };
        cards.set(box.id, box);
        row.push(box);
        y += CARD.height;
      }
      groups.push({ runOrder, y: top, height: y - top, cards: row });
    }
    if (groups.length === 0) y += CARD.height;
    for (const conditionType of ['ON_SUCCESS', 'ON_FAILURE'] as const) {
      if (!hasCondition(stage, conditionType)) continue;
      y += GAP.condition;
      condition(conditionType);
    }
    const footY = groups.length > 0 ? y + 10 : cardsTop;
    height = Math.max(height, y + GAP.foot);
    const id = unused(stage.name, stageIds);
    stageIds.add(id);
    const frame = { x: left, y: 0, width: LANE.width, height: 0 };
    stages.push({ id, name: stage.name, stageIndex, groups, conditions, top: cardsTop, footY, ...frame });
  }
  for (const name of after) ghost(name, pipeline.stages.length);
  for (const box of [...stages, ...ghosts]) box.height = height;
  return { stages, ghosts, cards, width: Math.max(0, x - LANE.gap), height };
}

/** Does the stage say anything of this condition? For onFailure a result without rules is enough. */
function hasCondition({ beforeEntry, onSuccess, onFailure }: StageDeclaration, conditionType: ConditionType): boolean {
  if (conditionType === 'ON_FAILURE') return onFailure !== undefined;
  return ((conditionType === 'BEFORE_ENTRY' ? beforeEntry : onSuccess)?.conditions?.length ?? 0) > 0;
}

/** Which of Source, Build and Deploy a pipeline that has hardly begun is invited to have, before and after its stages. */
function missingLanes({ stages }: Pick<PipelineDeclaration, 'stages'>): {
  before: GhostBox['name'][];
  after: GhostBox['name'][];
} {
  const holds = (category: string) =>
    stages.some(({ actions }) => actions.some(({ actionTypeId }) => actionTypeId.category === category));
  // A pipeline needs two stages; with three it has taken its own shape.
  if (stages.length > 2) return { before: [], after: [] };
  if (stages.length === 0) return { before: [], after: ['Source', 'Build', 'Deploy'] };
  const isComplete = stages.length === 2 && holds('Source') && stages.every(({ actions }) => actions.length > 0);
  return {
    before: holds('Source') || stages[0]?.actions.length === 0 ? [] : ['Source'],
    after: holds('Deploy') ? [] : holds('Build') || isComplete ? ['Deploy'] : ['Build', 'Deploy'],
  };
}

function unused(id: string, taken: { has(id: string): boolean }): string {
  if (!taken.has(id)) return id;
  let count = 2;
  while (taken.has(`${id}#${count}`)) count += 1;
  return `${id}#${count}`;
}
