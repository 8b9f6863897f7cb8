import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { buildAction, deployAction, readText, sourceAction, writePipeline } from '../support/project.ts';
import { expect, test } from '../support/test.ts';
import { canvasOf, cardOf, openPipeline } from '../support/window.ts';

const stages: Parameters<typeof writePipeline>[2] = [
  ['Source', [sourceAction()]],
  ['Build', [buildAction('Lint', { outputArtifacts: [] }), buildAction()]],
  ['Deploy', [deployAction()]],
];
const command = async (page: Page, title: string) => {
  await page.keyboard.press('Control+k');
  await page.keyboard.type(title);
  await page.keyboard.press('Enter');
};

test('a stage collapses and expands, and what is looked for in it is found', async ({ app, folder }) => {
  const { page } = app;
  await openPipeline(app, writePipeline(folder, 'shop', stages));
  await cardOf(page, 'Build/Lint').click();
  await page.keyboard.press('Alt+c');
  const folded = page.getByLabel(/^Stage Build, collapsed, 2 actions/);
  await expect(folded).toBeVisible();
  await expect(cardOf(page, 'Build/Lint')).toHaveCount(0);
  // Its pipes end at the strip.
  await expect(page.locator('[data-from="Build/Package"][data-to="Deploy/Publish"]')).toHaveCount(1);
  await canvasOf(page).focus();
  await page.keyboard.press('Control+f');
  await page.keyboard.type('codebuild');
  await expect(page.getByRole('search')).toContainText('2 found');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('search')).toContainText('1 of 2');
  await expect(cardOf(page, 'Build/Lint')).toHaveAttribute('data-selected', 'true');
  await page.keyboard.press('F3');
  await expect(cardOf(page, 'Build/Package')).toHaveAttribute('data-selected', 'true');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('search')).toHaveCount(0);
  await expect(canvasOf(page)).toBeFocused();
});

test('a note stands on its action, is undone, and is saved beside the pipeline', async ({ app, folder }) => {
  const { page } = app;
  const path = writePipeline(folder, 'shop', stages);
  const before = readText(path);
  await openPipeline(app, path);
  await cardOf(page, 'Build/Package').click();
  await page.keyboard.press('Control+m');
  await page.getByRole('dialog').getByRole('textbox').fill('Slow since the new bundler');
  await page.getByRole('button', { name: 'Keep', exact: true }).click();
  const note = page.getByRole('button', { name: 'Note on Build / Package: Slow since the new bundler' });
  await expect(note).toBeVisible();
  await canvasOf(page).focus();
  await page.keyboard.press('Control+z');
  await expect(note).toHaveCount(0);
  await page.keyboard.press('Control+y');
  await expect(note).toBeVisible();
  await page.keyboard.press('Control+s');
  const sidecar = join(folder, 'shop.penstock.json');
  await expect.poll(() => existsSync(sidecar) && readText(sidecar)).toContain('Slow since the new bundler');
  expect(readText(path)).toBe(before);
});

test('the minimap shows the whole and moves the view', async ({ app, folder }) => {
  const { page } = app;
  const many = Array.from({ length: 12 }, (_, index): (typeof stages)[0] => [
    `Stage${index}`,
    [buildAction(`Build${index}`, { outputArtifacts: [] })],
  ]);
  await openPipeline(app, writePipeline(folder, 'long', [['Source', [sourceAction()]], ...many]));
  await canvasOf(page).focus();
  await page.keyboard.press('Control+Shift+m');
  const map = page.getByRole('img', { name: 'Minimap of the pipeline' });
  await expect(map.locator('rect')).toHaveCount(13 + 13 + 1);
  await expect(cardOf(page, 'Stage11/Build11')).not.toBeInViewport();
  const box = (await map.boundingBox())!;
  await page.mouse.click(box.x + box.width - 6, box.y + box.height / 3);
  await expect(cardOf(page, 'Stage11/Build11')).toBeInViewport();
  await page.keyboard.press('Control+Shift+m');
  await expect(map).toHaveCount(0);
});

test('a closed tab opens again, and the files of a chosen folder are listed to be opened', async ({ app, folder }) => {
  const { page } = app;
  const project = join(folder, 'project');
  const path = writePipeline(project, 'shop', stages);
  writePipeline(join(project, 'infra'), 'network', stages.slice(0, 2));
  await openPipeline(app, path);
  await page.getByRole('button', { name: 'Files', exact: true }).click();
  const files = page.getByRole('navigation', { name: 'Files' });
  await app.choose(project, () => files.getByRole('button', { name: 'Choose a folder …' }).click());
  await files.getByRole('button', { name: 'network' }).click();
  await expect(page.getByRole('tab', { name: 'network' })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Control+w');
  await expect(page.getByRole('tab', { name: 'network' })).toHaveCount(0);
  await page.keyboard.press('Control+Shift+t');
  await expect(page.getByRole('tab', { name: 'network' })).toHaveAttribute('aria-selected', 'true');
});

test('a picture is saved as SVG, PNG and PDF', async ({ app, folder }) => {
  const { page } = app;
  await openPipeline(app, writePipeline(folder, 'shop', stages));
  const starts = { SVG: '<svg xmlns=', PNG: '\u0089PNG', PDF: '%PDF-1.4' };
  for (const [format, start] of Object.entries(starts)) {
    await command(page, 'Export a picture');
    const dialog = page.getByRole('dialog', { name: 'Export a picture' });
    await dialog.getByRole('radio', { name: format }).check();
    await dialog.getByRole('radio', { name: 'Dark' }).check();
    await expect(dialog.getByRole('img')).toBeVisible();
    const path = join(folder, `shop.${format.toLowerCase()}`);
    await app.choose(path, () => dialog.getByRole('button', { name: `Save ${format} …` }).click());
    await expect.poll(() => existsSync(path) && readFileSync(path, 'latin1').startsWith(start)).toBe(true);
    await expect(dialog).toBeHidden();
  }
  // The stages and actions stand in the drawing as text; a browser reads it as an image that can be decoded.
  const svg = readText(join(folder, 'shop.svg'));
  for (const name of ['Source', 'Build', 'Deploy', 'Lint', 'Package', 'Publish']) expect(svg).toContain(`>${name}<`);
  const pdf = readFileSync(join(folder, 'shop.pdf'), 'latin1');
  expect(pdf.trimEnd()).toMatch(/%%EOF$/);
  expect(Number(/startxref\s+(\d+)/.exec(pdf)?.[1])).toBe(pdf.lastIndexOf('xref\n', pdf.lastIndexOf('startxref') - 1));
  const { width, height } = await page.evaluate(
    async (source) => {
      const image = new Image();
      image.src = source;
      await image.decode();
      return { width: image.naturalWidth, height: image.naturalHeight };
    },
    `data:image/png;base64,${readFileSync(join(folder, 'shop.png')).toString('base64')}`,
  );
  expect(width).toBeGreaterThan(1200);
  expect(height).toBeGreaterThan(400);
});
