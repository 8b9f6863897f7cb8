import { mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { startCodePipelineServer } from '../e2e/support/codePipelineServer.ts';
import { type App, launchBrowserHost } from '../e2e/support/launchBrowserHost.ts';
import { cardOf, runButton, useEndpoint } from '../e2e/support/window.ts';
import { build } from './build.ts';
import { findOrInstallChromium } from './findChromium.ts';
import { root } from './root.ts';

/*
 * `npm run screenshots`: the pictures under docs/images, taken from the real browser host while it runs the quickstart
 * sample. Every screen is taken in light and in dark at the same instant.
 */
const SIZE = { width: 1440, height: 900 };
const images = join(root, 'docs/images');

async function shoot(app: App, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await app.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await app.page.mouse.move(SIZE.width - 4, SIZE.height - 4);
    await app.page.screenshot({ path: join(images, `${name}-${colorScheme}.png`), animations: 'disabled' });
  }
  process.stdout.write(`${name}\n`);
}

/** Waits, as long as a run may take, until a card shows this state. */
const untilCard = (page: Page, where: string, status: string) =>
  page.locator(`article[data-where="${where}"][aria-label*=", ${status}"]`).waitFor({ timeout: 60_000 });

async function take(app: App): Promise<void> {
  const { page } = app;
  const server = await startCodePipelineServer();
  await page.setViewportSize(SIZE);

  await page.getByRole('heading', { name: 'Quickstart sample' }).waitFor();
  await page.getByText('Static site to S3').waitFor();
  await shoot(app, 'start');

  await page.getByText('Static site to S3').click();
  await cardOf(page, 'Source/Site').or(page.locator('article').first()).first().waitFor();
  await runButton(page).click();
  await page.getByRole('dialog', { name: 'Before it runs' }).waitFor();
  await shoot(app, 'runSheet');
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Penstock' }).first().click();
  await page.getByRole('button', { name: 'Open the sample' }).click();
  await untilCard(page, 'Build/Lint', 'not started');
  await cardOf(page, 'Build/UnitTests').click();
  await shoot(app, 'inspector');
  await runButton(page).click();
  const consent = page.getByRole('dialog', { name: /commands/i });
  await consent.waitFor();
  await shoot(app, 'consent');
  await consent.getByRole('button', { name: 'Trust and run' }).click();
  await untilCard(page, 'Build/UnitTests', 'succeeded');
  await shoot(app, 'running');

  await untilCard(page, 'Approve/Release', 'waiting');
  await cardOf(page, 'Approve/Release').getByRole('button', { name: 'Review' }).click();
  const prompt = page.getByRole('dialog').getByRole('region', { name: 'Approval of Release' });
  await prompt.getByLabel('Comment').fill('Looks well on my machine.');
  await shoot(app, 'approval');
  await prompt.getByRole('button', { name: 'Approve' }).click();
  await untilCard(page, 'Deploy/InvalidateCache', 'succeeded');

  // A second run, rejected, so that the history has something to tell.
  await runButton(page).click();
  await untilCard(page, 'Approve/Release', 'waiting');
  await cardOf(page, 'Approve/Release').getByRole('button', { name: 'Review' }).click();
  await prompt.getByLabel('Comment').fill('Not on a Saturday.');
  await prompt.getByRole('button', { name: 'Reject' }).click();
  await untilCard(page, 'Approve/Release', 'failed');

  await page
    .getByRole('button', { name: 'Code', exact: true })
    .or(page.getByRole('tab', { name: 'Code', exact: true }))
    .or(page.getByRole('radio', { name: 'Code' }))
    .first()
    .click();
  await page.locator('[data-code], .cm-editor, [class*="code"]').first().waitFor();
  await page.waitForTimeout(500); // the editor draws itself in a frame of its own
  await shoot(app, 'code');

  await page.getByRole('button', { name: 'Executions', exact: true }).click();
  const row = page.getByRole('row', { name: /quickstart/ }).filter({ hasText: 'Succeeded' });
  await row.waitFor();
  await shoot(app, 'history');
  await row.getByRole('button', { name: /^quickstart/ }).click();
  await untilCard(page, 'Deploy/Site', 'succeeded');
  const slider = page.getByRole('slider', { name: 'Instant of the execution' });
  await slider.press('End');
  for (let step = 0; step < 40; step += 1) {
    if (/in progress/.test((await cardOf(page, 'Build/Package').getAttribute('aria-label')) ?? '')) break;
    await slider.press('ArrowLeft');
  }
  await shoot(app, 'execution');

  await page.getByRole('tab', { name: /^quickstart/ }).click();
  await useEndpoint(page, server.endpoint);
  await page.getByRole('button', { name: 'Push', exact: true }).click();
  await page.getByRole('dialog', { name: 'Push to AWS CodePipeline' }).getByText('111122223333').first().waitFor();
  await shoot(app, 'push');
  await server.close();
}

build();
const chromium = findOrInstallChromium();
if (!chromium) throw new Error('No Chromium found and none could be installed.');
process.env.PENSTOCK_CHROMIUM = chromium.path ?? '';
mkdirSync(images, { recursive: true });
// A plain path, because dialogs show it.
const folder = join(tmpdir(), 'penstock');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const app = await launchBrowserHost(folder);
try {
  await take(app);
} catch (error) {
  await app.page.screenshot({ path: join(tmpdir(), 'penstock-screenshots-failed.png') });
  throw error;
} finally {
  await app.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
