import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expectOnly, forbidOthers, reach, reachPane, write } from '../support/hands.ts';
import { makeRepository, readText } from '../support/project.ts';
import { expect, test } from '../support/test.ts';
import { canvasOf, cardOf, expectCard, logOf, paletteOf } from '../support/window.ts';

interface Saved {
  pipeline: { stages: { name: string; actions: Record<string, unknown>[] }[] };
}

/*
 * A person without a pointer. Nothing here clicks, focuses or fills by program; `reach` presses Tab and F6 as often as a person
 * would bear.
 */
test('a pipeline is drawn, mended, saved, run and approved by keyboard alone', async ({ app, folder }) => {
  const { page } = app;
  const { keyboard } = page;
  const repository = makeRepository(join(folder, 'shop'), { 'index.html': '<h1>Shop</h1>\n' });
  const path = join(folder, 'by-keys.pipeline.json');
  const site = join(folder, 'site');
  const press = async (...keys: string[]) => {
    for (const key of keys) await keyboard.press(key);
  };
  const canvas = canvasOf(page);
  const inspector = page.getByRole('region', { name: 'Inspector' });
  const deploy = cardOf(page, 'Deploy/Deploy');
  const unsaved = page.getByRole('img', { name: 'unsaved changes' });
  const toCard = async (where: string) => {
    await reachPane(page, canvas);
    await press('Home');
    // Letters go to the next action of that name.
    await keyboard.type(where.split('/')[1] ?? '');
    await expect(cardOf(page, where)).toHaveAttribute('data-selected', 'true');
  };
  const toField = async (name: string | RegExp) => {
    await reachPane(page, inspector);
    await reach(page, inspector.getByLabel(name, { exact: true }));
  };
  await expect(page.getByRole('heading', { name: 'Quickstart sample' })).toBeVisible();
  const noted = await forbidOthers(page, 'keyboard');

  await test.step('A new document, and actions from the menu and from the palette', async () => {
    await press('Control+n');
    await expect(canvas).toBeFocused();
    await press('a');
    await keyboard.type('connection');
    await press('Enter');
    await expect(cardOf(page, 'Source/Source')).toBeVisible();
    await expect(canvas).toBeFocused();
    await reachPane(page, paletteOf(page));
    await reach(page, paletteOf(page).getByRole('searchbox'), 'Shift+Tab');
    await keyboard.type('commands');
    await reach(page, paletteOf(page).getByRole('button', { name: 'Commands' }));
    await press('Enter');
    await expect(cardOf(page, 'Build/Commands')).toBeVisible();
    // What has the keyboard is the canvas again: the new action can be named at once.
    await expect(canvas).toBeFocused();
    await press('F2');
    await write(page, 'Package', 'Enter');
    await expect(cardOf(page, 'Build/Package')).toBeVisible();
    await reachPane(page, paletteOf(page));
    await reach(page, paletteOf(page).getByRole('searchbox'), 'Shift+Tab');
    await write(page, 'amazon s3 deploy');
    await reach(page, paletteOf(page).getByRole('button', { name: 'Amazon S3' }));
    await press('Enter');
    await expect(deploy).toBeVisible();
  });

  await test.step('Fields are filled in, with their problems leading to them', async () => {
    await toCard('Source/Source');
    await press('Enter');
    await toField('Connection ARN');
    await write(page, 'arn:aws:codeconnections:eu-west-1:111122223333:connection/11111111-2222-4333-8444-555555555555');
    await toField('Repository');
    await write(page, 'example/shop');
    await toField('Branch');
    await write(page, 'main');
    await toCard('Build/Package');
    await press('Enter');
    await toField('Commands');
    await write(page, 'mkdir out\ncp -v index.html out/');
    await reach(page, inspector.getByRole('button', { name: 'Add output artifact' }), 'Shift+Tab');
    await press('Enter');
    await toField('Output artifact 1');
    await write(page, 'Site');
    await toField('Add file pattern of site');
    await write(page, 'out/**/*', 'Enter');
  });

  await test.step('An action moves with its stage, is undone and done again', async () => {
    await reachPane(page, canvas);
    // Stages beside each other, their actions below each other.
    await press('Home', 'ArrowRight', 'ArrowDown');
    await expect(cardOf(page, 'Build/Package')).toHaveAttribute('data-selected', 'true');
    await press('a');
    await keyboard.type('manual');
    await press('Enter');
    await expect(cardOf(page, 'Build/Approve')).toBeVisible();
    await press('Control+z');
    await expect(cardOf(page, 'Build/Approve')).toHaveCount(0);
    await press('Control+y');
    await expect(cardOf(page, 'Build/Approve')).toBeVisible();
  });

  await test.step('An artifact is connected from the menu of the keyboard', async () => {
    await toCard('Deploy/Deploy');
    await press('Enter');
    await reach(page, inspector.getByRole('button', { name: 'Remove SourceOutput' }));
    await press('Enter');
    await reachPane(page, canvas);
    await press('Shift+F10');
    await reach(page, page.getByRole('menuitem', { name: 'Take artifact' }), 'ArrowDown');
    await press('ArrowRight');
    await reach(page, page.getByRole('menuitem', { name: /^Site/ }), 'ArrowDown');
    await press('Enter');
    await expect(deploy).toHaveAttribute('aria-label', /in: Site,/);
  });
  await test.step('An artifact is renamed wherever it is used', async () => {
    await toCard('Build/Package');
    await press('Enter');
    await toField('Output artifact 1');
    await write(page, 'Pages');
    await expect(deploy).toHaveAttribute('aria-label', /in: Pages,/);
  });

  await test.step('What is missing is a problem, and is mended from the menu of fixes', async () => {
    await toCard('Deploy/Deploy');
    await press('Enter');
    await toField('Bucket');
    await write(page, 'shop-site-111122223333');
    // A problem without a fix of its own leads to the field that it is about.
    await toCard('Deploy/Deploy');
    await press('Control+.');
    await reach(page, page.getByRole('menuitem', { name: 'Show where it is' }), 'ArrowDown');
    await press('Enter');
    await expect(inspector.getByLabel(/^Extract/)).toBeFocused();
    await press('Space');
    await expect(page.getByRole('button', { name: 'No problems' })).toBeVisible();
    await toCard('Build/Package');
    await press('Enter');
    await reach(page, inspector.getByRole('button', { name: 'Remove output artifact Pages' }));
    await press('Enter');
    await expect(deploy).toHaveAttribute('aria-label', /, has problems$/);
    await toCard('Deploy/Deploy');
    await press('Control+.');
    await reach(page, page.getByRole('menuitem', { name: 'Add output Pages to Build/Package' }), 'ArrowDown');
    await press('Enter');
    await expect(deploy).toHaveAttribute('aria-label', /, not started$/);
    await toCard('Build/Package');
    await press('Enter');
    await toField('Add file pattern of pages');
    await write(page, 'out/**/*', 'Enter');
    await expect(page.getByRole('button', { name: 'No problems' })).toBeVisible();
  });

  await test.step('It is saved', async () => {
    await app.choose(path, () => press('Control+s'), 'keyboard');
    await expect(unsaved).toBeHidden();
    await expect.poll(() => existsSync(path)).toBe(true);
    const { stages } = (JSON.parse(readText(path)) as Saved).pipeline;
    expect(stages.map(({ name, actions }) => [name, actions.map((action) => action.name)])).toEqual([
      ['Source', ['Source']],
      ['Build', ['Package', 'Approve']],
      ['Deploy', ['Deploy']],
    ]);
    expect(stages[1]?.actions[0]).toMatchObject({
      commands: ['mkdir out', 'cp -v index.html out/'],
      outputArtifacts: [{ name: 'Pages' }],
    });
    expect(stages[2]?.actions[0]).toMatchObject({ inputArtifacts: [{ name: 'Pages' }] });
  });

  await test.step('It runs, is watched and approved', async () => {
    await press('F5');
    const sheet = page.getByRole('dialog', { name: 'Before it runs' });
    await expect(sheet).toBeVisible();
    await reach(page, sheet.getByLabel('Git repository'));
    await write(page, repository.path);
    await reach(page, sheet.getByRole('group', { name: /Deploy\/Deploy/ }).getByLabel('Folder'));
    await write(page, site);
    await reach(page, sheet.getByRole('button', { name: 'Run', exact: true }));
    await app.consent(true, () => press('Enter'), 'keyboard');
    await expectCard(page, 'Build/Package', 'succeeded');
    await expectCard(page, 'Build/Approve', 'waiting');
    const bottom = page.getByRole('region', { name: 'Logs, timeline and problems' });
    await reachPane(page, bottom);
    await reach(page, bottom.getByRole('combobox', { name: 'Log of' }));
    await keyboard.type('Build / Package');
    await expect(logOf(page, 'Build/Package')).toContainText('index.html');
    await reachPane(page, canvas);
    await reach(page, cardOf(page, 'Build/Approve').getByRole('button', { name: 'Review' }));
    await press('Enter');
    const prompt = page.getByRole('dialog').getByRole('region', { name: 'Approval of Approve' });
    await reach(page, prompt.getByLabel('Comment'));
    await keyboard.type('Read with care.');
    await reach(page, prompt.getByRole('button', { name: 'Approve' }));
    await press('Enter');
    await expectCard(page, 'Deploy/Deploy', 'succeeded');
    expect(readText(join(site, 'out/index.html'))).toBe('<h1>Shop</h1>\n');
  });
  await expectOnly(noted);
});
