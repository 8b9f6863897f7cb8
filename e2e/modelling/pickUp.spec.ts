import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildAction,
  commandsAction,
  deployAction,
  readText,
  sourceAction,
  writePipeline,
} from '../support/project.ts';
import { expect, test } from '../support/test.ts';
import { canvasOf, cardOf, openPipeline, paletteOf, stageOf } from '../support/window.ts';

const stages: Parameters<typeof writePipeline>[2] = [
  ['Source', [sourceAction()]],
  ['Build', [buildAction(), commandsAction('Links', ['true'], { inputArtifacts: [] })]],
  ['Deploy', [deployAction()]],
];

test('what is picked up by a click is put down by another, and artifacts are connected by two', async ({
  app,
  folder,
}) => {
  const { page } = app;
  const path = writePipeline(join(folder, 'project'), 'shop', stages);
  await openPipeline(app, path);

  await test.step('An action goes where the next click says', async () => {
    await cardOf(page, 'Build/Links').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Pick up to move' }).click();
    // Where it must not stand there is nothing to click.
    await expect(page.getByRole('button', { name: /^Put it in Source/ })).toHaveCount(0);
    await page.getByRole('button', { name: 'Put it in Deploy, after run order 1' }).click();
    await expect(cardOf(page, 'Deploy/Links')).toBeVisible();
    await expect(page.getByRole('button', { name: /^Put it / })).toHaveCount(0);
  });

  await test.step('A stage goes between others, and back with the way out', async () => {
    await stageOf(page, 'Deploy').getByText('Deploy', { exact: true }).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Pick up to move' }).click();
    await expect(page.getByRole('button', { name: 'Put it after Source' })).toBeVisible();
    await page.getByRole('button', { name: 'Put back' }).click();
    await expect(page.getByRole('button', { name: 'Put it after Source' })).toHaveCount(0);
  });

  await test.step('An action type is chosen in the palette and its place on the canvas', async () => {
    await paletteOf(page).getByRole('button', { name: 'Approval' }).hover();
    await paletteOf(page).getByRole('button', { name: 'Choose a place on the canvas' }).click();
    await page.getByRole('button', { name: 'Put it new stage after Build' }).click();
    await expect(cardOf(page, 'Approval/Approve')).toBeVisible();
  });

  await test.step('A click on a port and one on a card connect them', async () => {
    await cardOf(page, 'Build/Package').getByTitle('Site: drag to a later action').click();
    await expect(cardOf(page, 'Approval/Approve')).toHaveAttribute('data-connects', 'no');
    await cardOf(page, 'Deploy/Links').click();
    await expect(cardOf(page, 'Deploy/Links')).toHaveAttribute('aria-label', /, in: Site,/);
  });

  await test.step('A frame drawn on the ground selects', async () => {
    const build = await cardOf(page, 'Build/Package').boundingBox();
    const canvas = await canvasOf(page).boundingBox();
    if (!build || !canvas) throw new Error('It is not on the page.');
    await page.mouse.move(canvas.x + 20, canvas.y + canvas.height - 40);
    await page.mouse.down();
    await page.mouse.move(build.x + build.width / 2, build.y + build.height / 2, { steps: 6 });
    await page.mouse.up();
    await expect(page.locator('article[data-selected]')).toHaveCount(2);
  });
});

test('a folded stage is folded again when the file is opened anew, and the pipeline has not changed', async ({
  app,
  folder,
}) => {
  const { page } = app;
  const path = writePipeline(join(folder, 'project'), 'shop', stages);
  const before = readText(path);
  const sidecar = join(folder, 'project', 'shop.penstock.json');
  await openPipeline(app, path);
  await cardOf(page, 'Build/Package').click();
  await page.keyboard.press('Alt+c');
  const folded = page.getByLabel(/^Stage Build, collapsed, 2 actions/);
  await expect(folded).toBeVisible();
  await expect(page.getByRole('img', { name: 'unsaved changes' })).toBeHidden();
  await expect.poll(() => existsSync(sidecar) && readText(sidecar)).toContain('"folded"');
  await page.keyboard.press('Control+w');
  await expect(folded).toHaveCount(0);
  await openPipeline(app, path);
  await expect(folded).toBeVisible();
  expect(readText(path)).toBe(before);
});
