import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from '../support/launchBrowserHost.ts';
import {
  commandsAction,
  makeRepository,
  type pipelineText,
  readText,
  sourceAction,
  writePipeline,
} from '../support/project.ts';
import { expect, test } from '../support/test.ts';
import { expectCard, logOf, noticesOf, openPipeline, showLog } from '../support/window.ts';

/*
 * Git events: what they would start is explained before anything runs, and an armed pipeline starts on a real push, with the
 * commit that was pushed.
 */
const stages: Parameters<typeof pipelineText>[1] = [
  ['Source', [sourceAction()]],
  ['Build', [commandsAction('Show', ['cat index.html'])]],
];

/** A pipeline that starts on pushes to main that change a page; answers the paths of its file and its repository. */
function project(folder: string) {
  const repository = makeRepository(join(folder, 'shop'), { 'index.html': '<h1>One</h1>\n' });
  const bindings = { 'Source/Checkout': { kind: 'repository', path: repository.path } };
  const path = writePipeline(folder, 'shop', stages, bindings);
  const declared = JSON.parse(readText(path));
  const push = [
    { branches: { includes: ['main'] }, filePaths: { includes: ['*.html'] } },
    { tags: { includes: ['v*'] } },
  ];
  declared.pipeline.triggers = [
    { providerType: 'CodeStarSourceConnection', gitConfiguration: { sourceActionName: 'Checkout', push } },
  ];
  writeFileSync(path, `${JSON.stringify(declared, null, 2)}\n`);
  return { path, repository, sidecar: path.replace('.pipeline.json', '.penstock.json') };
}

async function openSheet(app: App) {
  await app.page.getByRole('button', { name: 'Search or run a command' }).click();
  const palette = app.page.getByRole('dialog', { name: 'Search or run a command' });
  await palette.getByRole('combobox').fill('Simulate a push');
  await palette.getByRole('option', { name: /^Simulate a push/ }).click();
  const sheet = app.page.getByRole('dialog', { name: 'Simulate an event' });
  await expect(sheet).toBeVisible();
  return sheet;
}

test('a made-up event is explained filter by filter, and starts the pipeline with the commit of its branch', async ({
  app,
  folder,
}) => {
  const { path, repository } = project(folder);
  await openPipeline(app, path);
  const sheet = await openSheet(app);
  const start = sheet.getByRole('button', { name: 'Start with this event' });

  await sheet.getByLabel('Branch', { exact: true }).fill('dev');
  await expect(sheet.getByText('Branch "dev" does not match the include "main".')).toBeVisible();
  await expect(start).toBeDisabled();
  await sheet.getByLabel('Branch', { exact: true }).fill('main');
  await sheet.getByLabel(/^Changed files/).fill('README.md');
  await expect(sheet.getByText('"README.md" does not match the include "*.html"')).toBeVisible();
  await sheet.getByLabel(/^Changed files/).fill('README.md\nindex.html');
  await expect(sheet.getByText('File "index.html" matches the include "*.html".')).toBeVisible();
  await expect(sheet.getByRole('status')).toContainText('Starts "shop", by Source/Checkout');

  await app.consent(true, () => start.click());
  await expect(sheet).toBeHidden();
  await expectCard(app.page, 'Build/Show', 'succeeded');
  await showLog(app.page, 'Build/Show');
  await expect(logOf(app.page, 'Build/Show')).toContainText('<h1>One</h1>');

  await app.page.getByRole('button', { name: 'Executions', exact: true }).click();
  await expect(app.page.getByText('Push or pull request')).toBeVisible();
  expect(repository.path).toContain('shop');
});

test('an armed pipeline starts on a push that matches, with the pushed commit, and on nothing else', async ({
  app,
  folder,
}) => {
  const { path, repository, sidecar } = project(folder);
  await openPipeline(app, path);
  const sheet = await openSheet(app);
  await app.consent(true, () => sheet.getByRole('switch', { name: 'Start on real pushes' }).click());
  await expect(sheet.getByText(repository.path)).toBeVisible();
  await expect(sheet.getByRole('switch', { name: 'Start on real pushes' })).toBeChecked();
  expect(JSON.parse(readText(sidecar))).toMatchObject({ triggersArmed: true });

  repository.commit('Words only', { 'README.md': 'Words.\n' });
  await expect(sheet.getByText('Last event: Starts nothing: a push to branch "main".')).toBeVisible();
  await sheet.getByRole('button', { name: 'Close' }).last().click();
  await expect(app.page.getByRole('button', { name: 'Triggers armed' })).toBeVisible();

  const commit = repository.commit('A new page', { 'index.html': '<h1>Two</h1>\n' });
  const notice = noticesOf(app.page).getByText('Starts "shop", by Source/Checkout: a push to branch "main".');
  await expect(notice).toBeVisible();
  await noticesOf(app.page).getByRole('button', { name: 'Show it' }).click();
  await expectCard(app.page, 'Build/Show', 'succeeded');
  await showLog(app.page, 'Build/Show');
  await expect(logOf(app.page, 'Build/Show')).toContainText('<h1>Two</h1>');
  await app.page.getByRole('button', { name: 'Executions', exact: true }).click();
  await expect(app.page.getByText(commit.slice(0, 8))).toBeVisible();
  await expect(app.page.getByText('Push or pull request')).toHaveCount(1);
});

test('a file that says it is armed starts nothing before its user agreed (WT-17)', async ({ app, folder }) => {
  const { path, repository, sidecar } = project(folder);
  const bindings = { 'Source/Checkout': { kind: 'repository', path: repository.path } };
  writeFileSync(sidecar, JSON.stringify({ penstock: 1, triggersArmed: true, bindings }));
  await openPipeline(app, path);
  await expect(noticesOf(app.page).getByText(/are not armed/)).toBeVisible();
  await expect(app.page.getByRole('button', { name: 'Triggers armed' })).toHaveCount(0);
  const sheet = await openSheet(app);
  const arm = sheet.getByRole('switch', { name: 'Start on real pushes' });
  await app.consent(false, () => arm.click());
  await expect(sheet.getByRole('alert')).toContainText('need your consent first');
  await expect(arm).not.toBeChecked();
  repository.commit('A page nobody waits for', { 'index.html': '<h1>Hidden</h1>\n' });

  // The control: agreed to, the next push starts exactly one.
  await app.consent(true, () => arm.click());
  await expect(arm).toBeChecked();
  repository.commit('A page that is waited for', { 'index.html': '<h1>Seen</h1>\n' });
  await expect(noticesOf(app.page).getByText(/^Starts "shop"/)).toBeAttached();
  await sheet.getByRole('button', { name: 'Close' }).last().click();
  await app.page.getByRole('button', { name: 'Executions', exact: true }).click();
  await expect(app.page.getByText('Push or pull request')).toHaveCount(1);
});
