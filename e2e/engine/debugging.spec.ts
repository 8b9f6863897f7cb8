import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from '../support/launchBrowserHost.ts';
import { commandsAction, makeRepository, readText, sourceAction, writePipeline } from '../support/project.ts';
import { expect, test } from '../support/test.ts';
import { cardOf, expectCard, logOf, openPipeline, runButton, showLog } from '../support/window.ts';

/** Breakpoints, and runs that begin where another one stood. */

/** A pipeline of three stages whose build prints a variable of the pipeline; opened. */
async function openShop(app: App, folder: string): Promise<void> {
  const { path: repository } = makeRepository(join(folder, 'shop'), { 'index.html': '<h1>One</h1>\n' });
  const greet = commandsAction('Greet', ['echo "It says $GREETING"', 'ls'], {
    environmentVariables: [{ name: 'GREETING', value: '#{variables.GREETING}' }],
  });
  const stages: Parameters<typeof writePipeline>[2] = [
    ['Source', [sourceAction()]],
    ['Build', [greet]],
    ['Deploy', [commandsAction('Publish', ['cat index.html'])]],
  ];
  const path = writePipeline(folder, 'shop', stages, { 'Source/Checkout': { kind: 'repository', path: repository } });
  const declared = JSON.parse(readText(path));
  declared.pipeline.variables = [{ name: 'GREETING', defaultValue: 'good morning' }];
  writeFileSync(path, `${JSON.stringify(declared, null, 2)}\n`);
  await openPipeline(app, path);
}

test('a run pauses at a breakpoint, shows what the action would get, and goes on with a changed variable', async ({
  app,
  folder,
}) => {
  const { page } = app;
  await openShop(app, folder);
  await cardOf(page, 'Build/Greet').click();
  await page.keyboard.press('F9');
  await expect(cardOf(page, 'Build/Greet')).toHaveAccessibleName(/breakpoint before it$/);

  await app.consent(true, () => runButton(page).click());
  await expectCard(page, 'Build/Greet', 'paused');
  await cardOf(page, 'Build/Greet').getByRole('button', { name: 'Paused…' }).click();
  await page
    .getByRole('dialog', { name: 'Greet is paused' })
    .getByRole('button', { name: 'Change variables…' })
    .click();
  const view = page.getByRole('region', { name: 'Greet is paused' });
  await view.getByText('Source', { exact: true }).click();
  await expect(view.getByRole('list', { name: 'Files of Source' })).toContainText('index.html');
  await expect(view.getByText(/cd |sh /).last()).toBeVisible();
  await view.getByLabel('variables.GREETING').fill('good night');
  await view.getByRole('button', { name: 'Continue with 1 change' }).click();
  await expectCard(page, 'Deploy/Publish', 'succeeded');
  await showLog(page, 'Build/Greet');
  await expect(logOf(page, 'Build/Greet')).toContainText('It says good night');
});

test('a run can be forked from an instant of an old one, and one action of it can be run alone', async ({
  app,
  folder,
}) => {
  const { page } = app;
  await openShop(app, folder);
  await app.consent(true, () => runButton(page).click());
  await expectCard(page, 'Deploy/Publish', 'succeeded');
  const slider = page.getByRole('slider', { name: 'Instant of the execution' });
  const last = Number(await slider.getAttribute('aria-valuenow'));
  for (let seq = last; seq > 1; seq -= 1) {
    if (/not started/.test((await cardOf(page, 'Deploy/Publish').getAttribute('aria-label')) ?? '')) break;
    await slider.press('ArrowLeft');
  }
  await page.getByRole('button', { name: 'Fork from this instant' }).click();
  await expect(page.getByText('Fork', { exact: true })).toBeVisible();
  await expectCard(page, 'Deploy/Publish', 'succeeded');
  await expectCard(page, 'Source/Checkout', 'not started');

  await page.getByRole('button', { name: 'Show that execution' }).click();
  await expectCard(page, 'Source/Checkout', 'succeeded');
  await cardOf(page, 'Build/Greet').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Run only this action' }).click();
  await expect(page.getByText('One action', { exact: true })).toBeVisible();
  await expectCard(page, 'Build/Greet', 'succeeded');
  await expectCard(page, 'Deploy/Publish', 'not started');
});
