import { describe, expect, it } from 'vitest';
import { lambdaInvoke } from '../providers/actions/lambdaInvoke.ts';
import { ActionFailure } from '../providers/host.ts';
import { localRunOf } from '../providers/provider.ts';
import { findProvider } from '../providers/table.ts';
import { artifactOf, fakeHost, runOf } from '../testing/fakeHost.ts';
import type { JobResult } from './job.ts';

const worker = { kind: 'jobWorker' } as const;
const handler = { kind: 'handler', path: '/f/index.mjs' } as const;
const jenkins = findProvider({ category: 'Build', owner: 'Custom', provider: 'Jenkins', version: '1' });
const ownType = findProvider({ category: 'Deploy', owner: 'Custom', provider: 'Crane', version: '3' });
const hostWith = (result: JobResult, uploaded: string[] = []) =>
  fakeHost({ job: { result, outputArtifacts: uploaded.map(artifactOf) } });

describe('an action whose work others do', () => {
  it('is real and takes no place when a worker does it, real with a place when a handler does, else simulated', () => {
    expect(localRunOf(jenkins, worker)).toEqual({ fidelity: 'real', usesSlot: false });
    expect(localRunOf(ownType, worker)).toEqual({ fidelity: 'real', usesSlot: false });
    expect(localRunOf(lambdaInvoke, handler)).toEqual({ fidelity: 'real', usesSlot: true });
    for (const provider of [jenkins, ownType, lambdaInvoke]) {
      expect(localRunOf(provider, undefined)).toEqual({ fidelity: 'simulated', usesSlot: false });
      expect(localRunOf(provider, { kind: 'simulation' })).toEqual({ fidelity: 'simulated', usesSlot: false });
    }
  });

  it('waits for a worker only when it is bound to one', async () => {
    const host = hostWith({ status: 'Succeeded' });
    await ownType.run(runOf(host, { binding: worker }));
    expect(host.effects).toEqual(['work']);
    const scripted = hostWith({ status: 'Succeeded' });
    await ownType.run(runOf(scripted, { binding: { kind: 'simulation', delayMs: 1 } }));
    expect(scripted.effects).toEqual(['delay 1']);
  });

  it('calls the bound handler under the name of the function', async () => {
    const host = hostWith({ status: 'Succeeded', outputVariables: { a: 'b' }, summary: 'Fine.' });
    const run = runOf(host, { configuration: { FunctionName: 'checker' }, binding: handler });
    expect(await lambdaInvoke.run(run)).toMatchObject({ outputVariables: { a: 'b' }, summary: 'Fine.' });
    expect(host.effects).toEqual(['invoke checker /f/index.mjs']);
    expect(host.lines).toContain('Output variable a=b');
  });

  it('succeeds without an output artifact that was not uploaded, and says so', async () => {
    const host = hostWith({ status: 'Succeeded' }, ['One']);
    const outcome = await ownType.run(runOf(host, { binding: worker, outputs: ['One', 'Two'] }));
    expect(outcome.outputArtifacts).toEqual([artifactOf('One')]);
    expect(host.lines).toEqual(['Output artifact Two was not uploaded. An action that needs it will fail, as in AWS.']);
  });

  it('fails with the type and the words of its result', async () => {
    const host = hostWith({ status: 'Failed', type: 'RevisionOutOfSync', message: 'Too old.' });
    const failure = await Promise.resolve(ownType.run(runOf(host, { binding: worker }))).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(ActionFailure);
    expect(failure).toMatchObject({ code: 'RevisionOutOfSync', message: 'Too old.' });
  });

  it('passes on the revision of a custom source', async () => {
    const host = hostWith({ status: 'Succeeded', revision: { revisionId: 'r7', summary: 'Seven' } });
    const actionTypeId = { category: 'Source', owner: 'Custom', provider: 'Vault', version: '1' } as const;
    const outcome = await findProvider(actionTypeId).run(runOf(host, { binding: worker, action: { actionTypeId } }));
    expect(outcome.revision).toEqual({ revisionId: 'r7', commitMessage: 'Seven' });
  });
});
