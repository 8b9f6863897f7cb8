import { describe, expect, it, test } from 'vitest';
import type { PipelineDeclaration } from '../../model/declaration.ts';
import { action, configure, put, rule } from '../../testing/brokenPipeline.ts';
import { expectFixed, type FixCase } from '../../testing/fixCase.ts';
import { variableFixers } from './variableFixes.ts';

const build = (p: PipelineDeclaration) => p.stages[1]!.actions;
const last = (p: PipelineDeclaration) => p.stages[2]!.actions;
const names = (list: readonly { name: string }[] | undefined) => list?.map(({ name }) => name);
const lint = (p: PipelineDeclaration) => action(p, 'Build/Lint');
const upload = (p: PipelineDeclaration) => action(p, 'Deploy/Upload');

const cases: FixCase[] = [
  {
    code: 'namespace.duplicate',
    kind: 'rename-namespace',
    breaks: (p) => put(p, 'Build/Lint', { namespace: 'T' }),
    gives: (p) => build(p).map(({ namespace }) => namespace),
    expected: ['T', 'LintVariables'],
  },
  {
    code: 'namespace.reserved',
    kind: 'rename-namespace',
    breaks: (p) => put(p, 'Build/Lint', { namespace: 'codepipeline' }),
    gives: (p) => lint(p).namespace,
    expected: 'LintVariables',
  },
  {
    code: 'namespace.is-artifact',
    kind: 'rename-namespace',
    breaks: (p) => {
      put(p, 'Build/Test', { namespace: 'app' });
      configure(p, 'Deploy/Approve', { CustomData: '#{app.VERSION}' });
    },
    gives: (p) => [build(p)[0]!.namespace, last(p)[0]!.configuration!.CustomData],
    expected: ['TestVariables', '#{TestVariables.VERSION}'],
  },
  {
    code: 'variable.malformed',
    kind: 'mend-reference',
    breaks: (p) => configure(p, 'Deploy/Approve', { CustomData: 'Release #{ T.VERSION }?' }),
    gives: (p) => last(p)[0]!.configuration!.CustomData,
    expected: 'Release #{T.VERSION}?',
  },
  {
    code: 'variable.malformed',
    kind: 'mend-reference',
    breaks: (p) => configure(p, 'Deploy/Approve', { CustomData: '#{TARGET}' }),
    gives: (p) => last(p)[0]!.configuration!.CustomData,
    expected: '#{variables.TARGET}',
  },
  {
    code: 'variable.unknown-namespace',
    kind: 'did-you-mean',
    breaks: (p) => configure(p, 'Build/Lint', { ProjectName: '#{src.CommitId}-#{src.CommitId}' }),
    gives: (p) => lint(p).configuration!.ProjectName,
    expected: '#{Src.CommitId}-#{Src.CommitId}',
  },
  {
    code: 'variable.unknown-namespace',
    kind: 'add-namespace',
    breaks: (p) => {
      delete action(p, 'Source/App').namespace;
      configure(p, 'Build/Lint', { EnvironmentVariables: '[{"name":"C","value":"#{AppVariables.CommitId}"}]' });
    },
    gives: (p) => action(p, 'Source/App').namespace,
    expected: 'AppVariables',
    title: 'Give Source/App the namespace AppVariables',
  },
  {
    code: 'variable.not-produced',
    kind: 'did-you-mean',
    breaks: (p) => configure(p, 'Build/Lint', { ProjectName: '#{Src.CommitID}' }),
    gives: (p) => lint(p).configuration!.ProjectName,
    expected: '#{Src.CommitId}',
  },
  {
    code: 'variable.not-produced',
    kind: 'did-you-mean',
    breaks: (p) => configure(p, 'Build/Lint', { ProjectName: '#{codepipeline.ExecutionId}' }),
    gives: (p) => lint(p).configuration!.ProjectName,
    expected: '#{codepipeline.PipelineExecutionId}',
  },
  {
    code: 'variable.not-produced',
    kind: 'declare-output',
    breaks: (p) => configure(p, 'Deploy/Approve', { CustomData: '#{T.COMMIT}' }),
    gives: (p) => build(p)[0]!.outputVariables,
    expected: ['VERSION', 'COMMIT'],
  },
  {
    code: 'variable.not-declared',
    kind: 'did-you-mean',
    breaks: (p) => configure(p, 'Deploy/Upload', { BucketName: 'shop-#{variables.TARGT}' }),
    gives: (p) => upload(p).configuration!.BucketName,
    expected: 'shop-#{variables.TARGET}',
  },
  {
    code: 'variable.not-declared',
    kind: 'declare-variable',
    breaks: (p) => configure(p, 'Deploy/Upload', { BucketName: 'shop-#{variables.REGION}' }),
    gives: (p) => names(p.variables),
    expected: ['TARGET', 'REGION'],
  },
  {
    code: 'variable.produced-too-late',
    kind: 'raise-run-order',
    breaks: (p) => configure(p, 'Build/Lint', { ProjectName: '#{T.VERSION}' }),
    gives: (p) => lint(p).runOrder,
    expected: 2,
  },
  {
    code: 'variable.duplicate-name',
    kind: 'remove-duplicate',
    breaks: (p) => p.variables!.push({ name: 'TARGET' }),
    gives: (p) => names(p.variables),
    expected: ['TARGET'],
  },
  {
    code: 'variable.duplicate-name',
    kind: 'rename-duplicate',
    breaks: (p) => p.variables!.push({ name: 'TARGET' }),
    gives: (p) => names(p.variables),
    expected: ['TARGET', 'TARGET2'],
  },
  {
    code: 'variable.in-source',
    kind: 'write-value',
    breaks: (p) => configure(p, 'Source/App', { BranchName: 'release/#{variables.TARGET}' }),
    gives: (p) => action(p, 'Source/App').configuration!.BranchName,
    expected: 'release/beta',
  },
  {
    code: 'rule.variable-not-produced',
    kind: 'did-you-mean',
    breaks: (p) => {
      rule(p).configuration!.TimeZone = '#{src.Zone}';
    },
    gives: (p) => rule(p).configuration!.TimeZone,
    expected: '#{Src.Zone}',
  },
];

describe('a quick fix of variables', () => {
  test.each(cases)('$code by $kind', expectFixed);

  it('is specified for every problem that has one', () => {
    const tried = new Set(cases.map(({ code }) => code));
    expect([...Object.keys(variableFixers)].filter((code) => !tried.has(code))).toEqual([]);
  });
});
