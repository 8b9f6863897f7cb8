// Here as well as in main.ts: the bundler puts what lazy views share into a chunk of its own, which runs before main.ts does.
import './app/noEval.ts';
import {
  type CallName,
  type Client,
  contract,
  type Push,
  type PushName,
  pushes,
  type Reply,
} from '../shared/ipc/contract.ts';
import { ProblemError } from '../shared/problem.ts';
import { connectToHost } from './hostSocket.ts';

/**
 * The window's only way to the services. In the desktop app the preload exposes a transport as `window.penstock`; in a
 * browser tab the transport is a socket to the host that served the page. Both speak the contract, checked here again.
 */
export interface Transport {
  invoke(name: CallName, input: unknown): Promise<Reply>;
  /** Tells of every push until the returned function is called. */
  subscribe(listener: (name: PushName, value: unknown) => void): () => void;
  /** Desktop app only: opens a file that was dropped on the window; a page cannot know its path. */
  openDropped?(file: File): Promise<Reply>;
}

declare global {
  interface Window {
    readonly penstock?: Transport;
  }
}

/** The typed client of a transport: sends, turns a refusal back into a ProblemError, and parses what comes back. */
export function connect(transport: Transport): Client {
  const calls = Object.keys(contract) as CallName[];
  return Object.fromEntries(
    calls.map((name) => [
      name,
      async (input: unknown) => {
        const reply = await transport.invoke(name, input);
        if (!reply.ok) throw new ProblemError(reply.problem);
        return contract[name].output.parse(reply.value);
      },
    ]),
  ) as unknown as Client;
}

let transport: Transport | undefined;
const ours = (): Transport => {
  transport ??= window.penstock ?? connectToHost();
  return transport;
};

/** For specs: everything below goes through this transport from now on. */
export function replaceTransport(replacement: Transport): void {
  transport = replacement;
}

/** Calls to the services of this window's host. Each rejects with a ProblemError when the host refuses. */
export const client: Client = connect({
  invoke: (name, input) => ours().invoke(name, input),
  subscribe: (listener) => ours().subscribe(listener),
});

/** Hears one kind of push; answers the function that ends it. A value that breaks the contract is dropped and reported. */
export function onPush<N extends PushName>(name: N, listener: (value: Push<N>) => void): () => void {
  return ours().subscribe((pushed, value) => {
    if (pushed !== name) return;
    const parsed = pushes[name].safeParse(value);
    if (parsed.success) listener(parsed.data as Push<N>);
    else console.error(`Dropped a push "${name}" that breaks the contract.`, parsed.error.issues);
  });
}

/** Opens a dropped file. False where the page cannot (a browser tab does not learn a file's path). */
export async function openDropped(file: File): Promise<boolean> {
  const { openDropped: open } = ours();
  if (!open) return false;
  const reply = await open(file);
  if (!reply.ok) throw new ProblemError(reply.problem);
  return true;
}
