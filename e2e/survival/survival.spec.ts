import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from '../support/launchBrowserHost.ts';
import {
  commandsAction,
  makeRepository,
  readText,
  sourceAction,
  waitForFile,
  writePipeline,
} from '../support/project.ts';
import { expect, test } from '../support/test.ts';
import { cardOf, expectCard, logOf, openPipeline, runButton } from '../support/window.ts';

/** Starts a run whose action leaves a line of evidence each time it is run, and then waits for a file. */
async function startRun(app: App, folder: string) {
  const [release, evidence] = [join(folder, 'release'), join(folder, 'evidence')];
  const repository = makeRepository(join(folder, 'shop'), { 'README.md': 'shop\n' });
  const path = writePipeline(
    join(folder, 'project'),
    'survivor',
    [
      ['Source', [sourceAction()]],
      [
        'Build',
        [
          commandsAction('Long', [
            `echo ran >> '${evidence}'`,
            'echo half of it is done',
            waitForFile(release),
            'echo all of it is done',
          ]),
          commandsAction('Next', [`echo next >> '${evidence}'`], { runOrder: 2 }),
        ],
      ],
    ],
    { 'Source/Checkout': { kind: 'repository', path: repository.path } },
  );
  await openPipeline(app, path);
  await app.consent(true, () => runButton(app.page).click());
  await expectCard(app.page, 'Build/Long', 'in progress');
  await expect(logOf(app.page, 'Build/Long')).toContainText('half of it is done');
  return { release, evidence };
}

const reopen = async ({ page }: App) => {
  await page.getByRole('button', { name: /survivor\.pipeline\.json|^survivor/ }).click();
  await expect(cardOf(page, 'Build/Long')).toBeVisible();
};

test('a run outlives a killed host: adopted, finished, nothing run twice', async ({ app, folder }) => {
  const { release, evidence } = await startRun(app, folder);
  await app.killAndRestart();
  await reopen(app);
  const { page } = app;
  await expectCard(page, 'Build/Long', 'in progress');
  await expect(logOf(page, 'Build/Long')).toContainText('half of it is done');
  expect(readText(evidence)).toBe('ran\n');
  writeFileSync(release, '');
  await expectCard(page, 'Build/Long', 'succeeded');
  await expectCard(page, 'Build/Next', 'succeeded');
  expect(readText(evidence)).toBe('ran\nnext\n');
  await page.getByRole('button', { name: 'Executions', exact: true }).click();
  await expect(page.getByRole('row', { name: /survivor/ })).toHaveCount(1);
  await expect(page.getByRole('row', { name: /survivor/ })).toContainText('Succeeded');
});

test('an action that ends while no host is there is found finished', async ({ app, folder }) => {
  const { release, evidence } = await startRun(app, folder);
  writeFileSync(release, '');
  await app.killAndRestart();
  await app.page.getByRole('button', { name: 'Executions', exact: true }).click();
  await expect(app.page.getByRole('row', { name: /survivor/ })).toContainText('Succeeded');
  expect(readText(evidence)).toBe('ran\nnext\n');
});

test('a reloaded page shows the run again, and can stop it', async ({ app, folder }) => {
  const { page } = app;
  const { release } = await startRun(app, folder);
  await page.reload();
  await expectCard(page, 'Build/Long', 'in progress');
  await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible();
  writeFileSync(release, '');
  await expectCard(page, 'Build/Next', 'succeeded');
  await expect(runButton(page)).toBeVisible();
});
