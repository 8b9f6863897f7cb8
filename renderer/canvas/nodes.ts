import type { CSSProperties } from 'react';
import type { PipelineDeclaration } from '../../shared/model/declaration.ts';
import type { Sidecar } from '../../shared/model/sidecar.ts';
import { type Fidelity, localRunOf } from '../../shared/providers/provider.ts';
import { findProvider } from '../../shared/providers/table.ts';
import { strings } from '../strings/strings.ts';
import { summaryOf } from './cardText.ts';
import { actionAt, artifactEdges } from './graph.ts';
import { routesIn } from './knownRoutes.ts';
import { type Box, CARD, type CanvasLayout, type GhostBox, LANE } from './layout.ts';
import type { Point } from './routes.ts';

/*
 * What stands on the canvas, derived. A node that looks the same as before is the same object, so nothing is redrawn. We draw
 * nodes (NodeLayer) and pipes (PipeLayer) ourselves and leave React Flow the view: it would measure each node, wrap it once
 * more and have it listen to every move.
 */

/** One thing at its place, in flow pixels. */
interface NodeOf<Data, Type extends string> extends Box {
  id: string;
  type: Type;
  data: Data;
}
export interface NodeProps<N extends CanvasNode> {
  node: N;
}

/** Where and how high a node stands. By left and top: a transform would make each a piece of its own for the compositor. */
export const styleOf = ({ x, y, height }: CanvasNode): CSSProperties => ({ left: x, top: y, height });

export type CardNode = NodeOf<
  {
    /** Its column's id, and its row there. */
    column: string;
    row: number;
    stageName: string;
    actionName: string;
    where: string;
    category: string;
    provider: string;
    summary: string;
    fidelity: Fidelity;
    takesInput: boolean;
    /** Where a run pauses for a person; '' = nowhere. */
    breakpoint: 'before' | 'after' | '';
    /** Artifact names; an action that may have an output and has none shows one open port (''). */
    outputs: string;
    /** "CodeBuild action, stage 2 of 5, run order 1, in: Source, out: Report" */
    description: string;
  },
  'action'
>;
export type LaneNode = NodeOf<
  {
    stageName: string;
    stageIndex: number;
    actionCount: number;
    /** Top and run order of each group after the first, as 'y:runOrder' pairs. */
    groups: string;
    /** Top and type of each condition's row, as 'y:conditionType' pairs. */
    conditions: string;
    footY: number;
  },
  'stage'
>;
/** The cards of a stage, one below the other. `rows` = heights of the gap above each card and of the card, for a CSS grid. */
export type ColumnNode = NodeOf<{ rows: string }, 'column'>;
/** A stage that is folded to a strip. */
export type FoldedNode = NodeOf<{ stageName: string; stageIndex: number; actionCount: number }, 'folded'>;
export type GhostNode = NodeOf<{ name: GhostBox['name']; insertAt: number }, 'ghost'>;
export type TailNode = NodeOf<{ index: number }, 'tail'>;
export type CanvasNode = CardNode | ColumnNode | LaneNode | FoldedNode | GhostNode | TailNode;

export const TAIL_WIDTH = 40;

export function buildNodes(
  pipeline: PipelineDeclaration,
  layout: CanvasLayout,
  before: ReadonlyMap<string, CanvasNode>,
  bindings: Sidecar['bindings'] = {},
  breakpoints: Sidecar['breakpoints'] = {},
): CanvasNode[] {
  const nodes: CanvasNode[] = [];
  const words = strings.canvas.card;
  const add = (node: CanvasNode) => {
    const old = before.get(node.id);
    nodes.push(old && looksSame(old, node) ? old : node);
  };
  for (const box of layout.stages) {
    const actionCount = pipeline.stages[box.stageIndex]!.actions.length;
    if (box.foldedGroups !== undefined) {
      const data = { stageName: box.name, stageIndex: box.stageIndex, actionCount };
      add({ id: `folded:${box.id}`, ...placeOf(box), type: 'folded', data });
      continue;
    }
    add({
      id: `lane:${box.id}`,
      ...placeOf(box),
      type: 'stage',
      data: {
        stageName: box.name,
        stageIndex: box.stageIndex,
        actionCount,
        groups: box.groups
          .slice(1)
          .map((group) => `${group.y}:${group.runOrder}`)
          .join(),
        conditions: box.conditions.map(({ conditionType, y }) => `${y}:${conditionType}`).join(),
        footY: box.footY,
      },
    });
  }
  for (const box of layout.ghosts)
    add({
      id: `ghost:${box.id}`,
      ...placeOf(box),
      type: 'ghost',
      data: { name: box.name, insertAt: box.insertAt },
    });
  if (layout.ghosts.length === 0) {
    const box = { x: layout.width + LANE.gap, y: 0, width: TAIL_WIDTH, height: layout.height };
    add({ id: 'tail', ...placeOf(box), type: 'tail', data: { index: pipeline.stages.length } });
  }
  const stageCount = pipeline.stages.length;
  const rowOf = new Map<string, { column: string; row: number }>();
  for (const { id, groups } of layout.stages) {
    const cards = groups.flatMap((group) => group.cards);
    const [first, last] = [cards[0], cards.at(-1)];
    if (!first || !last) continue;
    const column = `column:${id}`;
    for (const [row, card] of cards.entries()) rowOf.set(card.id, { column, row });
    const gapAbove = (row: number) => (row === 0 ? 0 : cards[row]!.y - cards[row - 1]!.y - CARD.height);
    const rows = cards.map((_, row) => `${gapAbove(row)}px ${CARD.height}px`).join(' ');
    add({
      id: column,
      ...{ x: first.x, y: first.y, width: CARD.width, height: last.y + CARD.height - first.y },
      type: 'column',
      data: { rows },
    });
  }
  for (const box of layout.cards.values()) {
    const action = actionAt(pipeline, box);
    const provider = findProvider(action.actionTypeId);
    const inputs = (action.inputArtifacts ?? []).map(({ name }) => name);
    const outputs = (action.outputArtifacts ?? []).map(({ name }) => name);
    const takesInput = provider.artifacts.inputs[1] > 0 || inputs.length > 0;
    const ports = outputs.length > 0 ? outputs : provider.artifacts.outputs[1] > 0 ? [''] : [];
    add({
      id: box.id,
      ...placeOf(box),
      type: 'action',
      data: {
        ...rowOf.get(box.id)!,
        stageName: pipeline.stages[box.stageIndex]!.name,
        actionName: action.name,
        where: box.where,
        category: action.actionTypeId.category,
        provider: strings.provided.text(provider.shortLabel),
        summary: summaryOf(action),
        fidelity: localRunOf(provider, Object.hasOwn(bindings, box.where) ? bindings[box.where] : undefined).fidelity,
        breakpoint: (Object.hasOwn(breakpoints, box.where) && breakpoints[box.where]) || '',
        takesInput,
        outputs: ports.join(),
        description: [
          words.type(strings.provided.text(provider.shortLabel), action.actionTypeId.category),
          words.stage(box.stageIndex + 1, stageCount, pipeline.stages[box.stageIndex]!.name),
          words.runOrder(box.runOrder),
          ...(inputs.length > 0 ? [words.inputs(inputs)] : []),
          ...(outputs.length > 0 ? [words.outputs(outputs)] : []),
        ].join(', '),
      },
    });
  }
  return nodes;
}

/** A pipe as it is drawn, and the box around it (flow pixels). */
export interface Pipe extends Box {
  id: string;
  source: string;
  target: string;
  artifact: string;
  points: readonly Point[];
  path: string;
}

export function buildPipes(pipeline: PipelineDeclaration, layout: CanvasLayout): Pipe[] {
  const pipes: Pipe[] = [];
  const routeOf = routesIn(layout);
  for (const edge of artifactEdges(pipeline, layout)) {
    const source = (layout.cards.get(edge.source) ?? layout.folded?.get(edge.source))!;
    const target = (layout.cards.get(edge.target) ?? layout.folded?.get(edge.target))!;
    const outputs = actionAt(pipeline, source).outputArtifacts ?? [];
    const port = { index: outputs.findIndex(({ name }) => name === edge.artifact), count: outputs.length };
    const { points, path } = routeOf(source, target, port);
    pipes.push({ ...edge, points, path, ...boxAround(points) });
  }
  return pipes;
}

function boxAround(points: readonly { x: number; y: number }[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

const placeOf = ({ x, y, width, height }: Box): Box => ({ x, y, width, height });

function looksSame(a: CanvasNode, b: CanvasNode): boolean {
  if (a.x !== b.x || a.y !== b.y || a.height !== b.height) return false;
  const left = a.data as Record<string, unknown>;
  const right = b.data as Record<string, unknown>;
  return Object.keys(right).every((key) => left[key] === right[key]);
}
