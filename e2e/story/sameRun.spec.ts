import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../../scripts/root.ts';
import type { ExecutionEvent } from '../../shared/execution/events.ts';
import { specEnvironment } from '../support/launchBrowserHost.ts';
import { expect, test } from '../support/test.ts';
import { cardOf, expectCard, runButton } from '../support/window.ts';

/** Runs the built command and answers the events it prints, one a line. */
function penstock(folder: string, ...args: string[]): ExecutionEvent[] {
  const command = [join(root, 'out/main/penstock.js'), ...args];
  const text = execFileSync(process.execPath, command, {
    cwd: folder,
    env: specEnvironment(folder),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as ExecutionEvent);
}

/** What two runs of one pipeline must have in common: what happened to whom and how it ended, and every artifact's bytes. */
const essence = (events: readonly ExecutionEvent[]) =>
  events
    .filter(({ type }) => type !== 'ActionProcessStarted')
    .map((event) => ({
      type: event.type,
      where:
        'actionName' in event ? `${event.stageName}/${event.actionName}` : 'stageName' in event ? event.stageName : '',
      status: 'status' in event ? event.status : '',
      artifacts: 'outputArtifacts' in event ? event.outputArtifacts : [],
      variables: 'outputVariables' in event ? event.outputVariables : {},
    }))
    .sort((a, b) => `${a.where}${a.type}`.localeCompare(`${b.where}${b.type}`));

test('the command runs the sample to the same events and the same artifact bytes as the window', async ({
  app,
  folder,
}) => {
  const { page } = app;
  await page.getByRole('button', { name: 'Open the sample' }).click();
  await expectCard(page, 'Build/Lint', 'not started');
  await app.consent(true, () => runButton(page).click());
  await expectCard(page, 'Approve/Release', 'waiting');
  await cardOf(page, 'Approve/Release').getByRole('button', { name: 'Review' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
  await expectCard(page, 'Deploy/InvalidateCache', 'succeeded');

  const inWindow = penstock(folder, 'show', 'latest', '--json');
  const sample = join(folder, 'home/Penstock/quickstart/quickstart.pipeline.json');
  const inTerminal = penstock(
    folder,
    'run',
    sample,
    '--trust',
    '--approve-all',
    '--json',
    '--data-dir',
    join(folder, 'terminal'),
  );
  expect(inTerminal.at(-1)).toMatchObject({ type: 'ExecutionFinished', status: 'Succeeded' });
  expect(essence(inTerminal)).toEqual(essence(inWindow));
  expect(essence(inWindow).flatMap(({ artifacts }) => artifacts).length).toBeGreaterThan(1);
});
