import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { build } from '../scripts/build.ts';
import { findChromium } from '../scripts/findChromium.ts';
import { root } from '../scripts/root.ts';
import { bundled, serveWindow } from './canvasPagesWork.ts';
import { largePipeline, statusEvents } from './canvasWork.ts';
import { type Meter, meterOf, quantile } from './mainThreadWork.ts';

/*
 * The canvas with a pipeline of the older quota (500 actions in 50 stages) and of today's (1,000): the built window in
 * Chromium, 1440 × 900, with a host in memory. CPU time of the page's main thread per frame, less that of an idle frame, over
 * some rounds with a new page each. Beside it, in the same run, a page with nothing but React Flow and as many nodes of 21
 * plain elements: what the machine does to both shows there.
 *
 * The aims hold at 100 % zoom, where people work and some thirty cards are in view. At 45 %, where the window begins with a
 * pipeline that does not fit, there are three times as many. `status` is one event of a running execution per frame with the
 * panel below the canvas closed, `+panel` the same with log and timeline open.
 */
const SIZES = [500, 1000];
const ROUNDS = 3;
const FRAMES = 60;
const AIMS: Record<string, number> = { mount: 220, pan: 8, zoom: 8, drag: 16, status: 4 };

interface FakePage {
  makeFakeHost(options: unknown): unknown;
  penstock: { push(name: string, value: unknown): void };
}
interface Result {
  cards: number;
  measure: string;
  p50: number;
  p95: number;
  /** Of the page with nothing but React Flow. */
  plain50: number | null;
  plain95: number | null;
  aim: number | null;
}
/** Milliseconds by measure; 'plain pan' is the comparison of 'pan'. */
type Samples = Map<string, number[]>;
const add = (samples: Samples, measure: string, values: readonly number[]) =>
  samples.set(measure, [...(samples.get(measure) ?? []), ...values]);

export async function run({ json }: { json: boolean }): Promise<void> {
  build({ quiet: json });
  const found = findChromium();
  if (!found) throw new Error('No Chromium was found. `npx playwright install chromium` fetches one.');
  const host = await bundled('fakeHostWork.ts');
  const plain = {
    script: await bundled('plainFlowWork.ts'),
    style: readFileSync(join(root, 'node_modules/@xyflow/react/dist/base.css'), 'utf8'),
  };
  const server = await serveWindow();
  const browser = await chromium.launch({ executablePath: found.path, args: ['--no-sandbox'] });
  const results: Result[] = [];
  const drawn = new Set<string>();
  try {
    for (const actions of SIZES) {
      const samples: Samples = new Map();
      for (let round = 0; round < ROUNDS; round += 1) {
        const canvas = await measureWindow(browser, server.url, host, actions, samples);
        drawn.add(`${canvas.near} at 100 %, ${canvas.far} at 45 %`);
        await measurePlain(browser, `${server.url}plain`, plain, actions + 50, canvas, samples);
      }
      results.push(...resultsOf(actions + 50, samples));
    }
  } finally {
    await browser.close();
    server.close();
  }
  if (json) process.stdout.write(`${JSON.stringify(results)}\n`);
  else print(results, drawn);
}

interface CanvasFacts {
  /** Cards drawn: those in view and those that soon may be. */
  near: number;
  far: number;
  /** Of the canvas, in pixels. */
  width: number;
  height: number;
}

async function measureWindow(
  browser: Browser,
  url: string,
  host: string,
  actions: number,
  samples: Samples,
): Promise<CanvasFacts> {
  const file = {
    path: '/bench/large.pipeline.json',
    text: JSON.stringify({ pipeline: largePipeline(actions) }, null, 2),
  };
  const events = statusEvents(actions, 2 * FRAMES);
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.on('pageerror', (error) => process.stderr.write(`${error.stack}\n`));
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
  const meter = await meterOf(page);

  const before = await meter.busy();
  await page.evaluate(async (path) => {
    (window as unknown as FakePage).penstock.push('openRequested', { path });
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    while (!document.querySelector('article[data-where]')) await frame();
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  }, file.path);
  add(samples, 'mount', [(await meter.busy()) - before]);
  await page.waitForTimeout(300);
  const far = await page.locator('article').count();
  const box = await page.locator('[data-canvas]').boundingBox();
  if (!box) throw new Error('There is no canvas.');
  await panAndZoom(meter, samples, (measure) => `${measure} 45 %`);

  await page.keyboard.press('Control+0');
  await page.waitForTimeout(600);
  const near = await page.locator('article').count();
  await panAndZoom(meter, samples, (measure) => measure);
  await measureDrag(page, meter, samples);

  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByRole('button', { name: 'Stop', exact: true }).waitFor();
  await page.waitForTimeout(300);
  const status = (from: number) =>
    meter.frames(FRAMES, (index) => {
      const push = { pipelineExecutionId: 'bench', events: events.slice(from + index, from + index + 1) };
      return meter.evaluate(`penstock.push('executionEvents', ${JSON.stringify(push)})`);
    });
  add(samples, 'status +panel', await status(2));
  await page.keyboard.press('Control+`');
  await page.waitForTimeout(300);
  add(samples, 'status', await status(2 + FRAMES));
  await page.close();
  return { near, far, width: box.width, height: box.height };
}

async function measureDrag(page: Page, meter: Meter, samples: Samples): Promise<void> {
  const boxes = await Promise.all((await page.locator('article[data-where]').all()).map((card) => card.boundingBox()));
  const card = boxes.find((box) => box && box.x > 260 && box.x < 800 && box.y > 80 && box.y < 400);
  if (!card) throw new Error('No card is in view.');
  const [x, y] = [card.x + 60, card.y + 12];
  await meter.mouse('mousePressed', x, y);
  const moved = await meter.frames(FRAMES, (index) =>
    meter.mouse('mouseMoved', x + Math.min(index, FRAMES - index) * 7, y + (index % 9) * 14),
  );
  await page.keyboard.press('Escape');
  await meter.mouse('mouseReleased', x, y);
  add(samples, 'drag', moved);
}

async function panAndZoom(meter: Meter, samples: Samples, name: (measure: string) => string): Promise<void> {
  add(samples, name('pan'), await meter.frames(FRAMES, (index) => meter.wheel(index < FRAMES / 2 ? 60 : -60, 0)));
  await meter.evaluate('new Promise((resolve) => setTimeout(resolve, 400))');
  add(
    samples,
    name('zoom'),
    await meter.frames(FRAMES, (index) => meter.wheel(0, Math.floor(index / 10) % 2 === 0 ? -40 : 40, 2)),
  );
  await meter.evaluate('new Promise((resolve) => setTimeout(resolve, 400))');
}

async function measurePlain(
  browser: Browser,
  url: string,
  plain: { script: string; style: string },
  nodes: number,
  { width, height }: CanvasFacts,
  samples: Samples,
): Promise<void> {
  for (const zoom of [0.45, 1]) {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(url);
    await page.addStyleTag({
      content: `${plain.style} #root{margin:44px 0 0 245px;width:${width}px;height:${height}px}`,
    });
    await page.addScriptTag({ content: plain.script });
    const meter = await meterOf(page);
    const before = await meter.busy();
    await meter.evaluate(`startPlainFlow(${nodes}, ${zoom});
      new Promise((resolve) => requestAnimationFrame(function wait() {
        if (document.querySelector('em')) requestAnimationFrame(() => setTimeout(resolve));
        else requestAnimationFrame(wait);
      }))`);
    if (zoom === 0.45) add(samples, 'plain mount', [(await meter.busy()) - before]);
    await page.waitForTimeout(300);
    await panAndZoom(meter, samples, (measure) => (zoom === 1 ? `plain ${measure}` : `plain ${measure} 45 %`));
    if (zoom === 1)
      add(
        samples,
        'plain status',
        await meter.frames(FRAMES, (index) =>
          meter.evaluate(`setPlainStatus('1-${Math.floor(index / 2) % 6}', 'Status${index}')`),
        ),
      );
    await page.close();
  }
}

function resultsOf(cards: number, samples: Samples): Result[] {
  return [...samples.keys()]
    .filter((measure) => !measure.startsWith('plain '))
    .map((measure) => {
      const own = samples.get(measure) ?? [];
      const plain = samples.get(`plain ${measure}`);
      return {
        cards,
        measure,
        p50: quantile(own, 0.5),
        p95: quantile(own, 0.95),
        plain50: plain ? quantile(plain, 0.5) : null,
        plain95: plain ? quantile(plain, 0.95) : null,
        aim: AIMS[measure] ?? null,
      };
    });
}

function print(results: readonly Result[], drawn: ReadonlySet<string>): void {
  const say = (line: string) => process.stdout.write(`${line}\n`);
  say(
    `Canvas, main-thread CPU ms per frame above idle, ${ROUNDS} rounds of ${FRAMES} frames; load ${loadavg()[0]?.toFixed(1)}`,
  );
  say(
    `Cards drawn, some of them ahead of the view: ${[...drawn].join('; ')}. mount: from opening the file to the first drawn frame, the whole window.`,
  );
  say('Beside it a page with React Flow alone and as many plain nodes; ratio of the p50s.');
  const columns = ['p50', 'p95', 'aim p95', 'plain p50', 'plain p95', 'ratio'];
  say(` cards  ${'measure'.padEnd(14)}${columns.map((column) => column.padStart(11)).join('')}`);
  for (const { cards, measure, p50, p95, plain50, plain95, aim } of results) {
    const number = (value: number | null) => (value === null ? '' : value.toFixed(1));
    const ratio = plain50 ? (p50 / plain50).toFixed(2) : '';
    const cells = [number(p50), number(p95), aim === null ? '' : `≤ ${aim}`, number(plain50), number(plain95), ratio];
    say(`${String(cards).padStart(6)}  ${measure.padEnd(14)}${cells.map((cell) => cell.padStart(11)).join('')}`);
  }
}
