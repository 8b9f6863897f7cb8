import type { PipelineDeclaration, PipelineVariable } from '../../../shared/model/declaration.ts';
import type { Change } from '../../../shared/model/edits/change.ts';
import { strings } from '../../strings/strings.ts';

/** Sets a field of the pipeline itself, at any depth; '' removes it. */
export function setPipelineField(pipeline: PipelineDeclaration, path: string[], value: unknown): Change {
  let before: unknown = pipeline;
  for (const key of path)
    before = typeof before === 'object' && before !== null ? (before as Record<string, unknown>)[key] : undefined;
  const after = value === '' ? undefined : value;
  return {
    label: strings.inspector.edits.changePipeline(path.join('.')),
    edits: before === after ? [] : [{ path, value: after }],
  };
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
  const label = strings.inspector.edits.changeVariables;
  const after = kept.length ? kept : undefined;
  if (JSON.stringify(after) === JSON.stringify(pipeline.variables)) return { label, edits: [] };
  return { label, edits: [{ path: ['variables'], value: after }] };
}
