import {
  type CallName,
  contract,
  type Handlers,
  type PushName,
  type Reply,
  settingsSchema,
} from '../../shared/ipc/contract.ts';
import { emptySidecar } from '../../shared/model/sidecar.ts';
import { problem, toProblem } from '../../shared/problem.ts';
import type { Transport } from '../bridge.ts';

/**
 * A host for specs and measurements of the window: it holds documents in memory, checks every call and answer against the
 * contract as the real hosts do, and refuses what it was not given. Never part of the product.
 */
export interface FakeBridge extends Transport {
  /** Every call so far. */
  readonly calls: readonly { name: CallName; input: unknown }[];
  /** Tells the window something, as a host would. */
  push(name: PushName, value: unknown): void;
}

export interface FakeFile {
  path: string;
  text: string;
  sidecar?: ReturnType<typeof emptySidecar>;
}

export function fakeBridge({
  files = [],
  open = [],
  theme = 'light',
  handlers = {},
}: {
  files?: readonly FakeFile[];
  /** Paths given on the command line. */
  open?: readonly string[];
  theme?: 'system' | 'light' | 'dark';
  /** Answers that differ from the ones below. */
  handlers?: Partial<Handlers>;
} = {}): FakeBridge {
  const calls: { name: CallName; input: unknown }[] = [];
  const listeners = new Set<(name: PushName, value: unknown) => void>();
  let settings = settingsSchema.parse({ theme });
  let lastDocument = 0;
  const opened = (path: string, text: string, sidecar = emptySidecar()) => {
    lastDocument += 1;
    const name = (path.split('/').at(-1) ?? '').replace(/(\.pipeline)?\.(json|ya?ml)$/i, '');
    const format = /\.ya?ml$/i.test(path) ? ('yaml' as const) : ('json' as const);
    return {
      documentId: `document-${lastDocument}`,
      path,
      name: name || 'pipeline',
      format,
      text,
      sidecar,
      problems: [],
    };
  };
  const known: Partial<Handlers> = {
    getApp: async () => ({
      version: '0.0.0',
      host: 'electron',
      platform: 'linux',
      cores: 4,
      homeDirectory: '/home/user',
      settings,
      open: [...open],
    }),
    updateSettings: async (change) => {
      settings = settingsSchema.parse({ ...settings, ...change });
      return settings;
    },
    openDocument: async ({ path }) => {
      const file = files.find((candidate) => candidate.path === path);
      if (!file) throw new Error(`There is no file ${path}.`);
      return opened(file.path, file.text, file.sidecar);
    },
    newDocument: async () => opened('', '{"pipeline":{"name":"pipeline","roleArn":"","stages":[]}}'),
    closeDocument: async () => ({}),
    saveDocument: async ({ path }) => ({ path: path ?? '/saved.pipeline.json', name: 'saved', format: 'json' }),
    saveSidecar: async () => ({}),
    rememberEdits: async () => ({ whole: [] }),
    recoverEdits: async () => ({ documents: [] }),
    listTemplates: async () => [],
    getFilesFolder: async () => ({ folder: '', folded: [] }),
    keepFoldedFolders: async () => ({}),
    listRecent: async () =>
      files.map(({ path }) => ({
        path,
        name: path.split('/').at(-1) ?? '',
        folder: path.replace(/\/[^/]*$/, ''),
        exists: true,
      })),
    pickPath: async ({ suggested }) => ({ path: suggested || null }),
    listPipelineExecutions: async () => ({ executions: [], total: 0 }),
    getExecutionEvents: async () => [],
    readLog: async () => ({ text: '', start: 0, end: 0, size: 0, complete: true }),
    getRunReadiness: async () => ({ problems: [], missing: [], trusted: true }),
    ...handlers,
  };
  return {
    calls,
    push: (name, value) => {
      for (const listener of listeners) listener(name, value);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    invoke: async (name: CallName, input: unknown): Promise<Reply> => {
      calls.push({ name, input });
      try {
        const handler = known[name] as ((input: unknown) => Promise<unknown>) | undefined;
        if (!handler) {
          const refusal = problem({
            code: 'fake.no-answer',
            where: '',
            what: `The fake host has no ${name}.`,
            fix: '',
          });
          return { ok: false, problem: refusal };
        }
        const value = await handler(contract[name].input.parse(input));
        return { ok: true, value: contract[name].output.parse(value) };
      } catch (error) {
        return { ok: false, problem: toProblem(name, error) };
      }
    },
  };
}
