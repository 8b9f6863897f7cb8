import { type ActionDeclaration, type PipelineDeclaration, runOrderGroups } from '../model/declaration.ts';

/**
 * What can be looked up in a declaration, made once for each declaration object: places of stages and actions, who makes
 * which artifact, who owns which namespace. Declarations are never changed in place, so the answer stays true.
 */
export interface PipelineShape {
  readonly stageIndex: ReadonlyMap<string, number>;
  readonly stages: readonly StageShape[];
  /** By output artifact name. Names are unique in a valid pipeline; otherwise the first producer counts. */
  readonly producers: ReadonlyMap<string, ActionPlace>;
  /** By namespace, likewise. */
  readonly namespaces: ReadonlyMap<string, ActionPlace>;
}

export interface StageShape {
  readonly stageName: string;
  readonly actionIndex: ReadonlyMap<string, number>;
  /** Ascending by runOrder; inside a group in the order of the declaration. */
  readonly groups: readonly (readonly PlacedAction[])[];
}

export interface PlacedAction {
  readonly action: ActionDeclaration;
  /** Index in the stage's list of actions. */
  readonly index: number;
}

export interface ActionPlace {
  readonly stageIndex: number;
  readonly actionIndex: number;
  readonly runOrder: number;
}

const known = new WeakMap<PipelineDeclaration, PipelineShape>();

export function shapeOf(declaration: PipelineDeclaration): PipelineShape {
  let shape = known.get(declaration);
  if (!shape) {
    shape = makeShape(declaration);
    known.set(declaration, shape);
  }
  return shape;
}

function makeShape(declaration: PipelineDeclaration): PipelineShape {
  const stageIndex = new Map<string, number>();
  const producers = new Map<string, ActionPlace>();
  const namespaces = new Map<string, ActionPlace>();
  const stages = declaration.stages.map((stage, index): StageShape => {
    stageIndex.set(stage.name, index);
    const actionIndex = new Map<string, number>();
    for (const [position, action] of stage.actions.entries()) {
      actionIndex.set(action.name, position);
      const place = { stageIndex: index, actionIndex: position, runOrder: action.runOrder ?? 1 };
      for (const output of action.outputArtifacts ?? []) {
        if (!producers.has(output.name)) producers.set(output.name, place);
      }
      if (action.namespace !== undefined && !namespaces.has(action.namespace)) namespaces.set(action.namespace, place);
    }
    const groups = runOrderGroups(stage).map((group) =>
      group.actions.map((action) => ({ action, index: actionIndex.get(action.name) ?? 0 })),
    );
    return { stageName: stage.name, actionIndex, groups };
  });
  return { stageIndex, stages, producers, namespaces };
}

/** True when the action at `place` has always ended before the one at `stageIndex`/`runOrder` starts (semantics §3, §10). */
export const runsBefore = (place: ActionPlace, stageIndex: number, runOrder: number): boolean =>
  place.stageIndex < stageIndex || (place.stageIndex === stageIndex && place.runOrder < runOrder);
