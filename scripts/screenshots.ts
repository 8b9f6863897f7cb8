import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startCodePipelineServer } from '../e2e/support/codePipelineServer.ts';
import { launchBrowserHost } from '../e2e/support/launchBrowserHost.ts';
import { tour } from '../e2e/support/tour.ts';
import { build } from './build.ts';
import { findOrInstallChromium } from './findChromium.ts';
import { root } from './root.ts';

/*
 * `npm run screenshots`: the pictures under docs/images, taken from the real browser host while it runs the Quickstart sample.
 * `npm run screenshots -- --into FOLDER` takes every screen of the window in light and dark at 1280x800 and at 2560x1440, to be
 * looked at; `--text 200` with larger text, `--contrast` with more contrast, `--built` without building first.
 */
const { values: options } = parseArgs({
  options: {
    into: { type: 'string' },
    text: { type: 'string', default: '100' },
    contrast: { type: 'boolean', default: false },
    built: { type: 'boolean', default: false },
  },
});

/** What README and docs show; at a size that a page of text can hold. */
const SHOWN = new Set(['start', 'runSheet', 'running', 'failed', 'compare', 'history', 'execution', 'push']);
const sizes = options.into
  ? [
      { width: 1280, height: 800 },
      { width: 2560, height: 1440 },
    ]
  : [{ width: 1440, height: 900 }];
/** The port that the Settings dialog gives as an example; another one where it is taken. */
const EXAMPLE_PORT = 4566;

async function takeAll(viewport: { width: number; height: number }): Promise<void> {
  const images = options.into
    ? join(resolve(options.into), `${viewport.width}x${viewport.height}`)
    : join(root, 'docs/images');
  mkdirSync(images, { recursive: true });
  // A plain path, because dialogs show it.
  const folder = join(tmpdir(), `penstock-tour-${viewport.width}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'data'), { recursive: true });
  writeFileSync(join(folder, 'data/settings.json'), JSON.stringify({ textSize: Number(options.text) }));
  const server = await startCodePipelineServer(EXAMPLE_PORT).catch(() => startCodePipelineServer());
  const app = await launchBrowserHost(folder, { context: { locale: 'en-GB', timezoneId: 'UTC', viewport } });
  const visit = async (name: string) => {
    if (!options.into && !SHOWN.has(name)) return;
    for (const colorScheme of ['light', 'dark'] as const) {
      const contrast = options.contrast ? 'more' : 'no-preference';
      await app.page.emulateMedia({ colorScheme, contrast, reducedMotion: 'reduce' });
      // The page hears of the scheme in an event; the second frame after it is drawn with it.
      await app.page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
      await app.page.mouse.move(viewport.width - 4, viewport.height - 4);
      await app.page.screenshot({ path: join(images, `${name}-${colorScheme}.png`), animations: 'disabled' });
    }
    process.stdout.write(`${viewport.width}x${viewport.height} ${name}\n`);
  };
  try {
    await tour({ app, folder, server, isDesktop: false, visit });
  } catch (error) {
    await app.page.screenshot({ path: join(tmpdir(), 'penstock-screenshots-failed.png') });
    throw error;
  } finally {
    await app.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

if (!options.built) build();
const chromium = findOrInstallChromium();
if (!chromium) throw new Error('No Chromium found and none could be installed.');
process.env.PENSTOCK_CHROMIUM = chromium.path ?? '';
for (const size of sizes) await takeAll(size);
