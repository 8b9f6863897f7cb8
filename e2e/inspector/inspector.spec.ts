import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import type { App } from '../support/launchBrowserHost.ts';
import {
  buildAction,
  commandsAction,
  deployAction,
  type pipelineText,
  readText,
  sourceAction,
  writePipeline,
} from '../support/project.ts';
import { expect, test } from '../support/test.ts';
import { cardOf, openPipeline, stageOf } from '../support/window.ts';

/*
 * The inspector: a name that changes everywhere at once, a variable that is completed while it is typed, and a trigger filter
 * that is tried out before anything is pushed.
 */
const stages: Parameters<typeof pipelineText>[1] = [
  ['Source', [sourceAction()]],
  ['Build', [buildAction(), commandsAction('Check', ['echo #{SourceVariables.CommitId}'], { runOrder: 2 })]],
  ['Deploy', [deployAction()]],
];

const inspectorOf = (page: Page): Locator => page.getByRole('region', { name: 'Inspector' });

async function openShop(app: App, folder: string): Promise<string> {
  const path = writePipeline(join(folder, 'project'), 'shop', stages);
  await openPipeline(app, path);
  await expect(cardOf(app.page, 'Build/Package')).toBeVisible();
  return path;
}

/** Types into a field and leaves it. */
async function fill(field: Locator, text: string): Promise<void> {
  await field.fill(text);
  await field.press('Enter');
}

async function saved(page: Page, path: string): Promise<string> {
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('img', { name: 'unsaved changes' })).toBeHidden();
  return readText(path);
}

test('an artifact and a namespace that are renamed change wherever they stand, and one undo takes each back', async ({
  app,
  folder,
}) => {
  const { page } = app;
  const path = await openShop(app, folder);
  const before = readText(path);
  const inspector = inspectorOf(page);
  await cardOf(page, 'Source/Checkout').click();
  await inspector.getByRole('tab', { name: 'Configuration' }).click();
  const uses = inspector.getByRole('list', { name: 'Uses of artifact Source' });
  await expect(uses.getByRole('button')).toHaveText([/^Build \/ Package/, /^Build \/ Check/]);

  await fill(inspector.getByLabel('Output artifact 1'), 'Code');
  await inspector.getByRole('tab', { name: 'Variables' }).click();
  await fill(inspector.getByLabel(/^Namespace/), 'Git');
  const after = await saved(page, path);
  const expected = before
    .replaceAll(/"name": "Source"(\s+\})/g, '"name": "Code"$1')
    .replaceAll('SourceVariables', 'Git');
  expect(after).toBe(expected);

  await page.keyboard.press('Escape');
  await cardOf(page, 'Deploy/Publish').click();
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  expect(await saved(page, path)).toBe(before);
});

test('the list of uses leads to the action that uses it', async ({ app, folder }) => {
  const { page } = app;
  await openShop(app, folder);
  const inspector = inspectorOf(page);
  await cardOf(page, 'Build/Package').click();
  await inspector.getByRole('tab', { name: 'Configuration' }).click();
  await inspector.getByRole('list', { name: 'Uses of artifact Site' }).getByRole('button').click();
  await expect(inspector.getByRole('heading', { name: 'Publish' })).toBeVisible();
});

test('a variable is completed while it is typed, and what cannot be used here says why', async ({ app, folder }) => {
  const { page } = app;
  const path = await openShop(app, folder);
  const inspector = inspectorOf(page);
  await cardOf(page, 'Build/Package').click();
  await inspector.getByRole('tab', { name: 'Variables' }).click();
  await fill(inspector.getByLabel(/^Namespace/), 'Made');
  await inspector.getByRole('tab', { name: 'Configuration' }).click();
  const project = inspector.getByRole('combobox', { name: 'Project', exact: true });
  await project.fill('shop-');
  await project.pressSequentially('#{');
  const list = page.getByRole('listbox', { name: 'Variables' });
  await expect(list.getByRole('option', { name: /Made.*its own variables/ })).toHaveAttribute('aria-disabled', 'true');
  await project.pressSequentially('branch');
  await expect(list.getByRole('option')).toHaveCount(3);
  await expect(list.getByRole('option', { selected: true })).toContainText('#{SourceVariables.BranchName}');
  await project.press('Enter');
  await expect(project).toHaveValue('shop-#{SourceVariables.BranchName}');
  await project.press('Enter');
  expect(JSON.parse(await saved(page, path)).pipeline.stages[1].actions[0].configuration.ProjectName).toBe(
    'shop-#{SourceVariables.BranchName}',
  );
  await inspector.getByRole('button', { name: /^#\{SourceVariables.BranchName\} is produced before/ }).click();
  await expect(inspector.getByRole('heading', { name: 'Checkout' })).toBeVisible();
});

test('a trigger filter is written as a form and tried out before it is saved', async ({ app, folder }) => {
  const { page } = app;
  const path = await openShop(app, folder);
  const inspector = inspectorOf(page);
  await inspector.getByRole('tab', { name: 'Triggers' }).click();
  await inspector.getByRole('button', { name: 'Add a trigger for Checkout' }).click();
  const filter = inspector.getByRole('region', { name: 'Push filter 1' });
  await filter.getByLabel('It looks at').selectOption('Branches and changed files');
  await fill(filter.getByLabel('Branches: include 1', { exact: true }), 'release/**');
  await fill(filter.getByLabel('Changed files: include 1', { exact: true }), 'site/**/*.{html,css}');
  const tester = filter.getByLabel('Try a path');
  await tester.fill('site/pages/index.html');
  await expect(filter.getByText(/^Passes.*matches the include/)).toBeVisible();
  await tester.fill('docs/index.md');
  await expect(filter.getByText(/^Does not pass.*does not match the include/)).toBeVisible();
  expect(JSON.parse(await saved(page, path)).pipeline.triggers).toEqual([
    {
      providerType: 'CodeStarSourceConnection',
      gitConfiguration: {
        sourceActionName: 'Checkout',
        push: [{ branches: { includes: ['release/**'] }, filePaths: { includes: ['site/**/*.{html,css}'] } }],
      },
    },
  ]);
});

test('the stage editor keeps what a rule had under another type, and closes the gate in front of the stage', async ({
  app,
  folder,
}) => {
  const { page } = app;
  const path = await openShop(app, folder);
  const inspector = inspectorOf(page);
  await stageOf(page, 'Deploy').getByText('Deploy', { exact: true }).first().click();
  await inspector.getByRole('button', { name: 'Add a condition before entry' }).click();
  const rule = inspector.getByRole('region', { name: 'Rule VariableCheck' });
  await fill(rule.getByLabel('Value', { exact: true }), '#{SourceVariables.BranchName}');
  await rule.getByLabel('Type', { exact: true }).selectOption('Deployment window');
  await fill(rule.getByLabel('Window', { exact: true }), '* * * * * ?');
  await expect(rule.getByText('The window is open now.')).toBeVisible();
  await rule.getByLabel('Type', { exact: true }).selectOption('Variable check');
  await expect(rule.getByLabel('Value', { exact: true })).toHaveValue('#{SourceVariables.BranchName}');
  expect(JSON.parse(await saved(page, path)).pipeline.stages[2].beforeEntry.conditions[0].rules).toMatchObject([
    { ruleTypeId: { provider: 'VariableCheck' }, configuration: { Value: '#{SourceVariables.BranchName}' } },
  ]);

  await inspector.getByText('Transition into Deploy: enabled').click();
  const gate = inspector.getByRole('region', { name: 'Transition into Deploy' });
  await gate.getByLabel('Reason for disabling it').fill('Freeze');
  await gate.getByRole('button', { name: 'Disable the transition' }).click();
  await expect(gate.getByText('Freeze')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Transition into Deploy: disabled' })).toBeVisible();
  await gate.getByRole('button', { name: 'Enable the transition' }).click();
  await expect(page.getByRole('button', { name: 'Transition into Deploy: enabled' })).toBeVisible();
});

test('a variable that is picked from the list goes to where the caret stood', async ({ app, folder }) => {
  const { page } = app;
  const path = await openShop(app, folder);
  const inspector = inspectorOf(page);
  await cardOf(page, 'Build/Check').click();
  const commands = inspector.getByRole('textbox', { name: 'Commands' });
  await commands.fill('echo from \nls');
  await commands.press('Control+Home');
  await commands.press('End');
  await inspector.getByLabel('Insert a variable into Commands').selectOption('#{SourceVariables.BranchName}');
  await expect(commands).toBeFocused();
  await expect(commands).toHaveValue('echo from #{SourceVariables.BranchName}\nls');
  // A new line of code begins as the one above it.
  await commands.press('Control+End');
  await commands.press('Enter');
  await commands.pressSequentially('  if true; then');
  await commands.press('Enter');
  await commands.pressSequentially('date; fi');
  await expect(commands).toHaveValue(/\n {2}if true; then\n {2}date; fi$/);
  await commands.press('Control+Enter');
  expect(JSON.parse(await saved(page, path)).pipeline.stages[1].actions[1].commands).toEqual([
    'echo from #{SourceVariables.BranchName}',
    'ls',
    '  if true; then',
    '  date; fi',
  ]);
});
