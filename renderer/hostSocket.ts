import { type CallName, type PushName, pushes, type Reply } from '../shared/ipc/contract.ts';
import { problem } from '../shared/problem.ts';
import type { Transport } from './bridge.ts';

/**
 * The transport of a browser tab: one socket to the host that served the page. The one-time token arrives in the URL's
 * fragment, is erased at once and answered by a session secret that lets this tab (and no other) reload.
 */
const SESSION_KEY = 'penstock-session';
const lost = problem({
  code: 'host.unreachable',
  where: '',
  what: 'The Penstock host that served this page no longer answers.',
  fix: 'Start it again (npm start) and open the address that it prints. Runs go on meanwhile.',
});

function takeSecret(): string {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token) {
    history.replaceState(null, '', location.pathname + location.search);
    return token;
  }
  return sessionStorage.getItem(SESSION_KEY) ?? '';
}

export function connectToHost(): Transport {
  const waiting = new Map<number, (reply: Reply) => void>();
  const listeners = new Set<(name: PushName, value: unknown) => void>();
  let lastId = 0;
  let isClosed = false;
  let queue: string[] | undefined = [];

  const socket = new WebSocket(`ws://${location.host}/socket`);
  socket.onopen = () => socket.send(JSON.stringify({ token: takeSecret() }));
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(String(data)) as {
      session?: string;
      id?: number;
      reply?: Reply;
      push?: string;
      value?: unknown;
    };
    if (message.session) {
      sessionStorage.setItem(SESSION_KEY, message.session);
      for (const text of queue ?? []) socket.send(text);
      queue = undefined;
    } else if (message.id !== undefined && message.reply) {
      waiting.get(message.id)?.(message.reply);
      waiting.delete(message.id);
    } else if (message.push && message.push in pushes) {
      for (const listener of listeners) listener(message.push as PushName, message.value);
    }
  };
  socket.onclose = () => {
    isClosed = true;
    for (const answer of waiting.values()) answer({ ok: false, problem: lost });
    waiting.clear();
    window.dispatchEvent(new Event('penstock-host-lost'));
  };

  return {
    invoke: (name: CallName, input: unknown) =>
      new Promise((resolve) => {
        if (isClosed) return resolve({ ok: false, problem: lost });
        lastId += 1;
        waiting.set(lastId, resolve);
        const text = JSON.stringify({ id: lastId, call: name, input });
        if (queue) queue.push(text);
        else socket.send(text);
      }),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
