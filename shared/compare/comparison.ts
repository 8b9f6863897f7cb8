import type { ActionDeclaration, PipelineDeclaration, StageDeclaration } from '../model/declaration.ts';

/*
 * What became of a pipeline between two declarations. Everything is matched one to one: by its name where it kept it, by its
 * likeness where it did not. Complete enough to make the later declaration from the earlier one (applyComparison).
 */

export const marks = ['added', 'removed', 'renamed', 'moved', 'changed'] as const;
/** Nothing is marked both added and removed; the other three may come together. */
export type Mark = (typeof marks)[number];

/** A member that differs; undefined = it is not there on that side. `path` leads from the item to the member. */
export interface FieldChange {
  path: readonly string[];
  before: unknown;
  after: unknown;
}

/** One item on both sides. A side on which it does not exist is undefined; `index` counts in its list on that side. */
export interface Matched<Value> {
  before: { index: number; value: Value } | undefined;
  after: { index: number; value: Value } | undefined;
  marks: readonly Mark[];
  fields: readonly FieldChange[];
}

export interface ActionComparison extends Matched<ActionDeclaration> {
  /** Indices of the stages, for an item that is on that side. */
  stageBefore: number | undefined;
  stageAfter: number | undefined;
}

export type StageComparison = Matched<StageDeclaration>;
export type VariableComparison = Matched<NonNullable<PipelineDeclaration['variables']>[number]>;
export type TriggerComparison = Matched<NonNullable<PipelineDeclaration['triggers']>[number]>;

/** An artifact as the pipeline sees it: who makes it and who reads it ('Stage/Action', later names). */
export interface ArtifactFacts {
  name: string;
  madeBy: readonly string[];
  readBy: readonly string[];
  files: readonly string[];
}
export type ArtifactComparison = Matched<ArtifactFacts>;

export interface Comparison {
  /** Members of the pipeline itself, without stages, variables, triggers and the `version` that the service counts. */
  fields: readonly FieldChange[];
  stages: readonly StageComparison[];
  actions: readonly ActionComparison[];
  artifacts: readonly ArtifactComparison[];
  variables: readonly VariableComparison[];
  triggers: readonly TriggerComparison[];
}

export const isEqual = ({ fields, ...lists }: Comparison): boolean =>
  fields.length === 0 &&
  Object.values(lists).every((list: readonly Matched<unknown>[]) => list.every((item) => item.marks.length === 0));
