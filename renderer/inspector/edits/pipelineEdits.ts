import type { PipelineDeclaration, PipelineVariable, StageDeclaration } from '../../../shared/model/declaration.ts';
import type { DocumentEdit } from '../../../shared/model/documentText.ts';
import type { Change } from './actionEdits.ts';

/** Sets a field of the pipeline itself, at any depth; '' removes it. */
export function setPipelineField(pipeline: PipelineDeclaration, path: string[], value: unknown): Change {
  let before: unknown = pipeline;
  for (const key of path)
    before = typeof before === 'object' && before !== null ? (before as Record<string, unknown>)[key] : undefined;
  const after = value === '' ? undefined : value;
  return { label: `Change ${path.join('.')} of the pipeline`, edits: before === after ? [] : [{ path, value: after }] };
}

/** Sets the artifact store's bucket, making the store where there is none. */
export function setArtifactBucket(pipeline: PipelineDeclaration, location: string): Change {
  const label = 'Change the artifact store';
  if ((pipeline.artifactStore?.location ?? '') === location) return { label, edits: [] };
  return pipeline.artifactStore
    ? { label, edits: [{ path: ['artifactStore', 'location'], value: location }] }
    : { label, edits: [{ path: ['artifactStore'], value: { type: 'S3', location } }] };
}

export function renameStage(
  pipeline: PipelineDeclaration,
  stage: StageDeclaration,
  to: string,
): Change | { refused: string } {
  const label = `Rename stage ${stage.name} to ${to}`;
  if (to === stage.name) return { label, edits: [] };
  if (to === '') return { refused: 'A stage needs a name.' };
  if (pipeline.stages.some((other) => other.name === to)) return { refused: `There already is a stage "${to}".` };
  const index = pipeline.stages.findIndex((other) => other.name === stage.name);
  return { label, edits: [{ path: ['stages', index, 'name'], value: to }], selection: to };
}

/** Replaces the pipeline's variables; none removes the field. Rows without a name are left out. */
export function setVariables(pipeline: PipelineDeclaration, variables: readonly PipelineVariable[]): Change {
  const kept = variables
    .filter((variable) => variable.name !== '')
    .map(({ defaultValue, description, ...rest }) => ({
      ...rest,
      ...(defaultValue && { defaultValue }),
      ...(description && { description }),
    }));
  const label = 'Change the pipeline’s variables';
  const after = kept.length ? kept : undefined;
  if (JSON.stringify(after) === JSON.stringify(pipeline.variables)) return { label, edits: [] };
  const edits: DocumentEdit[] = [{ path: ['variables'], value: after }];
  return { label, edits };
}
