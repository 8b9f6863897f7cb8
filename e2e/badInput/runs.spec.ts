import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildAction, commandsAction, makeRepository, sourceAction, writePipeline } from '../support/project.ts';
import { expect, test } from '../support/test.ts';
import { cardOf, expectCard, noticesOf, openPipeline, runButton } from '../support/window.ts';

test('a missing repository, then one without a buildspec: what, where and what to do', async ({ app, folder }) => {
  const { page } = app;
  const path = writePipeline(
    join(folder, 'project'),
    'shop',
    [
      ['Source', [sourceAction()]],
      ['Build', [buildAction()]],
    ],
    { 'Source/Checkout': { kind: 'repository', path: '../nowhere' } },
  );
  await openPipeline(app, path);
  await runButton(page).click(); // nobody is asked for what cannot run
  await expect(noticesOf(page)).toContainText(/Source\/Checkout: The repository .*nowhere .* does not exist/);
  await expect(page.getByRole('dialog')).toBeHidden();

  makeRepository(join(folder, 'nowhere'), { 'README.md': 'no buildspec here\n' });
  await app.consent(true, () => runButton(page).click());
  const panel = page.getByRole('tabpanel', { name: 'Logs' });
  await expectCard(page, 'Build/Package', 'failed');
  await expect(panel).toContainText('Build / Package failed.');
  await expect(panel).toContainText('buildspec.yml');
  await expect(runButton(page)).toBeEnabled();
});

test('an unknown variable is a problem at its action, and nothing is started', async ({ app, folder }) => {
  const { page } = app;
  mkdirSync(join(folder, 'shop'));
  const path = writePipeline(
    join(folder, 'project'),
    'shop',
    [
      ['Source', [sourceAction()]],
      ['Build', [buildAction('Package', { configuration: { ProjectName: '#{NoSuch.CommitId}' } })]],
      ['Check', [commandsAction('Check', ['true'])]],
    ],
    { 'Source/Checkout': { kind: 'repository', path: '../shop' } },
  );
  await openPipeline(app, path);
  await runButton(page).click();
  const problem = page.getByRole('list', { name: 'Problems' }).getByRole('button', { name: /NoSuch/ });
  await expect(problem).toContainText('Build/Package');
  await expect(noticesOf(page)).toContainText('NoSuch');
  await problem.click();
  await expect(cardOf(page, 'Build/Package')).toHaveAttribute('data-selected', 'true');
  await page.getByRole('button', { name: 'Executions', exact: true }).click();
  await expect(page.getByText('No executions yet')).toBeVisible();
});
