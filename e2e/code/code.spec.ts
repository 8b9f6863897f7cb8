import { appendFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import type { App } from '../support/launchBrowserHost.ts';
import { buildAction, deployAction, readText, sourceAction, writePipeline } from '../support/project.ts';
import { expect, test } from '../support/test.ts';
import { canvasOf, cardOf, noticesOf, openPipeline, runButton, stageOf } from '../support/window.ts';

const textOf = (page: Page): Locator => page.getByRole('textbox', { name: /^Text of / });
const mode = (page: Page, name: 'Design' | 'Split' | 'Code') => page.getByRole('button', { name, exact: true }).click();
const unsaved = (page: Page) => page.getByRole('img', { name: 'unsaved changes' });

async function openShop(app: App, folder: string): Promise<string> {
  const path = writePipeline(join(folder, 'project'), 'shop', [
    ['Source', [sourceAction()]],
    ['Build', [buildAction()]],
    ['Deploy', [deployAction()]],
  ]);
  await openPipeline(app, path);
  await expect(canvasOf(app.page)).toBeVisible();
  return path;
}

/** Selects a text with the editor's own search, as a person does: Ctrl+F, Enter, Escape. */
async function find(page: Page, text: string): Promise<void> {
  await textOf(page).focus();
  await page.keyboard.press('Control+f');
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(textOf(page)).toBeFocused();
}

/** The host writes edits down within a second; a spec waits for the file to hold them. */
async function untilKept(app: App, text: string): Promise<void> {
  const folder = join(app.data, 'recovery');
  await expect
    .poll(() =>
      readdirSync(folder, { withFileTypes: true })
        .filter(({ name }) => name.endsWith('.edits'))
        .map(({ name }) => readText(join(folder, name)))
        .join(''),
    )
    .toContain(text);
}

test('what is typed is drawn, what is drawn is written, and undo is one for both', async ({ app, folder }) => {
  const { page } = app;
  const path = await openShop(app, folder);
  const before = readText(path);
  await mode(page, 'Split');
  await expect(cardOf(page, 'Build/Package')).toBeVisible();
  // From the text to the canvas.
  await find(page, '"Package"');
  // At once, for keys that come slowly are several steps.
  await page.keyboard.insertText('"Bundle"');
  await expect(cardOf(page, 'Build/Bundle')).toBeVisible();
  await expect(cardOf(page, 'Build/Package')).toHaveCount(0);
  // From the canvas to the text.
  await cardOf(page, 'Deploy/Publish').click();
  await page.keyboard.press('F2');
  await page.keyboard.type('Release');
  await page.keyboard.press('Enter');
  await expect(cardOf(page, 'Deploy/Release')).toBeVisible();
  await expect(textOf(page)).toContainText('"Release"');
  await page.keyboard.press('Control+z');
  await expect(cardOf(page, 'Deploy/Publish')).toBeVisible();
  await textOf(page).focus();
  await page.keyboard.press('Control+z');
  await expect(cardOf(page, 'Build/Package')).toBeVisible();
  await expect(unsaved(page)).toBeHidden();
  await page.keyboard.press('Control+y');
  await expect(cardOf(page, 'Build/Bundle')).toBeVisible();
  await page.keyboard.press('Control+s');
  await expect(unsaved(page)).toBeHidden();
  expect(readText(path)).toBe(before.replace('"Package"', '"Bundle"'));
});

test('the selection follows from the text to the card and from the card to the text', async ({ app, folder }) => {
  const { page } = app;
  await openShop(app, folder);
  await mode(page, 'Split');
  await find(page, '"Package"');
  await expect(cardOf(page, 'Build/Package')).toHaveAttribute('data-selected', 'true');
  await cardOf(page, 'Deploy/Publish').click();
  await expect(textOf(page).locator('.cm-place', { hasText: '"Publish"' })).toBeVisible();
});

test('invalid text keeps the last good canvas, is not run, and says where it is wrong', async ({ app, folder }) => {
  const { page } = app;
  await openShop(app, folder);
  await mode(page, 'Split');
  await find(page, '"Package"');
  await page.keyboard.press('End');
  await page.keyboard.insertText(',,');
  const alert = page.getByRole('region', { name: 'Text of the pipeline' }).getByRole('alert');
  await expect(alert).toContainText(/^Line \d+: /);
  await expect(alert).toContainText('The canvas shows the last good state.');
  await expect(cardOf(page, 'Build/Package')).toHaveAccessibleName(/behind the text/);
  await expect(cardOf(page, 'Deploy/Publish')).not.toHaveAccessibleName(/behind the text/);
  // What is written elsewhere is drawn all the same.
  await find(page, '"Publish"');
  await page.keyboard.insertText('"Release"');
  await expect(cardOf(page, 'Deploy/Release')).toBeVisible();
  await expect(cardOf(page, 'Build/Package')).toHaveAccessibleName(/behind the text/);
  await page.keyboard.press('Control+z');
  await expect(cardOf(page, 'Deploy/Publish')).toBeVisible();
  await runButton(page).click();
  await expect(noticesOf(page)).toContainText(/line \d+/i);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await mode(page, 'Design');
  await page.getByRole('button', { name: 'Go to the text' }).click();
  await expect(textOf(page)).toBeFocused();
  await page.keyboard.press('Control+z');
  await expect(alert).toBeHidden();
});

test('problems are mended in the text: by its mark, by keyboard, and where it is pointed at', async ({
  app,
  folder,
}) => {
  const { page } = app;
  await openShop(app, folder);
  await mode(page, 'Code');
  const menu = page.getByRole('menu', { name: 'Quick fixes' });
  const fix = menu.getByRole('menuitem', { name: /^Rename/ }).first();
  const mark = page.locator('.cm-fault[aria-label*="BuketName"]').last();
  const misspell = async () => {
    await find(page, '"BucketName"');
    await page.keyboard.type('"BuketName"');
    await expect(mark).toBeVisible();
  };
  const isMended = async () => {
    await expect(textOf(page)).toContainText('"BucketName"');
    await expect(textOf(page)).not.toContainText('BuketName');
  };
  await misspell();
  await page.keyboard.press('Control+.');
  await fix.press('Enter');
  await isMended();
  await expect(textOf(page)).toBeFocused();

  await misspell();
  await mark.click();
  await fix.click();
  await isMended();

  await misspell();
  await page.locator('[class*="cm-underline"]', { hasText: 'shop-site' }).first().hover();
  await page
    .locator('.cm-hint')
    .getByRole('button', { name: /^Rename/ })
    .click();
  await isMended();
});

test('suggestions come from the catalogue, by keyboard', async ({ app, folder }) => {
  const { page } = app;
  await openShop(app, folder);
  await mode(page, 'Code');
  await find(page, 'SUPERSEDED');
  await page.keyboard.type('QU');
  await expect(
    page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option', { name: 'QUEUED' }),
  ).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(textOf(page)).toContainText('"executionMode": "QUEUED",');
  await expect(page.getByRole('alert')).toHaveCount(0);
  // Tab leaves the editor as it leaves every field.
  await page.keyboard.press('Tab');
  await expect(textOf(page)).not.toBeFocused();
});

test('DU-33 edits that were not saved come back after a kill, with undo, and leave nothing once saved and closed', async ({
  app,
  folder,
}) => {
  const path = await openShop(app, folder);
  const before = readText(path);
  await mode(app.page, 'Code');
  await find(app.page, 'Package');
  await app.page.keyboard.insertText('Bundle');
  // The step as it is kept: what differs between the two words.
  await untilKept(app, '"inserted":"Bundl"');
  await app.killAndRestart();
  const { page } = app;
  await expect(cardOf(page, 'Build/Bundle')).toBeVisible();
  await expect(page.getByRole('tab', { name: /shop/ })).toContainText('recovered');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(unsaved(page)).toBeVisible();
  expect(readText(path)).toBe(before);
  await page.getByRole('tab', { name: 'Changes', exact: true }).click();
  await expect(page.getByRole('list', { name: /^Changes/ })).toContainText('Edit text');
  await page.keyboard.press('Control+z');
  await expect(cardOf(page, 'Build/Package')).toBeVisible();
  await expect(unsaved(page)).toBeHidden();
  await page.keyboard.press('Control+y');
  await page.keyboard.press('Control+s');
  await expect(unsaved(page)).toBeHidden();
  await expect(page.getByRole('tab', { name: /shop/ })).not.toContainText('recovered');
  await page.getByRole('tab', { name: /shop/ }).press('Delete');
  await expect.poll(() => readdirSync(join(app.data, 'recovery'))).toEqual([]);
  expect(statSync(join(app.data, 'recovery')).mode & 0o077).toBe(0);
});

test('DU-32 a file that changed on disk: both differences, and a merge where lines are apart', async ({
  app,
  folder,
}) => {
  const { page } = app;
  const path = await openShop(app, folder);
  await mode(page, 'Code');
  await find(page, '"Package"');
  await page.keyboard.type('"Bundle"');
  await expect(unsaved(page)).toBeVisible();
  writeFileSync(path, readText(path).replace('"SUPERSEDED"', '"QUEUED"'));
  const dialog = page.getByRole('dialog', { name: /changed by another program/ });
  await expect(dialog.getByRole('region', { name: 'What I changed' })).toContainText('"Bundle"');
  await expect(dialog.getByRole('region', { name: 'What the other program changed' })).toContainText('"QUEUED"');
  await dialog.getByRole('button', { name: 'Merge both' }).click();
  await expect(dialog).toBeHidden();
  await expect(textOf(page)).toContainText('"QUEUED"');
  await expect(textOf(page)).toContainText('"Bundle"');
  await page.keyboard.press('Control+s');
  await expect(unsaved(page)).toBeHidden();
  expect(readText(path)).toContain('"QUEUED"');
  expect(readText(path)).toContain('"Bundle"');
  // A tab without changes follows its file by itself.
  appendFileSync(path, '\n');
  await expect(noticesOf(page)).toContainText('was changed by another program and has been read again');
});

test('changes of the canvas and of the text stand in one list, and each leads back', async ({ app, folder }) => {
  const { page } = app;
  await openShop(app, folder);
  await cardOf(page, 'Build/Package').click();
  await page.keyboard.press('Delete');
  await expect(cardOf(page, 'Build/Package')).toHaveCount(0);
  await page.getByRole('tab', { name: 'Changes', exact: true }).click();
  await expect(page.getByRole('region', { name: /^Difference of/ })).toContainText('"Package"');
  await page.getByRole('button', { name: 'As it was opened' }).click();
  await expect(cardOf(page, 'Build/Package')).toBeVisible();
  await expect(stageOf(page, 'Build')).toBeVisible();
});
