import { describe, test } from 'vitest';
import { action, asV1, type Broken, configure, expectLocated, expectOnly, put } from '../testing/brokenPipeline.ts';

const inlineBuildspec = 'version: 0.2\nenv:\n  exported-variables: [TAG]\nphases: {build: {commands: [make]}}\n';

const cases: Broken[] = [
  {
    rule: 'A-013',
    says: 'namespaces are unique',
    code: 'namespace.duplicate',
    where: 'Build/Lint',
    field: 'namespace',
    breaks: (p) => {
      put(p, 'Build/Lint', { namespace: 'T' });
    },
  },
  {
    rule: 'A-014',
    says: '"codepipeline" is reserved',
    code: 'namespace.reserved',
    where: 'Build/Lint',
    breaks: (p) => {
      put(p, 'Build/Lint', { namespace: 'codepipeline' });
    },
  },
  {
    rule: 'A-014',
    says: '"variables" is reserved where there are pipeline variables',
    code: 'namespace.reserved',
    where: 'Build/Lint',
    breaks: (p) => {
      put(p, 'Build/Lint', { namespace: 'variables' });
    },
  },
  {
    rule: 'A-015',
    says: 'a namespace is no artifact name',
    code: 'namespace.is-artifact',
    where: 'Build/Lint',
    breaks: (p) => {
      put(p, 'Build/Lint', { namespace: 'app' });
    },
  },
  {
    rule: 'A-016',
    says: 'a reference is well formed',
    code: 'variable.malformed',
    where: 'Deploy/Approve',
    field: 'CustomData',
    breaks: (p) => {
      configure(p, 'Deploy/Approve', { CustomData: '#{T VERSION}' });
    },
  },
  {
    rule: 'A-016',
    says: 'commands hold references too',
    code: 'variable.malformed',
    where: 'Build/Test',
    field: 'commands.0',
    breaks: (p) => {
      action(p, 'Build/Test').commands![0] = 'echo #{T';
    },
  },
  {
    rule: 'A-017',
    says: 'the namespace of a reference exists',
    code: 'variable.unknown-namespace',
    where: 'Deploy/Approve',
    breaks: (p) => {
      configure(p, 'Deploy/Approve', { CustomData: '#{None.X}' });
    },
  },
  {
    rule: 'A-018',
    says: 'the producer of a variable comes before',
    code: 'variable.produced-too-late',
    where: 'Build/Lint',
    breaks: (p) => {
      configure(p, 'Build/Lint', { ProjectName: '#{T.VERSION}' });
    },
  },
  {
    rule: 'A-018',
    says: 'an action does not refer to itself',
    code: 'variable.produced-too-late',
    where: 'Source/App',
    breaks: (p) => {
      configure(p, 'Source/App', { BranchName: '#{Src.BranchName}' });
    },
  },
  {
    rule: 'A-019',
    says: 'a pipeline variable is declared',
    code: 'variable.not-declared',
    where: 'Deploy/Upload',
    breaks: (p) => {
      configure(p, 'Deploy/Upload', { BucketName: '#{variables.NONE}' });
    },
  },
  {
    rule: 'A-020',
    says: 'source actions use no pipeline variables',
    code: 'variable.in-source',
    where: 'Source/App',
    breaks: (p) => {
      configure(p, 'Source/App', { BranchName: '#{variables.TARGET}' });
    },
  },
  {
    rule: 'W-004',
    says: 'a reference names what its action produces',
    code: 'variable.not-produced',
    severity: 'warning',
    where: 'Deploy/Approve',
    breaks: (p) => {
      configure(p, 'Deploy/Approve', { CustomData: '#{T.OTHER}' });
    },
  },
  {
    rule: 'W-004',
    says: 'CodePipeline has one variable of its own',
    code: 'variable.not-produced',
    severity: 'warning',
    where: 'Deploy/Approve',
    breaks: (p) => {
      configure(p, 'Deploy/Approve', { CustomData: '#{codepipeline.PipelineName}' });
    },
  },
  {
    rule: 'W-004',
    says: 'a reference names what the buildspec in the configuration exports',
    code: 'variable.not-produced',
    severity: 'warning',
    where: 'Deploy/Approve',
    breaks: (p) => {
      put(p, 'Build/Lint', { namespace: 'L' });
      configure(p, 'Build/Lint', { BuildspecOverride: inlineBuildspec });
      configure(p, 'Deploy/Approve', { CustomData: '#{L.TAG} #{L.TAGS}' });
    },
  },
  {
    rule: 'semantics §10',
    says: 'patterns of files hold no references',
    code: 'variable.not-replaced',
    severity: 'warning',
    where: 'Build/Test',
    field: 'outputArtifacts.0.files.0',
    breaks: (p) => {
      action(p, 'Build/Test').outputArtifacts![0]!.files = ['out/#{Src.BranchName}/**/*'];
    },
  },
  {
    rule: 'T-010',
    says: 'names of pipeline variables are unique',
    code: 'variable.duplicate-name',
    field: 'variables.1.name',
    breaks: (p) => {
      p.variables!.push({ name: 'TARGET' });
    },
  },
  {
    rule: 'T-011',
    says: 'pipeline variables need V2',
    code: 'variable.needs-v2',
    field: 'variables',
    breaks: (p) => {
      asV1(p);
      p.variables = [{ name: 'A' }];
    },
  },
];

describe('§10 namespaces and variables', () => {
  test.each(cases)('$rule: $says ($code)', (broken) => expectOnly(broken));

  test.each(cases)('$rule: $says: found in the text ($code)', (broken) => expectLocated(broken));
});
