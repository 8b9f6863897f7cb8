import { describe, expect, it, test } from 'vitest';
import type { BuildRequest } from '../providers/host.ts';
import { parseBuildspec } from './parseBuildspec.ts';
import { type PlanInput, planBuild, VARIABLE_REFERENCE } from './planBuild.ts';

/** reference/buildspec.md §3 (precedence, exported variables), §8 (artifacts in a pipeline), §13 and §14, as a plan. */

const request: BuildRequest = { kind: 'buildspec', projectName: 'p', primarySource: 'Source', environment: [] };
const planOf = (rest: string, more: Partial<PlanInput> = {}, version = '0.2') => {
  const text = `version: ${version}\nphases: { build: { commands: [make] } }\n${rest}`;
  const { buildspec, problems } = parseBuildspec(text, 'buildspec.yml');
  if (!buildspec) throw new Error(problems.map(({ what }) => what).join(' '));
  return planBuild({ request, buildspec, given: new Map(), outputArtifacts: [], ...more });
};
const commandsPlan = (more: Partial<BuildRequest> = {}, outputArtifacts: string[] = []) =>
  planBuild({
    request: { ...request, kind: 'commands', commands: ['a', 'b'], ...more },
    given: new Map(),
    outputArtifacts,
  });

describe('§3 a variable that several set', () => {
  const action = { name: 'A', value: 'action' };
  const sets = {
    CodeBuild: { given: new Map([['A', 'CodeBuild']]) },
    buildspec: {},
    project: { projectEnvironment: { A: 'project' } },
    action: { request: { ...request, environment: [action] } },
  };
  type Setter = keyof typeof sets;
  const all: Setter[] = ['CodeBuild', 'buildspec', 'project', 'action'];
  /** Every choice of setters, and who wins: the last of the order. */
  const choices = Array.from({ length: 15 }, (_, index) => all.filter((_setter, bit) => (index + 1) & (1 << bit)));

  test.each(choices.map((setters) => ({ setters, winner: setters.at(-1)! })))(
    'by $setters has the value of $winner',
    ({ setters, winner }) => {
      const more: Partial<PlanInput> = Object.assign({}, ...setters.map((setter) => sets[setter]));
      const plan = planOf(setters.includes('buildspec') ? 'env: { variables: { A: buildspec } }' : '', more);
      expect(plan.environment).toHaveLength(1);
      expect(plan.environment[0]).toMatchObject({ name: 'A', value: winner });
    },
  );

  test.each([
    { kind: 'parameter-store', type: 'PARAMETER_STORE' },
    { kind: 'secrets-manager', type: 'SECRETS_MANAGER' },
  ])('in variables and $kind of the buildspec is looked up', ({ kind, type }) => {
    const plan = planOf(`env: { variables: { A: plain }, ${kind}: { A: ref } }`);
    expect(plan.environment).toEqual([{ name: 'A', value: 'ref', type, from: 'the buildspec' }]);
  });

  it('keeps the type of the one that wins', () => {
    const environment = [{ name: 'A', value: 'ref', type: 'SECRETS_MANAGER' as const }];
    const plan = planOf('env: { variables: { A: plain } }', { request: { ...request, environment } });
    expect(plan.environment).toEqual([{ name: 'A', value: 'ref', type: 'SECRETS_MANAGER', from: 'the action' }]);
  });

  it('twice by the action has the last of them', () => {
    const environment = [action, { name: 'A', value: 'again' }];
    expect(planOf('', { request: { ...request, environment } }).environment).toMatchObject([{ value: 'again' }]);
  });

  test.each(['the project', 'the action'])('and is reserved is left to CodeBuild, and %s is told', (from) => {
    const name = 'CODEBUILD_SRC_DIR';
    const plan = planOf('', {
      given: new Map([[name, '/src']]),
      ...(from === 'the project'
        ? { projectEnvironment: { [name]: 'forged' } }
        : { request: { ...request, environment: [{ name, value: 'forged' }] } }),
    });
    expect(plan.environment).toMatchObject([{ value: '/src', from: 'CodeBuild' }]);
    expect(plan.notes).toEqual([`"${name}" of ${from} is ignored: names beginning with CODEBUILD_ are reserved.`]);
  });

  it('does not lose names that every object has', () => {
    const given = new Map([['constructor', 'c']]);
    const plan = planOf('env: { variables: { __proto__: p } }', { given });
    expect(plan.environment.map(({ name, value }) => `${name}=${value}`)).toEqual(['constructor=c', '__proto__=p']);
  });
});

describe('§3 exported variables', () => {
  test.each<{ what: string; rest: string; more?: Partial<PlanInput>; exported: string[]; notes: number }>([
    { what: 'none', rest: '', exported: [], notes: 0 },
    { what: 'those of the buildspec', rest: 'env: { exported-variables: [A, B] }', exported: ['A', 'B'], notes: 0 },
    { what: 'one listed twice, once', rest: 'env: { exported-variables: [A, A] }', exported: ['A'], notes: 0 },
    {
      what: 'not one that is a parameter of the buildspec',
      rest: 'env: { parameter-store: { A: /a }, exported-variables: [A] }',
      exported: [],
      notes: 1,
    },
    {
      what: 'not one that is a secret of the buildspec',
      rest: 'env: { secrets-manager: { A: a }, exported-variables: [A, B] }',
      exported: ['B'],
      notes: 1,
    },
    {
      what: 'not one that the action makes a secret',
      rest: 'env: { variables: { A: x }, exported-variables: [A] }',
      more: { request: { ...request, environment: [{ name: 'A', value: 's', type: 'SECRETS_MANAGER' }] } },
      exported: [],
      notes: 1,
    },
    {
      what: 'one whose secret is replaced by a plain value',
      rest: 'env: { parameter-store: { A: /a }, exported-variables: [A] }',
      more: { projectEnvironment: { A: 'plain' } },
      exported: ['A'],
      notes: 0,
    },
  ])('are $what', ({ rest, more, exported, notes }) => {
    const plan = planOf(rest, more);
    expect(plan.exportedVariables).toEqual(exported);
    expect(plan.notes).toHaveLength(notes);
  });
});

describe('§8 the output artifacts of a build in a pipeline', () => {
  const primary = 'files: [primary]';
  const secondary = 'secondary-artifacts: { One: { files: [one] }, Two: { files: [two] } }';
  test.each<{ section: string; declared: string[]; made: string[]; notes: number }>([
    { section: `artifacts: { ${primary} }`, declared: [], made: [], notes: 0 },
    { section: `artifacts: { ${primary} }`, declared: ['Out'], made: ['Out=primary'], notes: 0 },
    { section: '', declared: ['Out'], made: [], notes: 1 },
    { section: `artifacts: { ${secondary} }`, declared: ['One'], made: [], notes: 1 },
    { section: `artifacts: { ${primary}, ${secondary} }`, declared: ['One'], made: ['One=primary'], notes: 0 },
    {
      section: `artifacts: { ${primary}, ${secondary} }`,
      declared: ['One', 'Two'],
      made: ['One=one', 'Two=two'],
      notes: 0,
    },
    { section: `artifacts: { ${primary}, ${secondary} }`, declared: ['Two', 'Three'], made: ['Two=two'], notes: 1 },
    { section: `artifacts: { ${secondary} }`, declared: ['One', 'Two'], made: ['One=one', 'Two=two'], notes: 0 },
    { section: `artifacts: { ${primary} }`, declared: ['One', 'Two'], made: [], notes: 2 },
    { section: `artifacts: { ${primary}, ${secondary} }`, declared: ['one', 'two'], made: [], notes: 2 },
  ])('$declared with "$section" are $made', ({ section, declared, made, notes }) => {
    const plan = planOf(section, { outputArtifacts: declared });
    expect(plan.outputs.map(({ artifactName, spec }) => `${artifactName}=${spec.files.join()}`)).toEqual(made);
    expect(plan.notes).toHaveLength(notes);
  });

  it('that will not exist are named, with the section that is missing', () => {
    expect(planOf('', { outputArtifacts: ['Out'] }).notes).toEqual([
      'The buildspec has no artifacts section, so the output artifact "Out" will not exist.',
    ]);
  });

  test.each([
    { text: '$A', names: ['A'] },
    { text: 'a/$A_1/b', names: ['A_1'] },
    { text: '$A$B', names: ['A', 'B'] },
    { text: '$' + '{A}b', names: ['A'] },
    { text: '$1', names: [] },
    { text: '$$', names: [] },
    { text: '$(date)', names: [] },
    { text: '$' + '{A:-x}', names: [] },
    { text: 'A', names: [] },
  ])('mention in "$text" the variables $names', ({ text, names }) => {
    expect([...text.matchAll(VARIABLE_REFERENCE)].map((match) => match[1] ?? match[2])).toEqual(names);
  });

  it('need the variables of all their patterns, once each, and only of those that are made', () => {
    const section =
      "artifacts: { files: ['$A'], secondary-artifacts: { One: { files: ['$B'], base-directory: '$C' }, Two: { files: [x], exclude-paths: ['$B/$D'] } } }";
    expect(planOf(section, { outputArtifacts: ['One', 'Two'] }).artifactVariables).toEqual(['C', 'B', 'D']);
    expect(planOf(section, { outputArtifacts: ['Out'] }).artifactVariables).toEqual(['A']);
    expect(planOf(section).artifactVariables).toEqual([]);
  });
});

describe('§5 and §13 the shell', () => {
  test.each([
    { version: '0.2', separate: false },
    { version: '0.1', separate: true },
  ])('of version $version is another one for every command: $separate', ({ version, separate }) => {
    expect(planOf('', {}, version).separateShells).toBe(separate);
  });

  it('is that of the buildspec, sh without one', () => {
    expect(planOf('env: { shell: bash }').shell).toBe('bash');
    expect(planOf('').shell).toBe('sh');
    expect(commandsPlan().shell).toBe('sh');
  });
});

describe('§14 a Commands action', () => {
  it('is one build phase of its commands, in one shell', () => {
    expect(commandsPlan()).toMatchObject({
      phases: [{ name: 'BUILD', commands: ['a', 'b'], finally: [] }],
      separateShells: false,
      environment: [],
      notes: [],
    });
  });

  it.each(['**/', '**/*', '**', 'dist/**/*'])('makes its one artifact of the files %s', (pattern) => {
    expect(commandsPlan({ files: [pattern] }, ['Out']).outputs).toEqual([
      {
        artifactName: 'Out',
        spec: { files: [pattern], excludePaths: [], baseDirectory: '', discardPaths: false, enableSymlinks: false },
      },
    ]);
  });

  it.each([undefined, []])('without files (%s) makes none, and says so', (files) => {
    const plan = commandsPlan(files ? { files } : {}, ['Out']);
    expect(plan.outputs).toEqual([]);
    expect(plan.notes).toEqual(['The output artifact lists no files, so the output artifact "Out" will not exist.']);
  });

  test.each([
    { names: ['A', 'B'], exported: ['A', 'B'], notes: [] },
    { names: ['AWS_DEFAULT_REGION'], exported: ['AWS_DEFAULT_REGION'], notes: [] },
    {
      names: ['A-B', 'A'],
      exported: ['A'],
      notes: ['"A-B" is not exported: a shell has no variable of this name.'],
    },
  ])('exports its outputVariables $names as $exported', ({ names, exported, notes }) => {
    const plan = commandsPlan({ exportNames: names });
    expect(plan.exportedVariables).toEqual(exported);
    expect(plan.notes).toEqual(notes);
  });

  it('has its environment variables, and no secret among what it exports', () => {
    const plan = commandsPlan({
      environment: [
        { name: 'A', value: 'x', type: 'PLAINTEXT' },
        { name: 'S', value: 'id', type: 'SECRETS_MANAGER' },
      ],
      exportNames: ['A', 'S'],
    });
    expect(plan.environment.map(({ name, type, from }) => `${name} ${type} ${from}`)).toEqual([
      'A PLAINTEXT the action',
      'S SECRETS_MANAGER the action',
    ]);
    expect(plan.exportedVariables).toEqual(['A']);
  });
});
