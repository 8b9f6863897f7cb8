import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

let own = '';
vi.mock('@playwright/test', () => ({ chromium: { executablePath: () => own } }));
const { findChromium, launchOptions } = await import('./findChromium.ts');

describe.runIf(process.platform === 'linux')('the Chromium that specs drive', () => {
  let folder: string;
  const make = (...names: string[]) => {
    for (const name of names) writeFileSync(join(folder, name), '');
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'penstock-chromium-'));
    for (const name of ['a', 'b']) mkdirSync(join(folder, name));
    own = join(folder, 'own');
    vi.stubEnv('PATH', [join(folder, 'a'), join(folder, 'b')].join(delimiter));
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });

  it("is Playwright's own, where it is installed", () => {
    make('own', 'a/chromium');
    expect(findChromium()).toEqual({ path: undefined, description: "Playwright's own Chromium" });
  });

  it('else one of the PATH: chromium before chrome, wherever they lie, and says which', () => {
    make('a/google-chrome', 'b/chromium');
    expect(findChromium()).toEqual({ path: join(folder, 'b/chromium'), description: join(folder, 'b/chromium') });
    rmSync(join(folder, 'b/chromium'));
    expect(findChromium()?.path).toBe(join(folder, 'a/google-chrome'));
  });

  it('never one of the current folder, and none where there is none', () => {
    vi.stubEnv('PATH', ['', '.', 'a'].join(delimiter));
    const before = process.cwd();
    make('chromium', 'a/chromium');
    process.chdir(folder);
    try {
      expect(findChromium()).toBeUndefined();
    } finally {
      process.chdir(before);
    }
  });

  it('is launched where it was found', () => {
    expect(launchOptions({ path: '/usr/bin/chromium', description: '' }).executablePath).toBe('/usr/bin/chromium');
    expect(launchOptions({ path: undefined, description: '' })).not.toHaveProperty('executablePath');
  });
});
