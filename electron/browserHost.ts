import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Handlers, Publish, PushName } from '../shared/ipc/contract.ts';
import { ProblemError } from '../shared/problem.ts';
import { answer } from './ipc/answer.ts';
import { createRateLimit, MAX_CALLS_PER_SECOND, tooManyCalls } from './ipc/rateLimit.ts';
import { type StaticFile, securityHeaders } from './ipc/staticFiles.ts';

/**
 * The product in a browser tab: a door on loopback for machines without Electron's binary or without a display. It adds
 * no feature. It lets in one page at a time, which must come from this very host (Host and Origin are compared exactly)
 * and know the one-time token of the printed address, or the session secret that this page got for its reloads.
 */
export interface BrowserHost {
  /** The address to open, token included. It works once. */
  readonly url: string;
  readonly port: number;
  publish: Publish;
  close(): Promise<void>;
}

export interface BrowserHostOptions {
  files: ReadonlyMap<string, StaticFile>;
  /** Asked at the first call, because services want `publish` first. */
  handlers: () => Handlers;
  /** 0 = any free port. */
  port?: number;
  /** Faults of ours, for the host's own output. */
  report?: (error: unknown) => void;
  /** A page was let in; the printed address is of no more use. */
  onPageOpened?: () => void;
  /** The page was closed, reloaded or replaced by another. */
  onPageGone?: () => void;
}

const TOKEN_WAIT_MS = 2000;
const MAX_MESSAGE_BYTES = 32 * 1024 * 1024;
const MAX_CONNECTIONS = 64;
const newSecret = () => randomBytes(32).toString('base64url');

function isSame(expected: string | undefined, given: unknown): boolean {
  if (!expected || typeof given !== 'string') return false;
  const a = Buffer.from(expected);
  const b = Buffer.from(given);
  return a.length === b.length && timingSafeEqual(a, b);
}

export async function startBrowserHost({
  files,
  handlers,
  port = 0,
  report = () => {},
  onPageOpened = () => {},
  onPageGone = () => {},
}: BrowserHostOptions): Promise<BrowserHost> {
  let token: string | undefined = newSecret();
  let session: string | undefined;
  let page: WebSocket | undefined;
  let authority = '';

  /** True when the request names exactly this host, once, and asks for a path and not for an address. */
  const isForUs = (request: IncomingMessage): boolean => {
    const hosts = request.rawHeaders.filter((header, index) => index % 2 === 0 && header.toLowerCase() === 'host');
    return hosts.length === 1 && request.headers.host === authority && (request.url ?? '').startsWith('/');
  };

  const serveFile = (request: IncomingMessage, response: ServerResponse) => {
    const headers = securityHeaders(`ws://${authority}`);
    const refuse = (status: number, text: string) =>
      response.writeHead(status, { ...headers, 'Content-Type': 'text/plain' }).end(text);
    if (!isForUs(request)) return refuse(403, 'Wrong host.');
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, 'Only GET and HEAD.');
    const file = files.get(request.url?.split('?', 1)[0] ?? '');
    if (!file) return refuse(404, 'No such file.');
    response.writeHead(200, { ...headers, 'Content-Type': file.type });
    response.end(request.method === 'HEAD' ? undefined : file.bytes);
  };

  const server: Server = createServer(
    { requestTimeout: 10_000, headersTimeout: 5_000, keepAliveTimeout: 5_000 },
    serveFile,
  );
  server.maxConnections = MAX_CONNECTIONS;
  const isTooFast = createRateLimit({ perSecond: MAX_CALLS_PER_SECOND });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false });

  server.on('upgrade', (request, socket: Socket, head) => {
    const isOurPage = isForUs(request) && request.url === '/socket' && request.headers.origin === `http://${authority}`;
    if (!isOurPage) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, admit);
  });

  /** The first message must hold the token or the session secret; everything else ends the connection. */
  function admit(socket: WebSocket): void {
    const deadline = setTimeout(() => socket.close(4401, 'No token.'), TOKEN_WAIT_MS);
    socket.on('error', () => socket.terminate());
    socket.on('close', () => clearTimeout(deadline));
    socket.once('message', (data, isBinary) => {
      clearTimeout(deadline);
      const given = isBinary ? undefined : readToken(String(data));
      if (isSame(token, given)) token = undefined;
      else if (!isSame(session, given)) return socket.close(4401, 'Wrong token.');
      session = newSecret();
      const earlier = page;
      page = socket;
      if (earlier) {
        onPageGone();
        earlier.close(4409, 'Opened elsewhere.');
      }
      socket.send(JSON.stringify({ session }));
      onPageOpened();
      socket.on('message', (message, binary) => {
        if (!binary) void serveCall(socket, String(message));
      });
      socket.on('close', () => {
        if (page !== socket) return;
        page = undefined;
        onPageGone();
      });
    });
  }

  async function serveCall(socket: WebSocket, text: string): Promise<void> {
    let message: { id?: unknown; call?: unknown; input?: unknown };
    try {
      message = JSON.parse(text);
    } catch {
      return socket.close(4400, 'Not JSON.');
    }
    if (typeof message !== 'object' || message === null || typeof message.id !== 'number')
      return socket.close(4400, 'Not a call.');
    const reply = isTooFast() ? tooManyCalls() : await answer(handlers(), message.call, message.input, report);
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify({ id: message.id, reply }));
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(cannotListen(port, error)));
    server.listen(port, '127.0.0.1', resolve);
  });
  server.on('error', report);
  const bound = (server.address() as AddressInfo).port;
  authority = `127.0.0.1:${bound}`;

  return {
    get url() {
      return `http://${authority}/#token=${token ?? ''}`;
    },
    port: bound,
    publish: (name: PushName, value: unknown) => {
      if (page?.readyState === 1) page.send(JSON.stringify({ push: name, value }));
    },
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function readToken(text: string): unknown {
  try {
    return (JSON.parse(text) as { token?: unknown } | null)?.token;
  } catch {
    return undefined;
  }
}

function cannotListen(port: number, cause: NodeJS.ErrnoException): ProblemError {
  const isTaken = cause.code === 'EADDRINUSE';
  return new ProblemError(
    {
      code: isTaken ? 'host.port-in-use' : 'host.no-port',
      where: '',
      what: isTaken
        ? `Port ${port} of this machine is in use.`
        : `The browser host cannot listen on 127.0.0.1, port ${port} (${cause.code}).`,
      fix: 'Choose another with --port, or leave it out to take any free one.',
    },
    { cause },
  );
}
