import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { securityHeaders } from '../ipc/staticFiles.ts';

/*
 * What reliability-security.md §4 wants of the sources and of the built bundles, held by reading them. Every rule has an
 * example that breaks it, so that a rule which finds nothing any more does not pass for one that is kept.
 */
const root = join(import.meta.dirname, '../..');

interface File {
  path: string;
  text: string;
}
function filesBelow(folder: string, wanted: RegExp): File[] {
  const directory = join(root, folder);
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => wanted.test(name) && !/\.test\.tsx?$|(^|\/)testing\//.test(name))
    .map((name) => join(directory, name))
    .map((path) => ({ path: relative(root, path).replaceAll('\\', '/'), text: readFileSync(path, 'utf8') }));
}
/** Code without comments, so that a rule may be named where it is kept. */
const codeOf = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
const sources = [
  ...filesBelow('electron', /\.ts$/),
  ...filesBelow('renderer', /\.tsx?$/),
  ...filesBelow('shared', /\.ts$/),
].map(({ path, text }) => ({ path, text: codeOf(text) }));
const main = filesBelow('out/main', /\.js$/);
const preload = filesBelow('out/preload', /\.c?js$/);
const page = filesBelow('out/renderer', /\.(js|html|css)$/);

interface Rule {
  title: string;
  pattern: RegExp;
  /** The only files that may. */
  where?: readonly string[];
  breaks: string;
}
const RULES: readonly Rule[] = [
  {
    title: 'windows are made in one place',
    pattern: /\bnew (BrowserWindow|BrowserView|WebContentsView)\b/,
    where: ['electron/desktop/makeWindow.ts'],
    breaks: 'new BrowserWindow({})',
  },
  {
    title: 'main listens to pages in one place',
    pattern: /\bipc(Main)?\.(handle|handleOnce|on|once|addListener)\(/,
    where: ['electron/ipc/electronDoor.ts'],
    breaks: "ipcMain.on('x', () => {})",
  },
  {
    title: 'only the preload knows ipcRenderer',
    pattern: /\bipcRenderer\b|\bcontextBridge\b/,
    where: ['electron/preload.ts'],
    breaks: 'ipcRenderer.send()',
  },
  {
    title: 'nothing is opened outside of Penstock',
    pattern: /\bshell\.\w+\(|\bopenExternal\(/,
    breaks: "shell.openExternal('https://x')",
  },
  { title: 'no page comes from a file', pattern: /\bloadFile\(|loadURL\([^)]*file:/, breaks: "window.loadFile('x')" },
  {
    title: 'no protection of Chromium is turned off',
    pattern:
      /no-sandbox|disable-web-security|ignore-certificate|setCertificateVerifyProc|appendSwitch|bypassCSP|corsEnabled|allowServiceWorkers|enableBlinkFeatures/,
    where: ['electron/cli/openInBrowser.ts'], // a browser of the machine, for root, who cannot have its sandbox
    breaks: "app.commandLine.appendSwitch('no-sandbox')",
  },
  {
    title: 'text is never run',
    pattern: /\beval\(|\bnew Function\(|\bvm\.(run|Script)|from 'node:vm'|setTimeout\(\s*['"`]/,
    breaks: 'new Function("x")',
  },
  {
    title: 'no HTML is made from text',
    pattern: /dangerouslySetInnerHTML|\.(inner|outer)HTML\s*=|insertAdjacentHTML|document\.write/,
    breaks: 'node.innerHTML = x',
  },
  {
    title: 'no deep links, crash uploads, remote module or Node flags',
    pattern: /setAsDefaultProtocolClient|crashReporter|@electron\/remote|ELECTRON_RUN_AS_NODE['"]?\s*\]?\s*=/,
    breaks: "app.setAsDefaultProtocolClient('penstock')",
  },
];

describe.each(RULES)('$title', ({ pattern, where = [], breaks }) => {
  it('in the sources', () => {
    const found = sources.filter(({ path, text }) => pattern.test(text) && !where.includes(path));
    expect(found.map(({ path }) => path)).toEqual([]);
  });

  it('control: the rule sees what breaks it, and the places that may are still there', () => {
    expect(pattern.test(breaks)).toBe(true);
    for (const path of where) expect(sources.find((file) => file.path === path)?.text).toMatch(pattern);
  });
});

describe('main', () => {
  const text = sources.find(({ path }) => path === 'electron/main.ts')?.text ?? '';
  const at = (part: string) => {
    expect(text).toContain(part);
    return text.indexOf(part);
  };

  it('sandboxes pages and names the scheme before anything is ready', () => {
    const ready = at('app.whenReady()');
    expect(at('app.enableSandbox()')).toBeLessThan(ready);
    expect(at('protocol.registerSchemesAsPrivileged')).toBeLessThan(ready);
    expect(text).toContain('privileges: { standard: true, secure: true, supportFetchAPI: true }');
  });

  it('takes the lock of the single instance before it touches a file', () => {
    expect(at('app.requestSingleInstanceLock()')).toBeLessThan(at('createServices('));
  });

  it('hardens the session before it serves or opens a page, and drops the channel that electron-store opens', () => {
    expect(at('harden(app, session.defaultSession)')).toBeLessThan(at("protocol.handle('app'"));
    expect(at('harden(app, session.defaultSession)')).toBeLessThan(at('makeWindow({'));
    at("ipcMain.removeAllListeners('electron-store-get-data')");
  });
});

describe('the content security policy', () => {
  const policy = securityHeaders()['Content-Security-Policy'] ?? '';

  it('allows nothing by default, nothing unsafe and nobody else', () => {
    expect(policy).toMatch(/^default-src 'none'/);
    expect(policy).not.toMatch(/unsafe-|\*|https?:|blob:|strict-dynamic/);
    for (const part of [
      "script-src 'self'",
      "style-src 'self'",
      "require-trusted-types-for 'script'",
      "base-uri 'none'",
    ])
      expect(policy).toContain(part);
  });

  it('lets the page of the browser host connect to its own socket only', () => {
    const changed = securityHeaders('ws://127.0.0.1:4711')['Content-Security-Policy'] ?? '';
    expect(changed.replace(' ws://127.0.0.1:4711', '')).toBe(policy);
  });
});

// `npm test` builds after the specs: these see the last build. The end-to-end specs run what is built.
describe.runIf(main.length > 0 && page.length > 0)('the built bundles', () => {
  it('the preload is one CommonJS file that wants nothing but electron', () => {
    expect(preload.map(({ path }) => path)).toEqual(['out/preload/preload.cjs']);
    const [{ text }] = preload as [File];
    const wanted = [...text.matchAll(/\brequire\(\s*["'`]([^"'`]+)["'`]\s*\)/g)].map(([, name]) => name);
    expect(new Set(wanted)).toEqual(new Set(['electron']));
    expect(text).not.toMatch(/^\s*(import|export)\b/m);
  });

  it('the desktop host has no security switch and no page of a file', () => {
    for (const { path, text } of main) {
      if (!path.endsWith('main/main.js')) continue;
      expect(text).not.toMatch(/no-sandbox|loadFile\(|openExternal|appendSwitch|unsafe-inline|unsafe-eval/);
      expect(text).toContain('contextIsolation: true');
      expect(text).toContain('sandbox: true');
    }
  });

  it('only the desktop host asks for electron: the CLI runs where there is none', () => {
    const asking = main.filter(({ text }) => /from ["']electron["']|require\(["']electron["']\)/.test(text));
    expect(asking.map(({ path }) => path)).toEqual(['out/main/main.js']);
  });

  it('no text is run: new Function and eval only where zod asks whether it might', () => {
    // zod compiles schemas where it may; the window forbids it (renderer/app/noEval.ts), its policy would too.
    const running = /\bnew Function\(|(?<![\w.$])eval\(/;
    const found = [...main, ...page].filter(({ text }) => running.test(text));
    for (const { path, text } of found) {
      const lines = text.split('\n').filter((line) => running.test(line));
      expect({ path, zod: /zod|jitless|allowsEval/i.test(text), lines: lines.length > 0 }).toEqual({
        path,
        zod: true,
        lines: true,
      });
    }
  });

  it('the page loads only its own files, and has no inline script or style', () => {
    const html = page.find(({ path }) => path === 'out/renderer/index.html')?.text ?? '';
    expect(html).toContain('<script');
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>|<style|\son\w+=|(src|href)="(https?:)?\/\//);
  });
});
