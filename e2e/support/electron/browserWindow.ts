import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { BrowserContext, CDPSession, Page, Route } from '@playwright/test';
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
    const page = await opened.newPage();
    this.page = page;
    page.on('close', () => this.destroy());
    page.on('crash', () => this.emit('render-process-gone', {}, { reason: 'crashed' }));
    await page.route('**/*', (route) => this.answer(route));
    this.cdp = await opened.newCDPSession(page);
    await this.prepareWorlds(this.cdp);
    await page.goto(toPage(address));
    this.emit('did-finish-load');
    process.send?.({ event: 'loaded' });
  }

  /** Requests of the page: our scheme goes to the protocol handler, a navigation elsewhere is an event, the rest is refused. */
  private async answer(route: Route): Promise<void> {
    const request = route.request();
    const url = toApp(request.url());
    if (request.isNavigationRequest() && !url.startsWith('app:')) {
      const prevented = { value: false };
      this.emit(
        'will-navigate',
        {
          preventDefault: () => {
            prevented.value = true;
          },
          url,
        },
        url,
      );
      process.send?.({ event: prevented.value ? 'navigation-prevented' : 'navigation-allowed', url });
      return route.abort();
    }
    if (requestGuard()?.(url)) return route.abort('blockedbyclient');
    const handler = protocolHandlers.get(new URL(url).protocol.slice(0, -1));
    if (!handler) return route.abort();
    const response = await handler(new Request(url, { method: request.method() }));
    const body = Buffer.from(await response.arrayBuffer());
    return route.fulfill({ status: response.status, headers: Object.fromEntries(response.headers), body });
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
    cdp.on('Page.windowOpen', ({ url }) => {
      const { action } = this.openHandler({ url: toApp(url) });
      process.send?.({ event: action === 'deny' ? 'window-denied' : 'window-allowed', url });
    });
    // Page scripts have no window.open to reach when it is denied, as in Electron.
    await cdp.send('Runtime.addBinding', { name: binding, executionContextName: worldName });
    const add = (source: string, world?: string) =>
      cdp.send('Page.addScriptToEvaluateOnNewDocument', {
        source: `if (window === top) { ${source} }`,
        ...(world && { worldName: world }),
      });
    await add(mainWorldSource(channel));
    await add(preloadWorldSource(channel, binding, readFileSync(this.preload, 'utf8')), worldName);
  }

  private async serveCall(payload: string): Promise<void> {
    const { id, channel, args } = decode(payload) as { id: number; channel: string; args: unknown[] };
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
  reload = () => this.webContents.reload();
  close = () => void this.webContents.close();
}
