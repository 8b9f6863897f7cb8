import { describe, expect, it, test } from 'vitest';
import type { PipelineDeclaration } from '../../model/declaration.ts';
import { action, configure, git, put } from '../../testing/brokenPipeline.ts';
import { expectFixed, type FixCase } from '../../testing/fixCase.ts';
import { shapeFixers } from './shapeFixes.ts';

const build = (p: PipelineDeclaration) => p.stages[1]!.actions;
const names = (list: readonly { name: string }[] | undefined) => list?.map(({ name }) => name);
const lint = (p: PipelineDeclaration) => action(p, 'Build/Lint');
const upload = (p: PipelineDeclaration) => action(p, 'Deploy/Upload');

const cases: FixCase[] = [
  {
    code: 'shape.pattern',
    kind: 'trim-characters',
    breaks: (p) => {
      put(p, 'Build/Lint', { outputArtifacts: [{ name: 'lint report ' }] });
    },
    gives: (p) => names(lint(p).outputArtifacts),
    expected: ['lint-report'],
    title: 'Change "lint report " to "lint-report"',
  },
  {
    code: 'shape.pattern',
    kind: 'trim-characters',
    breaks: (p) => {
      action(p, 'Build/Test').outputArtifacts![0]!.name = 'my dist';
      upload(p).inputArtifacts = [{ name: 'my dist' }];
    },
    gives: (p) => names(upload(p).inputArtifacts),
    expected: ['my-dist'],
  },
  {
    code: 'shape.pattern',
    kind: 'trim-characters',
    breaks: (p) => (p.stages[1]!.name = 'Build & test'),
    gives: (p) => names(p.stages),
    expected: ['Source', 'Build-test', 'Deploy'],
  },
  {
    code: 'shape.pattern',
    kind: 'trim-characters',
    breaks: (p) => {
      action(p, 'Source/App').name = 'My app';
      git(p).sourceActionName = 'My app';
    },
    gives: (p) => [p.stages[0]!.actions[0]!.name, git(p).sourceActionName],
    expected: ['My-app', 'My-app'],
  },
  {
    code: 'shape.pattern',
    kind: 'trim-characters',
    breaks: (p) => {
      put(p, 'Build/Test', { namespace: 'my T' });
      configure(p, 'Deploy/Approve', { CustomData: 'x' });
    },
    gives: (p) => action(p, 'Build/Test').namespace,
    expected: 'my-T',
  },
  {
    code: 'shape.pattern',
    kind: 'trim-characters',
    breaks: (p) => (p.artifactStore!.location = 'My_Bucket'),
    gives: (p) => p.artifactStore!.location,
    expected: 'my-bucket',
  },
  {
    code: 'shape.pattern',
    kind: 'known-type',
    breaks: (p) => (lint(p).actionTypeId.provider = 'AWS CodeBuild'),
    gives: (p) => lint(p).actionTypeId.provider,
    expected: 'CodeBuild',
  },
  {
    code: 'shape.too-large',
    kind: 'into-range',
    breaks: (p) => (action(p, 'Deploy/Approve').timeoutInMinutes = 100_000),
    gives: (p) => action(p, 'Deploy/Approve').timeoutInMinutes,
    expected: 86_400,
    title: 'Lower timeoutInMinutes to 86400',
  },
  {
    code: 'shape.too-small',
    kind: 'into-range',
    breaks: (p) => (action(p, 'Deploy/Approve').timeoutInMinutes = 1),
    gives: (p) => action(p, 'Deploy/Approve').timeoutInMinutes,
    expected: 5,
  },
  {
    code: 'shape.too-large',
    kind: 'shorten',
    breaks: (p) => (p.variables![0]!.description = 'x'.repeat(201)),
    gives: (p) => p.variables![0]!.description,
    expected: 'x'.repeat(200),
  },
  {
    code: 'shape.too-small',
    kind: 'remove-field',
    breaks: (p) => (build(p)[0]!.outputArtifacts![0]!.files = []),
    gives: (p) => build(p)[0]!.outputArtifacts,
    expected: [{ name: 'dist' }],
  },
  {
    code: 'shape.not-allowed',
    kind: 'nearest-value',
    breaks: (p) => (p.executionMode = 'QUEUE' as 'QUEUED'),
    gives: (p) => p.executionMode,
    expected: 'QUEUED',
  },
  {
    code: 'shape.not-allowed',
    kind: 'remove-value',
    breaks: (p) => (git(p).pullRequest![0]!.events = ['OPEN', 'MERGE' as 'OPEN']),
    gives: (p) => git(p).pullRequest![0]!.events,
    expected: ['OPEN'],
  },
  {
    code: 'shape.missing',
    kind: 'give-name',
    breaks: (p) => (p.stages[1]!.name = ''),
    gives: (p) => p.stages[1]!.name,
    expected: 'Stage',
  },
  {
    code: 'shape.missing',
    kind: 'give-name',
    breaks: (p) => {
      lint(p).outputArtifacts = [{ name: '' }];
    },
    gives: (p) => names(lint(p).outputArtifacts),
    expected: ['LintOutput'],
  },
  {
    code: 'shape.missing',
    kind: 'known-value',
    breaks: (p) => delete (p.artifactStore as { type?: string }).type,
    gives: (p) => p.artifactStore!.type,
    expected: 'S3',
  },
  {
    code: 'shape.missing',
    kind: 'remove-field',
    breaks: (p) => (lint(p).configuration!.BatchEnabled = ''),
    gives: (p) => lint(p).configuration!.BatchEnabled,
    expected: undefined,
  },
];

describe('a quick fix of a field', () => {
  test.each(cases)('$code by $kind', expectFixed);

  it('is specified for every problem that has one', () => {
    const tried = new Set(cases.map(({ code }) => code));
    expect([...Object.keys(shapeFixers)].filter((code) => !tried.has(code))).toEqual([]);
  });
});
