import { describe, expect, it } from 'vitest';
import type { ExecutionEvent } from '../../shared/execution/events.ts';
import { emptySidecar } from '../../shared/model/sidecar.ts';
import { gitEventSchema } from '../../shared/triggers/gitEvent.ts';
import { commitFiles } from '../testing/makeRepository.ts';
import { pipelineOf, useTriggerHost } from './testing/triggerHost.ts';

describe('a start by an event or at a revision', () => {
  const host = useTriggerHost();
  const { start, project, open, heard, started, refusal } = host;

  it('explains an event without starting anything, and starts only what matches', async () => {
    const handlers = await start();
    const { documentId, text } = await open(
      await project('shop', pipelineOf({ push: [{ branches: { includes: ['main'] } }] })),
    );
    const event = (branch: string) => gitEventSchema.parse({ kind: 'push', branch });
    expect(await handlers.simulateTriggerEvent({ documentId, text, event: event('main') })).toMatchObject({
      isMatched: true,
    });
    expect(host.asked).toBe(0);
    const sidecar = {
      ...emptySidecar(),
      bindings: { 'Source/Repo': { kind: 'repository' as const, path: host.repository } },
    };
    const call = { documentId, text, sidecar };
    expect(await refusal(handlers.startFromTrigger({ ...call, event: event('dev') }))).toBe('trigger.not-matched');
    host.agrees = false;
    expect(await refusal(handlers.startFromTrigger({ ...call, event: event('main') }))).toBe('trust.refused');
    host.agrees = true;
    const { pipelineExecutionId } = await handlers.startFromTrigger({ ...call, event: event('main') });
    expect(started()).toMatchObject([
      {
        pipelineExecutionId,
        trigger: { triggerType: 'WebhookV2' },
        sourceRevisions: [{ actionName: 'Repo', revisionType: 'COMMIT_ID', revisionValue: host.first }],
      },
    ]);
    const many = pipelineOf({ push: [{ branches: { includes: ['**'] } }] });
    const unknown = handlers.startFromTrigger({ ...call, text: JSON.stringify(many), event: event('nowhere') });
    expect(await refusal(unknown)).toBe('trigger.unknown-ref');
  });

  it('takes a source revision by hand, and refuses one that does not fit', async () => {
    const handlers = await start();
    const { documentId, text } = await open(await project('shop', pipelineOf({})));
    commitFiles(host.repository, { k: 'k' }, 'Newer');
    const sidecar = {
      ...emptySidecar(),
      bindings: { 'Source/Repo': { kind: 'repository' as const, path: host.repository } },
    };
    const ask = (actionName: string, revisionType: 'COMMIT_ID' | 'IMAGE_DIGEST') =>
      handlers.startPipelineExecution({
        documentId,
        text,
        sidecar,
        variables: {},
        sourceRevisions: [{ actionName, revisionType, revisionValue: host.first }],
      });
    expect(await refusal(ask('Nobody', 'COMMIT_ID'))).toBe('execution.revision-unknown-action');
    expect(await refusal(ask('Repo', 'IMAGE_DIGEST'))).toBe('execution.revision-type');
    await ask('Repo', 'COMMIT_ID');
    const source = await heard((name, { events }: { events: ExecutionEvent[] }) =>
      name === 'executionEvents'
        ? events.find((one) => one.type === 'ActionFinished' && one.actionName === 'Repo')
        : undefined,
    );
    expect(source).toMatchObject({ revision: { revisionId: host.first } });
  });
});
