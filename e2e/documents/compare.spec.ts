import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { startCodePipelineServer } from '../support/codePipelineServer.ts';
import {
  buildAction,
  deployAction,
  makeRepository,
  pipelineText,
  sourceAction,
  writePipeline,
} from '../support/project.ts';
import { expect, test } from '../support/test.ts';
import { canvasOf, cardOf, openPipeline, useEndpoint } from '../support/window.ts';

const stages: Parameters<typeof writePipeline>[2] = [
  ['Source', [sourceAction()]],
  ['Build', [buildAction('Lint', { outputArtifacts: [] }), buildAction()]],
  ['Deploy', [deployAction()]],
];
const changes = (page: Page) => page.getByRole('navigation', { name: 'Changes' });
const markOf = (page: Page, where: string) => page.locator(`[data-marked="${where}"]`);
const side = (page: Page, name: 'Before' | 'After') => page.getByRole('combobox', { name, exact: true });

test('what was edited is compared with the saved file: on the canvas, as a list, line by line', async ({
  app,
  folder,
}) => {
  const { page } = app;
  await openPipeline(app, writePipeline(folder, 'shop', stages));
  await cardOf(page, 'Build/Lint').click();
  await page.keyboard.press('Delete');
  await expect(cardOf(page, 'Build/Lint')).toHaveCount(0);
  await page.getByRole('button', { name: 'Compare versions' }).click();
  await expect(changes(page).getByRole('button', { name: /Build \/ Lint.*removed/ })).toBeVisible();
  // Gone from the pipeline, and shown where it was.
  await expect(cardOf(page, 'Build/Lint')).toBeVisible();
  await expect(markOf(page, 'Build/Lint')).toContainText('− removed');
  await expect(markOf(page, 'Build/Package')).toHaveCount(0);
  await page.getByRole('button', { name: 'Swap the sides' }).click();
  await expect(markOf(page, 'Build/Lint')).toContainText('+ added');
  await page.getByRole('button', { name: 'Text', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Differences line by line' })).toContainText('"Lint"');
  await page.getByRole('button', { name: 'Back to the design' }).click();
  await expect(cardOf(page, 'Build/Lint')).toHaveCount(0);
});

test('a pipeline is compared with a commit of its file and with another file', async ({ app, folder }) => {
  const { page } = app;
  const repository = makeRepository(join(folder, 'repo'), { 'shop.pipeline.json': pipelineText('shop', stages) });
  const [source, build, deploy] = stages as [(typeof stages)[0], (typeof stages)[0], (typeof stages)[0]];
  const moved: typeof stages = [
    source,
    ['Build', [buildAction()]],
    [
      'Deploy',
      [
        buildAction('Lint', { outputArtifacts: [], configuration: { ProjectName: 'stricter' } }),
        { ...deploy[1][0]!, name: 'Site' },
      ],
    ],
  ];
  repository.commit('Lint before the deployment', { 'shop.pipeline.json': pipelineText('shop', moved) });
  await openPipeline(app, join(repository.path, 'shop.pipeline.json'));
  await page.getByRole('button', { name: 'Compare versions' }).click();
  await expect(changes(page)).toContainText('No changes');
  await side(page, 'Before').selectOption('A commit of this file …');
  const commits = side(page, 'Before').locator('option', { hasText: /^[0-9a-f]{7} · / });
  await expect(commits).toHaveCount(2);
  await side(page, 'Before').selectOption((await commits.nth(1).getAttribute('value')) ?? '');
  await expect(markOf(page, 'Deploy/Lint')).toContainText('≠ changed, moved');
  await expect(markOf(page, 'Deploy/Site')).toContainText('renamed');
  const lint = changes(page).getByRole('button', { name: /Deploy \/ Lint/ });
  await expect(lint).toContainText('moved from Build');
  await lint.click();
  await expect(lint).toHaveAttribute('aria-current', 'true');
  await expect(changes(page)).toContainText('configuration › ProjectName');

  const other = writePipeline(folder, 'other', [source, build]);
  await app.choose(other, () =>
    side(page, 'Before')
      .selectOption('Another file …')
      .then(() => undefined),
  );
  await expect(markOf(page, 'Deploy')).toContainText('added');
  await expect(canvasOf(page)).toBeVisible();
});

test('a file outside of any repository says so, and nothing else happens', async ({ app, folder }) => {
  const { page } = app;
  await openPipeline(app, writePipeline(folder, 'shop', stages));
  await page.getByRole('button', { name: 'Compare versions' }).click();
  await side(page, 'Before').selectOption('A commit of this file …');
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('does not lie in a git repository');
  await expect(changes(page)).toContainText('No changes');
});

test('the live definition stands beside the local one, and AWS is asked when it is chosen', async ({ app, folder }) => {
  const { page } = app;
  const server = await startCodePipelineServer();
  const { pipeline } = JSON.parse(pipelineText('shop', stages.slice(0, 2))) as {
    pipeline: Parameters<typeof server.put>[0];
  };
  server.put(pipeline);
  await openPipeline(app, writePipeline(folder, 'shop', stages));
  await useEndpoint(page, server.endpoint);
  await page.getByRole('button', { name: 'Compare versions' }).click();
  await expect(changes(page)).toContainText('No changes');
  expect(server.calls).toEqual([]);
  await side(page, 'Before').selectOption('Live in AWS …');
  await expect(markOf(page, 'Deploy/Publish')).toContainText('+ added');
  expect(server.calls.map(({ operation }) => operation)).toEqual(['GetPipeline']);
  await page.getByRole('button', { name: 'Text', exact: true }).click();
  await expect(page.getByText('Both are written the same way here')).toBeVisible();
  await side(page, 'Before').selectOption('As saved');
  await expect(changes(page)).toContainText('No changes');
  expect(server.breaches).toEqual([]);
  await server.close();
});

test('a slider goes from one version to the other, by arrow keys and by a press', async ({ app, folder }) => {
  const { page } = app;
  await openPipeline(app, writePipeline(folder, 'shop', stages));
  await cardOf(page, 'Build/Lint').click();
  await page.keyboard.press('Delete');
  await page.getByRole('button', { name: 'Compare versions' }).click();
  await expect(markOf(page, 'Build/Lint')).toBeVisible();
  const slider = page.getByRole('slider', { name: 'From before to after' });
  await slider.press('End');
  await expect(slider).toHaveAttribute('aria-valuetext', 'Only after');
  await expect(cardOf(page, 'Build/Lint')).toBeHidden();
  await expect(markOf(page, 'Build/Lint')).toBeHidden();
  await slider.press('ArrowLeft');
  await expect(cardOf(page, 'Build/Lint')).toHaveCSS('opacity', '0.1');
  await page.getByRole('button', { name: 'Before', exact: true }).click();
  await expect(slider).toHaveAttribute('aria-valuetext', 'Only before');
  await expect(cardOf(page, 'Build/Lint')).toHaveCSS('opacity', '1');
});

test('a push makes only the changes that were picked, and names the others', async ({ app, folder }) => {
  const { page } = app;
  const server = await startCodePipelineServer();
  const { pipeline } = JSON.parse(pipelineText('shop', stages)) as { pipeline: Parameters<typeof server.put>[0] };
  server.put({ ...pipeline, executionMode: 'QUEUED' });
  await openPipeline(app, writePipeline(folder, 'shop', stages));
  await cardOf(page, 'Build/Lint').click();
  await page.keyboard.press('Delete');
  await useEndpoint(page, server.endpoint);
  await page.getByRole('button', { name: 'Push', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Push to AWS CodePipeline' });
  await dialog.getByRole('checkbox', { name: /executionMode/ }).uncheck();
  await expect(dialog.getByText('1 of 2 picked')).toBeVisible();
  await dialog.getByRole('button', { name: 'Push to 111122223333 / eu-west-1' }).click();
  await expect(dialog.getByText('Version 2 of shop is live')).toBeVisible();
  await expect(dialog.getByText('Not pushed: executionMode.')).toBeVisible();
  const pushed = server.calls.findLast(({ operation }) => operation === 'UpdatePipeline')?.input
    .pipeline as typeof pipeline;
  expect(pushed.executionMode).toBe('QUEUED');
  expect(JSON.stringify(pushed.stages)).not.toContain('Lint');
  expect(server.breaches).toEqual([]);
  await server.close();
});
