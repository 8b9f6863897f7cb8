import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ExecutionEvent } from '../../shared/execution/events.ts';
import { commitFiles } from '../testing/makeRepository.ts';
import { pipelineOf, useTriggerHost } from './testing/triggerHost.ts';

describe('WT triggers of projects that nobody agreed to', () => {
  const host = useTriggerHost();
  const { start, project, open, openAndArm, heard, noticed, started, startedFor, refusal } = host;
  const hostile = (canary: string) => pipelineOf({ name: 'hostile', commands: [`touch ${canary}`] });

  it('WT-17 a file that says it is armed is not: a push starts only what its user armed', async () => {
    await start();
    const canary = join(host.folder, 'canary');
    const { documentId } = await open(await project('hostile', hostile(canary), true));
    expect((await noticed('trigger.untrusted')).what).toContain('are not armed');
    expect(await host.services.handlers.triggerState({ documentId })).toMatchObject({ armed: false, watched: [] });
    host.agrees = false;
    expect(await refusal(host.services.handlers.armTriggers({ documentId, armed: true }))).toBe('trust.refused');
    expect(host.asked).toBe(1);
    host.agrees = true;
    await openAndArm(await project('friendly', pipelineOf({ name: 'friendly' })));
    commitFiles(host.repository, { d: 'd' }, 'For both');
    await startedFor(/"friendly"/);
    expect(started().map(({ pipelineName }) => pipelineName)).toEqual(['friendly']);
    expect(existsSync(canary)).toBe(false);
  });

  it('WT-17b a pipeline whose commands were changed after it was armed is disarmed by the next push', async () => {
    await start();
    const canary = join(host.folder, 'canary');
    const path = await project('hostile', pipelineOf({ name: 'hostile' }));
    const { documentId } = await openAndArm(path);
    writeFileSync(path, JSON.stringify(hostile(canary)));
    commitFiles(host.repository, { i: 'i' }, 'With other commands');
    expect((await noticed('trigger.untrusted')).what).toContain('Nothing was started');
    expect(await host.services.handlers.triggerState({ documentId })).toMatchObject({ armed: false });
    expect(started()).toEqual([]);
    expect(existsSync(canary)).toBe(false);
  });

  it('WT-00 control: a push runs the command of these projects once their user armed them', async () => {
    await start();
    const canary = join(host.folder, 'canary');
    await openAndArm(await project('hostile', hostile(canary), true));
    commitFiles(host.repository, { e: 'e' }, 'Agreed to');
    await startedFor(/"hostile"/);
    await heard((name, { events }: { events: ExecutionEvent[] }) =>
      name === 'executionEvents' ? events.find((event) => event.type === 'ExecutionFinished') : undefined,
    );
    expect(existsSync(canary)).toBe(true);
  });
});
