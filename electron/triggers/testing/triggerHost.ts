import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { ExecutionEvent } from '../../../shared/execution/events.ts';
import type { PushName, TriggerState } from '../../../shared/ipc/contract.ts';
import { type Problem, ProblemError } from '../../../shared/problem.ts';
import { dataDirectory, productFolder } from '../../dataDirectory.ts';
import type { Services } from '../../parts.ts';
import { openPreferences } from '../../preferences.ts';
import { createServices } from '../../services.ts';
import { createSettings } from '../../settings.ts';
import { makeRepository } from '../../testing/makeRepository.ts';

/** For specs of triggers: the services as a host builds them, a real repository, projects bound to it, and what is heard. */

export const repo = (branches: Record<string, string> = {}) => ({
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
/** A pipeline with one connection source and one build, as its file holds it. */
export const pipelineOf = ({
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

/** Made anew for each spec of the `describe` that it is called in, and taken down after it. */
export function useTriggerHost() {
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
  return {
    start,
    project,
    open,
    openAndArm,
    heard,
    lastOf,
    noticed,
    started,
    startedFor,
    refusal,
    get folder() {
      return folder;
    },
    get repository() {
      return repository;
    },
    /** The repository's first commit. */
    get first() {
      return first;
    },
    get services() {
      return services;
    },
    /** Everything that a window was told. */
    get pushed() {
      return pushed;
    },
    /** How often a person was asked for consent. */
    get asked() {
      return asked;
    },
    /** Whether they agree from now on. */
    set agrees(agreed: boolean) {
      agrees = agreed;
    },
  };
}
