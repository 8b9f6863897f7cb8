import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { type Canary, type PageWatch, startCanary, watch } from '../support/canary.ts';
import {
  approvalAction,
  buildAction,
  commandsAction,
  makeRepository,
  sourceAction,
  writePipeline,
} from '../support/project.ts';
import { expect, test } from '../support/test.ts';
import { canvasOf, cardOf, expectCard, logOf, noticesOf, openPipeline, runButton, showLog } from '../support/window.ts';

/*
 * XS: text that means to become script, in every place where a project or a program it runs may put text. Each payload
 * would set `window.pwned`, show a dialog or ask the canary; the policy of the page must not even have been needed.
 */
const payloads = (canary: string): readonly [string, string][] => [
  ['XS-01', `<img src="${canary}/xs01" onerror="window.pwned=1">`],
  ['XS-02', '<svg onload="window.pwned=1">'],
  ['XS-03', '"><script>window.pwned=1;alert(1)</script>'],
  ['XS-04', 'javascript:window.pwned=1'],
  ['XS-05', 'data:text/html,<script>window.pwned=1</script>'],
  ['XS-06', "{{constructor.constructor('window.pwned=1')()}}"],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the text of a payload.
  ['XS-07', '${window.pwned=1}'],
  ['XS-08', '#{#{window.pwned}}'],
  ['XS-12', ']]><!--><script>window.pwned=1</script>-->'],
  ['XS-13', '<math><mtext><table><mglyph><style><img src=x onerror=window.pwned=1>'],
  ['XS-14', '" style="background:url(javascript:window.pwned=1)" x="'],
  ['XS-15', '__proto__'],
];

async function expectUnharmed(page: Page, seen: PageWatch, canary: Canary): Promise<void> {
  expect(await seen.isPwned()).toBe(false);
  expect(seen.seen).toEqual([]);
  expect(canary.requests).toEqual([]);
  expect(await page.evaluate(() => ({}) as Record<string, unknown>)).toEqual({});
  expect(await page.evaluate(() => document.querySelectorAll('script:not([src])').length)).toBe(0);
}

test('XS-00 control: a payload that became markup would be noticed', async ({ app }) => {
  const { page } = app;
  const watched = watch(page);
  await page.evaluate(() => document.body.setAttribute('style', 'color: red'));
  await expect.poll(() => watched.seen.join()).toContain('policy');
  await page.evaluate(() => Object.assign(window, { pwned: 1 }));
  expect(await watched.isPwned()).toBe(true);
  await expect(
    page.evaluate(() => {
      document.body.innerHTML = '<b>markup</b>';
    }),
  ).rejects.toThrow(/TrustedHTML/);
});

test('XS-01 to XS-15 in every name of a pipeline: drawn as the text that it is', async ({ app, folder }) => {
  const { page } = app;
  const canary = await startCanary();
  const watched = watch(page);
  const texts = payloads(canary.origin);
  const path = writePipeline(
    join(folder, 'project'),
    'hostile',
    texts.map(([id, text]) => [
      `${text} ${id}`,
      [
        {
          ...sourceAction(text),
          namespace: text,
          region: text,
          roleArn: text,
          outputArtifacts: [{ name: text }],
          configuration: { ConnectionArn: text, FullRepositoryId: text, BranchName: text, [text]: text },
        },
        {
          ...commandsAction(`${text} build`, [text, `# ${text}`]),
          inputArtifacts: [{ name: text }],
          outputVariables: [text],
          environmentVariables: [{ name: text, value: text }],
        },
      ],
    ]),
  );
  await openPipeline(app, path);
  await expect(canvasOf(page)).toBeVisible();
  await expect(page.locator('article').first()).toBeVisible();
  await expectUnharmed(page, watched, canary);

  await page.getByRole('button', { name: 'Outline', exact: true }).click();
  const outline = page.getByRole('navigation', { name: 'Outline' });
  const inspector = page.getByRole('region', { name: 'Inspector' });
  for (const [id, text] of texts) {
    await test.step(`${id} in the outline and the inspector`, async () => {
      await outline.getByRole('treeitem', { name: `${text} build, Commands, run order 1`, exact: true }).click();
      // A slash parts stage and action in the window's places, so an action of such a name cannot be inspected alone.
      if (!text.includes('/')) {
        await inspector.getByRole('tab', { name: /^Configuration/ }).click();
        await expect(inspector.getByRole('textbox', { name: 'Action name' })).toHaveValue(`${text} build`);
      }
      for (const tab of await inspector.getByRole('tab').all()) await tab.click();
      await outline.getByRole('treeitem', { name: `${text} ${id}, 2 actions`, exact: true }).click();
      await expect(inspector).toContainText(text.includes('/') ? '' : 'Stage');
    });
  }
  await expectUnharmed(page, watched, canary);

  await test.step('in the problems, the search, the code and the refusal of a run', async () => {
    await page.getByRole('tab', { name: /^Problems/ }).click();
    await expect(page.getByRole('list', { name: 'Problems' })).toContainText('onerror');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('<svg onload');
    // Whoever presses the keys writes into the field at once.
    await expect(page.getByRole('combobox', { name: 'Commands' })).toHaveValue('<svg onload');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Code', exact: true }).click();
    await expect(page.getByRole('region', { name: 'Text of the pipeline' })).toContainText('window.pwned');
    await runButton(page).click();
    await expect(noticesOf(page)).toContainText('problems keep this pipeline from running');
  });
  await expectUnharmed(page, watched, canary);
  await canary.close();
});

test('XS-01 to XS-15 in what a run brings: commits, logs, errors, approvals, history', async ({ app, folder }) => {
  const { page } = app;
  const canary = await startCanary();
  const watched = watch(page);
  const texts = payloads(canary.origin);
  const all = texts.map(([, text]) => text).join(' ');
  const repository = makeRepository(join(folder, 'shop'), {
    'README.md': 'shop\n',
    'lines.txt': `${texts.map(([, text]) => text).join('\n')}\n`,
  });
  repository.commit(all, { 'more.txt': all });
  const path = writePipeline(
    join(folder, 'project'),
    'hostile',
    [
      ['Source', [sourceAction()]],
      [
        'Build',
        [
          commandsAction('Print', ['cat lines.txt', 'FOUND=$(cat more.txt)', 'export FOUND'], {
            outputVariables: ['FOUND'],
            namespace: 'Print',
          }),
        ],
      ],
      [
        'Review',
        [
          {
            ...approvalAction('Release', `${texts[0]?.[1]} #{Print.FOUND}`),
            configuration: { CustomData: '#{Print.FOUND}', ExternalEntityLink: 'javascript:window.pwned=1' },
          },
        ],
      ],
      ['Fail', [buildAction('Fail', { configuration: { ProjectName: 'x' }, outputArtifacts: [] })]],
    ],
    {
      'Source/Checkout': { kind: 'repository', path: repository.path },
      'Fail/Fail': { kind: 'simulation', result: 'Failed', message: texts[2]?.[1] },
    },
  );
  await openPipeline(app, path);
  await app.consent(true, () => runButton(page).click());
  await expectCard(page, 'Review/Release', 'waiting');
  await showLog(page, 'Build/Print');
  for (const [, text] of texts) await expect(logOf(page, 'Build/Print')).toContainText(text);
  await expectUnharmed(page, watched, canary);

  await cardOf(page, 'Review/Release').getByRole('button', { name: 'Review' }).click();
  const prompt = page.getByRole('dialog').getByRole('region', { name: 'Approval of Release' });
  await expect(prompt).toContainText('<svg onload="window.pwned=1">');
  await expect(prompt.getByRole('link')).toHaveCount(0); // a link that is no web address is only text
  await prompt.getByLabel('Comment').fill(all.slice(0, 500));
  await prompt.getByRole('button', { name: 'Approve' }).click();
  await expectCard(page, 'Review/Release', 'succeeded');
  await expectCard(page, 'Fail/Fail', 'failed');
  await expectUnharmed(page, watched, canary);

  await page.getByRole('button', { name: 'Executions', exact: true }).click();
  const row = page.getByRole('row', { name: /hostile/ });
  await expect(row).toContainText('<svg onload="window.pwned=1">');
  await row.getByRole('button', { name: /^hostile/ }).click();
  for (const where of ['Source/Checkout', 'Build/Print', 'Review/Release', 'Fail/Fail'])
    await cardOf(page, where).click();
  await expectUnharmed(page, watched, canary);
  await canary.close();
});
