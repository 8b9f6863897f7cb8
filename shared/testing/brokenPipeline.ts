import { expect } from 'vitest';
import { parse, stringify } from 'yaml';
import type { ActionDeclaration, PipelineDeclaration } from '../model/declaration.ts';
import { locate, parseDocument } from '../model/documentText.ts';
import { pathOf } from '../model/place.ts';
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

/**
 * The broken pipeline written as a file, in both formats: the same problems are found in it, and the place of each can be
 * selected in the text. What stands there is the value that is named, or where it is missing the nearest one around it.
 */
export function expectLocated({ breaks }: Broken): void {
  const pipeline = completePipeline();
  breaks(pipeline);
  const plain: unknown = JSON.parse(JSON.stringify(pipeline));
  const expected = validate(pipeline).map(({ code, where, field }) => [code, where, field]);
  for (const format of ['json', 'yaml'] as const) {
    const text = format === 'json' ? JSON.stringify({ pipeline: plain }, null, 2) : stringify({ pipeline: plain });
    const document = parseDocument(text, format);
    const problems = validate(document.pipeline!);
    expect(problems.map(({ code, where, field }) => [code, where, field])).toEqual(expected);
    for (const { where, field } of problems) {
      const path = pathOf(document.pipeline!, where, field);
      expect(path, `${where} ${field}`).toBeDefined();
      const place = locate(text, format, path!)!;
      // The lines before are cut off, so the first line of a block gets its indentation back.
      const written = ' '.repeat(place.column - 1) + text.slice(place.offset, place.offset + place.length);
      expect(format === 'json' ? JSON.parse(written) : parse(written)).toEqual(nearest(plain, path!));
      expect(text.split('\n')[place.line - 1]).toContain(written.trim().split('\n')[0]);
    }
  }
}

/** The value at a path, or that of its nearest parent that exists. */
function nearest(value: unknown, path: readonly (string | number)[]): unknown {
  let found = value;
  for (const segment of path) {
    const child = (found as Record<string | number, unknown>)[segment];
    if (child === undefined) break;
    found = child;
  }
  return found;
}
