import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/test.ts';
import { cardOf, expectCard, runButton, setSettings } from '../support/window.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Violations of WCAG 2.2 A and AA and of axe's best practices, as `rule: place`. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { target: unknown[]; failureSummary: string }[] }[] }> };
    };
    const { violations: found } = await axe.run();
    return found.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary}`),
    );
  });
}

for (const theme of ['Light', 'Dark'])
  test(`axe finds nothing on any page and in the dialogs, ${theme.toLowerCase()}`, async ({ app }) => {
    const { page } = app;
    const expectSound = (place: string) =>
      test.step(place, async () => expect(await violations(page), place).toEqual([]));

    await setSettings(page, async (dialog) => {
      await dialog.getByRole('button', { name: theme }).click();
      await expectSound('settings');
    });
    await expect(page.getByRole('button', { name: /Static site to S3/ })).toBeVisible();
    await expectSound('start page');
    await page.getByRole('button', { name: /Static site to S3/ }).click();
    await runButton(page).click();
    await expect(page.getByRole('dialog', { name: 'Before it runs' })).toBeVisible();
    await expectSound('run sheet');
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'Penstock, start page' }).click();
    await page.getByRole('button', { name: 'Open the sample' }).click();
    await cardOf(page, 'Build/UnitTests').click();
    await expectSound('canvas');
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('combobox').fill('Simulate a push');
    await page.getByRole('option', { name: /^Simulate a push/ }).click();
    await expect(page.getByRole('dialog', { name: 'Simulate an event' }).getByRole('status')).toContainText('push');
    await expectSound('simulated event');
    await page.keyboard.press('Escape');
    await app.consent(true, () => runButton(page).click());
    await expectCard(page, 'Approve/Release', 'waiting');
    await expectSound('canvas during a run');
    await page.getByRole('button', { name: 'Code', exact: true }).click();
    await expect(page.getByRole('region', { name: 'Text of the pipeline' })).toContainText('"name"');
    await expectSound('code');

    await page.getByRole('button', { name: 'Executions', exact: true }).click();
    const row = page.getByRole('row', { name: /quickstart/ });
    await expect(row).toBeVisible();
    await expectSound('executions');
    await row.getByRole('button', { name: /^quickstart/ }).click();
    await expectCard(page, 'Build/Package', 'succeeded');
    await expectSound('an execution');
  });
