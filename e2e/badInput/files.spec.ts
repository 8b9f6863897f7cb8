import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipelineText, readText, sourceAction } from '../support/project.ts';
import { expect, test } from '../support/test.ts';
import { canvasOf, openPipeline } from '../support/window.ts';

/** Each bomb level is nine of the one before: 9^9 values if anybody counted them. */
const yamlBomb = [
  'a: &a ["x","x","x","x","x","x","x","x","x"]',
  ...[...'bcdefghi'].map((key, index) => {
    const before = 'abcdefgh'[index];
    return `${key}: &${key} [${Array(9).fill(`*${before}`).join(',')}]`;
  }),
  '',
].join('\n');

/** What is shown on the page for a file that holds no pipeline: what is wrong, where, and what to do. */
const cases: { name: string; text: string; says: RegExp[] }[] = [
  { name: 'broken.pipeline.json', text: '{ "pipeline": { "name": "x",, } }\n', says: [/line 1/, /./] },
  { name: 'notes.pipeline.json', text: '{ "servings": 4 }\n', says: [/pipeline/i] },
  { name: 'list.pipeline.json', text: '[1, 2, 3]\n', says: [/pipeline/i] },
  { name: 'empty.pipeline.json', text: '', says: [/empty/i] },
  { name: 'bomb.pipeline.yaml', text: yamlBomb, says: [/./] },
  { name: 'indent.pipeline.yaml', text: 'pipeline:\n\tname: x\n', says: [/line 2/, /spaces/] },
];

test('a file that holds no pipeline says what is wrong, and its text is there to read', async ({ app, folder }) => {
  const { page } = app;
  for (const { name, text, says } of cases) {
    await test.step(name, async () => {
      const path = join(folder, name);
      writeFileSync(path, text);
      await page.getByRole('button', { name: 'Penstock, start page' }).click();
      await openPipeline(app, path);
      const card = page.getByRole('alert').filter({ hasText: 'cannot be drawn yet' });
      await expect(card).toBeVisible();
      await expect(card.getByRole('listitem').first()).toBeVisible();
      for (const words of says) await expect(card).toContainText(words);
      await expect(canvasOf(page)).toBeHidden();
      await card.getByRole('button', { name: 'Look at the text' }).click();
      await expect(page.getByRole('region', { name: 'Text of the pipeline' })).toContainText(
        text.split('\n', 1)[0]?.trim().slice(0, 10) ?? '',
      );
      await page.getByRole('button', { name: 'Design', exact: true }).click();
      expect(readText(path)).toBe(text);
    });
  }
});

test('a file over 10 MB shows its first lines, its size and no canvas, and the next one opens', async ({
  app,
  folder,
}) => {
  const { page } = app;
  const large = join(folder, 'large.pipeline.json');
  writeFileSync(large, `{ "pipeline": "${'x'.repeat(10 * 1024 * 1024)}" }`);
  await openPipeline(app, large);
  await expect(page.getByRole('alert')).toContainText(/10\.1 MB; Penstock reads at most 10 MB/);
  await expect(canvasOf(page)).toBeHidden();
  await page.getByRole('button', { name: 'Look at the text' }).click();
  await expect(page.getByRole('region', { name: 'Text of the pipeline' })).toContainText('{ "pipeline": "xxx');
  await page.getByRole('button', { name: 'Design', exact: true }).click();
  await page.getByRole('button', { name: 'Penstock, start page' }).click();

  const good = join(folder, 'good.pipeline.json');
  writeFileSync(good, pipelineText('good', [['Source', [sourceAction()]]]));
  await openPipeline(app, good);
  await expect(canvasOf(page)).toBeVisible();
});

test('a file that is broken by another program keeps its last good canvas and says where', async ({ app, folder }) => {
  const { page } = app;
  const path = join(folder, 'edited.pipeline.json');
  const text = pipelineText('edited', [['Source', [sourceAction()]]]);
  writeFileSync(path, text);
  await openPipeline(app, path);
  await expect(canvasOf(page)).toBeVisible();
  writeFileSync(path, text.replace('"pipeline": {', '"pipeline": {,'));
  const banner = page.getByRole('alert').filter({ hasText: 'last good state' });
  await expect(banner).toContainText('line 2');
  await expect(page.locator('article[data-where="Source/Checkout"]')).toBeVisible();
  writeFileSync(path, text);
  await expect(banner).toBeHidden();
});
