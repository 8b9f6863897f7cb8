import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ExecutionEvent } from '../../shared/execution/events.ts';
import { emptySidecar } from '../../shared/model/sidecar.ts';
import { gitEventSchema } from '../../shared/triggers/gitEvent.ts';
import { commitFiles, gitIn, makeRepository } from '../testing/makeRepository.ts';
import { pipelineOf, repo, useTriggerHost } from './testing/triggerHost.ts';

describe('§2, §13 a pipeline that is armed', () => {
  const host = useTriggerHost();
  const { start, project, open, openAndArm, heard, lastOf, noticed, started, startedFor, refusal } = host;

  it('starts exactly one execution for a push, with the exact commit', async () => {
    await start();
    const { state } = await openAndArm(await project('shop', pipelineOf({})));
    expect(state).toMatchObject({ armed: true, watched: [{ where: 'Source/Repo', repository: host.repository }] });
    const second = commitFiles(host.repository, { 'index.html': '<h1>Two</h1>\n' }, 'Second');

    const { event, detail } = await startedFor(/push to branch "main"/);
    expect(event.trigger.triggerType).toBe('Webhook');
    expect(event.sourceRevisions).toEqual([{ actionName: 'Repo', revisionType: 'COMMIT_ID', revisionValue: second }]);
    expect(detail).toMatchObject({ kind: 'push', branch: 'main', before: host.first, commitId: second, isNew: false });
    const finished = await heard((name, { events }: { events: ExecutionEvent[] }) =>
      name === 'executionEvents' ? events.find((one) => one.type === 'ExecutionFinished') : undefined,
    );
    expect(finished).toMatchObject({ status: 'Succeeded' });

    // The next push is the control: had the first started two, there would be three.
    commitFiles(host.repository, { 'index.html': '<h1>Three</h1>\n' }, 'Third');
    await heard(() => (started().length > 1 ? true : undefined));
    await host.services.triggers.close();
    expect(started()).toHaveLength(2);
  });

  it('reads the pushed commit also when the branch has moved on before the source action runs', async () => {
    await start();
    const { documentId } = await openAndArm(await project('shop', pipelineOf({})));
    const text = JSON.stringify(pipelineOf({}));
    commitFiles(host.repository, { 'index.html': '<h1>Later</h1>\n' }, 'Later');
    await startedFor(/push/);
    const sidecar = {
      ...emptySidecar(),
      bindings: { 'Source/Repo': { kind: 'repository' as const, path: host.repository } },
    };
    const event = gitEventSchema.parse({ kind: 'push', branch: 'main', commitId: host.first });
    const { pipelineExecutionId } = await host.services.handlers.startFromTrigger({ documentId, text, sidecar, event });
    const source = await heard((name, input: { pipelineExecutionId: string; events: ExecutionEvent[] }) =>
      name === 'executionEvents' && input.pipelineExecutionId === pipelineExecutionId
        ? input.events.find((one) => one.type === 'ActionFinished' && one.actionName === 'Repo')
        : undefined,
    );
    expect(source).toMatchObject({ status: 'Succeeded', revision: { revisionId: host.first } });
  });

  it('says of a push that matches nothing why, and starts nothing', async () => {
    await start();
    await openAndArm(await project('shop', pipelineOf({ push: [{ branches: { includes: ['release/**'] } }] })));
    commitFiles(host.repository, { a: 'a' }, 'On main');
    const last = await lastOf(({ what }) => what.includes('main'));
    expect(last).toEqual({ at: expect.any(Number), what: 'Starts nothing: a push to branch "main".' });
    gitIn(host.repository, 'branch', 'release/1');
    const { event } = await startedFor(/creates branch "release\/1"/);
    expect(event.trigger.triggerType).toBe('WebhookV2');
    expect(started()).toHaveLength(1);
  });

  it('looks at the files that a push changed, not at those of the whole repository', async () => {
    await start();
    const push = [{ branches: { includes: ['**'] }, filePaths: { includes: ['src/**'], excludes: ['**/*.md'] } }];
    await openAndArm(await project('shop', pipelineOf({ push })));
    commitFiles(host.repository, { 'src/a.ts': 'a' }, 'Code');
    await startedFor(/push to branch "main"/);
    commitFiles(host.repository, { 'src/README.md': 'words', 'b.ts': 'b' }, 'Words');
    await lastOf(({ what, pipelineExecutionId }) => what.includes('main') && pipelineExecutionId === undefined);
    gitIn(host.repository, 'branch', 'src-branch');
    await lastOf(({ what }) => what === 'Starts nothing: a push that creates branch "src-branch".');
    expect(started()).toHaveLength(1);
  });

  it('starts for a tag with the commit that it names, also when it is annotated', async () => {
    await start();
    await openAndArm(await project('shop', pipelineOf({ push: [{ tags: { includes: ['v*'] } }] })));
    gitIn(host.repository, 'tag', '--annotate', '--message=One', 'v1');
    const { event, detail } = await startedFor(/tag "v1"/);
    expect(gitIn(host.repository, 'rev-parse', 'v1').trim()).not.toBe(host.first);
    expect(event.sourceRevisions).toEqual([
      { actionName: 'Repo', revisionType: 'COMMIT_ID', revisionValue: host.first },
    ]);
    expect(detail).toMatchObject({ kind: 'tag', tag: 'v1', commitId: host.first });
    gitIn(host.repository, 'tag', 'nightly');
    await lastOf(({ what }) => what === 'Starts nothing: a push of tag "nightly".');
  });

  it('takes a force push as a push, a deleted branch as nothing, and packed refs as no change', async () => {
    await start();
    await openAndArm(await project('shop', pipelineOf({ push: [{ branches: { includes: ['**'] } }] })));
    gitIn(host.repository, 'branch', 'old');
    await startedFor(/creates branch "old"/);
    gitIn(host.repository, 'pack-refs', '--all');
    gitIn(host.repository, 'branch', '--delete', '--force', 'old');
    gitIn(host.repository, 'commit', '--quiet', '--no-gpg-sign', '--amend', '--message=Rewritten');
    const { event, detail } = await startedFor(/push to branch "main"/);
    expect(detail).toMatchObject({ before: host.first, isNew: false });
    expect(event.sourceRevisions?.[0]?.revisionValue).toBe(gitIn(host.repository, 'rev-parse', 'HEAD').trim());
    expect(started()).toHaveLength(2);
  });

  it('follows a linked work tree and a bare repository that receives a push', async () => {
    await start();
    const bare = join(host.folder, 'bare.git');
    gitIn(host.folder, 'clone', '--quiet', '--bare', host.repository, bare);
    const linked = join(host.folder, 'linked');
    gitIn(host.repository, 'worktree', 'add', '--quiet', '-b', 'side', linked);
    for (const [name, bound] of [['bare', bare] as const, ['linked', linked] as const]) {
      const path = await project(name, pipelineOf({ name, push: [{ branches: { includes: ['**'] } }] }));
      const bindings = { 'Source/Repo': { kind: 'repository', path: bound } };
      writeFileSync(join(host.folder, name, `${name}.penstock.json`), JSON.stringify({ penstock: 1, bindings }));
      await openAndArm(path);
    }
    commitFiles(linked, { c: 'c' }, 'In the linked work tree');
    const linkedStart = await startedFor(/"linked".*push to branch "side"/);
    expect(linkedStart.event.pipelineName).toBe('linked');
    gitIn(linked, 'push', '--quiet', bare, 'side:pushed');
    const bareStart = await startedFor(/"bare".*creates branch "pushed"/);
    expect(bareStart.event.pipelineName).toBe('bare');
  });

  it('is armed by nobody else: a trusted pipeline that was not armed starts nothing', async () => {
    await start();
    const path = await project('quiet', pipelineOf({ name: 'quiet' }));
    const { documentId } = await openAndArm(path);
    expect(readFileSync(path.replace('pipeline.json', 'penstock.json'), 'utf8')).toContain('"triggersArmed": true');
    await host.services.handlers.armTriggers({ documentId, armed: false });
    expect(readFileSync(path.replace('pipeline.json', 'penstock.json'), 'utf8')).not.toContain('triggersArmed');
    await openAndArm(await project('loud', pipelineOf({ name: 'loud' })));
    commitFiles(host.repository, { f: 'f' }, 'Anything');
    await startedFor(/"loud"/);
    expect(started().map(({ pipelineName }) => pipelineName)).toEqual(['loud']);
  });

  it('is armed again when its file is opened in the next host, and disarmed when it is closed', async () => {
    await start();
    const path = await project('shop', pipelineOf({}));
    await openAndArm(path);
    await start();
    commitFiles(host.repository, { g: 'g' }, 'While nobody looks');
    const { documentId } = await open(path);
    expect(await host.services.handlers.triggerState({ documentId })).toMatchObject({ armed: true });
    expect(host.asked).toBe(1);
    commitFiles(host.repository, { h: 'h' }, 'While somebody looks');
    await startedFor(/main/);
    await host.services.handlers.closeDocument({ documentId });
    const other = await open(path);
    await host.services.handlers.closeDocument({ documentId: other.documentId });
    expect(started()).toHaveLength(1);
    const closed = host.pushed.findLast(({ name }) => name === 'triggersChanged')?.value;
    expect(closed).toMatchObject({ armed: false, watched: [] });
  });

  it('tells of a start that cannot be made', async () => {
    await start();
    const path = await project('shop', pipelineOf({}));
    await openAndArm(path);
    writeFileSync(path, JSON.stringify(pipelineOf({ more: { variables: [{ name: 'Stage' }] } })));
    commitFiles(host.repository, { j: 'j' }, 'Without a value');
    const found = await noticed('trigger.variable-missing');
    expect(found.what).toContain('refs/heads/main changed, but');
    expect(found.what).toContain('The variable "Stage" has no default, and an event has no value to give.');
    expect(started()).toEqual([]);
  });

  it('says that it is disarmed when its repository goes away', async () => {
    await start();
    const { documentId } = await openAndArm(await project('shop', pipelineOf({})));
    rmSync(host.repository, { recursive: true, force: true });
    expect((await noticed('trigger.lost')).what).toContain('is disarmed');
    expect(await host.services.handlers.triggerState({ documentId })).toMatchObject({ armed: false });
  });

  it('follows its bindings when they are saved', async () => {
    await start();
    const { documentId } = await openAndArm(await project('shop', pipelineOf({})));
    const other = join(host.folder, 'other');
    makeRepository(other, { a: 'a' });
    const bindings = { 'Source/Repo': { kind: 'repository' as const, path: other } };
    // What would run is the same; whence it comes is not, so the user is asked when they arm it.
    await host.services.handlers.saveSidecar({
      documentId,
      sidecar: { ...emptySidecar(), triggersArmed: true, bindings },
    });
    expect((await noticed('trigger.untrusted')).what).toContain('are not armed');
    const state = await host.services.handlers.armTriggers({ documentId, armed: true });
    expect(state.watched).toEqual([{ where: 'Source/Repo', repository: other }]);
    commitFiles(other, { b: 'b' }, 'In the other');
    await startedFor(/main/);
  });

  it('cannot be armed unsaved, without a bound repository, or where only a person can start it', async () => {
    const handlers = await start();
    const fresh = await handlers.newDocument({ templateId: '' });
    expect(await refusal(handlers.armTriggers({ documentId: fresh.documentId, armed: true }))).toBe('trigger.unsaved');
    const off = pipelineOf({});
    off.pipeline.stages[0]!.actions[0] = repo({ DetectChanges: 'false' }) as never;
    expect(await refusal(openAndArm(await project('off', off)))).toBe('trigger.nothing-to-watch');
    const gone = await project('gone', pipelineOf({}));
    const bindings = { 'Source/Repo': { kind: 'repository', path: join(host.folder, 'nowhere') } };
    writeFileSync(join(host.folder, 'gone', 'gone.penstock.json'), JSON.stringify({ penstock: 1, bindings }));
    expect(await refusal(openAndArm(gone))).toBe('run.binding-missing');
    mkdirSync(join(host.folder, 'nowhere'));
    expect(await refusal(openAndArm(gone))).toBe('trigger.not-a-repository');
  });
});
