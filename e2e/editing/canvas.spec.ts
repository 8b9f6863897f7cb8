import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { App } from '../support/launchBrowserHost.ts';
import {
  approvalAction,
  buildAction,
  commandsAction,
  deployAction,
  type pipelineText,
  readText,
  sourceAction,
  writePipeline,
} from '../support/project.ts';
import { expect, test } from '../support/test.ts';
import { canvasOf, cardOf, noticesOf, openPipeline, stageOf } from '../support/window.ts';

type Stages = Parameters<typeof pipelineText>[1];
const shop: Stages = [
  ['Source', [sourceAction()]],
  ['Build', [buildAction()]],
  ['Check', [commandsAction('Links', ['true'], { inputArtifacts: [] })]],
  ['Deploy', [deployAction()]],
];

async function openShop(app: App, folder: string, stages: Stages = shop): Promise<string> {
  const path = writePipeline(join(folder, 'project'), 'shop', stages);
  await openPipeline(app, path);
  await expect(canvasOf(app.page)).toBeVisible();
  return path;
}

/** Saves by keyboard and answers the declaration that the file then holds. */
async function save(page: Page, path: string) {
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('img', { name: 'unsaved changes' })).toBeHidden();
  return (
    JSON.parse(readText(path)) as {
      pipeline: { stages: { name: string; actions: { name: string; [member: string]: unknown }[] }[] };
    }
  ).pipeline;
}

/** A drag as a hand does it: press, a few moves, release. */
async function dragBetween(page: Page, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 8 });
  await page.mouse.up();
}

async function middleOf(locator: ReturnType<typeof cardOf>): Promise<{ x: number; y: number }> {
  const box = await locator.boundingBox();
  if (!box) throw new Error('It is not on the page.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

test('saving what was not changed leaves every byte, odd formatting included', async ({ app, folder }) => {
  const path = await openShop(app, folder);
  const before = readText(path);
  await app.page.keyboard.press('Control+s');
  await canvasOf(app.page).focus();
  await app.page.keyboard.press('Control+s');
  expect(readText(path)).toBe(before);
});

test('undo and redo by keyboard lead back to the same bytes', async ({ app, folder }) => {
  const { page } = app;
  const path = await openShop(app, folder);
  const before = readText(path);
  await cardOf(page, 'Check/Links').click();
  await canvasOf(page).focus();
  await page.keyboard.press('Control+d');
  await expect(stageOf(page, 'Check')).toContainText('2 actions');
  await page.keyboard.press('Alt+ArrowRight');
  await expect(stageOf(page, 'Check')).toContainText('1 action');
  await save(page, path);
  const after = readText(path);
  expect(after).not.toBe(before);

  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect(stageOf(page, 'Deploy')).toContainText('1 action');
  await save(page, path);
  expect(readText(path)).toBe(before);

  await page.keyboard.press('Control+Shift+z');
  await page.keyboard.press('Control+y');
  await expect(stageOf(page, 'Deploy')).toContainText('2 actions');
  await save(page, path);
  expect(readText(path)).toBe(after);
});

test('a deleted action comes back by the notice that tells of it', async ({ app, folder }) => {
  const { page } = app;
  const path = await openShop(app, folder);
  const before = readText(path);
  await cardOf(page, 'Build/Package').click();
  await canvasOf(page).focus();
  await page.keyboard.press('Delete');
  await expect(cardOf(page, 'Build/Package')).toBeHidden();
  await expect(noticesOf(page)).toContainText('Deleted');
  await noticesOf(page).getByRole('button', { name: 'Undo' }).click();
  await expect(cardOf(page, 'Build/Package')).toBeVisible();
  await expect(page.getByRole('img', { name: 'unsaved changes' })).toBeHidden();
  expect(readText(path)).toBe(before);
});

test('a line drawn from port to card connects the artifact', async ({ app, folder }) => {
  const { page } = app;
  const path = await openShop(app, folder);
  const port = cardOf(page, 'Build/Package').getByTitle('Site: drag to a later action');
  await dragBetween(page, await middleOf(port), await middleOf(cardOf(page, 'Check/Links')));
  await expect(page.getByRole('img', { name: 'unsaved changes' })).toBeVisible();
  const { stages } = await save(page, path);
  expect(stages[2]?.actions[0]).toMatchObject({ name: 'Links', inputArtifacts: [{ name: 'Site' }] });

  // And a drop on nothing changes nothing.
  const saved = readText(path);
  const canvas = await canvasOf(page).boundingBox();
  await dragBetween(page, await middleOf(port), { x: (canvas?.x ?? 0) + 300, y: (canvas?.y ?? 0) + 500 });
  await save(page, path);
  expect(readText(path)).toBe(saved);
});

test('a card dragged into another stage moves there with all it has, and an emptied stage goes', async ({
  app,
  folder,
}) => {
  const { page } = app;
  const path = await openShop(app, folder, [...shop.slice(0, 3), ['Deploy', [deployAction(), approvalAction()]]]);
  const target = await middleOf(cardOf(page, 'Build/Package'));
  await dragBetween(page, await middleOf(cardOf(page, 'Check/Links')), target);
  await expect(cardOf(page, 'Build/Links')).toBeVisible();
  await expect(cardOf(page, 'Check/Links')).toBeHidden();
  const { stages } = await save(page, path);
  expect(stages.map(({ name, actions }) => [name, actions.map((action) => action.name)])).toEqual([
    ['Source', ['Checkout']],
    ['Build', ['Package', 'Links']],
    ['Deploy', ['Publish', 'Release']],
  ]);
  expect(stages[1]?.actions[1]).toMatchObject({ commands: ['true'], runOrder: 1 });
});

test('an action type dropped between two stages makes a stage of its own', async ({ app, folder }) => {
  const { page } = app;
  const path = await openShop(app, folder);
  const build = await stageOf(page, 'Build').boundingBox();
  const check = await stageOf(page, 'Check').boundingBox();
  if (!build || !check) throw new Error('The stages are not on the page.');
  const canvas = await canvasOf(page).boundingBox();
  await page
    .getByRole('region', { name: 'Actions', exact: true })
    .getByRole('button', { name: 'Approval' })
    .dragTo(canvasOf(page), {
      targetPosition: {
        x: (build.x + build.width + check.x) / 2 - (canvas?.x ?? 0),
        y: build.y + 60 - (canvas?.y ?? 0),
      },
    });
  await expect(stageOf(page, 'Approval')).toBeVisible();
  const { stages } = await save(page, path);
  expect(stages.map(({ name }) => name)).toEqual(['Source', 'Build', 'Approval', 'Check', 'Deploy']);
});

test('without a mouse: arrows move, Enter inspects, A adds', async ({ app, folder }) => {
  const { page } = app;
  const path = await openShop(app, folder);
  await canvasOf(page).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await expect(cardOf(page, 'Source/Checkout')).toHaveAttribute('data-selected', 'true');
  await page.keyboard.press('ArrowRight');
  await expect(cardOf(page, 'Build/Package')).toHaveAttribute('data-selected', 'true');
  const active = await canvasOf(page).getAttribute('aria-activedescendant');
  expect(active).toBe(await cardOf(page, 'Build/Package').getAttribute('id'));
  await page.keyboard.press('a');
  const menu = page.getByRole('dialog', { name: 'Add an action' });
  await expect(menu).toBeVisible();
  await page.keyboard.type('manual');
  await page.keyboard.press('Enter');
  await expect(cardOf(page, 'Build/Approve')).toBeVisible();
  await expect(canvasOf(page)).toBeFocused();
  await page.keyboard.press('Enter');
  const name = page.getByRole('textbox', { name: 'Action name' });
  await expect(name).toBeVisible();
  const { stages } = await save(page, path);
  expect(stages[1]?.actions.map((action) => action.name)).toEqual(['Package', 'Approve']);
});
