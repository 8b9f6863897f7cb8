import type { Comparison, FieldChange, Matched } from '../compare/comparison.ts';
import type { PipelineDeclaration } from '../model/declaration.ts';

/**
 * The later declaration, made from the earlier one and a comparison that began with it: the proof that a comparison leaves
 * nothing out. Equal to the later one up to what comparePipelines does not tell apart.
 */
export function applyComparison(before: PipelineDeclaration, comparison: Comparison): PipelineDeclaration {
  const stages = laterOnes(comparison.stages).map((stage, stageIndex) => ({
    ...stage,
    actions: laterOnes(comparison.actions.filter(({ stageAfter }) => stageAfter === stageIndex)),
  }));
  const variables = laterOnes(comparison.variables);
  const triggers = laterOnes(comparison.triggers);
  const { variables: _variables, triggers: _triggers, ...rest } = before;
  return {
    ...changed(rest as PipelineDeclaration, comparison.fields),
    stages,
    ...(variables.length > 0 && { variables }),
    ...(triggers.length > 0 && { triggers }),
  };
}

function laterOnes<T extends object>(items: readonly Matched<T>[]): T[] {
  return items
    .flatMap(({ before, after, fields }) => {
      if (!after) return [];
      if (!before) return [{ index: after.index, value: after.value }];
      const name = 'name' in after.value ? { name: after.value.name } : {};
      return [{ index: after.index, value: { ...changed(before.value, fields), ...name } as T }];
    })
    .sort((a, b) => a.index - b.index)
    .map(({ value }) => value);
}

function changed<T extends object>(item: T, fields: readonly FieldChange[]): T {
  const copy = JSON.parse(JSON.stringify(item)) as Record<string, unknown>;
  for (const { path, after } of fields) {
    let holder = copy;
    for (const key of path.slice(0, -1)) {
      holder[key] ??= {};
      holder = holder[key] as Record<string, unknown>;
    }
    const last = path.at(-1)!;
    if (after === undefined) delete holder[last];
    else holder[last] = after;
  }
  return copy as T;
}
