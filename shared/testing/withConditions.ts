import type { PipelineDeclaration, RuleDeclaration, StageDeclaration } from '../model/declaration.ts';

type Result = 'ROLLBACK' | 'FAIL' | 'RETRY' | 'SKIP';

/** A condition of VariableCheck rules with these names. */
export const conditionOf = (
  result: Result | undefined,
  ...rules: (string | ({ name: string } & Partial<RuleDeclaration>))[]
) => ({
  ...(result ? { result } : {}),
  rules: rules.map(
    (rule): RuleDeclaration => ({
      ruleTypeId: { category: 'Rule', owner: 'AWS', provider: 'VariableCheck', version: '1' },
      ...(typeof rule === 'string' ? { name: rule } : rule),
    }),
  ),
});

/** The pipeline with more in some of its stages, by name. */
export const withStages = (
  declaration: PipelineDeclaration,
  more: Readonly<Record<string, Partial<StageDeclaration>>>,
): PipelineDeclaration => ({
  ...declaration,
  stages: declaration.stages.map((stage) => ({ ...stage, ...more[stage.name] })),
});
