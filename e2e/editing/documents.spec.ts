import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readText } from '../support/project.ts';
import { expect, test } from '../support/test.ts';
import { canvasOf, cardOf, expectCard, runButton, setSettings, stageOf } from '../support/window.ts';

test('the Quickstart sample opens and runs to green', async ({ app, folder }) => {
  const { page } = app;
  await page.getByRole('button', { name: 'Open the sample' }).click();
  await expectCard(page, 'Build/Package', 'not started');
  await app.consent(true, () => runButton(page).click());
  await cardOf(page, 'Approve/Release').getByRole('button', { name: 'Review' }).click();
  const prompt = page.getByRole('region', { name: 'Approval of Release' }).first();
  await expect(prompt).toContainText(/Release \d+\.\d+\.\d+-[0-9a-f]{7}\? \d+ tests passed\./);
  await page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
  await expectCard(page, 'Deploy/InvalidateCache', 'succeeded');
  await expectCard(page, 'Deploy/Site', 'succeeded');
  expect(readText(join(folder, 'home/Penstock/quickstart/deployed/index.html'))).toContain('<html');
});

for (const name of ['Static site to S3', 'Node service with approval', 'Fan-out of parallel tests'])
  test(`a new pipeline from the template "${name}" is sound and is saved where it is told`, async ({ app, folder }) => {
    const { page } = app;
    await page.getByRole('button', { name: new RegExp(name) }).click();
    await expect(stageOf(page, 'Source')).toBeVisible();
    await expect(page.getByRole('button', { name: /^(No problems|\d+ problems?)$/ })).toHaveText('No problems');
    const path = join(folder, 'mine.pipeline.json');
    await app.choose(path, () => page.keyboard.press('Control+s'));
    await expect.poll(() => existsSync(path)).toBe(true);
    const { pipeline } = JSON.parse(readText(path)) as { pipeline: { stages: { name: string }[] } };
    expect(pipeline.stages[0]?.name).toBe('Source');
    expect(pipeline.stages.length).toBeGreaterThan(1);
  });

test('a new pipeline starts empty, invites, and takes its first action', async ({ app }) => {
  const { page } = app;
  await page.getByRole('button', { name: 'New pipeline' }).click();
  await expect(canvasOf(page)).toBeVisible();
  await canvasOf(page).focus();
  await page.keyboard.press('a');
  await page.keyboard.type('s3 source');
  await page.keyboard.press('Enter');
  await expect(page.locator('article')).toHaveCount(1);
});

test('the dark theme is chosen in Settings and kept over a restart', async ({ app }) => {
  const scheme = () => app.page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
  expect(await scheme()).toBe('light');
  await setSettings(app.page, (dialog) => dialog.getByRole('button', { name: 'Dark' }).click());
  await expect.poll(scheme).toBe('dark');
  await app.killAndRestart();
  await expect(app.page.getByRole('heading', { name: 'Quickstart sample' })).toBeVisible();
  await expect.poll(scheme).toBe('dark');
});
