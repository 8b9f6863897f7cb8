import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StandInApp } from '../support/launchStandIn.ts';
import {
  commandsAction,
  makeRepository,
  readText,
  sourceAction,
  waitForFile,
  writePipeline,
} from '../support/project.ts';
import { expect, test } from '../support/test.ts';
import { expectCard, logOf, openPipeline, runButton } from '../support/window.ts';

test('DU-42 quitting while an execution runs asks, and does what the person says', async ({
  app,
  folder,
  launcher,
}) => {
  test.skip(
    launcher !== 'stand-in',
    'Only the desktop app is quit by its window; its native dialog is scripted there.',
  );
  const desktop = app as StandInApp;
  const [release, evidence] = [join(folder, 'release'), join(folder, 'evidence')];
  const repository = makeRepository(join(folder, 'shop'), { 'README.md': 'shop\n' });
  const path = writePipeline(
    join(folder, 'project'),
    'quitter',
    [
      ['Source', [sourceAction()]],
      ['Build', [commandsAction('Long', ['echo at work', waitForFile(release), `echo ended >> '${evidence}'`])]],
    ],
    { 'Source/Checkout': { kind: 'repository', path: repository.path } },
  );
  await openPipeline(app, path);
  await app.consent(true, () => runButton(app.page).click());
  await expect(logOf(app.page, 'Build/Long')).toContainText('at work');

  const asked = () => desktop.events.filter(({ event, kind }) => event === 'dialog' && kind === 'message');
  const before = asked().length;
  desktop.quit(2);
  await expect.poll(() => asked().length).toBe(before + 1);
  expect(asked().at(-1)?.options).toMatchObject({ message: 'An execution is running: quitter' });
  await expectCard(app.page, 'Build/Long', 'in progress');

  desktop.quit(0);
  await desktop.ended();
  writeFileSync(release, '');
  // Nobody but the action itself is left to write it.
  await expect.poll(() => (existsSync(evidence) ? readText(evidence) : '')).toBe('ended\n');
});
