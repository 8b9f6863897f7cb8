import type { PipelineDeclaration, PipelineVariable } from '../../../shared/model/declaration.ts';
import type { DocumentEdit } from '../../../shared/model/documentText.ts';
import type { Change } from '../../../shared/model/edits/change.ts';
import { variableReferences } from '../../../shared/model/edits/renames.ts';

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

/**
 * Replaces the pipeline's variables; none removes the field. Rows without a name are left out. A row that only got another
 * name takes the references to it along.
 */
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
  const before = pipeline.variables ?? [];
  const renamed = before.filter(({ name }, index) => kept[index]?.name !== name);
  const [from] = renamed;
  const to = from && kept[before.indexOf(from)]?.name;
  const isRename =
    kept.length === before.length &&
    renamed.length === 1 &&
    to !== undefined &&
    !before.some(({ name }) => name === to);
  const follow = isRename ? variableReferences(pipeline, from!.name, to) : [];
  const edits: DocumentEdit[] = [{ path: ['variables'], value: after }, ...follow];
  return { label: isRename ? `Rename variable ${from!.name} to ${to}` : label, edits };
}
