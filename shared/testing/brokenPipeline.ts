import { expect } from 'vitest';
import type { ActionDeclaration, PipelineDeclaration } from '../model/declaration.ts';
import { validate } from '../validation/validate.ts';
import { completePipeline } from './completePipeline.ts';
import { pipelineOf } from './pipelineOf.ts';

/** A pipeline of every feature: Source (App) · Build (Test, Lint) · Deploy (Approve, Upload). */
export interface Broken {
  rule: string;
  says: string;
  code: string;
  breaks: (pipeline: PipelineDeclaration) => void;
  where?: string;
  field?: string;
  severity?: 'error' | 'warning';
}

export const action = (pipeline: PipelineDeclaration, where: string): ActionDeclaration => {
  const [stageName, actionName] = where.split('/');
  return pipeline.stages.find(({ name }) => name === stageName)!.actions.find(({ name }) => name === actionName)!;
};
export const put = (pipeline: PipelineDeclaration, where: string, members: Partial<ActionDeclaration>) =>
  Object.assign(action(pipeline, where), members);
export const configure = (pipeline: PipelineDeclaration, where: string, members: Record<string, string>) => {
  const { configuration } = action(pipeline, where);
  put(pipeline, where, { configuration: { ...configuration, ...members } });
};
export const codeBuild = (name: string, members: Partial<ActionDeclaration> = {}): ActionDeclaration => ({
  name,
  actionTypeId: { category: 'Build', owner: 'AWS', provider: 'CodeBuild', version: '1' },
  configuration: { ProjectName: 'p' },
  inputArtifacts: [{ name: 'app' }],
  ...members,
});
export const approvals = (count: number): ActionDeclaration[] =>
  Array.from({ length: count }, (_, index) => ({
    name: `Approve${index}`,
    actionTypeId: { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' },
  }));
/** Without everything that only V2 has. */
export const asV1 = (pipeline: PipelineDeclaration) => {
  const plain = pipelineOf({ Source: ['Repo'], Build: ['Compile'] }, { pipelineType: 'V1' });
  for (const key of Object.keys(pipeline)) delete pipeline[key as keyof PipelineDeclaration];
  Object.assign(pipeline, plain);
};
export const git = (pipeline: PipelineDeclaration) => pipeline.triggers![0]!.gitConfiguration;
export const rule = (pipeline: PipelineDeclaration, set: 'beforeEntry' | 'onSuccess' = 'beforeEntry') =>
  pipeline.stages[2]![set]!.conditions[0]!.rules![0]!;
export const check = { category: 'Rule', owner: 'AWS', provider: 'VariableCheck', version: '1' } as const;

/** The broken pipeline has exactly this kind of problem, at this place, with words that end as sentences do. */
export function expectOnly({ code, breaks, where = '', field, severity = 'error' }: Broken): void {
  const pipeline = completePipeline();
  breaks(pipeline);
  const problems = validate(pipeline);
  expect([...new Set(problems.map((found) => found.code))]).toEqual([code]);
  expect(problems[0]).toMatchObject({ where, severity, ...(field === undefined ? {} : { field }) });
  for (const { what, fix } of problems) {
    expect(what).toMatch(/^\S.*[.:]$/s);
    expect(fix).toMatch(/^[A-Z].*\S$/s);
  }
}
