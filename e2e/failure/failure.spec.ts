import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildAction,
  commandsAction,
  deployAction,
  makeRepository,
  readText,
  sourceAction,
  writePipeline,
} from '../support/project.ts';
import { expect, test } from '../support/test.ts';
import { cardOf, expectCard, logOf, noticesOf, openPipeline, runButton, stageOf } from '../support/window.ts';

const BUILDSPEC = `version: 0.2
phases:
  build:
    commands:
      - mkdir -p dist
      - cp pages/index.html dist/index.html || { echo "ERROR no page to build"; exit 7; }
artifacts:
  base-directory: dist
  files: ['**/*']
`;

test('a failing build shows its line; a commit mends it and the next run is green', async ({ app, folder }) => {
  const { page } = app;
  const repository = makeRepository(join(folder, 'shop'), { 'buildspec.yml': BUILDSPEC });
  const path = writePipeline(
    join(folder, 'project'),
    'shop',
    [
      ['Source', [sourceAction()]],
      ['Build', [buildAction()]],
      ['Deploy', [deployAction()]],
    ],
    {
      'Source/Checkout': { kind: 'repository', path: repository.path },
      'Deploy/Publish': { kind: 'folder', path: '../site' },
    },
  );
  await openPipeline(app, path);
  await app.consent(true, () => runButton(page).click());
  await expectCard(page, 'Build/Package', 'failed');
  await expectCard(page, 'Deploy/Publish', 'not started');
  await expect(logOf(page, 'Build/Package')).toContainText('ERROR no page to build');
  const panel = page.getByRole('tabpanel', { name: 'Logs' });
  await expect(panel).toContainText('Build / Package failed.');
  await expect(panel).toContainText('7');

  repository.commit('Add the page', { 'pages/index.html': 'shop\n' });
  await runButton(page).click(); // the commands are the same, so nobody is asked again
  await expectCard(page, 'Deploy/Publish', 'succeeded');
  expect(readText(join(folder, 'site/index.html'))).toBe('shop\n');

  await page.getByRole('button', { name: 'Executions', exact: true }).click();
  await expect(page.getByRole('row', { name: /shop/ })).toHaveCount(2);
  await expect(page.getByRole('row', { name: /Failed.*Build\/Package/ })).toHaveCount(1);
  await expect(page.getByRole('row', { name: /Succeeded.*Add the page/ })).toHaveCount(1);
});

test('what lay outside the repository is mended, and only the failed action runs again', async ({ app, folder }) => {
  const { page } = app;
  const evidence = join(folder, 'evidence');
  mkdirSync(evidence);
  const repository = makeRepository(join(folder, 'shop'), { 'README.md': 'shop\n' });
  const path = writePipeline(
    join(folder, 'project'),
    'retry',
    [
      ['Source', [sourceAction()]],
      [
        'Build',
        [
          commandsAction('Lint', [`echo lint >> '${evidence}/lint'`]),
          commandsAction('Licence', [
            `echo licence >> '${evidence}/licence'`,
            `cat '${evidence}/key' || { echo "ERROR there is no licence key"; exit 3; }`,
          ]),
        ],
      ],
    ],
    { 'Source/Checkout': { kind: 'repository', path: repository.path } },
  );
  await openPipeline(app, path);
  await app.consent(true, () => runButton(page).click());
  await expectCard(page, 'Build/Licence', 'failed');
  await expectCard(page, 'Build/Lint', 'succeeded');
  await expect(logOf(page, 'Build/Licence')).toContainText('ERROR there is no licence key');

  writeFileSync(join(evidence, 'key'), 'key of the shop\n');
  await stageOf(page, 'Build').getByRole('button', { name: 'Retry failed' }).click();
  await expectCard(page, 'Build/Licence', 'succeeded');
  await expect(page.getByRole('combobox', { name: 'Log of' })).toContainText('attempt 2');
  await expect(logOf(page, 'Build/Licence')).toContainText('key of the shop');
  expect(readText(join(evidence, 'lint'))).toBe('lint\n');
  expect(readText(join(evidence, 'licence'))).toBe('licence\nlicence\n');
  await expect(noticesOf(page)).toBeEmpty();
  await expect(cardOf(page, 'Source/Checkout')).toBeVisible();
});
