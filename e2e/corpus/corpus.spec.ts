import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '../support/test.ts';
import { cardOf, openPipeline, stageOf } from '../support/window.ts';

const corpus = fileURLToPath(new URL('../../shared/testing/corpus/', import.meta.url));
const files = readdirSync(corpus).filter((name) => name.endsWith('.json'));

interface Named {
  name: string;
}
interface Declared {
  stages: (Named & { actions: Named[] })[];
}

test('every pipeline that other people wrote opens with all its stages and actions, and is not written', async ({
  app,
  folder,
}) => {
  const { page } = app;
  for (const name of files) {
    await test.step(name, async () => {
      const path = join(folder, name);
      copyFileSync(join(corpus, name), path);
      const before = readFileSync(path);
      const { pipeline, data } = JSON.parse(before.toString()) as {
        pipeline?: Declared;
        data?: { pipeline: Declared };
      };
      const { stages } = (pipeline ?? data?.pipeline)!;
      await openPipeline(app, path);
      await page.keyboard.press('Shift+1');
      for (const stage of stages) await expect(stageOf(page, stage.name)).toHaveCount(1);
      const first = stages[0]!;
      await expect(cardOf(page, `${first.name}/${first.actions[0]!.name}`)).toBeVisible();
      await expect(page.locator('article[data-where]')).toHaveCount(
        stages.reduce((sum, { actions }) => sum + actions.length, 0),
      );
      expect(readFileSync(path).equals(before)).toBe(true);
      await page.keyboard.press('Control+w');
    });
  }
});

test('problems are mended by a click, by Ctrl+. and all of a kind at once, and undo gives every byte back', async ({
  app,
  folder,
}) => {
  const { page } = app;
  const path = join(folder, 'broken.pipeline.json');
  const actionTypeId = { category: 'Build', owner: 'AWS', provider: 'CodeBuild', version: '1' };
  const build = (name: string, configuration: Record<string, string>) => ({
    name,
    actionTypeId,
    configuration,
    inputArtifacts: [{ name: 'App' }],
  });
  const pipeline = {
    name: 'broken',
    roleArn: 'arn:aws:iam::111122223333:role/p',
    artifactStore: { type: 'S3', location: 'broken-artifacts' },
    stages: [
      {
        name: 'Source',
        actions: [
          {
            name: 'Bucket',
            actionTypeId: { category: 'Source', owner: 'AWS', provider: 'S3', version: '1' },
            configuration: { S3Bucket: 'b', S3ObjectKey: 'k.zip', PollForSourceChanges: 'false' },
            outputArtifacts: [{ name: 'App' }],
          },
        ],
      },
      {
        name: 'Build',
        actions: [
          build('One', { projectName: 'one' }),
          build('Two', { Projectname: 'two' }),
          { ...build('Three', { ProjectName: 'three' }), inputArtifacts: [{ name: 'Apo' }] },
        ],
      },
    ],
  };
  const text = JSON.stringify({ pipeline }, null, 2);
  writeFileSync(path, text);
  await openPipeline(app, path);

  // On the card: by Ctrl+. for what is selected.
  await cardOf(page, 'Build/Three').click();
  await page.locator('[data-canvas]').focus();
  await page.keyboard.press('Control+.');
  const menu = page.getByRole('menu', { name: 'Quick fixes' });
  await expect(menu).toContainText('Input artifact "Apo" is produced by no action.');
  await menu.getByRole('menuitem', { name: 'Take App instead of Apo' }).click();
  await expect(page.locator('[data-fixes-said]')).toHaveText('Fixed: Take App instead of Apo.');
  await expect(cardOf(page, 'Build/Three')).not.toHaveAttribute('aria-label', /has problems/);

  // In the list: all of a kind.
  await page.getByRole('button', { name: /^\d+ problems?$/ }).click();
  const list = page.getByRole('list', { name: 'Problems' });
  await list
    .getByRole('button', { name: /^More fixes/ })
    .first()
    .click();
  await page.getByRole('menuitem', { name: /^Fix all \d of this kind$/ }).click();
  await expect(page.getByRole('button', { name: 'No problems', exact: true })).toBeVisible();

  await app.page.keyboard.press('Control+z');
  await app.page.keyboard.press('Control+z');
  await expect(page.getByRole('button', { name: /^\d+ problems$/ })).toBeVisible();
  await page.keyboard.press('Control+s');
  await expect.poll(() => readFileSync(path, 'utf8')).toBe(text);
});
