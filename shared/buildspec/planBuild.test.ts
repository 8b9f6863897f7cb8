import { describe, expect, it } from 'vitest';
import type { BuildRequest } from '../providers/host.ts';
import { parseBuildspec } from './parseBuildspec.ts';
import { type PlanInput, planBuild } from './planBuild.ts';

const request: BuildRequest = { kind: 'buildspec', projectName: 'p', primarySource: 'Source', environment: [] };

function planOf(rest: string, more: Partial<PlanInput> = {}) {
  const { buildspec } = parseBuildspec(
    `version: 0.2\nphases: { build: { commands: [make] } }\n${rest}`,
    'buildspec.yml',
  );
  return planBuild({ request, ...(buildspec ? { buildspec } : {}), given: new Map(), outputArtifacts: [], ...more });
}

describe('the environment of a build', () => {
  const environmentOf = (...args: Parameters<typeof planOf>) =>
    Object.fromEntries(planOf(...args).environment.map(({ name, value, from }) => [name, `${value} (${from})`]));

  it('lets the action win over the project, the project over the buildspec, and that over what CodeBuild gives', () => {
    expect(
      environmentOf('env: { variables: { A: s, B: s, C: s, AWS_REGION: s } }', {
        given: new Map([
          ['AWS_REGION', 'g'],
          ['D', 'g'],
        ]),
        projectEnvironment: { A: 'p', B: 'p' },
        request: { ...request, environment: [{ name: 'A', value: 'a' }] },
      }),
    ).toEqual({
      A: 'a (the action)',
      B: 'p (the project)',
      C: 's (the buildspec)',
      AWS_REGION: 's (the buildspec)',
      D: 'g (CodeBuild)',
    });
  });

  it('keeps names beginning with CODEBUILD_ from everyone but CodeBuild, and says so', () => {
    const plan = planOf('', {
      given: new Map([['CODEBUILD_BUILD_ID', 'real']]),
      projectEnvironment: { CODEBUILD_BUILD_ID: 'forged' },
    });
    expect(plan.environment.map(({ value }) => value)).toEqual(['real']);
    expect(plan.notes.join()).toContain('CODEBUILD_BUILD_ID');
  });

  it('replaces a reference by the plain value of a stronger source', () => {
    const plan = planOf('env: { parameter-store: { TOKEN: /t } }', { projectEnvironment: { TOKEN: 'plain' } });
    expect(plan.environment).toEqual([{ name: 'TOKEN', value: 'plain', type: 'PLAINTEXT', from: 'the project' }]);
  });
});

describe('the exported variables of a build', () => {
  it('are those of the buildspec and of the request, without variables that hold secrets', () => {
    const plan = planOf('env: { parameter-store: { TOKEN: /t }, exported-variables: [TOKEN, A] }', {
      request: { ...request, exportNames: ['B', 'A', 'AWS_REGION'] },
    });
    expect(plan.exportedVariables).toEqual(['A', 'B', 'AWS_REGION']);
    expect(plan.notes.join()).toContain('"TOKEN" is not exported');
  });
});

describe('the output artifacts of a build', () => {
  const outputsOf = (rest: string, ...outputArtifacts: string[]) =>
    planOf(rest, { outputArtifacts }).outputs.map(({ artifactName, spec }) => `${artifactName}: ${spec.files.join()}`);
  const both = 'artifacts: { files: [primary], secondary-artifacts: { One: { files: [one] }, Two: { files: [two] } } }';

  it('are none when the action declares none', () => {
    expect(outputsOf(both)).toEqual([]);
  });

  it('is the primary section when the action declares one, even if its name is an identifier', () => {
    expect(outputsOf(both, 'One')).toEqual(['One: primary']);
  });

  it('are the sections of their names when the action declares several', () => {
    expect(outputsOf(both, 'Two', 'One')).toEqual(['Two: two', 'One: one']);
  });

  it('lack the one that the buildspec does not describe, with a note', () => {
    const plan = planOf(both, { outputArtifacts: ['One', 'Three'] });
    expect(plan.outputs.map(({ artifactName }) => artifactName)).toEqual(['One']);
    expect(plan.notes.join()).toContain('secondary-artifacts/Three');
  });

  it('knows the variables that its paths mention', () => {
    expect(
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the buildspec
      planOf("artifacts: { files: ['$A/x', '${B}'], base-directory: '$CODEBUILD_SRC_DIR_Two/$A' }", {
        outputArtifacts: ['Out'],
      }).artifactVariables,
    ).toEqual(['CODEBUILD_SRC_DIR_Two', 'A', 'B']);
  });
});

describe('a list of commands', () => {
  it('is a single BUILD phase, and its files are its one artifact', () => {
    const plan = planBuild({
      request: { ...request, kind: 'commands', commands: ['a', 'b'], files: ['**/'] },
      given: new Map(),
      outputArtifacts: ['Out'],
    });
    expect(plan.phases).toEqual([{ name: 'BUILD', commands: ['a', 'b'], finally: [] }]);
    expect(plan.outputs.map(({ spec }) => spec.files)).toEqual([['**/']]);
  });
});

it('keeps runtimes for the script, which compares them with what is installed', () => {
  const { buildspec } = parseBuildspec(
    'version: 0.2\nphases: { install: { runtime-versions: { nodejs: 18 }, commands: [x] } }',
    'buildspec.yml',
  );
  const plan = planBuild({ request, ...(buildspec ? { buildspec } : {}), given: new Map(), outputArtifacts: [] });
  expect(plan.runtimeVersions).toEqual(new Map([['nodejs', '18']]));
  expect(plan.notes).toEqual([]);
});
