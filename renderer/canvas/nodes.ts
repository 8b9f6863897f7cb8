import type { Edge, Node } from '@xyflow/react';
import { Position } from '@xyflow/react';
import type { PipelineDeclaration } from '../../shared/model/declaration.ts';
import { findProvider } from '../../shared/providers/table.ts';
import { summaryOf } from './cardText.ts';
import { type ArtifactEdge, actionAt, artifactEdges } from './graph.ts';
import { type Box, type CanvasLayout, LANE } from './layout.ts';
import { inputPortY, outputPortY, pipePaths } from './routes.ts';

/*
 * React Flow's nodes and edges, derived. Every size and handle is given, so nothing is measured; what looks the same as before
 * is the same object, so nothing is redrawn.
 */

export type CardNode = Node<
  {
    stageName: string;
    actionName: string;
    where: string;
    category: string;
    provider: string;
    summary: string;
    fidelity: string;
    takesInput: boolean;
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
    footY: number;
    height: number;
  },
  'stage'
>;
export type GhostNode = Node<{ name: string; insertAt: number; height: number }, 'ghost'>;
export type TailNode = Node<{ index: number; height: number }, 'tail'>;
export type CanvasNode = CardNode | LaneNode | GhostNode | TailNode;
export type PipeEdge = Edge<{ path: string; artifact: string }, 'pipe'>;

export const TAIL_WIDTH = 40;

export function buildNodes(
  pipeline: PipelineDeclaration,
  layout: CanvasLayout,
  before: ReadonlyMap<string, CanvasNode>,
): CanvasNode[] {
  const nodes: CanvasNode[] = [];
  const add = (node: CanvasNode) => {
    const old = before.get(node.id);
    nodes.push(old && looksSame(old, node) ? old : node);
  };
  for (const box of layout.stages)
    add({
      ...frame(`lane:${box.id}`, box, 0),
      type: 'stage',
      data: {
        stageName: box.name,
        stageIndex: box.stageIndex,
        actionCount: pipeline.stages[box.stageIndex]!.actions.length,
        groups: box.groups
          .slice(1)
          .map((group) => `${group.y}:${group.runOrder}`)
          .join(),
        footY: Math.max(LANE.header + LANE.padding, ...box.groups.map((group) => group.y + group.height + 10)),
        height: box.height,
      },
    });
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
      handles: [
        { type: 'target' as const, position: Position.Left, x: 0, y: inputPortY, width: 1, height: 1 },
        ...(ports.length > 0 ? ports : ['']).map((id, index) => ({
          id: id || null,
          type: 'source' as const,
          position: Position.Right,
          x: box.width,
          y: outputPortY(index, Math.max(1, ports.length)),
          width: 1,
          height: 1,
        })),
      ],
      data: {
        stageName: pipeline.stages[box.stageIndex]!.name,
        actionName: action.name,
        where: box.where,
        category: action.actionTypeId.category,
        provider: provider.shortLabel,
        summary: summaryOf(action),
        fidelity: provider.local.fidelity,
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

export function buildEdges(
  pipeline: PipelineDeclaration,
  layout: CanvasLayout,
  before: ReadonlyMap<string, PipeEdge>,
): PipeEdge[] {
  const edges = artifactEdges(pipeline, layout);
  const portOf = (edge: ArtifactEdge) => {
    const outputs = actionAt(pipeline, layout.cards.get(edge.source)!).outputArtifacts ?? [];
    return { index: outputs.findIndex(({ name }) => name === edge.artifact), count: outputs.length };
  };
  const paths = pipePaths(layout, edges, portOf);
  return edges.map(({ id, source, target, artifact }) => {
    const old = before.get(id);
    const path = paths.get(id)!;
    if (old && old.source === source && old.data?.path === path) return old;
    return { id, source, target, sourceHandle: artifact, type: 'pipe', zIndex: 1, data: { path, artifact } };
  });
}

function frame(id: string, { x, y, width, height }: Box, zIndex: number) {
  return {
    id,
    position: { x, y },
    width,
    height,
    measured: { width, height },
    zIndex,
    draggable: false,
    selectable: false,
    connectable: false,
    focusable: false,
    // React Flow lets the pointer through nodes that it thinks do nothing.
    style: { pointerEvents: 'all' as const },
  };
}

function looksSame(a: CanvasNode, b: CanvasNode): boolean {
  if (a.position.x !== b.position.x || a.position.y !== b.position.y || a.height !== b.height) return false;
  const left = a.data as Record<string, unknown>;
  const right = b.data as Record<string, unknown>;
  return Object.keys(right).every((key) => left[key] === right[key]);
}
