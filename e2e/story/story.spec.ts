import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startCodePipelineServer } from '../support/codePipelineServer.ts';
import { SECRET_KEY } from '../support/launchBrowserHost.ts';
import {
  approvalAction,
  buildAction,
  deployAction,
  makeRepository,
  readText,
  sourceAction,
  writePipeline,
} from '../support/project.ts';
import { expect, test } from '../support/test.ts';
import {
  cardOf,
  expectCard,
  isCard,
  logOf,
  openPipeline,
  paletteOf,
  runButton,
  showLog,
  stageOf,
  useEndpoint,
} from '../support/window.ts';

const BUILDSPEC = `version: 0.2
phases:
  build:
    commands:
      - mkdir -p dist
      - sed "s/REVISION/$CODEBUILD_RESOLVED_SOURCE_VERSION/" pages/index.html > dist/index.html
      - cp -R styles dist/styles
      - echo "built $(ls dist | wc -l | tr -d ' ') entries"
artifacts:
  base-directory: dist
  files:
    - '**/*'
`;
const STYLE = 'h1 { color: teal; }\n';

interface Saved {
  pipeline: { name: string; stages: { name: string; actions: Record<string, unknown>[] }[] };
}
const saved = (path: string) => (JSON.parse(readText(path)) as Saved).pipeline;

test('a pipeline is drawn, run, approved, deployed, replayed and pushed', async ({ app, folder }) => {
  const { page } = app;
  const server = await startCodePipelineServer();
  const repository = makeRepository(join(folder, 'shop'), { 'styles/site.css': STYLE });
  const revision = repository.commit('Greet people', {
    'buildspec.yml': BUILDSPEC,
    'pages/index.html': '<h1>Shop at REVISION</h1>\n',
  });
  const path = writePipeline(join(folder, 'project'), 'shop', [
    ['Source', [sourceAction()]],
    ['Build', [buildAction()]],
    ['Review', [approvalAction()]],
    ['Deploy', [deployAction()]],
  ]);
  const site = join(folder, 'site');

  await test.step('The file opens on the canvas', async () => {
    await openPipeline(app, path);
    for (const where of ['Source/Checkout', 'Build/Package', 'Review/Release', 'Deploy/Publish'])
      await expectCard(page, where, 'not started');
  });

  await test.step('An action dragged from the palette stands in the saved text', async () => {
    await paletteOf(page).getByRole('searchbox').fill('Commands');
    await paletteOf(page).getByRole('button', { name: 'Commands' }).dragTo(cardOf(page, 'Build/Package'));
    await expect(cardOf(page, 'Build/Commands')).toBeVisible();
    const commands = page.getByRole('textbox', { name: 'Commands', exact: true });
    await commands.fill('grep -c teal styles/site.css\necho "checked the styles"');
    await commands.blur();
    await expect(page.getByRole('button', { name: 'No problems' })).toBeVisible();
    await page.keyboard.press('Control+s');
    await expect(page.getByRole('img', { name: 'unsaved changes' })).toBeHidden();
    expect(saved(path).stages[1]?.actions[1]).toMatchObject({
      name: 'Commands',
      actionTypeId: { category: 'Compute', owner: 'AWS', provider: 'Commands', version: '1' },
      runOrder: 1,
      inputArtifacts: [{ name: 'Source' }],
      commands: ['grep -c teal styles/site.css', 'echo "checked the styles"'],
    });
  });

  await test.step('Run asks for what is missing, then for consent', async () => {
    await runButton(page).click();
    const sheet = page.getByRole('dialog', { name: 'Before it runs' });
    await sheet.getByLabel('Git repository').fill(repository.path);
    await sheet
      .getByRole('group', { name: /Deploy\/Publish/ })
      .getByLabel('Folder')
      .fill(site);
    await app.consent(true, () => sheet.getByRole('button', { name: 'Run', exact: true }).click());
  });

  await test.step('The cards show how it goes, the log what the actions print', async () => {
    await expectCard(page, 'Source/Checkout', 'succeeded');
    await expectCard(page, 'Build/Package', 'succeeded');
    await expectCard(page, 'Build/Commands', 'succeeded');
    await expectCard(page, 'Review/Release', 'waiting');
    await expectCard(page, 'Deploy/Publish', 'not started');
    await showLog(page, 'Build/Package');
    await expect(logOf(page, 'Build/Package')).toContainText('built 2 entries');
  });

  await test.step('The approval is given on its card', async () => {
    expect(() => readdirSync(site)).toThrow();
    await cardOf(page, 'Review/Release').getByRole('button', { name: 'Review' }).click();
    const prompt = page.getByRole('dialog').getByRole('region', { name: 'Approval of Release' });
    await expect(prompt).toContainText('Look at the site, then let it go.');
    await prompt.getByLabel('Comment').fill('Looks well.');
    await prompt.getByRole('button', { name: 'Approve' }).click();
    await expectCard(page, 'Deploy/Publish', 'succeeded');
    await expect(stageOf(page, 'Deploy').getByRole('img', { name: 'Succeeded' })).toBeVisible();
  });

  await test.step('The deployed files are what the build made', () => {
    expect(readText(join(site, 'index.html'))).toBe(`<h1>Shop at ${revision}</h1>\n`);
    expect(readText(join(site, 'styles/site.css'))).toBe(STYLE);
    expect(readdirSync(site).sort()).toEqual(['index.html', 'styles']);
  });

  await test.step('The history has the run, and scrubbing shows an earlier state', async () => {
    await page.getByRole('button', { name: 'Executions', exact: true }).click();
    const row = page.getByRole('row', { name: /shop/ });
    await expect(row).toContainText('Succeeded');
    await expect(row).toContainText(revision.slice(0, 8));
    await expect(row).toContainText('Greet people');
    await row.getByRole('button', { name: /^shop/ }).click();
    await expectCard(page, 'Deploy/Publish', 'succeeded');
    const slider = page.getByRole('slider', { name: 'Instant of the execution' });
    await slider.press('Home');
    await expectCard(page, 'Source/Checkout', 'not started');
    await slider.press('End');
    const last = Number(await slider.getAttribute('aria-valuenow'));
    await slider.press('ArrowLeft');
    await expect(slider).toHaveAttribute('aria-valuenow', String(last - 1));
    for (let seq = last - 1; seq > 1 && !(await isCard(page, 'Deploy/Publish', 'in progress')); seq -= 1)
      await slider.press('ArrowLeft');
    await expectCard(page, 'Deploy/Publish', 'in progress');
    await expectCard(page, 'Build/Package', 'succeeded');
  });

  await test.step('A push says where it goes and what it changes, then AWS holds the definition', async () => {
    await page.getByRole('tab', { name: /^shop/ }).click();
    await useEndpoint(page, server.endpoint);
    const local = saved(path);
    server.put({ ...local, stages: local.stages.slice(0, 3) });
    await page.getByRole('button', { name: 'Push', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Push to AWS CodePipeline' });
    await expect(dialog).toContainText('111122223333');
    await expect(dialog).toContainText('eu-west-1');
    await expect(dialog).toContainText(server.endpoint);
    await expect(dialog.getByLabel('Difference between live and local')).toContainText('"Publish"');
    expect(server.calls.filter(({ operation }) => /^(Create|Update)/.test(operation))).toEqual([]);
    await dialog.getByRole('button', { name: 'Push to 111122223333 / eu-west-1' }).click();
    await expect(dialog).toContainText('Version 2 of shop is live');
    await dialog.getByRole('button', { name: 'Done' }).click();
    expect(server.get('shop')).toMatchObject({ version: 2, stages: local.stages });
    expect(server.breaches).toEqual([]);
  });

  await test.step('No file of the product and no word of the page holds the secret key', async () => {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.length).toBeGreaterThan(10);
    for (const file of files) {
      const inside = join(file.parentPath, file.name);
      expect(readFileSync(inside).includes(SECRET_KEY), inside).toBe(false);
    }
    expect(await page.content()).not.toContain(SECRET_KEY);
    expect(server.calls.every(({ headers }) => headers.authorization?.includes('AKIDSPECS'))).toBe(true);
  });
  await server.close();
});
