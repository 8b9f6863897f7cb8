import type { ActionDeclaration, PipelineDeclaration } from '../../shared/model/declaration.ts';
import type { CanvasLayout, CardBox } from './layout.ts';

/** An artifact on its way: from the action that produces it to one that takes it. Derived from the declaration, never stored. */
export interface ArtifactEdge {
  id: string;
  /** Node ids. */
  source: string;
  target: string;
  artifact: string;
}

/** The place of an action in the order in which a pipeline runs. */
export interface Position {
  stageIndex: number;
  runOrder: number;
}

/** Is `a` done before `b` begins? Same stage and same runOrder run side by side. */
export const isBefore = (a: Position, b: Position): boolean =>
  a.stageIndex < b.stageIndex || (a.stageIndex === b.stageIndex && a.runOrder < b.runOrder);

export const actionAt = (pipeline: PipelineDeclaration, box: Pick<CardBox, 'stageIndex' | 'actionIndex'>) =>
  pipeline.stages[box.stageIndex]?.actions[box.actionIndex] as ActionDeclaration;

/** Every connection. An input that no earlier action produces has none (validation says so). */
export function artifactEdges(pipeline: PipelineDeclaration, layout: CanvasLayout): ArtifactEdge[] {
  const producers = new Map<string, CardBox[]>();
  const boxes = [...layout.cards.values(), ...(layout.folded?.values() ?? [])];
  for (const box of boxes)
    for (const { name } of actionAt(pipeline, box).outputArtifacts ?? []) {
      const known = producers.get(name);
      if (known) known.push(box);
      else producers.set(name, [box]);
    }
  const edges: ArtifactEdge[] = [];
  for (const box of boxes) {
    const seen = new Set<string>();
    for (const { name } of actionAt(pipeline, box).inputArtifacts ?? []) {
      const producer = producers.get(name)?.findLast((candidate) => isBefore(candidate, box));
      if (!producer || seen.has(name)) continue;
      seen.add(name);
      // Inside a folded stage there is nothing to be drawn.
      if (layout.folded?.has(box.id) && box.stageIndex === producer.stageIndex) continue;
      edges.push({ id: `${name}>${box.id}`, source: producer.id, target: box.id, artifact: name });
    }
  }
  return edges;
}

/** What actions before `position` produce: nearest first, so that the first is the one a new action most likely wants. */
export function artifactsBefore(
  pipeline: PipelineDeclaration,
  position: Position,
): { artifact: string; stageName: string; actionName: string }[] {
  const found: { artifact: string; stageName: string; actionName: string; at: Position }[] = [];
  for (const [stageIndex, stage] of pipeline.stages.entries())
    for (const action of stage.actions) {
      const at = { stageIndex, runOrder: action.runOrder ?? 1 };
      if (!isBefore(at, position)) continue;
      for (const { name } of action.outputArtifacts ?? [])
        found.push({ artifact: name, stageName: stage.name, actionName: action.name, at });
    }
  return found
    .sort((a, b) => b.at.stageIndex - a.at.stageIndex || b.at.runOrder - a.at.runOrder)
    .map(({ artifact, stageName, actionName }) => ({ artifact, stageName, actionName }));
}
