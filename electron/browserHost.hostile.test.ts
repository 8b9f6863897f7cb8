import { readFileSync } from 'node:fs';
import { connect as connectSocket, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import type { Handlers } from '../shared/ipc/contract.ts';
import { type BrowserHost, startBrowserHost } from './browserHost.ts';
import type { StaticFile } from './ipc/staticFiles.ts';

/** Calls that got through to the services; the canary of every case. */
let served: string[] = [];
const handlers = new Proxy({} as Handlers, {
  get: (_target, name) => async () => {
    served.push(String(name));
    return {};
  },
});
const files = new Map<string, StaticFile>([
  ['/', { type: 'text/html', bytes: Buffer.from('<!doctype html>Penstock') }],
]);

describe('LH local host', () => {
  let host: BrowserHost;
  let token: string;
  const open = new Set<WebSocket | Socket>();

  beforeEach(async () => {
    served = [];
    host = await startBrowserHost({ files, handlers: () => handlers });
    token = new URL(host.url).hash.slice('#token='.length);
  });

  afterEach(async () => {
    for (const connection of open) connection instanceof WebSocket ? connection.terminate() : connection.destroy();
    open.clear();
    await host.close();
  });

  /** Opens the socket as a page would, sends the first message and one call; answers what happened. */
  async function knock(
    first: unknown,
    headers: Record<string, string> = {},
    path = '/socket',
  ): Promise<{ closed: number | undefined; session?: string }> {
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}${path}`, {
      headers: { Origin: `http://127.0.0.1:${host.port}`, ...headers },
    });
    open.add(socket);
    return new Promise((resolve) => {
      let session: string | undefined;
      socket.on('open', () => {
        socket.send(typeof first === 'string' ? first : JSON.stringify(first));
        socket.send(JSON.stringify({ id: 1, call: 'closeDocument', input: { documentId: 'x' } }));
      });
      socket.on('message', (data) => {
        const message = JSON.parse(String(data));
        if (message.session) session = message.session;
        if (message.id === 1) resolve({ closed: undefined, session });
      });
      socket.on('close', (code) => resolve({ closed: code, session }));
      socket.on('unexpected-response', (_request, response) => resolve({ closed: response.statusCode }));
      socket.on('error', () => {});
    });
  }

  /** Sends raw bytes and answers the status line of what comes back. */
  function raw(text: string): Promise<{ status: number; head: string; body: string }> {
    return new Promise((resolve) => {
      const socket = connectSocket(host.port, '127.0.0.1', () => socket.write(text));
      open.add(socket);
      let received = '';
      socket.on('data', (data) => {
        received += data;
      });
      socket.on('error', () => {});
      socket.on('close', () => {
        const [head = '', body = ''] = received.split('\r\n\r\n');
        resolve({ status: Number(head.split(' ')[1] ?? 0), head: head.toLowerCase(), body });
      });
    });
  }
  const get = (path: string, headers: string[] = [`Host: 127.0.0.1:${host.port}`], method = 'GET') =>
    raw([`${method} ${path} HTTP/1.1`, ...headers, 'Connection: close', '', ''].join('\r\n'));

  it('LH-00 control: our own page with the token is served', async () => {
    expect(await knock({ token })).toMatchObject({ closed: undefined, session: expect.any(String) });
    expect(served).toEqual(['closeDocument']);
    expect((await get('/')).status).toBe(200);
  });

  it.each([
    ['LH-01 no token', {}],
    ['LH-02 a wrong token', { token: 'x' }],
    ['LH-02b a token that is no text', { token: { length: 43 } }],
    ['LH-02c a call instead of a token', { id: 1, call: 'closeDocument', input: { documentId: 'x' } }],
    ['LH-02d something that is not JSON', 'hello'],
  ])('%s is refused', async (_title, first) => {
    expect((await knock(first)).closed).toBe(4401);
    expect(served).toEqual([]);
  });

  it('LH-03 a token of the right length with one wrong character is refused', async () => {
    const wrong = (token[0] === 'A' ? 'B' : 'A') + token.slice(1);
    expect((await knock({ token: wrong })).closed).toBe(4401);
    expect(served).toEqual([]);
  });

  it('LH-04 a token in the query is not taken', async () => {
    expect((await knock({}, {}, `/socket?token=${token}`)).closed).toBe(403);
    expect(served).toEqual([]);
  });

  it('LH-05 the one-time token is refused the second time; the session secret lets the same page reload', async () => {
    const { session } = await knock({ token });
    served = [];
    expect((await knock({ token })).closed).toBe(4401);
    expect(served).toEqual([]);
    expect((await knock({ token: session })).closed).toBeUndefined();
  });

  it('LH-06 nothing answers after shutdown', async () => {
    const { port } = host;
    await host.close();
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
    host = await startBrowserHost({ files, handlers: () => handlers });
  });

  it.each([
    ['LH-07 Host evil.example', ['Host: evil.example']],
    ['LH-08 Host 127.0.0.1.evil', ['Host: 127.0.0.1.evil']],
    ['LH-10 a wrong port', ['Host: 127.0.0.1:1']],
    ['LH-10b Host without port', ['Host: 127.0.0.1']],
    ['LH-10c localhost by name', ['Host: localhost']],
  ])('%s gets nothing', async (_title, headers) => {
    const { status, body } = await get('/', headers);
    expect(status).toBe(403);
    expect(body).not.toContain('Penstock');
  });

  it('LH-09 a request without Host gets nothing', async () => {
    expect((await get('/', [])).status).toBe(400);
  });

  it('LH-11 two Host headers get nothing', async () => {
    const { status, body } = await get('/', [`Host: 127.0.0.1:${host.port}`, 'Host: evil.example']);
    expect([400, 403]).toContain(status);
    expect(body).not.toContain('Penstock');
  });

  it('LH-12 an absolute-form request line gets nothing', async () => {
    const { status } = await get(`http://127.0.0.1:${host.port}/`);
    expect(status).toBe(403);
  });

  it.each([
    ['LH-14 Origin evil', { Origin: 'http://evil.example' }],
    ['LH-15 Origin null', { Origin: 'null' }],
    ['LH-16 Origin missing', { Origin: undefined as unknown as string }],
    ['LH-14b Origin with another port', { Origin: 'http://127.0.0.1:1' }],
    ['LH-14c Origin https', { Origin: 'https://127.0.0.1' }],
  ])('%s cannot open the socket, even with the token', async (_title, headers) => {
    if (headers.Origin === undefined) {
      const socket = new WebSocket(`ws://127.0.0.1:${host.port}/socket`);
      open.add(socket);
      const status = await new Promise((resolve) => {
        socket.on('unexpected-response', (_request, response) => resolve(response.statusCode));
        socket.on('open', () => resolve('open'));
        socket.on('error', () => {});
      });
      expect(status).toBe(403);
    } else {
      expect((await knock({ token }, headers)).closed).toBe(403);
    }
    expect(served).toEqual([]);
  });

  it.each([
    ['LH-17 a simple POST', 'POST', 'text/plain'],
    ['LH-18 a form POST', 'POST', 'application/x-www-form-urlencoded'],
    ['LH-19 a preflight', 'OPTIONS', 'text/plain'],
  ])('%s does nothing and is answered without CORS headers', async (_title, method, type) => {
    const { status, head } = await get(
      '/',
      [`Host: 127.0.0.1:${host.port}`, `Content-Type: ${type}`, 'Content-Length: 0'],
      method,
    );
    expect(status).toBe(405);
    expect(head).not.toContain('access-control');
    expect(served).toEqual([]);
  });

  it('LH-20 and LH-26 what is served cannot be embedded, sniffed or framed elsewhere', async () => {
    const { head } = await get('/');
    expect(head).toContain('x-content-type-options: nosniff');
    expect(head).toContain('cross-origin-resource-policy: same-origin');
    expect(head).toContain("frame-ancestors 'none'");
    expect(head).toContain("script-src 'self'");
    expect(head).not.toContain('unsafe');
  });

  it.skipIf(process.platform !== 'linux')('LH-21 listens on loopback only', () => {
    const hex = host.port.toString(16).toUpperCase().padStart(4, '0');
    const listening = ['/proc/net/tcp', '/proc/net/tcp6']
      .flatMap((table) => readFileSync(table, 'utf8').split('\n'))
      .filter((line) => line.includes(`:${hex} `) && line.includes(' 0A '));
    expect(listening.map((line) => line.trim().split(/\s+/)[1])).toEqual([`0100007F:${hex}`]);
  });

  it('LH-23 the token is in no argument or environment of this process', () => {
    expect([...process.argv, ...Object.values(process.env)].join(' ')).not.toContain(token);
  });

  it.each([
    '/..%2f..%2fpackage.json',
    '/../package.json',
    '/%2e%2e/package.json',
    '//etc/hostname',
    '/index.html%00',
    '/assets/../../package.json',
  ])('LH-24 %s leads nowhere', async (path) => {
    expect((await get(path)).status).toBe(404);
  });

  it('LH-25 a message above the limit ends the connection', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}/socket`, {
      headers: { Origin: `http://127.0.0.1:${host.port}` },
    });
    open.add(socket);
    const code = await new Promise((resolve) => {
      socket.on('open', () => socket.send(Buffer.alloc(33 * 1024 * 1024, 0x20)));
      socket.on('close', resolve);
      socket.on('error', () => {});
    });
    expect([1009, 1006]).toContain(code);
    expect(served).toEqual([]);
  });

  it('ends the earlier page when the same session opens again', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}/socket`, {
      headers: { Origin: `http://127.0.0.1:${host.port}` },
    });
    open.add(socket);
    const session = await new Promise<string>((resolve) => {
      socket.on('open', () => socket.send(JSON.stringify({ token })));
      socket.on('message', (data) => resolve(JSON.parse(String(data)).session));
    });
    const closed = new Promise((resolve) => socket.on('close', resolve));
    await knock({ token: session });
    expect(await closed).toBe(4409);
  });
});
