import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { build as bundle, type Rolldown } from 'vite';
import { root } from '../scripts/root.ts';

/** A source of this folder as one script that can be put into a page. */
export async function bundled(file: string): Promise<string> {
  const entry = join(root, 'bench', file);
  const built = (await bundle({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, lib: { entry, formats: ['iife'], name: 'bench' } },
  })) as Rolldown.RolldownOutput | Rolldown.RolldownOutput[];
  const [result] = Array.isArray(built) ? built : [built];
  const output = result?.output ?? [];
  const chunk = output.find(({ type }) => type === 'chunk') as Rolldown.OutputChunk | undefined;
  if (!chunk) throw new Error(`${file} was not bundled.`);
  return chunk.code;
}

/** Serves the built window on the loopback under the policy that the real hosts set, and an empty page at /plain. */
export async function serveWindow(): Promise<{ url: string; close: () => void }> {
  const folder = join(root, 'out', 'renderer');
  const types: Record<string, string> = {
    '.html': 'text/html',
    '.js': 'text/javascript',
    '.css': 'text/css',
    '.svg': 'image/svg+xml',
    '.woff2': 'font/woff2',
  };
  const policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
    if (path === '/plain') {
      response.writeHead(200, { 'Content-Type': 'text/html' });
      return response.end('<!doctype html><style>body{margin:0}</style><div id="root"></div>');
    }
    const file = join(folder, path === '/' ? 'index.html' : path);
    if (!existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, {
      'Content-Type': types[extname(file)] ?? 'application/octet-stream',
      'Content-Security-Policy': policy,
    });
    return createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => server.close() };
}
