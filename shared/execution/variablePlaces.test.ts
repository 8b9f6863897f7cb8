import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type ActionDeclaration, pipelineSchema } from '../model/declaration.ts';
import { executionOf } from '../testing/executionOf.ts';
import { pipelineOf } from '../testing/pipelineOf.ts';
import { refusalOf } from '../testing/refusalOf.ts';
import { type StartAction, simulate } from '../testing/simulate.ts';
import { resolvePipelineVariables } from './commands.ts';
import { actionOf } from './executionState.ts';
import { outputVariablesFault, recordBytes, references, resolve, utf8Bytes } from './variables.ts';

/** §10 of reference/execution-semantics.md: which variables are seen where, and their limits. */

type Sketch = Parameters<typeof pipelineOf>[0];
const variables = [{ name: 'Env', defaultValue: 'test' }];
/** Each action with a namespace sets Key to its own name. */
const outcome = ({ actionName }: StartAction) => ({ outputVariables: { Key: `by ${actionName}` } });
/** What an action of stage Use was started with, or its failure. */
const started = (use: Partial<ActionDeclaration>, sketch: Sketch = {}) => {
  const pipeline = pipelineOf(
    { S: [{ name: 'Repo', namespace: 'Src' }], ...sketch, Use: [...(sketch.Use ?? []), { name: 'A', ...use }] },
    { variables },
  );
  let action: StartAction | undefined;
  executionOf(pipeline, {
    outcome: (start) => {
      if (start.actionName === 'A') action = start;
      return outcome(start);
    },
  }).toEnd();
  const ended = actionOf(executionOf(pipeline, { outcome }).toEnd(), 'Use', 'A');
  return { action: action?.action, failure: ended?.errorDetails };
};
const named = (name: string, namespace: string, runOrder = 1) => ({ name, namespace, runOrder });

describe('§10 a variable is available', () => {
  test.each<{ what: string; reference: string; sketch?: Sketch; runOrder?: number; value: string | undefined }>([
    { what: 'codepipeline, everywhere', reference: '#{codepipeline.PipelineExecutionId}', value: 'E1' },
    { what: 'variables, outside of sources', reference: '#{variables.Env}', value: 'test' },
    { what: 'that of a source, in a later stage', reference: '#{Src.Key}', value: 'by Repo' },
    {
      what: 'that of an earlier stage',
      reference: '#{B.Key}',
      sketch: { B: [named('Make', 'B')] },
      value: 'by Make',
    },
    {
      what: 'that of a lower runOrder of the same stage',
      reference: '#{N.Key}',
      sketch: { Use: [named('Before', 'N', 1)] },
      runOrder: 2,
      value: 'by Before',
    },
    {
      what: 'not that of the same runOrder',
      reference: '#{N.Key}',
      sketch: { Use: [named('Beside', 'N', 2)] },
      runOrder: 2,
      value: undefined,
    },
    {
      what: 'not that of a higher runOrder',
      reference: '#{N.Key}',
      sketch: { Use: [named('After', 'N', 3)] },
      runOrder: 2,
      value: undefined,
    },
    {
      what: 'not that of an action without a namespace',
      reference: '#{Make.Key}',
      sketch: { B: ['Make'] },
      value: undefined,
    },
    { what: 'not a key that was not set', reference: '#{Src.Other}', value: undefined },
    { what: 'not with another case of the namespace', reference: '#{src.Key}', value: undefined },
    { what: 'not with another case of the key', reference: '#{Src.key}', value: undefined },
    { what: 'not an undeclared pipeline variable', reference: '#{variables.Other}', value: undefined },
    { what: 'not another key of codepipeline', reference: '#{codepipeline.Name}', value: undefined },
    { what: 'not what every object has', reference: '#{variables.toString}', value: undefined },
    { what: 'not the prototype', reference: '#{Src.__proto__}', value: undefined },
  ])('$what', ({ reference, sketch, runOrder = 1, value }) => {
    const { action, failure } = started({ runOrder, configuration: { ProjectName: reference } }, sketch);
    expect(action?.configuration?.ProjectName).toBe(value);
    expect(failure?.code).toBe(value === undefined ? 'ConfigurationError' : undefined);
  });

  it('that of a later stage never', () => {
    const pipeline = pipelineOf({
      S: ['Repo'],
      B: [{ name: 'A', configuration: { P: '#{N.Key}' } }],
      D: [named('Late', 'N')],
    });
    expect(actionOf(executionOf(pipeline, { outcome }).toEnd(), 'B', 'A')?.status).toBe('Failed');
  });

  it('to a source only of codepipeline', () => {
    const source = (value: string) => {
      const pipeline = pipelineOf({ S: [{ name: 'Repo', configuration: { BranchName: value } }] }, { variables });
      return actionOf(executionOf(pipeline).toEnd(), 'S', 'Repo')?.status;
    };
    expect(source('#{codepipeline.PipelineExecutionId}')).toBe('Succeeded');
    expect(source('#{variables.Env}')).toBe('Failed');
  });
});

describe('§10 a reference is replaced', () => {
  const text = '#{Src.Key}';
  test.each<{
    where: string;
    use: Partial<ActionDeclaration>;
    find: (action: ActionDeclaration) => unknown;
    value: unknown;
  }>([
    {
      where: 'in configuration values',
      use: { configuration: { ProjectName: `x-${text}-${text}` } },
      find: (action) => action.configuration?.ProjectName,
      value: 'x-by Repo-by Repo',
    },
    {
      where: 'in configuration values that are JSON, before anybody parses them',
      use: { configuration: { EnvironmentVariables: `[{"name":"A","value":"${text}"}]` } },
      find: (action) => JSON.parse(action.configuration?.EnvironmentVariables ?? ''),
      value: [{ name: 'A', value: 'by Repo' }],
    },
    {
      where: 'in commands',
      use: { commands: ['true', `echo "${text}"`] },
      find: (action) => action.commands,
      value: ['true', 'echo "by Repo"'],
    },
    {
      where: 'in values of environment variables',
      use: { environmentVariables: [{ name: 'A', value: text, type: 'PLAINTEXT' }] },
      find: (action) => action.environmentVariables,
      value: [{ name: 'A', value: 'by Repo', type: 'PLAINTEXT' }],
    },
    {
      where: 'not in configuration keys',
      use: { configuration: { [text]: 'x' } },
      find: (action) => action.configuration,
      value: { [text]: 'x' },
    },
    {
      where: 'not in the Region',
      use: { region: text },
      find: (action) => action.region,
      value: text,
    },
    {
      where: 'not in the files of output artifacts',
      use: { outputArtifacts: [{ name: 'Out', files: [text] }] },
      find: (action) => action.outputArtifacts,
      value: [{ name: 'Out', files: [text] }],
    },
    {
      where: 'not in names of output variables',
      use: { outputVariables: [text] },
      find: (action) => action.outputVariables,
      value: [text],
    },
  ])('$where', ({ use, find, value }) => {
    const { action, failure } = started(use);
    expect(failure).toBeUndefined();
    expect(find(action!)).toEqual(value);
  });

  it('once: a value that looks like a reference stays as it is', () => {
    const pipeline = pipelineOf(
      {
        S: [{ name: 'Repo', namespace: 'Src' }],
        Use: [{ name: 'A', configuration: { P: '#{Src.Message} #{variables.Env}' } }],
      },
      { variables: [{ name: 'Env', defaultValue: '#{Src.Message}' }] },
    );
    const log = executionOf(pipeline, { outcome: () => ({ outputVariables: { Message: '#{variables.Env}' } }) });
    expect(actionOf(log.toEnd(), 'Use', 'A')?.resolvedConfiguration).toEqual({
      P: '#{variables.Env} #{Src.Message}',
    });
  });

  it('or the action fails before it starts work, naming all that is missing once', () => {
    const { failure } = started({
      configuration: { P: '#{No.A} #{No.B} #{Src.Key}', Q: '#{No.A}' },
      commands: ['#{No.C}'],
    });
    expect(failure?.message).toBe('One or more variables of Use/A could not be resolved: #{No.A}, #{No.B}, #{No.C}.');
  });

  it('is recorded resolved beside the raw declaration, in every attempt as it was then', () => {
    const run = simulate({
      pipeline: pipelineOf({
        S: ['Repo'],
        B: [named('Make', 'N'), { name: 'A', runOrder: 2, configuration: { P: '#{N.Turn}' } }],
      }),
      outcome: ({ actionName, attempt }) =>
        actionName === 'A' && attempt === 1 ? { status: 'Failed' } : { outputVariables: { Turn: `turn ${attempt}` } },
    });
    run.start('E1');
    run.clock.runToEnd();
    run.retry('E1', 'B', 'ALL_ACTIONS');
    run.clock.runToEnd();
    const latest = actionOf(run.state('E1'), 'B', 'A');
    expect([latest?.previous?.resolvedConfiguration, latest?.resolvedConfiguration]).toEqual([
      { P: 'turn 1' },
      { P: 'turn 2' },
    ]);
    expect(run.state('E1').declaration.stages[1]?.actions[1]?.configuration).toEqual({ P: '#{N.Turn}' });
  });

  it('by what the newest success set: a failed attempt replaces nothing', () => {
    const run = simulate({
      pipeline: pipelineOf({
        S: ['Repo'],
        B: [named('Make', 'N'), { name: 'Flaky', runOrder: 2 }],
        Use: [{ name: 'A', configuration: { P: '#{N.Turn}' } }],
      }),
      outcome: ({ actionName, attempt }) => ({
        outputVariables: { Turn: `turn ${attempt}` },
        ...(actionName === 'Flaky' && attempt === 1 ? { status: 'Failed' as const } : {}),
      }),
    });
    run.start('E1');
    run.clock.runToEnd();
    run.retry('E1', 'B', 'FAILED_ACTIONS');
    run.clock.runToEnd();
    expect(actionOf(run.state('E1'), 'Use', 'A')?.resolvedConfiguration).toEqual({ P: 'turn 1' });
  });
});

describe('§10 the limits', () => {
  const source = { name: 'Repo', namespace: 'Src' };
  const failure = (configuration: Record<string, string>, value: string) => {
    const pipeline = pipelineOf({ S: [source], Use: [{ name: 'A', configuration }] });
    const state = executionOf(pipeline, { outcome: () => ({ outputVariables: { K: value } }) }).toEnd();
    return actionOf(state, 'Use', 'A')?.errorDetails?.message;
  };

  test.each([
    { length: 1000, valid: true },
    { length: 1001, valid: false },
  ])('an unresolved value of $length characters is valid: $valid', ({ length, valid }) => {
    const declaration = pipelineOf({ S: [source], Use: ['A'] });
    const reference = '#{Src.K}';
    const value = reference + 'x'.repeat(length - reference.length);
    declaration.stages[1]!.actions[0]!.configuration = { ProjectName: value };
    expect(pipelineSchema.safeParse(declaration).success).toBe(valid);
  });

  it('a resolved value may be longer than that', () => {
    expect(failure({ P: '#{Src.K}' }, 'x'.repeat(5000))).toBeUndefined();
  });

  test.each([
    { what: 'exactly 100 KB, with its keys', value: 102_400 - 1, fails: false },
    { what: 'one byte more', value: 102_400, fails: true },
  ])('a resolved configuration of $what fails: $fails (X-008)', ({ value, fails }) => {
    const message = failure({ P: '#{Src.K}' }, 'x'.repeat(value));
    expect(message).toEqual(fails ? expect.stringContaining('102401 bytes') : undefined);
  });

  it('counts all its values together, and bytes instead of characters', () => {
    expect(failure({ P: '#{Src.K}', Q: '#{Src.K}' }, 'x'.repeat(51_199))).toBeUndefined();
    expect(failure({ P: '#{Src.K}', Q: '#{Src.K}' }, 'x'.repeat(51_200))).toMatch(/102402 bytes/);
    expect(failure({ P: '#{Src.K}' }, 'é'.repeat(51_200))).toMatch(/102401 bytes/);
  });

  test.each([
    { bytes: 122_880, fault: false },
    { bytes: 122_881, fault: true },
  ])(
    'output variables of $bytes bytes, names and values together, are too many: $fault (X-007)',
    ({ bytes, fault }) => {
      const half = { One: 'x'.repeat(60_000) };
      const rest = bytes - recordBytes(half) - 'Two'.length;
      expect(outputVariablesFault({ ...half, Two: 'x'.repeat(rest) }) !== undefined).toBe(fault);
    },
  );

  test.each([
    { name: 'A', value: '1', answer: 'accepted' },
    { name: 'A', value: 'x'.repeat(1000), answer: 'accepted' },
    { name: 'A', value: 'x'.repeat(1001), answer: 'ValidationException' },
    { name: 'A', value: '', answer: 'ValidationException' },
    { name: 'a', value: '1', answer: 'ValidationException' },
    { name: '__proto__', value: '1', answer: 'ValidationException' },
  ])('a pipeline variable $name of $value.length characters is $answer', ({ name, value, answer }) => {
    const declaration = pipelineOf({ S: ['Repo'] }, { variables: [{ name: 'A', defaultValue: 'd' }] });
    const given = Object.fromEntries([[name, value]]);
    expect(refusalOf(() => resolvePipelineVariables(declaration, given))).toBe(answer);
  });

  it('lets a pipeline variable be called like the prototype, as its name pattern allows', () => {
    const declaration = pipelineOf({ S: ['Repo'] }, { variables: [{ name: '__proto__', defaultValue: 'd' }] });
    const values = resolvePipelineVariables(declaration, {});
    expect(Object.entries(values)).toEqual([['__proto__', 'd']]);
    expect(Object.entries(resolvePipelineVariables(declaration, Object.fromEntries([['__proto__', 'e']])))).toEqual([
      ['__proto__', 'e'],
    ]);
  });
});

describe('whatever text is resolved', () => {
  const name = fc.stringMatching(/^[A-Za-z0-9@\-_]{1,6}$/);
  const plain = fc.string({ maxLength: 12 }).map((text) => text.replaceAll('#{', ''));
  const part = fc.oneof(plain, fc.tuple(name, name));

  it('becomes its parts with every reference replaced, and finds each at its place', () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
        // A "#" right before a reference's own "#{" cannot be told apart from text, and a text part may end in one.
        const written = parts
          .map((each) => (typeof each === 'string' ? `${each}.` : `#{${each[0]}.${each[1]}}`))
          .join('');
        const expected = parts.map((each) => (typeof each === 'string' ? `${each}.` : `<${each.join('|')}>`)).join('');
        expect(resolve(written, (namespace, key) => `<${namespace}|${key}>`)).toEqual({ value: expected });
        for (const { text, index } of references(written)) expect(written.startsWith(text, index)).toBe(true);
      }),
      { numRuns: 100, seed: 11 },
    );
  });

  it('is measured as it would be written', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('a', '\u007f', '\u0080', 'é', '\u07ff', '\u0800', '€', '\uffff', '😀'),
          maxLength: 20,
        }),
        (text) => {
          expect(utf8Bytes(text)).toBe(new Blob([text]).size);
        },
      ),
      { numRuns: 100, seed: 12 },
    );
  });
});
