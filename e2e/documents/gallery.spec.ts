import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readText } from '../support/project.ts';
import { expect, test } from '../support/test.ts';
import { cardOf, stageOf } from '../support/window.ts';

test('a template is found by words and by category, says what it needs, and becomes a sound pipeline', async ({
  app,
}) => {
  const { page } = app;
  const cards = page.getByRole('list').filter({ hasText: 'Static site to S3' }).getByRole('listitem');
  const all = page.getByRole('button', { name: /Blue\/green to Amazon ECS/ });
  await expect(all).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search templates' }).fill('approval codedeploy');
  await expect(page.getByRole('button', { name: /Static site to S3/ })).toHaveCount(0);
  await expect(page.getByRole('button', { name: /Test, staging and production/ })).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search templates' }).fill('');
  await page.getByLabel('Category').selectOption('Data');
  const data = page.getByRole('button', { name: /Data job on an uploaded file/ });
  await expect(data).toBeVisible();
  await expect(page.getByRole('button', { name: /Static site to S3/ })).toHaveCount(0);
  await expect(cards).toHaveCount(0);
  await page.getByText(/^A local run asks for \d things?$/).click();
  await expect(page.getByText(/^Source \/ Upload: .*\?/)).toBeVisible();
  await data.click();
  await expect(cardOf(page, 'Check/Check')).toBeVisible();
  await expect(page.getByRole('button', { name: /^(No problems|\d+ problems?)$/ })).toHaveText('No problems');
});

test('the wizard makes a pipeline step by step, by keyboard alone', async ({ app, folder }) => {
  const { page } = app;
  await page.getByRole('button', { name: 'Step by step…' }).focus();
  await page.keyboard.press('Enter');
  const step = page.locator('[aria-current="step"]');
  await expect(step).toHaveText('Settings');
  await expect(page.getByLabel('Pipeline name')).toBeFocused();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('by-hand');
  await page.keyboard.press('Enter');
  await expect(step).toHaveText('Source');
  await expect(page.getByLabel('Source provider')).toBeFocused();
  // What is missing is named, and the step stays.
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('Connection ARN, Repository, Branch');
  await page.keyboard.type('arn:aws:codeconnections:eu-west-1:111122223333:connection/1');
  await page.keyboard.press('Tab');
  await page.keyboard.type('acme/shop');
  await page.keyboard.press('Tab');
  await page.keyboard.type('main');
  await page.keyboard.press('Enter');
  await expect(step).toHaveText('Build');
  await page.keyboard.press('Tab');
  await page.keyboard.type('shop-build');
  await page.keyboard.press('Enter');
  await expect(step).toHaveText('Test');
  await expect(page.getByLabel('Test provider')).toBeFocused();
  await page.getByRole('button', { name: 'Next' }).press('Enter');
  await expect(step).toHaveText('Deploy');
  // Skipped.
  await expect(page.getByLabel('Deploy provider')).toBeFocused();
  await page.keyboard.press('Home');
  await expect(page.getByLabel('Deploy provider')).toHaveValue('');
  await page.getByRole('button', { name: 'Next' }).press('Enter');
  await expect(step).toHaveText('Review');
  await expect(page.getByRole('dialog')).toContainText('No problems');
  await page.getByRole('button', { name: 'Create the pipeline' }).press('Enter');
  await expect(stageOf(page, 'Build')).toBeVisible();
  await expect(page.locator('article')).toHaveCount(2);
  const path = join(folder, 'by-hand.pipeline.json');
  await app.choose(path, () => page.keyboard.press('Control+s'));
  await expect.poll(() => existsSync(path)).toBe(true);
  expect(JSON.parse(readText(path))).toMatchObject({ pipeline: { name: 'by-hand', stages: [{}, {}] } });
});
