import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { type CDPSession, chromium, type Page } from '@playwright/test';
import { build as bundle, type Rolldown } from 'vite';
import { build } from '../scripts/build.ts';
import { findChromium } from '../scripts/findChromium.ts';
import { root } from '../scripts/root.ts';
import { largePipeline, statusEvents } from './canvasWork.ts';

/*
 * The canvas with a pipeline of the older quota (500 actions in 50 stages) and of today's (1,000): the built window in
 * Chromium, with a host in memory. CPU time of the main thread per frame, as Chromium itself counts it (so that a busy machine
 * does not change it), less that of an idle frame.
 */
const SIZES = [500, 1000];
const FRAMES = 60;
const AIMS = { mount: 220, pan: 8, zoom: 8, drag: 16, status: 4 } as const;
type Measure = keyof typeof AIMS;
/** What the page holds besides the window itself. */
interface FakePage {
  makeFakeHost(options: unknown): unknown;
  penstock: { push(name: string, value: unknown): void };
}
interface Result {
  cards: number;
  measure: Measure;
  p50: number;
  p95: number;
  aim: number;
}

export async function run({ json }: { json: boolean }): Promise<void> {
  build({ quiet: json });
  const found = findChromium();
  if (!found) throw new Error('No Chromium was found. `npx playwright install chromium` fetches one.');
  const host = await bundledHost();
  const server = await serveWindow();
  const browser = await chromium.launch({ executablePath: found.path, args: ['--no-sandbox'] });
  const results: Result[] = [];
  try {
    for (const actions of SIZES) {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      page.on('pageerror', (error) => process.stderr.write(`${error.stack}\n`));
      results.push(...(await measure(page, `http://127.0.0.1:${server.port}/`, host, actions)));
      await page.close();
    }
  } finally {
    await browser.close();
    server.close();
  }
  if (json) process.stdout.write(`${JSON.stringify(results)}\n`);
  else print(results);
}

async function measure(page: Page, url: string, host: string, actions: number): Promise<Result[]> {
  const file = {
    path: '/bench/large.pipeline.json',
    text: JSON.stringify({ pipeline: largePipeline(actions) }, null, 2),
  };
  const events = statusEvents(actions, FRAMES);
  await page.addInitScript(host);
  await page.addInitScript(
    ({ files, first }) => {
      const handlers = {
        startPipelineExecution: async () => ({ pipelineExecutionId: 'bench' }),
        getExecutionEvents: async () => first,
      };
      Object.assign(window, { penstock: (window as unknown as FakePage).makeFakeHost({ files, handlers }) });
    },
    { files: [file], first: events.slice(0, 2) },
  );
  await page.goto(url);
  await page.getByRole('button', { name: 'Open the sample' }).waitFor();
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });

  const cards = actions + 50;
  const results: Result[] = [];
  const add = (name: Measure, frames: number[]) => {
    const sorted = frames.toSorted((a, b) => a - b);
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
    results.push({ cards, measure: name, p50: at(0.5), p95: at(0.95), aim: AIMS[name] });
  };

  const busyBefore = await busy(cdp);
  await page.evaluate(async (path) => {
    (window as unknown as FakePage).penstock.push('openRequested', { path });
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    while (!document.querySelector('article[data-where]')) await frame();
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  }, file.path);
  add('mount', [(await busy(cdp)) - busyBefore]);
  await page.waitForTimeout(300);

  const idle = median(await perFrame(page, cdp, async () => {}));
  const frames = async (act: (index: number) => Promise<void>) =>
    (await perFrame(page, cdp, act)).map((milliseconds) => Math.max(0, milliseconds - idle));
  const wheel = (deltaX: number, deltaY: number, modifiers = 0) =>
    cdp.send('Input.dispatchMouseEvent', { type: 'mouseWheel', x: 700, y: 300, deltaX, deltaY, modifiers });

  add('pan', await frames((index) => wheel(index < FRAMES / 2 ? 60 : -60, 0).then(() => {})));
  add('zoom', await frames((index) => wheel(0, Math.floor(index / 10) % 2 === 0 ? -40 : 40, 2).then(() => {})));

  const card = await page.locator('article[data-where]').nth(4).boundingBox();
  if (!card) throw new Error('No card is in view.');
  const mouse = (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', x: number, y: number) =>
    cdp.send('Input.dispatchMouseEvent', { type, x, y, button: 'left', buttons: 1, clickCount: 1 });
  await mouse('mousePressed', card.x + 20, card.y + 12);
  add(
    'drag',
    await frames((index) =>
      mouse('mouseMoved', card.x + 20 + index * 7, card.y + 12 + (index % 9) * 14).then(() => {}),
    ),
  );
  await page.keyboard.press('Escape');
  await mouse('mouseReleased', card.x, card.y);

  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByRole('button', { name: 'Stop', exact: true }).waitFor();
  await page.waitForTimeout(300);
  add(
    'status',
    await frames((index) =>
      page.evaluate(
        (pushed) =>
          (window as unknown as FakePage).penstock.push('executionEvents', {
            pipelineExecutionId: 'bench',
            events: pushed,
          }),
        events.slice(index + 2, index + 3),
      ),
    ),
  );
  return results;
}

/** CPU milliseconds of the main thread so far. */
async function busy(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
}

/** Main-thread milliseconds of each of FRAMES frames in which `act` does one thing. */
async function perFrame(page: Page, cdp: CDPSession, act: (index: number) => Promise<void>): Promise<number[]> {
  // To the end of the next frame: its rendering follows the callback in the same task, the timer comes after it.
  const settled = () => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
  const frames: number[] = [];
  await settled();
  for (let index = 0; index < FRAMES; index += 1) {
    const before = await busy(cdp);
    await act(index);
    await settled();
    frames.push((await busy(cdp)) - before);
  }
  return frames;
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** The in-memory host as one script that can run before the page's own. */
async function bundledHost(): Promise<string> {
  const entry = join(root, 'bench', 'fakeHostWork.ts');
  const built = (await bundle({
    configFile: false,
    logLevel: 'error',
    build: { write: false, minify: false, lib: { entry, formats: ['iife'], name: 'fakeHost' } },
  })) as Rolldown.RolldownOutput | Rolldown.RolldownOutput[];
  const [output] = Array.isArray(built) ? built : [built];
  const chunk = output?.output[0];
  if (chunk?.type !== 'chunk') throw new Error('The fake host was not bundled.');
  return chunk.code;
}

/** Serves the built window on the loopback, under the policy that the real hosts set. */
async function serveWindow(): Promise<{ port: number; close: () => void }> {
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
    const file = join(folder, path === '/' ? 'index.html' : path);
    if (!existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, {
      'Content-Type': types[extname(file)] ?? 'application/octet-stream',
      'Content-Security-Policy': policy,
    });
    return createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

function print(results: readonly Result[]): void {
  process.stdout.write(
    'Canvas, main-thread CPU ms per frame (mount: from opening the file to the first drawn frame, the whole window)\n',
  );
  process.stdout.write(
    `${'cards'.padStart(6)}  ${'measure'.padEnd(8)}${'p50'.padStart(9)}${'p95'.padStart(9)}${'aim p95'.padStart(10)}\n`,
  );
  for (const { cards, measure: name, p50, p95, aim } of results) {
    const numbers = [p50.toFixed(1).padStart(9), p95.toFixed(1).padStart(9), `≤ ${aim}`.padStart(10)];
    process.stdout.write(`${String(cards).padStart(6)}  ${name.padEnd(8)}${numbers.join('')}\n`);
  }
}
