import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type CDPSession, chromium, type Page } from '@playwright/test';
import { build } from '../scripts/build.ts';
import { findChromium } from '../scripts/findChromium.ts';
import { root } from '../scripts/root.ts';
import { bundled, serveWindow } from './canvasPagesWork.ts';
import { largePipeline } from './canvasWork.ts';
import { quantile } from './mainThreadWork.ts';

/*
 * What documents leave behind, and how long a window takes to begin.
 *
 * Memory: the built window in Chromium with a host in memory opens, edits and closes 100 documents of 100 actions one after the
 * other. JavaScript heap, DOM nodes and listeners after garbage collection, before and after; the aim is within 10 %. Before it
 * is measured, a few documents have come and gone, so that what is loaded with the first of them is not counted.
 *
 * Start: from starting the host's process to a start page with its buttons, the browser already running.
 */
const DOCUMENTS = 100;
const WARM_UP = 5;
const STARTS = 5;

interface FakePage {
  makeFakeHost(options: unknown): unknown;
  penstock: { push(name: string, value: unknown): void; calls: unknown[] };
}
interface Weight {
  heap: number;
  nodes: number;
  listeners: number;
}

export async function run({ json }: { json: boolean }): Promise<void> {
  build({ quiet: json });
  const found = findChromium();
  if (!found) throw new Error('No Chromium was found. `npx playwright install chromium` fetches one.');
  const browser = await chromium.launch({ executablePath: found.path, args: ['--no-sandbox'] });
  try {
    const memory = await measureMemory(browser);
    const starts: Start[] = [];
    for (let count = 0; count < STARTS; count += 1) starts.push(await measureStart(browser));
    const median = (of: (start: Start) => number) => Math.round(quantile(starts.map(of), 0.5));
    const start = {
      host: median(({ host }) => host),
      drawn: median(({ drawn }) => drawn),
      usable: median(({ usable }) => usable),
    };
    if (json) process.stdout.write(`${JSON.stringify({ ...memory, start })}\n`);
    else print(memory, start);
  } finally {
    await browser.close();
  }
}

async function measureMemory(browser: Browser): Promise<{ before: Weight; after: Weight }> {
  const server = await serveWindow();
  const host = await bundled('fakeHostWork.ts');
  const files = Array.from({ length: WARM_UP + DOCUMENTS }, (_, index) => ({
    path: `/bench/pipeline-${index}.json`,
    text: JSON.stringify({ pipeline: { ...largePipeline(100), name: `pipeline-${index}` } }, null, 2),
  }));
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  try {
    page.on('pageerror', (error) => process.stderr.write(`${error.stack}\n`));
    await page.addInitScript(host);
    await page.addInitScript((given) => {
      Object.assign(window, { penstock: (window as unknown as FakePage).makeFakeHost({ files: given }) });
    }, files);
    await page.goto(server.url);
    await page.getByRole('button', { name: 'Open the sample' }).waitFor();
    const cdp = await page.context().newCDPSession(page);
    for (const { path } of files.slice(0, WARM_UP)) await openEditClose(page, path);
    const before = await weigh(cdp, page);
    for (const { path } of files.slice(WARM_UP)) await openEditClose(page, path);
    return { before, after: await weigh(cdp, page) };
  } finally {
    await page.close();
    server.close();
  }
}

/** One document's life: opened, looked at as text too, an action deleted and brought back, closed. */
async function openEditClose(page: Page, path: string): Promise<void> {
  await page.evaluate(async (opened) => {
    const { penstock } = window as unknown as FakePage;
    const until = async (is: () => unknown) => {
      while (!is()) await new Promise((resolve) => requestAnimationFrame(resolve));
    };
    const command = (id: string) => penstock.push('commandRequested', { command: id });
    penstock.push('openRequested', { path: opened });
    await until(() => document.querySelector('article[data-where]'));
    document.querySelector<HTMLElement>('article[data-where]')?.click();
    await until(() => document.querySelector('#inspector input'));
    command('view.split');
    await until(() => document.querySelector('[data-text-editor]'));
    command('view.code');
    command('pipeline.addStage');
    command('edit.undo');
    await until(() => document.querySelector('article[data-where]'));
    command('file.close');
    await until(() => !document.querySelector('[data-canvas]'));
    // What the host in memory remembers of the calls is not the window's.
    penstock.calls.length = 0;
  }, path);
}

async function weigh(cdp: CDPSession, page: Page): Promise<Weight> {
  // Notices and timers come to their end.
  await page.waitForTimeout(13_000);
  await cdp.send('HeapProfiler.enable');
  for (let round = 0; round < 3; round += 1) await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  const { nodes, jsEventListeners } = await cdp.send('Memory.getDOMCounters');
  return { heap: usedSize, nodes, listeners: jsEventListeners };
}

interface Start {
  /** Milliseconds until the host printed its address, until the page's first drawing, until its buttons work. */
  host: number;
  drawn: number;
  usable: number;
}

async function measureStart(browser: Browser): Promise<Start> {
  const folder = mkdtempSync(join(tmpdir(), 'penstock-bench-'));
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const begun = performance.now();
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(root, 'out/main/penstock.js'), 'serve'],
    {
      env: { ...process.env, HOME: folder, PENSTOCK_DATA: join(folder, 'data'), PENSTOCK_SAMPLES: folder },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  try {
    const url = await new Promise<string>((resolve, reject) => {
      let said = '';
      child.stderr.on('data', (data: Buffer) => {
        said += data.toString();
        const address = /open at (\S+)/.exec(said)?.[1];
        if (address) resolve(address);
      });
      child.on('exit', () => reject(new Error(`The host did not start: ${said}`)));
    });
    const host = performance.now() - begun;
    await page.goto(url, { waitUntil: 'commit' });
    await page.locator('header').first().waitFor();
    const drawn = performance.now() - begun;
    await page.getByRole('button', { name: /Static site/ }).waitFor();
    return { host, drawn, usable: performance.now() - begun };
  } finally {
    await page.close();
    child.removeAllListeners('exit');
    const ended = new Promise((resolve) => child.on('exit', resolve));
    child.kill('SIGINT');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

function print({ before, after }: { before: Weight; after: Weight }, start: Start): void {
  const megabytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
  const share = (name: keyof Weight) => `${((after[name] / before[name] - 1) * 100).toFixed(1)} %`;
  const say = (line: string) => process.stdout.write(`${line}\n`);
  say(`After opening, editing and closing ${DOCUMENTS} documents of 100 actions, garbage collected (aim: within 10 %)`);
  say(`  heap       ${megabytes(before.heap)} -> ${megabytes(after.heap)}, ${share('heap')}`);
  say(`  DOM nodes  ${before.nodes} -> ${after.nodes}, ${share('nodes')}`);
  say(`  listeners  ${before.listeners} -> ${after.listeners}, ${share('listeners')}`);
  say(`Start, median of ${STARTS}, load ${loadavg()[0]?.toFixed(1)}: from the start of the process`);
  say(`  host ready ${start.host} ms, window drawn ${start.drawn} ms, start page usable ${start.usable} ms`);
}
