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
  test(`axe finds nothing on start page, canvas and history, ${theme.toLowerCase()}`, async ({ app }) => {
    const { page } = app;
    await setSettings(page, (dialog) => dialog.getByRole('button', { name: theme }).click());
    await expect(page.getByRole('button', { name: /Static site to S3/ })).toBeVisible();
    expect(await violations(page)).toEqual([]);

    await page.getByRole('button', { name: 'Open the sample' }).click();
    await cardOf(page, 'Build/UnitTests').click();
    expect(await violations(page)).toEqual([]);

    await app.consent(true, () => runButton(page).click());
    await expectCard(page, 'Approve/Release', 'waiting');
    await expectCard(page, 'Build/Package', 'succeeded');
    expect(await violations(page)).toEqual([]);

    await page.getByRole('button', { name: 'Executions', exact: true }).click();
    await expect(page.getByRole('row', { name: /quickstart/ })).toBeVisible();
    expect(await violations(page)).toEqual([]);
  });
