import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import type { App } from '../support/launchBrowserHost.ts';
import {
  buildAction,
  commandsAction,
  deployAction,
  type pipelineText,
  readText,
  sourceAction,
  writePipeline,
} from '../support/project.ts';
import { expect, test } from '../support/test.ts';
import { canvasOf, cardOf, noticesOf, openPipeline, paletteOf, stageOf } from '../support/window.ts';

type Stages = Parameters<typeof pipelineText>[1];
interface Saved {
  pipeline: { stages: { name: string; actions: { name: string; [member: string]: unknown }[] }[] };
}

const shop: Stages = [
  ['Source', [sourceAction()]],
  ['Build', [buildAction()]],
  ['Check', [commandsAction('Links', ['true']), commandsAction('Spelling', ['true'], { runOrder: 2 })]],
  ['Deploy', [deployAction()]],
];

async function openShop(app: App, folder: string, name = 'shop', stages = shop): Promise<string> {
  const path = writePipeline(join(folder, 'project'), name, stages);
  // A window that shows a pipeline already has no Open button.
  if (await canvasOf(app.page).isVisible()) await app.choose(path, () => app.page.keyboard.press('Control+o'));
  else await openPipeline(app, path);
  // The canvas of another document may be there already.
  await expect(app.page.getByRole('tab', { name, exact: true })).toHaveAttribute('aria-selected', 'true');
  await expect(canvasOf(app.page)).toBeVisible();
  return path;
}

const places = (path: string) =>
  (JSON.parse(readText(path)) as Saved).pipeline.stages.map(({ name, actions }) => [
    name,
    actions.map((action) => action.name),
  ]);

/** Saves what was changed. Answers the stages and actions that the file then holds. */
async function save(window: Page, path: string) {
  const unsaved = window.getByRole('img', { name: 'unsaved changes' });
  await expect(unsaved).toBeVisible();
  await window.keyboard.press('Control+s');
  await expect(unsaved).toBeHidden();
  return places(path);
}

async function middleOf(locator: Locator): Promise<{ x: number; y: number }> {
  const box = await locator.boundingBox();
  if (!box) throw new Error('It is not on the page.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Presses at one place and drags to another, without letting go. */
async function drag(window: Page, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  await window.mouse.move(from.x, from.y);
  await window.mouse.down();
  await window.mouse.move(to.x, to.y, { steps: 8 });
}

test('what is dragged says where it may stand, goes there, and comes back with Escape', async ({ app, folder }) => {
  const window = app.page;
  const path = await openShop(app, folder);
  const before = readText(path);
  const ghost = window.locator('[aria-hidden="true"]').filter({ hasText: 'CodeCommit' });

  await test.step('A place that is not allowed says why before the release, and the nearest one is a click away', async () => {
    const target = await middleOf(cardOf(window, 'Build/Package'));
    await drag(window, await middleOf(paletteOf(window).getByRole('button', { name: 'CodeCommit' })), target);
    // The browser tells of a native drag in its own time; a hand is never quite still either.
    const refused = ghost.getByText('A source action can only stand in the first stage (Source).');
    await expect(async () => {
      for (const by of [1, -1]) await window.mouse.move(target.x + by, target.y);
      await expect(refused).toBeVisible({ timeout: 500 });
    }).toPass();
    await window.mouse.up();
    await expect(window.locator('article')).toHaveCount(5);
    await noticesOf(window)
      .getByRole('button', { name: /^Put it / })
      .click();
    await expect(window.locator('article[data-where^="Source/"]')).toHaveCount(2);
    await window.keyboard.press('Control+z');
    await expect(window.locator('article')).toHaveCount(5);
  });

  await test.step('Escape puts everything back, from the palette and on the canvas', async () => {
    for (const from of [
      paletteOf(window).getByRole('button', { name: 'Approval' }),
      cardOf(window, 'Check/Links'),
      stageOf(window, 'Check').getByText('Check', { exact: true }),
    ]) {
      await drag(window, await middleOf(from), await middleOf(cardOf(window, 'Build/Package')));
      await window.keyboard.press('Escape');
      await window.mouse.up();
      await expect(window.locator('article')).toHaveCount(5);
      await expect(window.getByRole('img', { name: 'unsaved changes' })).toBeHidden();
    }
    expect(readText(path)).toBe(before);
  });

  await test.step('A stage is dragged by its heading to another place', async () => {
    const build = await stageOf(window, 'Build').boundingBox();
    if (!build) throw new Error('It is not on the page.');
    await drag(window, await middleOf(stageOf(window, 'Check').getByText('Check', { exact: true })), {
      x: build.x - 10,
      y: build.y + 24,
    });
    await window.mouse.up();
    expect(await save(window, path)).toEqual([
      ['Source', ['Checkout']],
      ['Check', ['Links', 'Spelling']],
      ['Build', ['Package']],
      ['Deploy', ['Publish']],
    ]);
  });

  await test.step('With Alt a copy is dragged, with a name of its own and the same inputs', async () => {
    await window.keyboard.down('Alt');
    await drag(window, await middleOf(cardOf(window, 'Check/Links')), await middleOf(cardOf(window, 'Build/Package')));
    await window.mouse.up();
    await window.keyboard.up('Alt');
    await expect(cardOf(window, 'Check/Links')).toBeVisible();
    await expect(window.locator('article[data-where^="Build/"]')).toHaveCount(2);
    const [, , build] = await save(window, path);
    expect(build?.[1]).toHaveLength(2);
    const { stages } = (JSON.parse(readText(path)) as Saved).pipeline;
    expect(stages[2]?.actions.find(({ name }) => name !== 'Package')).toMatchObject({
      commands: ['true'],
      inputArtifacts: [{ name: 'Source' }],
    });
  });
});

test('what is selected together is deleted, cut and copied together, into another document too', async ({
  app,
  folder,
}) => {
  const window = app.page;
  const path = await openShop(app, folder);
  const before = readText(path);
  const other = await openShop(app, folder, 'other', [shop[0]!, ['Build', [buildAction()]]]);
  await window.getByRole('tab', { name: 'shop' }).click();
  // A frame on the ground selects what it touches, Escape nothing, a click with Ctrl one more.
  const links = cardOf(window, 'Check/Links');
  const selected = window.locator('article[data-selected="true"]');
  await expect(async () => {
    // Waits until it stands still; the canvas of the document may just have been shown.
    await links.hover();
    const lane = await stageOf(window, 'Check').boundingBox();
    if (!lane) throw new Error('It is not on the page.');
    await drag(window, { x: lane.x - 8, y: lane.y + lane.height + 12 }, await middleOf(links));
    await window.mouse.up();
    await expect(selected).toHaveCount(2, { timeout: 1000 });
  }).toPass();
  await canvasOf(window).focus();
  await window.keyboard.press('Escape');
  await expect(selected).toHaveCount(0);
  await cardOf(window, 'Check/Spelling').click();
  await cardOf(window, 'Check/Links').click({ modifiers: ['ControlOrMeta'] });
  await expect(selected).toHaveCount(2);
  await canvasOf(window).focus();
  await window.keyboard.press('Control+x');
  await expect(window.locator('article')).toHaveCount(3);
  await expect(stageOf(window, 'Check')).toContainText('0 actions');
  await window.getByRole('tab', { name: 'other' }).click();
  await cardOf(window, 'Build/Package').click();
  await canvasOf(window).focus();
  await window.keyboard.press('Control+v');
  await expect(window.locator('article')).toHaveCount(4);
  await window.keyboard.press('Control+s');
  await expect.poll(() => places(other)[1]).toEqual(['Build', ['Package', 'Links', 'Spelling']]);
  const pasted = (JSON.parse(readText(other)) as Saved).pipeline.stages[1]?.actions[1];
  expect(pasted).toMatchObject({ commands: ['true'], inputArtifacts: [{ name: 'Source' }] });

  // One gesture, one step back.
  await window.getByRole('tab', { name: 'shop' }).click();
  await canvasOf(window).focus();
  await window.keyboard.press('Control+z');
  await expect(window.locator('article')).toHaveCount(5);
  await expect(window.getByRole('img', { name: 'unsaved changes' })).toBeHidden();
  expect(readText(path)).toBe(before);
});
