import { expect, type Locator, type Page } from '@playwright/test';
import type { App } from './launchBrowserHost.ts';

/*
 * The window in the words of a person: cards, stages, the palette, the log. Places are found by role and name first; a
 * card also by the place in the declaration it stands for.
 */

export const canvasOf = (page: Page): Locator => page.locator('[data-canvas]');
export const cardOf = (page: Page, where: string): Locator => page.locator(`article[data-where="${where}"]`);
export const stageOf = (page: Page, stageName: string): Locator => page.locator(`section[data-where="${stageName}"]`);
export const paletteOf = (page: Page): Locator => page.getByRole('region', { name: 'Actions', exact: true });
export const logOf = (page: Page, where: string): Locator =>
  page.getByRole('region', { name: `Log of ${where.replace('/', ' / ')}` });
export const noticesOf = (page: Page): Locator => page.getByRole('region', { name: 'Notices' });

/** Opens a pipeline file through the Open button and the host's file dialog. */
export async function openPipeline(app: App, path: string): Promise<void> {
  await app.choose(path, () => app.page.getByRole('button', { name: 'Open…' }).click());
}

/** Waits until a card shows this state, as its accessible name says it; `timeout` in milliseconds, by default the runner's. */
export async function expectCard(page: Page, where: string, status: string, timeout?: number): Promise<void> {
  await expect(cardOf(page, where)).toHaveAttribute('aria-label', new RegExp(`, ${status}(,|$)`), { timeout });
}

export async function isCard(page: Page, where: string, status: string): Promise<boolean> {
  return new RegExp(`, ${status}(,|$)`).test((await cardOf(page, where).getAttribute('aria-label')) ?? '');
}

/** Chooses an action's log in the log panel (the first listed: its latest attempt). */
export async function showLog(page: Page, where: string): Promise<void> {
  const choice = page.getByRole('combobox', { name: 'Log of' });
  const options = choice.getByRole('option', { name: new RegExp(`^${where.replace('/', ' / ')} ·`) });
  await choice.selectOption((await options.first().getAttribute('value')) ?? '');
}

export const runButton = (page: Page): Locator => page.getByRole('button', { name: 'Run', exact: true });

/** Changes settings through the Settings dialog. */
export async function setSettings(page: Page, change: (dialog: Locator) => Promise<void>): Promise<void> {
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await change(dialog);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
}

/** Points the product at a CodePipeline endpoint, as a person would: in Settings. */
export async function useEndpoint(page: Page, endpoint: string): Promise<void> {
  await setSettings(page, async (dialog) => {
    await dialog.getByRole('tab', { name: 'Engine and AWS' }).click();
    await dialog.getByLabel('AWS region').fill('eu-west-1');
    await dialog.getByLabel('AWS region').press('Escape');
    await dialog.getByLabel('CodePipeline endpoint').fill(endpoint);
  });
}
