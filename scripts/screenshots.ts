import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { type CodePipelineServer, startCodePipelineServer } from '../e2e/support/codePipelineServer.ts';
import { type App, launchBrowserHost } from '../e2e/support/launchBrowserHost.ts';
import { canvasOf, cardOf, expectCard, isCard, runButton, stageOf, useEndpoint } from '../e2e/support/window.ts';
import { build } from './build.ts';
import { findOrInstallChromium } from './findChromium.ts';
import { root } from './root.ts';

/*
 * `npm run screenshots`: the pictures under docs/images, taken from the real browser host while it runs the quickstart
 * sample. Every screen is taken in light and in dark at the same instant. Nothing waits by the clock: each picture is of a
 * state that was asked for.
 */
const SIZE = { width: 1440, height: 900 };
/** The port that the Settings dialog gives as an example; another one where it is taken. */
const EXAMPLE_PORT = 4566;
const images = join(root, 'docs/images');

async function shoot({ page }: App, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // The page hears of the scheme in an event; the second frame after it is drawn with it.
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    await page.mouse.move(SIZE.width - 4, SIZE.height - 4);
    await page.screenshot({ path: join(images, `${name}-${colorScheme}.png`), animations: 'disabled' });
  }
  process.stdout.write(`${name}\n`);
}

/** Waits, as long as a run may take on a busy machine, until a card shows this state. */
const untilCard = (page: Page, where: string, status: string) => expectCard(page, where, status, 60_000);

/** Answers the approval that waits on its card. */
async function answer(page: Page, comment: string, button: 'Approve' | 'Reject', before?: () => Promise<void>) {
  await untilCard(page, 'Approve/Release', 'waiting');
  await cardOf(page, 'Approve/Release').getByRole('button', { name: 'Review' }).click();
  const prompt = page.getByRole('dialog').getByRole('region', { name: 'Approval of Release' });
  await prompt.getByLabel('Comment').fill(comment);
  await before?.();
  await prompt.getByRole('button', { name: button }).click();
}

/** The start page, a new pipeline's run sheet, and the sample before its first run. */
async function takeDesign(app: App): Promise<void> {
  const { page } = app;
  await page.getByRole('button', { name: /Static site to S3/ }).waitFor();
  await shoot(app, 'start');

  await page.getByRole('button', { name: /Static site to S3/ }).click();
  await stageOf(page, 'Source').waitFor();
  await runButton(page).click();
  await page.getByRole('dialog', { name: 'Before it runs' }).waitFor();
  await shoot(app, 'runSheet');
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: /^static-site/ }).press('Delete');

  await page.getByRole('button', { name: 'Open the sample' }).click();
  await cardOf(page, 'Build/Package').click();
  await page.getByRole('textbox', { name: 'Action name' }).waitFor();
  await shoot(app, 'inspector');
}

/** The sample's first run, from consent to its last action, and a second one that is rejected. */
async function takeRun(app: App): Promise<void> {
  const { page } = app;
  await runButton(page).click();
  const consent = page.getByRole('dialog', { name: /commands/i });
  await consent.waitFor();
  await page.getByRole('button', { name: 'Trust and run', disabled: false }).waitFor();
  await shoot(app, 'consent');
  await consent.getByRole('button', { name: 'Trust and run' }).click();
  await untilCard(page, 'Build/Lint', 'in progress');
  await cardOf(page, 'Build/Lint').click();
  await page
    .getByRole('region', { name: /^Log of Build/ })
    .getByText('✓')
    .nth(1)
    .waitFor();
  await shoot(app, 'running');
  await answer(page, 'Looks well on my machine.', 'Approve', () => shoot(app, 'approval'));
  await untilCard(page, 'Deploy/InvalidateCache', 'succeeded');

  await runButton(page).click();
  await answer(page, 'Not on a Saturday.', 'Reject');
  await untilCard(page, 'Approve/Release', 'failed');
  await shoot(app, 'failed');

  await page.getByRole('button', { name: 'Code', exact: true }).click();
  await page.getByRole('region', { name: 'Text of the pipeline' }).getByText('"Release"').first().waitFor();
  await shoot(app, 'code');
  await page.getByRole('button', { name: 'Design', exact: true }).click();
}

/** The list of executions, and one of them at an instant in its middle. */
async function takeHistory(app: App): Promise<void> {
  const { page } = app;
  await page.getByRole('button', { name: 'Executions', exact: true }).click();
  const row = page.getByRole('row', { name: /quickstart/ }).filter({ hasText: 'Succeeded' });
  await row.waitFor();
  await shoot(app, 'history');
  await row.getByRole('button', { name: /^quickstart/ }).click();
  await untilCard(page, 'Deploy/Site', 'succeeded');
  const slider = page.getByRole('slider', { name: 'Instant of the execution' });
  await slider.press('End');
  const last = Number(await slider.getAttribute('aria-valuenow'));
  for (let seq = last; seq > 1 && !(await isCard(page, 'Build/Package', 'in progress')); seq -= 1)
    await slider.press('ArrowLeft');
  await cardOf(page, 'Build/Package').click();
  await shoot(app, 'execution');
}

/** The review of a push to an account whose pipeline lacks what was added since. */
async function takePush(app: App, server: CodePipelineServer, file: string): Promise<void> {
  const { page } = app;
  const { pipeline } = JSON.parse(readFileSync(file, 'utf8')) as { pipeline: Parameters<typeof server.put>[0] };
  const stages = structuredClone(pipeline.stages) as { name: string; actions: { name: string }[] }[];
  for (const stage of stages) stage.actions = stage.actions.filter(({ name }) => name !== 'InvalidateCache');
  server.put({ ...pipeline, stages });
  await page.getByRole('tab', { name: /^quickstart/ }).click();
  await canvasOf(page).waitFor();
  await useEndpoint(page, server.endpoint);
  await page.getByRole('button', { name: 'Push', exact: true }).click();
  await page.getByRole('button', { name: 'Push to 111122223333 / eu-west-1' }).waitFor();
  await shoot(app, 'push');
}

build();
const chromium = findOrInstallChromium();
if (!chromium) throw new Error('No Chromium found and none could be installed.');
process.env.PENSTOCK_CHROMIUM = chromium.path ?? '';
mkdirSync(images, { recursive: true });
// A plain path, because dialogs show it.
const folder = join(tmpdir(), 'penstock-tour');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const server = await startCodePipelineServer(EXAMPLE_PORT).catch(() => startCodePipelineServer());
const app = await launchBrowserHost(folder, { context: { locale: 'en-GB', timezoneId: 'UTC' } });
try {
  await takeDesign(app);
  await takeRun(app);
  await takeHistory(app);
  await takePush(app, server, join(folder, 'home/Penstock/quickstart/quickstart.pipeline.json'));
} catch (error) {
  await app.page.screenshot({ path: join(tmpdir(), 'penstock-screenshots-failed.png') });
  throw error;
} finally {
  await app.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
