import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ExecutionEvent } from '../../shared/execution/events.ts';
import type { PushName, TriggerState } from '../../shared/ipc/contract.ts';
import { emptySidecar } from '../../shared/model/sidecar.ts';
import { type Problem, ProblemError } from '../../shared/problem.ts';
import { gitEventSchema } from '../../shared/triggers/gitEvent.ts';
import { dataDirectory, productFolder } from '../dataDirectory.ts';
import type { Services } from '../parts.ts';
import { openPreferences } from '../preferences.ts';
import { createServices } from '../services.ts';
import { createSettings } from '../settings.ts';
import { commitFiles, gitIn, makeRepository } from '../testing/makeRepository.ts';

const repo = (branches: Record<string, string> = {}) => ({
  name: 'Repo',
  actionTypeId: { category: 'Source', owner: 'AWS', provider: 'CodeStarSourceConnection', version: '1' },
  configuration: {
    ConnectionArn: 'arn:aws:codeconnections:eu-west-1:111122223333:connection/11111111-2222-4333-8444-555555555555',
    FullRepositoryId: 'acme/shop',
    BranchName: 'main',
    ...branches,
  },
  outputArtifacts: [{ name: 'Code' }],
});
const pipelineOf = ({
  name = 'shop',
  push,
  commands = ['true'],
  more = {},
}: {
  name?: string;
  push?: unknown[] | undefined;
  commands?: string[];
  more?: Record<string, unknown>;
}) => ({
  pipeline: {
    name,
    roleArn: 'arn:aws:iam::111122223333:role/pipeline',
    pipelineType: 'V2',
    artifactStore: { type: 'S3', location: 'shop-artifacts' },
    stages: [
      { name: 'Source', actions: [repo()] },
      {
        name: 'Build',
        actions: [
          {
            name: 'Make',
            actionTypeId: { category: 'Compute', owner: 'AWS', provider: 'Commands', version: '1' },
            commands,
            inputArtifacts: [{ name: 'Code' }],
          },
        ],
      },
    ],
    ...(push && {
      triggers: [{ providerType: 'CodeStarSourceConnection', gitConfiguration: { sourceActionName: 'Repo', push } }],
    }),
    ...more,
  },
});

describe('a pipeline that is armed', () => {
  let folder: string;
  let repository: string;
  let first: string;
  let services: Services;
  let pushed: { name: PushName; value: unknown }[];
  let watchers: (() => void)[];
  let agrees: boolean;
  let asked: number;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'penstock-triggers-'));
    repository = join(folder, 'repository');
    first = makeRepository(repository, { 'index.html': '<h1>Shop</h1>\n' });
    pushed = [];
    watchers = [];
    agrees = true;
    asked = 0;
  });
  afterEach(async () => {
    await services?.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  /** The services as a host builds them; may be called again for the next start of the app. */
  const start = async () => {
    await services?.close();
    pushed = [];
    const directory = dataDirectory({}, join(folder, 'data'));
    services = await createServices({
      version: '1.2.3',
      dataDirectory: directory,
      assetsDirectory: productFolder('assets'),
      samplesDirectory: join(folder, 'samples'),
      ports: {
        kind: 'browser',
        publish: (name, value) => {
          pushed.push({ name, value });
          for (const watcher of [...watchers]) watcher();
        },
        pickPath: async () => null,
        askConsent: async () => {
          asked += 1;
          return agrees;
        },
      },
      settings: (onChange, onRecovered) => createSettings({ directory, open: openPreferences, onChange, onRecovered }),
    });
    await services.handlers.getApp({}); // what is noticed is told to a window
    return services.handlers;
  };
  /** Writes a project and opens it; `armed` in its sidecar says what the file claims. */
  const project = async (name: string, pipeline: unknown, armed?: boolean) => {
    const place = join(folder, name);
    mkdirSync(place, { recursive: true });
    const path = join(place, `${name}.pipeline.json`);
    writeFileSync(path, JSON.stringify(pipeline, null, 2));
    const bindings = { 'Source/Repo': { kind: 'repository', path: repository } };
    const sidecar = { penstock: 1, bindings, ...(armed !== undefined && { triggersArmed: armed }) };
    writeFileSync(join(place, `${name}.penstock.json`), JSON.stringify(sidecar));
    return path;
  };
  const open = async (path: string) => services.handlers.openDocument({ path: await services.documents.grant(path) });
  const openAndArm = async (path: string) => {
    const { documentId } = await open(path);
    return { documentId, state: await services.handlers.armTriggers({ documentId, armed: true }) };
  };
  /** Resolves with the first of the pushes, now or later, in which `find` finds something. */
  const heard = <T>(find: (name: PushName, value: never) => T | undefined): Promise<T> =>
    new Promise((resolve) => {
      const look = () => {
        for (const { name, value } of pushed) {
          const found = find(name, value as never);
          if (found !== undefined) return resolve(found);
        }
      };
      watchers.push(look);
      look();
    });
  type Last = NonNullable<TriggerState['last']>;
  const lastOf = (fits: (last: Last) => boolean) =>
    heard((name, { last }: TriggerState) => (name === 'triggersChanged' && last && fits(last) ? last : undefined));
  const noticed = (code: string) =>
    heard((name, found: Problem) => (name === 'noticed' && found.code === code ? found : undefined));
  const started = () =>
    pushed.flatMap(({ name, value }) =>
      name === 'executionEvents'
        ? (value as { events: ExecutionEvent[] }).events.filter((event) => event.type === 'ExecutionStarted')
        : [],
    );
  const startedFor = async (what: RegExp) => {
    const { pipelineExecutionId } = await lastOf(
      (last) => what.test(last.what) && last.pipelineExecutionId !== undefined,
    );
    const event = started().find((one) => one.pipelineExecutionId === pipelineExecutionId)!;
    return { event, detail: JSON.parse(event.trigger.triggerDetail) };
  };
  const refusal = async (call: Promise<unknown>) =>
    call.then(
      () => 'nothing was refused',
      (error: unknown) => (error instanceof ProblemError ? error.problem.code : String(error)),
    );

  it('starts exactly one execution for a push, with the exact commit', async () => {
    await start();
    const { state } = await openAndArm(await project('shop', pipelineOf({})));
    expect(state).toMatchObject({ armed: true, watched: [{ where: 'Source/Repo', repository }] });
    const second = commitFiles(repository, { 'index.html': '<h1>Two</h1>\n' }, 'Second');

    const { event, detail } = await startedFor(/push to branch "main"/);
    expect(event.trigger.triggerType).toBe('Webhook');
    expect(event.sourceRevisions).toEqual([{ actionName: 'Repo', revisionType: 'COMMIT_ID', revisionValue: second }]);
    expect(detail).toMatchObject({ kind: 'push', branch: 'main', before: first, commitId: second, isNew: false });
    const finished = await heard((name, { events }: { events: ExecutionEvent[] }) =>
      name === 'executionEvents' ? events.find((one) => one.type === 'ExecutionFinished') : undefined,
    );
    expect(finished).toMatchObject({ status: 'Succeeded' });

    // The next push is the control: had the first started two, there would be three.
    commitFiles(repository, { 'index.html': '<h1>Three</h1>\n' }, 'Third');
    await heard(() => (started().length > 1 ? true : undefined));
    await services.triggers.close();
    expect(started()).toHaveLength(2);
  });

  it('reads the pushed commit also when the branch has moved on before the source action runs', async () => {
    await start();
    const { documentId } = await openAndArm(await project('shop', pipelineOf({})));
    const text = JSON.stringify(pipelineOf({}));
    commitFiles(repository, { 'index.html': '<h1>Later</h1>\n' }, 'Later');
    await startedFor(/push/);
    const sidecar = {
      ...emptySidecar(),
      bindings: { 'Source/Repo': { kind: 'repository' as const, path: repository } },
    };
    const event = gitEventSchema.parse({ kind: 'push', branch: 'main', commitId: first });
    const { pipelineExecutionId } = await services.handlers.startFromTrigger({ documentId, text, sidecar, event });
    const source = await heard((name, input: { pipelineExecutionId: string; events: ExecutionEvent[] }) =>
      name === 'executionEvents' && input.pipelineExecutionId === pipelineExecutionId
        ? input.events.find((one) => one.type === 'ActionFinished' && one.actionName === 'Repo')
        : undefined,
    );
    expect(source).toMatchObject({ status: 'Succeeded', revision: { revisionId: first } });
  });

  it('says of a push that matches nothing why, and starts nothing', async () => {
    await start();
    await openAndArm(await project('shop', pipelineOf({ push: [{ branches: { includes: ['release/**'] } }] })));
    commitFiles(repository, { a: 'a' }, 'On main');
    const last = await lastOf(({ what }) => what.includes('main'));
    expect(last).toEqual({ at: expect.any(Number), what: 'Starts nothing: a push to branch "main".' });
    gitIn(repository, 'branch', 'release/1');
    const { event } = await startedFor(/creates branch "release\/1"/);
    expect(event.trigger.triggerType).toBe('WebhookV2');
    expect(started()).toHaveLength(1);
  });

  it('looks at the files that a push changed, not at those of the whole repository', async () => {
    await start();
    const push = [{ branches: { includes: ['**'] }, filePaths: { includes: ['src/**'], excludes: ['**/*.md'] } }];
    await openAndArm(await project('shop', pipelineOf({ push })));
    commitFiles(repository, { 'src/a.ts': 'a' }, 'Code');
    await startedFor(/push to branch "main"/);
    commitFiles(repository, { 'src/README.md': 'words', 'b.ts': 'b' }, 'Words');
    await lastOf(({ what, pipelineExecutionId }) => what.includes('main') && pipelineExecutionId === undefined);
    gitIn(repository, 'branch', 'src-branch');
    await lastOf(({ what }) => what === 'Starts nothing: a push that creates branch "src-branch".');
    expect(started()).toHaveLength(1);
  });

  it('starts for a tag with the commit that it names, also when it is annotated', async () => {
    await start();
    await openAndArm(await project('shop', pipelineOf({ push: [{ tags: { includes: ['v*'] } }] })));
    gitIn(repository, 'tag', '--annotate', '--message=One', 'v1');
    const { event, detail } = await startedFor(/tag "v1"/);
    expect(gitIn(repository, 'rev-parse', 'v1').trim()).not.toBe(first);
    expect(event.sourceRevisions).toEqual([{ actionName: 'Repo', revisionType: 'COMMIT_ID', revisionValue: first }]);
    expect(detail).toMatchObject({ kind: 'tag', tag: 'v1', commitId: first });
    gitIn(repository, 'tag', 'nightly');
    await lastOf(({ what }) => what === 'Starts nothing: a push of tag "nightly".');
  });

  it('takes a force push as a push, a deleted branch as nothing, and packed refs as no change', async () => {
    await start();
    await openAndArm(await project('shop', pipelineOf({ push: [{ branches: { includes: ['**'] } }] })));
    gitIn(repository, 'branch', 'old');
    await startedFor(/creates branch "old"/);
    gitIn(repository, 'pack-refs', '--all');
    gitIn(repository, 'branch', '--delete', '--force', 'old');
    gitIn(repository, 'commit', '--quiet', '--no-gpg-sign', '--amend', '--message=Rewritten');
    const { event, detail } = await startedFor(/push to branch "main"/);
    expect(detail).toMatchObject({ before: first, isNew: false });
    expect(event.sourceRevisions?.[0]?.revisionValue).toBe(gitIn(repository, 'rev-parse', 'HEAD').trim());
    expect(started()).toHaveLength(2);
  });

  it('follows a linked work tree and a bare repository that receives a push', async () => {
    await start();
    const bare = join(folder, 'bare.git');
    gitIn(folder, 'clone', '--quiet', '--bare', repository, bare);
    const linked = join(folder, 'linked');
    gitIn(repository, 'worktree', 'add', '--quiet', '-b', 'side', linked);
    for (const [name, bound] of [['bare', bare] as const, ['linked', linked] as const]) {
      const path = await project(name, pipelineOf({ name, push: [{ branches: { includes: ['**'] } }] }));
      const bindings = { 'Source/Repo': { kind: 'repository', path: bound } };
      writeFileSync(join(folder, name, `${name}.penstock.json`), JSON.stringify({ penstock: 1, bindings }));
      await openAndArm(path);
    }
    commitFiles(linked, { c: 'c' }, 'In the linked work tree');
    const linkedStart = await startedFor(/"linked".*push to branch "side"/);
    expect(linkedStart.event.pipelineName).toBe('linked');
    gitIn(linked, 'push', '--quiet', bare, 'side:pushed');
    const bareStart = await startedFor(/"bare".*creates branch "pushed"/);
    expect(bareStart.event.pipelineName).toBe('bare');
  });

  it('WT-17: a file that says it is armed is not, until its user agreed to its commands', async () => {
    await start();
    const canary = join(folder, 'canary');
    const hostile = pipelineOf({ name: 'hostile', commands: [`touch ${canary}`] });
    const { documentId } = await open(await project('hostile', hostile, true));
    expect((await noticed('trigger.untrusted')).what).toContain('are not armed');
    expect(await services.handlers.triggerState({ documentId })).toMatchObject({ armed: false, watched: [] });
    agrees = false;
    expect(await refusal(services.handlers.armTriggers({ documentId, armed: true }))).toBe('trust.refused');
    expect(asked).toBe(1);

    // The positive control: the same push starts another pipeline that its user armed.
    agrees = true;
    await openAndArm(await project('friendly', pipelineOf({ name: 'friendly' })));
    commitFiles(repository, { d: 'd' }, 'For both');
    await startedFor(/"friendly"/);
    expect(started().map(({ pipelineName }) => pipelineName)).toEqual(['friendly']);
    expect(existsSync(canary)).toBe(false);

    // And the hostile one would have run, had it been armed.
    await services.handlers.armTriggers({ documentId, armed: true });
    commitFiles(repository, { e: 'e' }, 'For both again');
    await startedFor(/"hostile"/);
    await heard((name, { events }: { events: ExecutionEvent[] }) =>
      name === 'executionEvents' && existsSync(canary) ? events : undefined,
    );
  });

  it('is armed by nobody else: a trusted pipeline that was not armed starts nothing', async () => {
    await start();
    const path = await project('quiet', pipelineOf({ name: 'quiet' }));
    const { documentId } = await openAndArm(path);
    expect(readFileSync(path.replace('pipeline.json', 'penstock.json'), 'utf8')).toContain('"triggersArmed": true');
    await services.handlers.armTriggers({ documentId, armed: false });
    expect(readFileSync(path.replace('pipeline.json', 'penstock.json'), 'utf8')).not.toContain('triggersArmed');
    await openAndArm(await project('loud', pipelineOf({ name: 'loud' })));
    commitFiles(repository, { f: 'f' }, 'Anything');
    await startedFor(/"loud"/);
    expect(started().map(({ pipelineName }) => pipelineName)).toEqual(['loud']);
  });

  it('is armed again when its file is opened in the next host, and disarmed when it is closed', async () => {
    await start();
    const path = await project('shop', pipelineOf({}));
    await openAndArm(path);
    await start();
    commitFiles(repository, { g: 'g' }, 'While nobody looks');
    const { documentId } = await open(path);
    expect(await services.handlers.triggerState({ documentId })).toMatchObject({ armed: true });
    expect(asked).toBe(1);
    commitFiles(repository, { h: 'h' }, 'While somebody looks');
    await startedFor(/main/);
    await services.handlers.closeDocument({ documentId });
    const other = await open(path);
    await services.handlers.closeDocument({ documentId: other.documentId });
    expect(started()).toHaveLength(1);
    const closed = pushed.findLast(({ name }) => name === 'triggersChanged')?.value;
    expect(closed).toMatchObject({ armed: false, watched: [] });
  });

  it('is disarmed, and says so, when a push would run what was never agreed to', async () => {
    await start();
    const path = await project('shop', pipelineOf({}));
    const { documentId } = await openAndArm(path);
    const canary = join(folder, 'canary');
    writeFileSync(path, JSON.stringify(pipelineOf({ commands: [`touch ${canary}`] })));
    commitFiles(repository, { i: 'i' }, 'With other commands');
    expect((await noticed('trigger.untrusted')).what).toContain('Nothing was started');
    expect(await services.handlers.triggerState({ documentId })).toMatchObject({ armed: false });
    expect(started()).toEqual([]);
    expect(existsSync(canary)).toBe(false);
  });

  it('tells of a start that cannot be made', async () => {
    await start();
    const path = await project('shop', pipelineOf({}));
    await openAndArm(path);
    writeFileSync(path, JSON.stringify(pipelineOf({ more: { variables: [{ name: 'Stage' }] } })));
    commitFiles(repository, { j: 'j' }, 'Without a value');
    const found = await noticed('trigger.variable-missing');
    expect(found.what).toContain('refs/heads/main changed, but');
    expect(found.what).toContain('The variable "Stage" has no default, and an event has no value to give.');
    expect(started()).toEqual([]);
  });

  it('says that it is disarmed when its repository goes away', async () => {
    await start();
    const { documentId } = await openAndArm(await project('shop', pipelineOf({})));
    rmSync(repository, { recursive: true, force: true });
    expect((await noticed('trigger.lost')).what).toContain('is disarmed');
    expect(await services.handlers.triggerState({ documentId })).toMatchObject({ armed: false });
  });

  it('follows its bindings when they are saved', async () => {
    await start();
    const { documentId } = await openAndArm(await project('shop', pipelineOf({})));
    const other = join(folder, 'other');
    makeRepository(other, { a: 'a' });
    const bindings = { 'Source/Repo': { kind: 'repository' as const, path: other } };
    // What would run is the same; whence it comes is not, so the user is asked when they arm it.
    await services.handlers.saveSidecar({ documentId, sidecar: { ...emptySidecar(), triggersArmed: true, bindings } });
    expect((await noticed('trigger.untrusted')).what).toContain('are not armed');
    const state = await services.handlers.armTriggers({ documentId, armed: true });
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
    const bindings = { 'Source/Repo': { kind: 'repository', path: join(folder, 'nowhere') } };
    writeFileSync(join(folder, 'gone', 'gone.penstock.json'), JSON.stringify({ penstock: 1, bindings }));
    expect(await refusal(openAndArm(gone))).toBe('trigger.not-a-repository');
  });

  it('explains an event without starting anything, and starts only what matches', async () => {
    const handlers = await start();
    const { documentId, text } = await open(
      await project('shop', pipelineOf({ push: [{ branches: { includes: ['main'] } }] })),
    );
    const event = (branch: string) => gitEventSchema.parse({ kind: 'push', branch });
    expect(await handlers.simulateTriggerEvent({ documentId, text, event: event('main') })).toMatchObject({
      isMatched: true,
    });
    expect(asked).toBe(0);
    const sidecar = {
      ...emptySidecar(),
      bindings: { 'Source/Repo': { kind: 'repository' as const, path: repository } },
    };
    const call = { documentId, text, sidecar };
    expect(await refusal(handlers.startFromTrigger({ ...call, event: event('dev') }))).toBe('trigger.not-matched');
    agrees = false;
    expect(await refusal(handlers.startFromTrigger({ ...call, event: event('main') }))).toBe('trust.refused');
    agrees = true;
    const { pipelineExecutionId } = await handlers.startFromTrigger({ ...call, event: event('main') });
    expect(started()).toMatchObject([
      {
        pipelineExecutionId,
        trigger: { triggerType: 'WebhookV2' },
        sourceRevisions: [{ actionName: 'Repo', revisionType: 'COMMIT_ID', revisionValue: first }],
      },
    ]);
    const many = pipelineOf({ push: [{ branches: { includes: ['**'] } }] });
    const unknown = handlers.startFromTrigger({ ...call, text: JSON.stringify(many), event: event('nowhere') });
    expect(await refusal(unknown)).toBe('trigger.unknown-ref');
  });

  it('takes a source revision by hand, and refuses one that does not fit', async () => {
    const handlers = await start();
    const { documentId, text } = await open(await project('shop', pipelineOf({})));
    commitFiles(repository, { k: 'k' }, 'Newer');
    const sidecar = {
      ...emptySidecar(),
      bindings: { 'Source/Repo': { kind: 'repository' as const, path: repository } },
    };
    const ask = (actionName: string, revisionType: 'COMMIT_ID' | 'IMAGE_DIGEST') =>
      handlers.startPipelineExecution({
        documentId,
        text,
        sidecar,
        variables: {},
        sourceRevisions: [{ actionName, revisionType, revisionValue: first }],
      });
    expect(await refusal(ask('Nobody', 'COMMIT_ID'))).toBe('execution.revision-unknown-action');
    expect(await refusal(ask('Repo', 'IMAGE_DIGEST'))).toBe('execution.revision-type');
    await ask('Repo', 'COMMIT_ID');
    const source = await heard((name, { events }: { events: ExecutionEvent[] }) =>
      name === 'executionEvents'
        ? events.find((one) => one.type === 'ActionFinished' && one.actionName === 'Repo')
        : undefined,
    );
    expect(source).toMatchObject({ revision: { revisionId: first } });
  });
});
