import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { staticFiles } from '../ipc/staticFiles.ts';
import { serveApp } from './serveApp.ts';

describe('NV the files of the app: scheme', () => {
  let folder: string;
  let serve: (address: string, method?: string) => Response;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'penstock-app-'));
    mkdirSync(join(folder, 'out/assets'), { recursive: true });
    writeFileSync(join(folder, 'out/index.html'), '<!doctype html>Penstock');
    writeFileSync(join(folder, 'out/assets/index.js'), 'export {};');
    writeFileSync(join(folder, 'out/assets/notes.map'), '{}');
    writeFileSync(join(folder, 'canary.html'), 'canary');
    symlinkSync(join(folder, 'canary.html'), join(folder, 'out/link.html'));
    const answer = serveApp(staticFiles(join(folder, 'out')));
    // A Request of Node refuses some of these addresses before we could; Chromium hands them over.
    serve = (url, method = 'GET') => answer({ url, method } as Request);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('NV-00 control: serves the page and its files, each with its type and the policy', async () => {
    const page = serve('app://penstock/');
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('Penstock');
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    expect(serve('app://penstock/assets/index.js?v=1#x').headers.get('content-type')).toContain('text/javascript');
    expect(await serve('app://penstock/index.html', 'HEAD').text()).toBe('');
  });

  it.each([
    ['NV-15 our host as a user', 'app://penstock@evil/'],
    ['NV-15b a user at our host', 'app://evil@penstock/'],
    ['NV-16 a path that leads out, encoded', 'app://penstock/..%2f..%2fcanary.html'],
    ['NV-16b a path that leads out', 'app://penstock/../canary.html'],
    ['NV-16c a path that leads out, encoded twice', 'app://penstock/%252e%252e/canary.html'],
    ['NV-16d a path with backslashes', 'app://penstock/..\\canary.html'],
    ['NV-16e an absolute path', 'app://penstock//etc/hostname'],
    ['NV-16f a NUL', 'app://penstock/index.html%00.js'],
    ['NV-16g a link that leads out', 'app://penstock/link.html'],
    ['NV-16h a type that no page needs', 'app://penstock/assets/notes.map'],
    ['NV-17 another host', 'app://other/'],
    ['NV-17b another scheme', 'https://penstock/'],
    ['NV-17c no address at all', 'nonsense'],
  ])('%s is not there', async (_title, address) => {
    const response = serve(address);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('');
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('NV-17d %s is refused', (method) => {
    expect(serve('app://penstock/', method).status).toBe(405);
  });

  it('serves what was built when it started, whatever is built meanwhile', async () => {
    rmSync(join(folder, 'out'), { recursive: true });
    expect(await serve('app://penstock/assets/index.js').text()).toBe('export {};');
  });
});
