import { describe, expect, it, test } from 'vitest';
import type { PipelineDeclaration } from '../../model/declaration.ts';
import { action, check, codeBuild, configure, put, rule } from '../../testing/brokenPipeline.ts';
import { expectFixed, type FixCase } from '../../testing/fixCase.ts';
import { source } from '../../testing/legalPipeline.ts';
import { artifactFixers } from './artifactFixes.ts';

const build = (p: PipelineDeclaration) => p.stages[1]!.actions;
const last = (p: PipelineDeclaration) => p.stages[2]!.actions;
const names = (list: readonly { name: string }[] | undefined) => list?.map(({ name }) => name);
const lint = (p: PipelineDeclaration) => action(p, 'Build/Lint');
const upload = (p: PipelineDeclaration) => action(p, 'Deploy/Upload');

const cases: FixCase[] = [
  {
    code: 'artifact.not-produced',
    kind: 'did-you-mean',
    breaks: (p) => (upload(p).inputArtifacts = [{ name: 'dits' }]),
    gives: (p) => names(upload(p).inputArtifacts),
    expected: ['dist'],
    title: 'Take dist instead of dits',
  },
  {
    code: 'artifact.not-produced',
    kind: 'take-artifact',
    breaks: (p) => (upload(p).inputArtifacts = [{ name: 'website' }]),
    gives: (p) => names(upload(p).inputArtifacts),
    expected: ['dist'],
  },
  {
    code: 'artifact.not-produced',
    kind: 'create-output',
    breaks: (p) => (upload(p).inputArtifacts = [{ name: 'website' }]),
    gives: (p) => names(lint(p).outputArtifacts),
    expected: ['website'],
    title: 'Add output website to Build/Lint',
  },
  {
    code: 'artifact.not-produced',
    kind: 'remove-input',
    breaks: (p) => put(p, 'Build/Test', { inputArtifacts: [{ name: 'app' }, { name: 'gone' }] }),
    gives: (p) => names(build(p)[0]!.inputArtifacts),
    expected: ['app'],
  },
  {
    code: 'artifact.not-produced',
    kind: 'did-you-mean',
    breaks: (p) => {
      put(p, 'Build/Lint', { runOrder: 2, inputArtifacts: [{ name: 'dsit' }, { name: 'app' }] });
      configure(p, 'Build/Lint', { PrimarySource: 'dsit' });
    },
    gives: (p) => [names(lint(p).inputArtifacts), lint(p).configuration!.PrimarySource],
    expected: [['dist', 'app'], 'dist'],
  },
  {
    code: 'artifact.produced-too-late',
    kind: 'raise-run-order',
    breaks: (p) => (lint(p).inputArtifacts = [{ name: 'dist' }]),
    gives: (p) => lint(p).runOrder,
    expected: 2,
    title: 'Run Lint after Test (runOrder 2)',
  },
  {
    code: 'artifact.produced-too-late',
    kind: 'move-behind',
    breaks: (p) => {
      put(p, 'Deploy/Upload', { inputArtifacts: [{ name: 'app' }] });
      last(p).push(codeBuild('Pack', { outputArtifacts: [{ name: 'pack' }] }));
      lint(p).inputArtifacts = [{ name: 'pack' }];
    },
    gives: (p) => [names(build(p)), names(last(p)), last(p).at(-1)!.runOrder],
    expected: [['Test'], ['Approve', 'Upload', 'Pack', 'Lint'], 3],
  },
  {
    code: 'artifact.produced-too-late',
    kind: 'take-artifact',
    breaks: (p) => {
      lint(p).outputArtifacts = [{ name: 'own' }];
      lint(p).inputArtifacts = [{ name: 'own' }];
    },
    gives: (p) => names(lint(p).inputArtifacts),
    expected: ['app'],
  },
  {
    code: 'artifact.duplicate-input',
    kind: 'remove-input',
    breaks: (p) => put(p, 'Build/Test', { inputArtifacts: [{ name: 'app' }, { name: 'app' }] }),
    gives: (p) => names(build(p)[0]!.inputArtifacts),
    expected: ['app'],
  },
  {
    code: 'artifact.duplicate-output',
    kind: 'rename-duplicate',
    breaks: (p) => (lint(p).outputArtifacts = [{ name: 'dist' }]),
    gives: (p) => names(lint(p).outputArtifacts),
    expected: ['dist2'],
  },
  {
    code: 'artifact.input-count',
    kind: 'connect',
    breaks: (p) => (upload(p).inputArtifacts = []),
    gives: (p) => names(upload(p).inputArtifacts),
    expected: ['dist'],
    title: 'Connect dist to Upload',
  },
  {
    code: 'artifact.input-count',
    kind: 'remove-input',
    breaks: (p) => (upload(p).inputArtifacts = [{ name: 'dist' }, { name: 'app' }]),
    gives: (p) => names(upload(p).inputArtifacts),
    expected: ['dist'],
  },
  {
    code: 'artifact.output-count',
    kind: 'create-output',
    breaks: (p) => p.stages[0]!.actions.push({ ...source('More', 'x'), outputArtifacts: [] }),
    gives: (p) => names(p.stages[0]!.actions[1]!.outputArtifacts),
    expected: ['MoreOutput'],
  },
  {
    code: 'artifact.output-count',
    kind: 'remove-output',
    breaks: (p) => (action(p, 'Source/App').outputArtifacts = [{ name: 'docs' }, { name: 'app' }]),
    gives: (p) => names(action(p, 'Source/App').outputArtifacts),
    expected: ['app'],
    title: 'Remove output docs',
  },
  {
    code: 'artifact.clone-reference',
    kind: 'fetch-files',
    breaks: (p) => configure(p, 'Source/App', { OutputArtifactFormat: 'CODEBUILD_CLONE_REF' }),
    gives: (p) => action(p, 'Source/App').configuration!.OutputArtifactFormat,
    expected: 'CODE_ZIP',
  },
  {
    code: 'configuration.check',
    kind: 'rename-identifier',
    breaks: (p) => (lint(p).outputArtifacts = [{ name: 'a' }, { name: 'b-c' }]),
    gives: (p) => names(lint(p).outputArtifacts),
    expected: ['a', 'b_c'],
  },
  {
    code: 'rule.artifact-not-produced',
    kind: 'take-artifact',
    breaks: (p) => {
      Object.assign(rule(p), {
        ruleTypeId: { ...check, provider: 'Commands' },
        configuration: undefined,
        commands: ['ls'],
        inputArtifacts: [{ name: 'dits' }],
      });
    },
    gives: (p) => names(rule(p).inputArtifacts),
    expected: ['dist'],
  },
];

describe('a quick fix of artifacts', () => {
  test.each(cases)('$code by $kind', expectFixed);

  it('is specified for every problem that has one', () => {
    const tried = new Set(cases.map(({ code }) => code));
    expect([...Object.keys(artifactFixers)].filter((code) => !tried.has(code))).toEqual([]);
  });
});
