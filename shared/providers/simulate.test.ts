import { describe, expect, it, test } from 'vitest';
import { fakeHost, runOf } from '../testing/fakeHost.ts';
import { alexaSkillsKit } from './actions/alexaSkillsKit.ts';
import { cloudFormationStackSet } from './actions/cloudFormationStackSet.ts';
import { ecrSource } from './actions/ecrSource.ts';
import { lambdaInvoke } from './actions/lambdaInvoke.ts';
import { stepFunctions } from './actions/stepFunctions.ts';
import type { Provider } from './provider.ts';
import { DEFAULT_DELAY_MS } from './simulate.ts';
import { findProvider, providers } from './table.ts';

describe('a simulated action', () => {
  it('says that it is simulated and what AWS would do', async () => {
    const host = fakeHost();
    await lambdaInvoke.run(runOf(host, { configuration: { FunctionName: 'invalidate-cache' } }));
    expect(host.lines).toEqual([
      'Simulated: nothing leaves this machine. AWS would call function invalidate-cache and wait for PutJobSuccessResult.',
    ]);
  });

  it('gives documented output variables values that nobody takes for real, and true ones where it knows them', async () => {
    const binding = { kind: 'simulation' as const };
    const stackSet = await cloudFormationStackSet.run(
      runOf(fakeHost(), { configuration: { StackSetName: 's' }, binding }),
    );
    expect(stackSet.outputVariables).toEqual({
      StackSetId: 'simulated-StackSetId',
      OperationId: 'simulated-OperationId',
    });
    const StateMachineArn = 'arn:aws:states:eu-west-1:111122223333:stateMachine:m';
    const machine = await stepFunctions.run(runOf(fakeHost(), { configuration: { StateMachineArn }, binding }));
    expect(machine.outputVariables).toEqual({ StateMachineArn, ExecutionArn: 'simulated-ExecutionArn' });
  });

  it('makes each declared output artifact, which explains itself', async () => {
    const host = fakeHost();
    const outcome = await lambdaInvoke.run(runOf(host, { configuration: { FunctionName: 'f' }, outputs: ['A', 'B'] }));
    expect(outcome.outputArtifacts?.map((artifact) => artifact.name)).toEqual(['A', 'B']);
    expect(host.made.get('B')?.['SIMULATED.txt']).toContain(
      'This is artifact "B" of the simulated action Stage/Action.',
    );
  });

  it('passes imageDetail.json on from an ECR source', async () => {
    const host = fakeHost();
    const configuration = { RepositoryName: 'shop', ImageTag: 'beta' };
    await ecrSource.run(runOf(host, { configuration, outputs: ['Image'], binding: { kind: 'simulation' } }));
    expect(JSON.parse(host.made.get('Image')?.['imageDetail.json'] ?? '')).toEqual({
      ImageURI: 'simulated-ImageURI',
      RepositoryName: 'shop',
      ImageTags: ['beta'],
    });
    const outputVariables = { ImageURI: 'example.com/shop:beta' };
    const scripted = fakeHost();
    await ecrSource.run(
      runOf(scripted, { configuration, outputs: ['Image'], binding: { kind: 'simulation', outputVariables } }),
    );
    expect(scripted.made.get('Image')?.['imageDetail.json']).toContain('"ImageURI":"example.com/shop:beta"');
  });

  it('ends as its binding scripts it', async () => {
    const host = fakeHost();
    const outcome = await lambdaInvoke.run(
      runOf(host, {
        configuration: { FunctionName: 'f' },
        outputs: ['Report', 'constructor'],
        binding: {
          kind: 'simulation',
          delayMs: 20,
          message: 'Cache cleared',
          outputVariables: { invalidationId: 'I1' },
          outputArtifacts: { Report: './report' },
        },
      }),
    );
    expect(outcome).toMatchObject({ outputVariables: { invalidationId: 'I1' }, summary: 'Cache cleared' });
    expect(host.effects).toEqual(['delay 20', 'importArtifact Report ./report']);
    expect([...host.made.keys()]).toEqual(['constructor']);
  });

  test.each([
    { message: 'No capacity', expected: 'No capacity' },
    { message: undefined, expected: 'The simulated action is set to fail.' },
  ])('fails with JobFailed and "$expected" when its binding says so', async ({ message, expected }) => {
    const host = fakeHost();
    const run = runOf(host, {
      configuration: { FunctionName: 'f' },
      outputs: ['A'],
      binding: { kind: 'simulation', result: 'Failed', message },
    });
    await expect(lambdaInvoke.run(run)).rejects.toMatchObject({ code: 'JobFailed', message: expected });
    expect(host.effects).toEqual([`delay ${DEFAULT_DELAY_MS}`]);
    expect(host.made.size).toBe(0);
  });

  it('keeps secret configuration values out of its log and its artifacts', async () => {
    const host = fakeHost();
    const configuration = { ClientId: 'id', ClientSecret: 'hush-1', RefreshToken: 'hush-2', SkillId: 'skill' };
    const outcome = await alexaSkillsKit.run(runOf(host, { configuration, outputs: ['A'] }));
    expect(JSON.stringify([host.lines, [...host.made], outcome])).not.toContain('hush');
  });
});

describe('every action type that can be simulated', () => {
  const simulated: [string, Provider][] = [
    ...providers.filter((provider) => provider.local.binding?.kinds.includes('simulation')),
    findProvider({ category: 'Build', owner: 'Custom', provider: 'OurFarm', version: '1' }),
  ].map((provider) => [provider.label, provider]);

  test.each(simulated)(
    '%s names its configuration in a whole sentence and makes its variables',
    async (_, provider) => {
      const host = fakeHost();
      const configuration = Object.fromEntries(Object.keys(provider.configuration).map((key) => [key, `my${key}`]));
      const outcome = await provider.run(
        runOf(host, { configuration, inputs: ['In'], outputs: ['Out'], binding: { kind: 'simulation' } }),
      );
      expect(host.lines[0]).toMatch(/^Simulated: nothing leaves this machine\. AWS would [a-z].*\.$/);
      expect(host.lines.join('\n')).not.toMatch(/undefined|\[object/);
      expect(Object.keys(outcome.outputVariables ?? {})).toEqual(
        provider.outputVariables.map((variable) => variable.name),
      );
      expect(outcome.outputArtifacts).toHaveLength(1);
    },
  );
});
