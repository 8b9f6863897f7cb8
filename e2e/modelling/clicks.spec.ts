import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { expectOnly, forbidOthers } from '../support/hands.ts';
import { makeRepository, readText } from '../support/project.ts';
import { expect, test } from '../support/test.ts';
import { cardOf, expectCard, paletteOf, runButton } from '../support/window.ts';

interface Saved {
  pipeline: { stages: { name: string; actions: Record<string, unknown>[] }[] };
}

/*
 * A person who can click once and type a name into a field, and no more: no drag, no double click, no chord (WCAG 2.5.7). The
 * page itself notes every breach.
 */
test('a pipeline is drawn, mended, saved, run and approved by single clicks alone', async ({ app, folder }) => {
  const { page } = app;
  const repository = makeRepository(join(folder, 'shop'), { 'index.html': '<h1>Shop</h1>\n' });
  const path = join(folder, 'by-clicks.pipeline.json');
  const site = join(folder, 'site');
  const inspector = page.getByRole('region', { name: 'Inspector' });
  const deploy = cardOf(page, 'Deploy/Deploy');
  const add = async (words: string, entry: string | RegExp) => {
    const menu = page.getByRole('dialog', { name: 'Add an action' });
    await page.keyboard.type(words);
    await menu.getByRole('option', { name: entry }).click();
    await expect(menu).toBeHidden();
  };
  const write = async (field: Locator, text: string) => {
    await field.click();
    await field.fill(text);
  };
  /** Clicks into a field, replaces what it holds and leaves it by clicking on the inspector's heading. */
  const fill = async (name: string | RegExp, text: string) => {
    await write(inspector.getByLabel(name, { exact: true }), text);
    await inspector.getByRole('heading').first().click();
  };
  await expect(page.getByRole('heading', { name: 'Quickstart sample' })).toBeVisible();
  const noted = await forbidOthers(page, 'single clicks');

  await test.step('A new document is filled by its invitations, by the palette and by the places between', async () => {
    await page.getByRole('button', { name: 'New pipeline' }).click();
    await page.getByRole('button', { name: 'Add source action' }).click();
    await add('connection', /connection/i);
    await expect(cardOf(page, 'Source/Source')).toBeVisible();
    await page.getByRole('button', { name: 'Add build action' }).click();
    await add('commands', /Commands/);
    await expect(cardOf(page, 'Build/Commands')).toBeVisible();
    await paletteOf(page).getByRole('searchbox').click();
    await page.keyboard.type('amazon s3 deploy');
    await paletteOf(page).getByRole('button', { name: 'Amazon S3' }).click();
    await expect(deploy).toBeVisible();
    await page.getByRole('button', { name: 'Add a stage before Deploy' }).click();
    await add('manual', /Manual approval/);
    await expect(cardOf(page, 'Approval/Approve')).toBeVisible();
  });

  await test.step('An action is picked up and put down elsewhere', async () => {
    // The view may still move to what was added before: a click that misses puts back what was picked up.
    await expect(async () => {
      await cardOf(page, 'Approval/Approve').click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Pick up to move' }).click();
      await page.getByRole('button', { name: 'Put it first in Deploy' }).click();
      await expect(cardOf(page, 'Deploy/Approve')).toBeVisible({ timeout: 3000 });
    }).toPass();
    await expect(deploy).toHaveAttribute('aria-label', /run order 2/);
    await page.getByRole('button', { name: /^Undo: / }).click();
    await expect(cardOf(page, 'Approval/Approve')).toBeVisible();
  });

  await test.step('Fields are filled in, an artifact is made, connected and renamed wherever it is used', async () => {
    await cardOf(page, 'Source/Source').click();
    await fill(
      'Connection ARN',
      'arn:aws:codeconnections:eu-west-1:111122223333:connection/11111111-2222-4333-8444-555555555555',
    );
    await fill('Repository', 'example/shop');
    await fill('Branch', 'main');
    await cardOf(page, 'Build/Commands').click();
    await fill('Commands', 'mkdir out\ncp -v index.html out/');
    await inspector.getByRole('button', { name: 'Add output artifact' }).click();
    await fill('Output artifact 1', 'Site');
    await fill('Add file pattern of site', 'out/**/*');
    await deploy.click();
    await inspector.getByRole('button', { name: 'Remove SourceOutput' }).click();
    // A port is clicked, then the card that takes what it gives.
    await cardOf(page, 'Build/Commands')
      .getByTitle(/^Site: /)
      .click();
    await deploy.click();
    await expect(deploy).toHaveAttribute('aria-label', /in: Site,/);
    await fill('Bucket', 'shop-site-111122223333');
    await inspector.getByRole('switch', { name: 'Extract files' }).click();
    await cardOf(page, 'Build/Commands').click();
    await fill('Output artifact 1', 'Pages');
    await expect(deploy).toHaveAttribute('aria-label', /in: Pages,/);
    await expect(page.getByRole('button', { name: 'No problems' })).toBeVisible();
  });

  await test.step('A step is undone and done again, a problem mended where it is told', async () => {
    await inspector.getByRole('button', { name: 'Remove output artifact Pages' }).click();
    await page.getByRole('button', { name: /^Undo: / }).click();
    await expect(page.getByRole('button', { name: 'No problems' })).toBeVisible();
    await page.getByRole('button', { name: /^Redo: / }).click();
    await page.getByRole('button', { name: '1 problem', exact: true }).click();
    const problems = page.getByRole('region', { name: 'Logs, timeline and problems' });
    await problems.getByRole('button', { name: /^More/ }).click();
    await page.getByRole('menuitem', { name: 'Add output Pages to Build/Commands' }).click();
    await cardOf(page, 'Build/Commands').click();
    await fill('Add file pattern of pages', 'out/**/*');
    await expect(page.getByRole('button', { name: 'No problems' })).toBeVisible();
  });

  await test.step('It is saved', async () => {
    await app.choose(path, () => page.getByRole('button', { name: 'Save', exact: true }).click());
    await expect(page.getByRole('img', { name: 'unsaved changes' })).toBeHidden();
    const { stages } = (JSON.parse(readText(path)) as Saved).pipeline;
    expect(stages.map(({ name, actions }) => [name, actions.map((action) => action.name)])).toEqual([
      ['Source', ['Source']],
      ['Build', ['Commands']],
      ['Approval', ['Approve']],
      ['Deploy', ['Deploy']],
    ]);
    expect(stages[3]?.actions[0]).toMatchObject({ inputArtifacts: [{ name: 'Pages' }] });
  });

  await test.step('It runs, is watched and approved', async () => {
    await runButton(page).click();
    const sheet = page.getByRole('dialog', { name: 'Before it runs' });
    await write(sheet.getByLabel('Git repository'), repository.path);
    await write(sheet.getByRole('group', { name: /Deploy\/Deploy/ }).getByLabel('Folder'), site);
    await app.consent(true, () => sheet.getByRole('button', { name: 'Run', exact: true }).click());
    await expectCard(page, 'Approval/Approve', 'waiting');
    await cardOf(page, 'Approval/Approve').getByRole('button', { name: 'Review' }).click();
    const prompt = page.getByRole('dialog').getByRole('region', { name: 'Approval of Approve' });
    await prompt.getByRole('button', { name: 'Approve' }).click();
    await expectCard(page, 'Deploy/Deploy', 'succeeded');
    expect(readText(join(site, 'out/index.html'))).toBe('<h1>Shop</h1>\n');
  });
  await expectOnly(noted);
});
