import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { App } from '../support/launchBrowserHost.ts';
import { commandsAction, makeRepository, readText, sourceAction, writePipeline } from '../support/project.ts';
import { expect, test } from '../support/test.ts';
import { canvasOf, cardOf, expectCard, openPipeline, runButton, stageOf } from '../support/window.ts';

/*
 * What stands between the stages: conditions that hold an execution or roll it back, and transitions that a person closes.
 */

interface Shop {
  executionMode?: string;
  /** Members of the stage Deploy. */
  deploy?: Record<string, unknown>;
}

/** A pipeline of a source and a deployment; opened. */
async function openShop(app: App, folder: string, { executionMode, deploy = {} }: Shop = {}): Promise<void> {
  const { path: repository } = makeRepository(join(folder, 'shop'), { 'index.html': '<h1>One</h1>\n' });
  const stages: Parameters<typeof writePipeline>[2] = [
    ['Source', [sourceAction()]],
    ['Deploy', [commandsAction('Publish', ['cat index.html'])]],
  ];
  const path = writePipeline(folder, 'shop', stages, { 'Source/Checkout': { kind: 'repository', path: repository } });
  const declared = JSON.parse(readText(path));
  Object.assign(declared.pipeline.stages[1], deploy);
  if (executionMode) declared.pipeline.executionMode = executionMode;
  writeFileSync(path, `${JSON.stringify(declared, null, 2)}\n`);
  await openPipeline(app, path);
  await cardOf(app.page, 'Deploy/Publish').waitFor();
}

const rule = (provider: string, members: Record<string, unknown>) => ({
  name: 'Check',
  ruleTypeId: { category: 'Rule', owner: 'AWS', provider, version: '1' },
  ...members,
});
const conditionOf = (page: Page, title: string) =>
  stageOf(page, 'Deploy').getByRole('button', { name: new RegExp(`^${title} condition of Deploy`) });
const gateOf = (page: Page) => stageOf(page, 'Deploy').getByRole('button', { name: /^Transition into Deploy/ });

async function runAgain(page: Page): Promise<void> {
  await canvasOf(page).focus();
  await page.keyboard.press('ControlOrMeta+F5');
}

test('a failed onSuccess rule rolls the stage back, and the rollback leads to its target and to its cause', async ({
  app,
  folder,
}) => {
  const { page } = app;
  const flag = join(folder, 'broken');
  const check = rule('Commands', { commands: [`test ! -e '${flag}'`], inputArtifacts: [{ name: 'Source' }] });
  await openShop(app, folder, { deploy: { onSuccess: { conditions: [{ result: 'ROLLBACK', rules: [check] }] } } });
  await app.consent(true, () => runButton(page).click());
  await expect(conditionOf(page, 'On success')).toHaveAccessibleName(/: Passed$/);

  writeFileSync(flag, '');
  await runButton(page).click();
  await expect(conditionOf(page, 'On success')).toHaveAccessibleName(/: Failed: ROLLBACK$/);
  await conditionOf(page, 'On success').click();
  const popover = page.getByRole('dialog', { name: 'On success condition of Deploy' });
  await expect(popover.getByRole('listitem', { name: 'Check: failed' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: 'Why' }).click();
  await expect(page.getByRole('list', { name: 'Why' })).toContainText('Rolled back to execution');

  await page.getByRole('button', { name: 'Executions', exact: true }).click();
  await page
    .getByRole('row', { name: /Rolled back/ })
    .getByRole('button', { name: /^shop/ })
    .click();
  await expect(page.getByText('of Deploy, because another execution failed there.')).toBeVisible();
  await page.getByRole('button', { name: 'Show the cause' }).click();
  await expect(conditionOf(page, 'On success')).toHaveAccessibleName(/: Failed: ROLLBACK$/);
});

test('an override lets an execution in that a deployment window holds', async ({ app, folder }) => {
  const { page } = app;
  const window = rule('DeploymentWindow', { configuration: { Cron: '0 0 9 1 JAN ? 2060', TimeZone: 'UTC' } });
  await openShop(app, folder, { deploy: { beforeEntry: { conditions: [{ result: 'FAIL', rules: [window] }] } } });
  await app.consent(true, () => runButton(page).click());
  await expect(conditionOf(page, 'Before entry')).toHaveAccessibleName(/: 0 of 1 rule$/);
  await conditionOf(page, 'Before entry').click();
  const popover = page.getByRole('dialog', { name: 'Before entry condition of Deploy' });
  await expect(popover).toContainText(/Opens next: .*2060/);
  await popover.getByRole('button', { name: 'Override…' }).click();
  await popover.getByRole('button', { name: 'Override the condition' }).click();
  await page.keyboard.press('Escape');
  await expectCard(page, 'Deploy/Publish', 'succeeded');
  await expect(conditionOf(page, 'Before entry')).toHaveAccessibleName(/: Overridden$/);
});

/** Closes the gate into Deploy by mouse, with a reason. */
async function closeGate(page: Page): Promise<void> {
  await gateOf(page).click();
  const popover = page.getByRole('dialog', { name: 'Transition into Deploy' });
  const reason = popover.getByLabel('Reason for disabling it');
  await reason.fill('Freeze: until Monday');
  await expect(popover).toContainText('letters, digits, spaces');
  await reason.fill('Freeze until Monday');
  await popover.getByRole('button', { name: 'Disable the transition' }).click();
  await expect(gateOf(page)).toHaveAccessibleName(/: disabled/);
}

/** Opens the gate again from the keyboard, by the command. */
async function openGate(page: Page): Promise<void> {
  await stageOf(page, 'Deploy').locator('header').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Enable the transition into Deploy' }).click();
  await expect(gateOf(page)).toHaveAccessibleName(/: enabled/);
}

test('a closed transition holds executions until it is opened: of two in SUPERSEDED mode the newer enters', async ({
  app,
  folder,
}) => {
  const { page } = app;
  await openShop(app, folder);
  await closeGate(page);
  await app.consent(true, () => runButton(page).click());
  await expect(gateOf(page)).toHaveAccessibleName('Transition into Deploy: disabled, 1 execution waits');
  await runAgain(page);
  await page.getByRole('button', { name: 'Executions', exact: true }).click();
  await expect(page.getByRole('row', { name: /Superseded/ })).toBeVisible();
  await page.getByRole('tab', { name: /^shop/ }).click();
  await openGate(page);
  await expectCard(page, 'Deploy/Publish', 'succeeded');
});

test('in QUEUED mode both wait in front of the closed transition, over a restart too, and enter in their order', async ({
  app,
  folder,
}) => {
  await openShop(app, folder, { executionMode: 'QUEUED' });
  await closeGate(app.page);
  await app.consent(true, () => runButton(app.page).click());
  await expect(gateOf(app.page)).toHaveAccessibleName(/: disabled, 1 execution waits$/);
  await runAgain(app.page);
  await expect(gateOf(app.page)).toHaveAccessibleName(/: disabled, 2 executions wait$/);

  await app.killAndRestart();
  const { page } = app;
  await openPipeline(app, join(folder, 'shop.pipeline.json'));
  await expect(gateOf(page)).toHaveAccessibleName(/: disabled, 2 executions wait$/);
  await page
    .getByRole('list', { name: 'Executions that run' })
    .getByRole('button', { name: /^1 waits/ })
    .click();
  await openGate(page);
  await expectCard(page, 'Deploy/Publish', 'succeeded');
});
