import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StandInApp } from '../support/launchStandIn.ts';
import { approvalAction, makeRepository, sourceAction, writePipeline } from '../support/project.ts';
import { expect, test } from '../support/test.ts';
import { openPipeline } from '../support/window.ts';

test('DU-29 a second start ends at once and hands its files to the first, which keeps running', async ({
  app,
  folder,
  launcher,
}) => {
  test.skip(launcher !== 'stand-in', 'Only the desktop app has one instance for each user.');
  const desktop = app as StandInApp;
  const repository = makeRepository(join(folder, 'shop'), { 'README.md': 'shop\n' });
  const bindings = { 'Source/Checkout': { kind: 'repository' as const, path: repository.path } };
  const stages: Parameters<typeof writePipeline>[2] = [
    ['Source', [sourceAction()]],
    ['Ask', [approvalAction('Ok')]],
  ];
  const [first, second] = ['first', 'second'].map((name) => writePipeline(join(folder, name), name, stages, bindings));
  await openPipeline(app, first!);
  writeFileSync(join(folder, 'notes.txt'), 'no pipeline');
  const before = desktop.pid();

  // Hostile arguments are passed over: options, other files, files that are not there, and network paths.
  const hostile = ['--inspect=0', join(folder, 'notes.txt'), join(folder, 'gone.pipeline.json'), '\\\\host\\x.json'];
  expect(await desktop.startAgain(...hostile, second!)).toBe(0);
  const tabs = app.page.getByRole('tablist', { name: 'Open pipelines' }).getByRole('tab');
  await expect(tabs).toHaveCount(2);
  await expect(tabs.nth(1)).toContainText('second');
  expect(desktop.pid()).toBe(before);
});
