import { availableParallelism, homedir } from 'node:os';
import type { Handlers, Settings } from '../shared/ipc/contract.ts';
import { type Problem, toProblem } from '../shared/problem.ts';
import { providers } from '../shared/providers/table.ts';
import { createAws } from './aws/createAws.ts';
import { createPushTargets } from './aws/pushTargets.ts';
import { createDocuments } from './documents/createDocuments.ts';
import { formatOf } from './documents/formatOf.ts';
import { createEndpoint } from './endpoint/createEndpoint.ts';
import { createEngine } from './engine/createEngine.ts';
import { createHeldConsent } from './engine/trust/askForHeld.ts';
import { createTrust } from './engine/trust/createTrust.ts';
import { createHistory } from './history/createHistory.ts';
import { notAsked } from './ipc/pageConsent.ts';
import type { Engine, HostPorts, Services, SettingsStore } from './parts.ts';
import { prepareRun, readiness } from './prepareRun.ts';
import { createRunAgain } from './runAgain.ts';
import { createStartOther } from './startOther.ts';
import { createTriggers } from './triggers/createTriggers.ts';

/**
 * Builds the services from their parts and joins them: the one place that knows them all. Every host (desktop, browser
 * host, specs) calls it once and serves `handlers` through its door. It starts no process and no connection by itself,
 * except that runs which an earlier host left are taken over.
 */
export interface ServicesOptions {
  version: string;
  /** Journals, logs, artifacts, trust: private to the user (0700). */
  dataDirectory: string;
  /** The project's assets/ (templates, samples). */
  assetsDirectory: string;
  /** Where copies of samples are put. */
  samplesDirectory: string;
  ports: HostPorts;
  settings: (onChange: (settings: Settings) => void, onRecovered: (problem: Problem) => void) => SettingsStore;
  /** Paths of the command line; looked at when a window asks, so a host may add to it until then. */
  open?: readonly string[];
  /** Page consent of the browser host; absent where the host asks natively. */
  answerConsent?: Handlers['answerConsent'];
}

export async function createServices(options: ServicesOptions): Promise<Services> {
  const { dataDirectory, assetsDirectory, samplesDirectory, ports } = options;
  const { notice, tellNotices } = createNotices(ports.publish);
  const settings = options.settings((changed) => ports.publish('settingsChanged', changed), notice);
  const documents = createDocuments({
    dataDirectory,
    assetsDirectory,
    samplesDirectory,
    publish: ports.publish,
    listsFolders: ports.kind === 'browser',
  });
  const history = createHistory({ dataDirectory, report: notice });
  const trust = createTrust({ dataDirectory });
  const endpoint = createEndpoint({
    dataDirectory,
    report: (error) => notice(toProblem('endpoint.fault', error)),
  });
  let isWindowThere = false;
  const onEngineProblem = (found: Problem) => {
    notice(found);
    // A rollback that nobody agreed to may be held at any time; before there is a window, it asks when it comes.
    if (found.code === 'trust.held' && isWindowThere) void askForHeldOnes();
  };
  const engine: Engine = createEngine({
    dataDirectory,
    endpoint,
    history,
    providers,
    slots: () => settings.get().slots || availableParallelism(),
    isAgreed: async (request) => (await trust.describe(request, '')).trusted,
    onProblem: onEngineProblem,
    startOther: createStartOther({ documents, history, trust, start: (request) => engine.start(request) }),
  });
  const askForHeld = createHeldConsent(engine, trust, ports.askConsent);
  const askForHeldOnes = () => askForHeld().catch((error: unknown) => notice(toProblem('trust.held', error)));
  const aws = createAws({ settings, documents, targets: createPushTargets(dataDirectory) });

  const triggers = createTriggers({
    dataDirectory,
    documents,
    engine,
    trust,
    askConsent: ports.askConsent,
    notice,
    changed: (state) => ports.publish('triggersChanged', state),
  });

  history.subscribe((pipelineExecutionId, events) =>
    ports.publish('executionEvents', { pipelineExecutionId, events: [...events] }),
  );
  engine.onPipelineChanged((pipelineName) => ports.publish('pipelineChanged', { pipelineName }));
  engine.onLog((grew) => ports.publish('logGrew', grew));
  /** Lets the window name what the host was asked to open; a path that leads nowhere is told. */
  const grantOpen = async () => {
    const granted: string[] = [];
    for (const path of options.open ?? []) {
      await documents.grant(path).then(
        (real) => granted.push(real),
        (error: unknown) => notice(toProblem('document.unreadable', error, path)),
      );
    }
    return granted;
  };

  const handlers: Handlers = {
    ...documents.handlers,
    ...history.handlers,
    ...engine.handlers,
    ...aws.handlers,
    ...triggers.handlers,
    openDocument: async (input) => {
      const document = await documents.handlers.openDocument(input);
      await triggers.opened(document);
      return document;
    },
    recoverEdits: async (input) => {
      const recovered = await documents.handlers.recoverEdits(input);
      for (const { document } of recovered.documents) await triggers.opened(document);
      return recovered;
    },
    saveDocument: async (input) => {
      const saved = await documents.handlers.saveDocument(input);
      await triggers.saved(input.documentId);
      return saved;
    },
    saveSidecar: async (input) => {
      await documents.handlers.saveSidecar(input);
      await triggers.saved(input.documentId);
      return {};
    },
    closeDocument: async (input) => {
      triggers.closing(input.documentId);
      return documents.handlers.closeDocument(input);
    },
    getApp: async () => {
      const open = await grantOpen();
      tellNotices();
      isWindowThere = true;
      void askForHeldOnes();
      return {
        version: options.version,
        host: ports.kind === 'electron' ? 'electron' : 'browser',
        platform: process.platform,
        cores: availableParallelism(),
        homeDirectory: homedir(),
        settings: settings.get(),
        open,
      };
    },
    updateSettings: async (patch) => settings.update(patch),
    pickPath: async (input) => {
      const path = await ports.pickPath(input);
      return { path: path === null ? null : await documents.grant(path) };
    },
    getRunReadiness: async ({ documentId, text, sidecar }) => {
      const document = documents.get(documentId);
      const format = formatOf(document.path);
      const { pipeline, problems, missing } = readiness({
        text,
        format,
        sidecar,
        variables: {},
        folder: document.folder,
      });
      const described =
        pipeline &&
        (await trust.describe(
          {
            declaration: pipeline,
            bindings: sidecar.bindings,
            variables: {},
            documentPath: document.path,
            folder: document.folder,
          },
          document.openedAs,
        ));
      return { problems, missing, trusted: described?.trusted ?? false };
    },
    startPipelineExecution: async ({ documentId, text, sidecar, variables, sourceRevisions }) => {
      const { path, folder, openedAs } = documents.get(documentId);
      const request = { text, format: formatOf(path), sidecar, variables, documentPath: path, folder, openedAs };
      return engine.start(
        await prepareRun({ ...request, ...(sourceRevisions && { sourceRevisions }) }, trust, ports.askConsent),
      );
    },
    ...createRunAgain({ engine, documents, trust, askConsent: ports.askConsent }),
    answerConsent:
      options.answerConsent ??
      (async () => {
        throw notAsked();
      }),
  };

  const close = async () => {
    const closed = await Promise.allSettled([
      triggers
        .close()
        .then(() => engine.close())
        .then(() => endpoint.close())
        .then(() => history.close()),
      documents.close(),
      Promise.resolve().then(() => aws.close()),
    ]);
    for (const part of closed) if (part.status === 'rejected') throw part.reason;
  };
  try {
    await engine.resume();
  } catch (error) {
    await close().catch(() => {}); // why it cannot start is what matters
    throw error;
  }
  return { handlers, documents, history, engine, trust, triggers, aws, settings, close };
}

/** What was found before a window could hear it (a damaged journal, settings from the copy) waits for the first one. */
function createNotices(publish: HostPorts['publish']) {
  let waiting: Problem[] | undefined = [];
  return {
    notice(found: Problem): void {
      if (waiting) waiting.push(found);
      else publish('noticed', found);
    },
    tellNotices(): void {
      const found = waiting ?? [];
      waiting = undefined;
      for (const one of found) publish('noticed', one);
    },
  };
}
