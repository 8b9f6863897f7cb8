import { existsSync, writeFileSync } from 'node:fs';
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
import { expectCard, logOf, openPipeline, runButton } from '../support/window.ts';

/** A pipeline whose first build waits for a file; answers that file and the one where it wrote its process id. */
async function startWaiting(app: App, folder: string) {
  const [release, pid] = [join(folder, 'release'), join(folder, 'pid')];
  const repository = makeRepository(join(folder, 'shop'), { 'README.md': 'shop\n' });
  const path = writePipeline(
    join(folder, 'project'),
    'stopped',
    [
      ['Source', [sourceAction()]],
      [
        'Build',
        [
          commandsAction('Wait', [
            `echo $$ > '${pid}'`,
            'echo waiting for the file',
            waitForFile(release),
            'echo came',
          ]),
          commandsAction('After', [`touch '${join(folder, 'after')}'`], { runOrder: 2 }),
        ],
      ],
    ],
    { 'Source/Checkout': { kind: 'repository', path: repository.path } },
  );
  await openPipeline(app, path);
  await app.consent(true, () => runButton(app.page).click());
  await expectCard(app.page, 'Build/Wait', 'in progress');
  await expect(logOf(app.page, 'Build/Wait')).toContainText('waiting for the file');
  return { release, pid: Number(readText(pid)) };
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test('stop and wait lets the running action finish and starts nothing more', async ({ app, folder }) => {
  const { page } = app;
  const { release, pid } = await startWaiting(app, folder);
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await page.getByRole('menuitem', { name: /Stop and wait/ }).click();
  await expect(page.getByRole('button', { name: 'Stopping …' })).toBeVisible();
  expect(isAlive(pid)).toBe(true);
  writeFileSync(release, '');
  await expectCard(page, 'Build/Wait', 'succeeded');
  await expect(logOf(page, 'Build/Wait')).toContainText('came');
  await expect(runButton(page)).toBeVisible();
  await expectCard(page, 'Build/After', 'not started');
  await page.getByRole('button', { name: 'Executions', exact: true }).click();
  await expect(page.getByRole('row', { name: /stopped/ })).toContainText('Stopped');
  expect(existsSync(join(folder, 'after'))).toBe(false);
});

test('stop and abandon ends the running processes', async ({ app, folder }) => {
  const { page } = app;
  const { pid } = await startWaiting(app, folder);
  expect(isAlive(pid)).toBe(true);
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await page.getByRole('menuitem', { name: /Stop and abandon/ }).click();
  await expectCard(page, 'Build/Wait', 'abandoned');
  await expect.poll(() => isAlive(pid)).toBe(false);
  await expectCard(page, 'Build/After', 'not started');
  expect(existsSync(join(folder, 'after'))).toBe(false);
});
