import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

/**
 * The built window as a fixed map from URL path to bytes, read when the host starts. Nothing else can be asked for, so a
 * request cannot leave the folder, and a build that goes on meanwhile changes nothing. Both hosts serve from it with the
 * same headers.
 */
export interface StaticFile {
  readonly type: string;
  readonly bytes: Buffer;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.json': 'application/json',
};

/** Every file below `folder` by its URL path; '/' is index.html. Files of unknown types are left out. */
export function staticFiles(folder: string): ReadonlyMap<string, StaticFile> {
  const found = new Map<string, StaticFile>();
  const walk = (directory: string, prefix: string) => {
    for (const entry of readdirSync(directory, { withFileTypes: true })) {
      const file = join(directory, entry.name);
      if (entry.isDirectory()) walk(file, `${prefix}${entry.name}/`);
      const type = TYPES[extname(entry.name)];
      if (!entry.isFile() || !type) continue;
      found.set(`${prefix}${entry.name}`, { type, bytes: readFileSync(file) });
    }
  };
  walk(folder, '/');
  const index = found.get('/index.html');
  if (index) found.set('/', index);
  return found;
}

/**
 * Headers of everything a host serves (reliability-security.md §4 item 5). `socket` is the one address the page may
 * connect to besides its own origin.
 */
export function securityHeaders(socket = ''): Record<string, string> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    `connect-src 'self'${socket ? ` ${socket}` : ''}`,
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ];
  return {
    'Content-Security-Policy': policy.join('; '),
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), clipboard-read=()',
    'Cache-Control': 'no-store',
  };
}
