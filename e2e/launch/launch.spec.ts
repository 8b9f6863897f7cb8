import { expect, test } from '../support/test.ts';

test('starts with the start page and an empty console', async ({ app }) => {
  const faults: string[] = [];
  app.page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  app.page.on('pageerror', (error) => faults.push(String(error)));
  await expect(app.page.getByRole('heading', { name: 'Quickstart sample' })).toBeVisible();
  await app.page.reload();
  await expect(app.page.getByRole('heading', { name: 'Quickstart sample' })).toBeVisible();
  expect(faults).toEqual([]);
});
