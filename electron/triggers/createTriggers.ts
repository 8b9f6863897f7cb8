import { mkdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { TriggerState } from '../../shared/ipc/contract.ts';
import { type DocumentFormat, parseDocument } from '../../shared/model/documentText.ts';
import { isSame } from '../../shared/model/isSame.ts';
import { type Problem, toProblem } from '../../shared/problem.ts';
import { matchTriggers, triggerOf } from '../../shared/triggers/matchTriggers.ts';
import type { Documents, Engine, HostPorts, StartRequest, Triggers, Trust } from '../parts.ts';
import { prepareRun } from '../prepareRun.ts';
import { boundSources, commitFor, watchedOf } from './boundSources.ts';
import { eventOf } from './eventOf.ts';
import { createGitFacts } from './gitFacts.ts';
import { startOfEvent } from './startOfEvent.ts';
import {
  faulty,
  lost,
  nothingToWatch,
  notStarted,
  refuseMissingVariables,
  stayedDisarmed,
  unsaved,
  untrusted,
} from './triggerProblems.ts';
import { type RefChange, type RefsWatch, watchRefs } from './watchRefs.ts';

/**
 * Watches the bound repositories of armed pipelines and starts what their pushes trigger. A pipeline is armed only because
 * the user armed it, only while its file is open here, and only as long as its project is trusted: nothing that a project
 * says of itself arms it (reliability-security.md WT-17). What is run is the saved file as it is when the event comes.
 */
export interface TriggersOptions {
  /** Holds the scratch folders of git. */
  dataDirectory: string;
  documents: Pick<Documents, 'get' | 'read' | 'handlers'>;
  engine: Pick<Engine, 'start'>;
  trust: Trust;
  askConsent: HostPorts['askConsent'];
  /** Tells a person what no call of theirs asked about. */
  notice: (found: Problem) => void;
  changed: (state: TriggerState) => void;
  now?: () => number;
  /** Passed on to watchRefs. */
  settleMs?: number;
}

interface Armed {
  readonly path: string;
  readonly documentId: string;
  /** By absolute path of the repository. */
  readonly watches: Map<string, RefsWatch>;
  /** Events of one pipeline are handled one after the other, in the order in which they came. */
  queue: Promise<void>;
  state: TriggerState;
}

export function createTriggers(options: TriggersOptions): Triggers {
  const { documents, engine, trust, askConsent, notice, now = Date.now } = options;
  const scratch = join(options.dataDirectory, 'scratch');
  /** Aborted by close: nobody waits for git when the app quits. */
  const over = new AbortController();
  const facts = createGitFacts(() => {
    mkdirSync(scratch, { recursive: true, mode: 0o700 });
    return scratch;
  }, over.signal);
  /** By the real path of the pipeline file, so that two windows of one file are one watch. */
  const armed = new Map<string, Armed>();

  const stateOf = (path: string): TriggerState => armed.get(path)?.state ?? { path, armed: false, watched: [] };

  /** What a start of the saved file would be; throws what stands in its way. Asks nobody: `consent` answers. */
  const prepared = async (
    path: string,
    openedAs: string,
    consent: HostPorts['askConsent'],
    more: Pick<StartRequest, 'trigger' | 'sourceRevisions'> = {},
  ): Promise<StartRequest> => {
    const { text, format, sidecar } = await documents.read(path);
    refuseMissingVariables(parseDocument(text, format).pipeline);
    const folder = join(path, '..');
    // Values from a run sheet are answers of a person to one start; an event has none to give (semantics §2).
    const request = { text, format, sidecar: { ...sidecar, variables: {} }, variables: {}, documentPath: path, folder };
    return prepareRun({ ...request, openedAs, ...more }, trust, consent);
  };

  const disarm = (path: string): void => {
    const entry = armed.get(path);
    if (!entry) return;
    armed.delete(path);
    for (const watch of entry.watches.values()) watch.close();
    options.changed(stateOf(path));
  };

  const arm = async (documentId: string, consent: HostPorts['askConsent']): Promise<TriggerState> => {
    const { path, openedAs } = documents.get(documentId);
    if (path === '') throw unsaved();
    const { declaration, bindings, folder } = await prepared(path, openedAs, consent);
    const watched = watchedOf(declaration, bindings, folder);
    if (watched.length === 0) throw nothingToWatch(declaration);
    const entry: Armed = {
      path,
      documentId,
      watches: new Map(),
      queue: Promise.resolve(),
      state: { path, armed: true, watched },
    };
    try {
      for (const repositoryPath of new Set(watched.map(({ repository }) => repository))) {
        const watch = await watchRefs({
          repositoryPath,
          onChange: (changes) => {
            entry.queue = entry.queue.then(() => handle(entry, repositoryPath, changes));
          },
          onFault: (error) => {
            notice(lost(path, toProblem('trigger.watch', error, repositoryPath)));
            if (armed.get(path) === entry) disarm(path);
          },
          ...(options.settleMs !== undefined && { settleMs: options.settleMs }),
        });
        entry.watches.set(repositoryPath, watch);
      }
      documents.get(documentId); // throws: it was closed meanwhile
    } catch (error) {
      for (const watch of entry.watches.values()) watch.close();
      throw error;
    }
    const { last } = stateOf(path);
    if (last) entry.state = { ...entry.state, last };
    for (const watch of armed.get(path)?.watches.values() ?? []) watch.close();
    armed.set(path, entry);
    options.changed(entry.state);
    return entry.state;
  };

  const handle = async (entry: Armed, repositoryPath: string, changes: readonly RefChange[]): Promise<void> => {
    for (const change of changes) {
      if (armed.get(entry.path) !== entry) return;
      try {
        await take(entry, repositoryPath, change);
      } catch (error) {
        if (over.signal.aborted) return;
        const found = toProblem('trigger.failed', error, entry.path);
        if (found.code === 'trust.refused') {
          disarm(entry.path);
          notice(untrusted(entry.path));
          return;
        }
        notice(notStarted(entry.path, change.ref, found));
      }
    }
  };

  /** One changed ref: makes the event of it, asks which filter matches, and starts. */
  const take = async (entry: Armed, repositoryPath: string, change: RefChange): Promise<void> => {
    const { path } = entry;
    const { openedAs } = documents.get(entry.documentId);
    const { text, format, sidecar } = await documents.read(path);
    const { pipeline } = parseDocument(text, format);
    if (!pipeline) throw faulty();
    const sources = boundSources(pipeline, sidecar.bindings, join(path, '..'));
    const of = sources.filter((source) => source.repositoryPath === repositoryPath);
    const event = of.length === 0 ? undefined : await eventOf(change, repositoryPath, pipeline, facts);
    if (!event) return;
    const explanation = matchTriggers(pipeline, event, { of: of.map(({ where }) => where) });
    const tell = (last: Omit<NonNullable<TriggerState['last']>, 'at'>) => {
      entry.state = { ...entry.state, last: { at: now(), ...last } };
      if (armed.get(path) === entry) options.changed(entry.state);
    };
    if (!explanation.isMatched) return tell({ what: explanation.summary });
    const started = of.filter(({ where }) => explanation.sources.some((one) => one.where === where && one.isMatched));
    const request = await prepared(path, openedAs, async () => false, {
      trigger: triggerOf(explanation, event, pipeline),
      sourceRevisions: commitFor(pipeline, started, event.commitId ?? ''),
    });
    if (armed.get(path) !== entry) return;
    const { pipelineExecutionId } = await engine.start(request);
    tell({ what: explanation.summary, pipelineExecutionId });
  };

  return {
    handlers: {
      async simulateTriggerEvent({ documentId, text, event, of }) {
        const { pipeline } = parseDocument(text, formatOf(documents.get(documentId).path));
        if (!pipeline) throw faulty();
        return matchTriggers(pipeline, event, of ? { of } : {});
      },
      async startFromTrigger({ documentId, text, sidecar, event, of }) {
        const { path, folder, openedAs } = documents.get(documentId);
        const format = formatOf(path);
        const { pipeline } = parseDocument(text, format);
        if (!pipeline) throw faulty();
        const sources = boundSources(pipeline, sidecar.bindings, folder);
        const more = await startOfEvent({ pipeline, event, of, sources, commitOf: facts.commitOf });
        const request = { text, format, sidecar, variables: {}, documentPath: path, folder, openedAs, ...more };
        return engine.start(await prepareRun(request, trust, askConsent));
      },
      async armTriggers({ documentId, armed: wanted }) {
        const { path } = documents.get(documentId);
        if (wanted) await arm(documentId, askConsent);
        else disarm(path);
        if (path !== '') await remember(documentId, path, wanted);
        return stateOf(path);
      },
      async triggerState({ documentId }) {
        return stateOf(documents.get(documentId).path);
      },
    },
    async opened({ documentId, path, sidecar }) {
      if (!sidecar.triggersArmed || path === '') return;
      try {
        await arm(documentId, async () => false);
      } catch (error) {
        notice(stayedDisarmed(path, toProblem('trigger.arm', error, path)));
      }
    },
    async saved(documentId) {
      const { path } = documents.get(documentId);
      const before = armed.get(path);
      if (!before) return;
      try {
        const { sidecar, text, format } = await documents.read(path);
        const { pipeline } = parseDocument(text, format);
        const watched = pipeline ? watchedOf(pipeline, sidecar.bindings, join(path, '..')) : [];
        if (!isSame(watched, before.state.watched)) await arm(documentId, async () => false);
      } catch (error) {
        disarm(path);
        notice(stayedDisarmed(path, toProblem('trigger.arm', error, path)));
      }
    },
    closing(documentId) {
      for (const [path, entry] of armed) if (entry.documentId === documentId) disarm(path);
    },
    async close() {
      over.abort();
      const entries = [...armed.values()];
      for (const { path } of entries) disarm(path);
      await Promise.all(entries.map(({ queue }) => queue));
    },
  };

  /** Writes beside the file that the user armed it (or not any more). */
  async function remember(documentId: string, path: string, wanted: boolean): Promise<void> {
    const { triggersArmed, ...sidecar } = (await documents.read(path)).sidecar;
    if ((triggersArmed ?? false) === wanted) return;
    await documents.handlers
      .saveSidecar({ documentId, sidecar: { ...sidecar, ...(wanted && { triggersArmed: true }) } })
      .catch((error: unknown) => notice({ ...toProblem('trigger.remember', error, path), severity: 'warning' }));
  }
}

const formatOf = (path: string): DocumentFormat =>
  ['.yaml', '.yml'].includes(extname(path).toLowerCase()) ? 'yaml' : 'json';
