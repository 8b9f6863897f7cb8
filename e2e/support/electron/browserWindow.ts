import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { BrowserContext, CDPSession, Page, Request as PageRequest, Route } from '@playwright/test';
import { codec } from './codec.ts';
import { ipcHandlers } from './ipcMain.ts';
import { order } from './order.ts';
import { protocolHandlers, requestGuard } from './session.ts';
import { mainWorldSource, preloadWorldSource } from './worlds.ts';

/**
 * Windows and their contents: each is a page of Chromium whose addresses `app://HOST/…` are shown as
 * `https://HOST.app.test/…` and answered by the real protocol handler. The preload runs in a real isolated world.
 */
const windows: BrowserWindow[] = [];
let lastId = 0;
let context: Promise<BrowserContext> | undefined;
const { encode, decode } = codec();

export const setContext = (opened: Promise<BrowserContext>) => {
  context = opened;
};

/**
 * Pages that no window of ours asked for (window.open, target, Ctrl+click) load nothing and are closed at once. Electron
 * does not even make them when the handler denies; a handler that allows would have to be imitated here first.
 */
let expectedPages = 0;
let isGuarded = false;
async function guardBrowser(opened: BrowserContext): Promise<void> {
  if (isGuarded) return;
  isGuarded = true;
  await opened.route('**/*', (route) => route.abort());
  opened.on('page', (page) => {
    if (expectedPages > 0) expectedPages -= 1;
    else void page.close().catch(() => {});
  });
}

const toPage = (address: string) => address.replace(/^app:\/\/([^/]+)/, 'https://$1.app.test');
const toApp = (address: string) => address.replace(/^https:\/\/([^/]+)\.app\.test/, 'app://$1');

interface Frame {
  url: string;
  parent: Frame | null;
}

class WebContents extends EventEmitter {
  readonly id: number;
  private cdp: CDPSession | undefined;
  private page: Page | undefined;
  private world: number | undefined;
  private isGone = false;
  private isLoading = false;
  private openHandler: (details: { url: string }) => { action: 'deny' | 'allow' } = () => ({ action: 'allow' });
  private readonly preload: string;

  constructor(preload: string) {
    super();
    lastId += 1;
    this.id = lastId;
    this.preload = preload;
  }

  setWindowOpenHandler(handler: (details: { url: string }) => { action: 'deny' | 'allow' }): void {
    this.openHandler = handler;
  }

  isDestroyed = () => this.isGone;
  getURL = () => toApp(this.page?.url() ?? '');

  send(channel: string, ...args: unknown[]): void {
    if (this.isGone) throw new Error('Object has been destroyed');
    void this.receive(encode({ channel, args }));
  }

  private async receive(text: string): Promise<void> {
    if (this.world === undefined) return; // nobody listens before the preload ran
    await this.cdp
      ?.send('Runtime.evaluate', { contextId: this.world, expression: `__standInReceive(${JSON.stringify(text)})` })
      .catch(() => {});
  }

  async load(address: string): Promise<void> {
    const opened = await (context ?? Promise.reject(new Error('The stand-in has no browser.')));
    await guardBrowser(opened);
    expectedPages += 1;
    const page = await opened.newPage();
    this.page = page;
    page.on('close', () => this.destroy());
    page.on('crash', () => this.emit('render-process-gone', {}, { reason: 'crashed' }));
    await page.route('**/*', (route) => this.answer(route));
    this.cdp = await opened.newCDPSession(page);
    await this.prepareWorlds(this.cdp);
    this.isLoading = true;
    await page.goto(toPage(address));
    this.isLoading = false;
    this.emit('did-finish-load');
    process.send?.({ event: 'loaded' });
  }

  /** Requests of the page: our scheme goes to the protocol handler, a navigation elsewhere is an event, the rest is refused. */
  private async answer(route: Route): Promise<void> {
    const request = route.request();
    const url = toApp(request.url());
    if (request.isNavigationRequest() && !this.isOwnNavigation(request)) {
      const isMain = request.frame() === this.page?.mainFrame();
      const prevented = { value: false };
      const preventDefault = () => {
        prevented.value = true;
      };
      this.emit(isMain ? 'will-navigate' : 'will-frame-navigate', { preventDefault, url, isMainFrame: isMain }, url);
      process.send?.({ event: prevented.value ? 'navigation-prevented' : 'navigation-allowed', url });
      if (prevented.value) return route.abort('aborted');
    }
    if (requestGuard()?.(url)) return route.abort('blockedbyclient');
    const handler = protocolHandlers.get(new URL(url).protocol.slice(0, -1));
    if (!handler) return route.abort();
    const response = await handler(new Request(url, { method: request.method() }));
    const body = Buffer.from(await response.arrayBuffer());
    return route.fulfill({ status: response.status, headers: Object.fromEntries(response.headers), body });
  }

  /** loadURL and reload ask nobody; everything else that the page brings about is an event first, as in Electron. */
  private isOwnNavigation(request: PageRequest): boolean {
    const bare = (address = '') => address.replace(/#.*/, '');
    if (request.frame() !== this.page?.mainFrame()) return false;
    return this.isLoading || bare(request.url()) === bare(this.page?.url());
  }

  private async prepareWorlds(cdp: CDPSession): Promise<void> {
    const channel = randomUUID();
    const worldName = 'penstock-preload';
    const binding = `standIn${channel.replaceAll('-', '')}`;
    await cdp.send('Runtime.enable');
    await cdp.send('Page.enable');
    cdp.on('Runtime.executionContextCreated', ({ context: made }) => {
      if (made.name === worldName) this.world = made.id;
    });
    cdp.on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name === binding) void this.serveCall(payload);
    });
    cdp.on('Page.windowOpen', ({ url }) => this.askOpen(toApp(url)));
    await cdp.send('Runtime.addBinding', { name: binding, executionContextName: worldName });
    const add = (source: string, world?: string) =>
      cdp.send('Page.addScriptToEvaluateOnNewDocument', {
        source: `if (window === top) { ${source} }`,
        ...(world && { worldName: world }),
      });
    await add(mainWorldSource(channel));
    await add(preloadWorldSource(channel, binding, readFileSync(this.preload, 'utf8')), worldName);
  }

  private askOpen(url: string): void {
    const { action } = this.openHandler({ url });
    process.send?.({ event: action === 'deny' ? 'window-denied' : 'window-allowed', url });
  }

  private async serveCall(payload: string): Promise<void> {
    const message = decode(payload) as { id: number; channel: string; args: unknown[]; open?: string };
    if (message.open !== undefined) return this.askOpen(message.open);
    const { id, channel, args } = message;
    const handler = ipcHandlers.get(channel);
    const frame: Frame = { url: this.getURL(), parent: null };
    try {
      if (!handler) throw new Error(`No handler registered for '${channel}'`);
      const value = await handler({ sender: this, senderFrame: frame }, ...args);
      await this.receive(encode({ reply: id, value }));
    } catch (error) {
      await this.receive(encode({ reply: id, error: `Error invoking remote method '${channel}': ${error}` }));
    }
  }

  destroy(): void {
    if (this.isGone) return;
    this.isGone = true;
    this.emit('destroyed');
  }

  reload(): void {
    void this.page?.reload();
  }
  async close(): Promise<void> {
    await this.page?.close();
  }
}

export class BrowserWindow extends EventEmitter {
  readonly webContents: WebContents;

  constructor(options: { webPreferences?: Record<string, unknown> }) {
    super();
    order.needsReady('BrowserWindow');
    process.send?.({ event: 'window', options: JSON.parse(JSON.stringify(options)) });
    this.webContents = new WebContents(String(options.webPreferences?.preload));
    windows.push(this);
    order.app.emit('web-contents-created', {}, this.webContents);
    this.webContents.on('destroyed', () => {
      windows.splice(windows.indexOf(this), 1);
      this.emit('closed');
      if (windows.length === 0) order.app.emit('window-all-closed');
    });
  }

  static getAllWindows = () => [...windows];
  static getFocusedWindow = () => windows[0] ?? null;
  loadURL = (address: string) => this.webContents.load(address);
  isDestroyed = () => this.webContents.isDestroyed();
  isMinimized = () => false;
  restore = () => {};
  focus = () => {};
  setProgressBar = (share: number) => void process.send?.({ event: 'progress', share });
  reload = () => this.webContents.reload();
  close = () => void this.webContents.close();
}
