import { expect } from 'vitest';
import type { ActionDeclaration, PipelineDeclaration, RuleDeclaration } from '../model/declaration.ts';
import { validate } from '../validation/validate.ts';
import { completePipeline } from './completePipeline.ts';

/** What stands just inside the border of a rule: a change to the complete pipeline that AWS takes. */
export type Legal = readonly [rule: string, says: string, change: (pipeline: PipelineDeclaration) => unknown];

/** A deploy action that takes the output of Build/Test. */
export const deploy = (provider: string, configuration: Record<string, string>): ActionDeclaration => ({
  name: provider,
  actionTypeId: { category: 'Deploy', owner: 'AWS', provider, version: '1' },
  configuration,
  inputArtifacts: [{ name: 'dist' }],
});
/** One more source action. */
export const source = (name: string, output: string): ActionDeclaration => ({
  name,
  actionTypeId: { category: 'Source', owner: 'AWS', provider: 'CodeCommit', version: '1' },
  configuration: { RepositoryName: 'assets', BranchName: 'main' },
  outputArtifacts: [{ name: output }],
});
/** A second connection source beside Source/App. */
export const connection = (pipeline: PipelineDeclaration, name: string): ActionDeclaration => ({
  ...pipeline.stages[0]!.actions[0]!,
  name,
  namespace: name,
  outputArtifacts: [{ name: `${name}Out` }],
});
export const ruleType = (provider: string) => ({ category: 'Rule', owner: 'AWS', provider, version: '1' }) as const;
export const variableCheck: RuleDeclaration = {
  name: 'Check',
  ruleTypeId: ruleType('VariableCheck'),
  configuration: { Variable: '#{T.VERSION}', Value: '1', Operator: 'EQ' },
};

/** The changed pipeline has no problem at all, not even a warning. */
export function expectLegal([, , change]: Legal): void {
  const pipeline = completePipeline();
  change(pipeline);
  // Through JSON, so that members set to undefined are absent as they would be in a file.
  expect(validate(JSON.parse(JSON.stringify(pipeline)) as PipelineDeclaration)).toEqual([]);
}
