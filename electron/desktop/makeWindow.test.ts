import type { WebPreferences } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';

const made: { options: { webPreferences: WebPreferences }; loaded: string[] }[] = [];
vi.mock('electron', () => ({
  BrowserWindow: class {
    readonly loaded: string[] = [];
    readonly options: { webPreferences: WebPreferences };
    constructor(options: { webPreferences: WebPreferences }) {
      this.options = options;
      made.push(this);
    }
    async loadURL(url: string) {
      this.loaded.push(url);
    }
  },
}));
const { makeWindow } = await import('./makeWindow.ts');

/** Every preference that decides what a page may do, as reliability-security.md §4 item 2 wants it. */
const WANTED = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
} satisfies WebPreferences;

describe('a window', () => {
  beforeEach(() => {
    made.length = 0;
  });

  it.each([true, false])('is made with every preference named, from its sources or not (%s)', (isDevelopment) => {
    makeWindow({ preload: '/out/preload.cjs', isDevelopment, isDark: false });
    expect(made[0]?.options.webPreferences).toEqual({
      ...WANTED,
      preload: '/out/preload.cjs',
      devTools: isDevelopment,
    });
  });

  it('loads our page and nothing else', () => {
    makeWindow({ preload: '/out/preload.cjs', isDevelopment: false, isDark: true });
    expect(made[0]?.loaded).toEqual(['app://penstock/']);
  });
});
