import type { Node } from '@xyflow/react';
import type { PipelineDeclaration } from '../../shared/model/declaration.ts';
import type { Sidecar } from '../../shared/model/sidecar.ts';
import { type Fidelity, localRunOf } from '../../shared/providers/provider.ts';
import { findProvider } from '../../shared/providers/table.ts';
import { summaryOf } from './cardText.ts';
import { actionAt, artifactEdges } from './graph.ts';
import { type Box, type CanvasLayout, LANE } from './layout.ts';
import { pipePoints, roundedPath } from './routes.ts';

/*
 * React Flow's nodes, and the pipes, derived. Every size is given, so nothing is measured; a node that looks the same as before
 * is the same object, so nothing is redrawn. Pipes are drawn by ourselves in one SVG: React Flow would give each its own, and
 * have each listen to every move of the view.
 */

export type CardNode = Node<
  {
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
export type LaneNode = Node<
  {
    stageName: string;
    stageIndex: number;
    actionCount: number;
    /** Top and run order of each group after the first, as 'y:runOrder' pairs. */
    groups: string;
    /** Top and type of each condition's row, as 'y:conditionType' pairs. */
    conditions: string;
    footY: number;
    height: number;
  },
  'stage'
>;
/** A stage that is folded to a strip. */
export type FoldedNode = Node<{ stageName: string; stageIndex: number; actionCount: number; height: number }, 'folded'>;
export type GhostNode = Node<{ name: string; insertAt: number; height: number }, 'ghost'>;
export type TailNode = Node<{ index: number; height: number }, 'tail'>;
export type CanvasNode = CardNode | LaneNode | FoldedNode | GhostNode | TailNode;

export const TAIL_WIDTH = 40;

export function buildNodes(
  pipeline: PipelineDeclaration,
  layout: CanvasLayout,
  before: ReadonlyMap<string, CanvasNode>,
  bindings: Sidecar['bindings'] = {},
  breakpoints: Sidecar['breakpoints'] = {},
): CanvasNode[] {
  const nodes: CanvasNode[] = [];
  const add = (node: CanvasNode) => {
    const old = before.get(node.id);
    nodes.push(old && looksSame(old, node) ? old : node);
  };
  for (const box of layout.stages) {
    const actionCount = pipeline.stages[box.stageIndex]!.actions.length;
    if (box.foldedGroups !== undefined) {
      const data = { stageName: box.name, stageIndex: box.stageIndex, actionCount, height: box.height };
      add({ ...frame(`folded:${box.id}`, box, 0), type: 'folded', data });
      continue;
    }
    add({
      ...frame(`lane:${box.id}`, box, 0),
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
        height: box.height,
      },
    });
  }
  for (const box of layout.ghosts)
    add({
      ...frame(`ghost:${box.id}`, box, 0),
      type: 'ghost',
      data: { name: box.name, insertAt: box.insertAt, height: box.height },
    });
  if (layout.ghosts.length === 0) {
    const box = { x: layout.width + LANE.gap, y: 0, width: TAIL_WIDTH, height: layout.height };
    add({ ...frame('tail', box, 0), type: 'tail', data: { index: pipeline.stages.length, height: layout.height } });
  }
  const stageCount = pipeline.stages.length;
  for (const box of layout.cards.values()) {
    const action = actionAt(pipeline, box);
    const provider = findProvider(action.actionTypeId);
    const inputs = (action.inputArtifacts ?? []).map(({ name }) => name);
    const outputs = (action.outputArtifacts ?? []).map(({ name }) => name);
    const takesInput = provider.artifacts.inputs[1] > 0 || inputs.length > 0;
    const ports = outputs.length > 0 ? outputs : provider.artifacts.outputs[1] > 0 ? [''] : [];
    add({
      ...frame(box.id, box, 2),
      type: 'action',
      data: {
        stageName: pipeline.stages[box.stageIndex]!.name,
        actionName: action.name,
        where: box.where,
        category: action.actionTypeId.category,
        provider: provider.shortLabel,
        summary: summaryOf(action),
        fidelity: localRunOf(provider, Object.hasOwn(bindings, box.where) ? bindings[box.where] : undefined).fidelity,
        breakpoint: (Object.hasOwn(breakpoints, box.where) && breakpoints[box.where]) || '',
        takesInput,
        outputs: ports.join(),
        description: [
          `${provider.shortLabel} ${action.actionTypeId.category.toLowerCase()} action`,
          `stage ${box.stageIndex + 1} of ${stageCount}, ${pipeline.stages[box.stageIndex]!.name}`,
          `run order ${box.runOrder}`,
          ...(inputs.length > 0 ? [`in: ${inputs.join(' and ')}`] : []),
          ...(outputs.length > 0 ? [`out: ${outputs.join(' and ')}`] : []),
        ].join(', '),
      },
    });
  }
  return nodes;
}

/** A pipe as it is drawn: its path and the box around it (flow pixels). */
export interface Pipe {
  id: string;
  source: string;
  target: string;
  artifact: string;
  path: string;
  box: Box;
}

export function buildPipes(pipeline: PipelineDeclaration, layout: CanvasLayout): Pipe[] {
  const pipes: Pipe[] = [];
  for (const edge of artifactEdges(pipeline, layout)) {
    const source = (layout.cards.get(edge.source) ?? layout.folded?.get(edge.source))!;
    const target = (layout.cards.get(edge.target) ?? layout.folded?.get(edge.target))!;
    const outputs = actionAt(pipeline, source).outputArtifacts ?? [];
    const port = { index: outputs.findIndex(({ name }) => name === edge.artifact), count: outputs.length };
    const points = pipePoints(layout, source, target, port);
    pipes.push({ ...edge, path: roundedPath(points), box: boxAround(points) });
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

function frame(id: string, { x, y, width, height }: Box, zIndex: number) {
  return {
    id,
    position: { x, y },
    width,
    height,
    measured: { width, height },
    // None, said outright: React Flow draws a node of unknown handles once even far out of view.
    handles: [],
    zIndex,
    draggable: false,
    selectable: false,
    connectable: false,
    focusable: false,
    // React Flow lets the pointer through nodes that it thinks do nothing.
    // Placed by left and top: a transform for each node would make each a piece of its own for the compositor.
    style: { pointerEvents: 'all' as const, transform: 'none', left: x, top: y },
  };
}

function looksSame(a: CanvasNode, b: CanvasNode): boolean {
  if (a.position.x !== b.position.x || a.position.y !== b.position.y || a.height !== b.height) return false;
  const left = a.data as Record<string, unknown>;
  const right = b.data as Record<string, unknown>;
  return Object.keys(right).every((key) => left[key] === right[key]);
}
