import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';

/** A server on loopback that nobody has a reason to ask: each request it gets means that something got through. */
export interface Canary {
  readonly origin: string;
  readonly requests: string[];
  /** Pages that it serves besides the empty one. */
  readonly pages: Map<string, string>;
  close(): Promise<void>;
}

export async function startCanary(): Promise<Canary> {
  const requests: string[] = [];
  const pages = new Map<string, string>();
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    response.writeHead(200, { 'Content-Type': 'text/html', 'Access-Control-Allow-Origin': '*' });
    response.end(pages.get(request.url ?? '') ?? '<title>canary</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    pages,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** What a page did that hostile text must never make it do. */
export interface PageWatch {
  /** Dialogs, violations of the Content-Security-Policy, uncaught errors; in the order they came. */
  readonly seen: string[];
  /** True when a payload of ours ran. */
  isPwned(): Promise<boolean>;
}

/** Watches a page from now on. */
export function watch(page: Page): PageWatch {
  const seen: string[] = [];
  page.on('dialog', (dialog) => {
    seen.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => seen.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (/Content Security Policy|Trusted/i.test(message.text())) seen.push(`policy: ${message.text()}`);
  });
  return { seen, isPwned: () => page.evaluate(() => 'pwned' in window) };
}
