import type { Consent } from '../../shared/ipc/contract.ts';
import { providers } from '../../shared/providers/table.ts';
import { nodeFileSystem } from '../documents/fileSystem.ts';
import { formatOf } from '../documents/formatOf.ts';
import { readSidecarFile } from '../documents/readSidecar.ts';
import { readTextFile } from '../documents/readTextFile.ts';
import { createEndpoint } from '../endpoint/createEndpoint.ts';
import { createEngine } from '../engine/createEngine.ts';
import { createTrust } from '../engine/trust/createTrust.ts';
import { createHistory } from '../history/createHistory.ts';
import type { Endpoint, Engine, History, Trust } from '../parts.ts';
import { createStartOther, type StartOtherOptions } from '../startOther.ts';
import { askInTerminal } from './askInTerminal.ts';
import type { Io } from './command.ts';

/** Everything that a command needs to run executions in this process. */
export interface CliHost {
  history: History;
  trust: Trust;
  endpoint: Endpoint;
  engine: Engine;
  close(): Promise<void>;
}

export interface CliHostOptions {
  dataDirectory: string;
  io: Io;
  slots: () => number;
}

/** @throws ProblemError `store.in-use` while another Penstock uses the data directory */
export function openCliHost({ dataDirectory, io, slots }: CliHostOptions): CliHost {
  // First of all, so that nothing is agreed to for a run that cannot be: another Penstock may use the directory.
  const history = createHistory({ dataDirectory });
  const trust = createTrust({ dataDirectory });
  const endpoint = createEndpoint({ dataDirectory });
  const engine: Engine = createEngine({
    endpoint,
    dataDirectory,
    history,
    providers,
    slots,
    isAgreed: async (request) => (await trust.describe(request, '')).trusted,
    onProblem: ({ what, fix }) => io.err(`${what}\n  ${fix}\n`),
    startOther: createStartOther({
      documents: savedPipelines,
      history,
      trust,
      start: (request) => engine.start(request),
    }),
  });
  return {
    history,
    trust,
    endpoint,
    engine,
    async close() {
      await engine.close();
      await endpoint.close();
      await history.close();
    },
  };
}

/** Here pipelines are found beside each other, or named by bindings; what a window opened last is the window's. */
export const savedPipelines: StartOtherOptions['documents'] = {
  handlers: { listRecent: async () => [] },
  async read(path) {
    const { text } = await readTextFile(nodeFileSystem, path);
    const { sidecar } = await readSidecarFile(nodeFileSystem, path);
    // Breakpoints are the window's: a run that starts in a terminal would stand there.
    return { text, format: formatOf(path), sidecar: { ...sidecar, breakpoints: undefined } };
  },
};

/** How a command asks for consent: `--trust` is an answer, else the person at the terminal gives one. */
export const askerOf =
  ({ trust }: { trust?: boolean | undefined }, io: Io) =>
  (consent: Consent): Promise<boolean> =>
    trust ? Promise.resolve(true) : askInTerminal(consent, io);
