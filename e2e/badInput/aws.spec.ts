import { createServer } from 'node:net';
import { join } from 'node:path';
import { startCodePipelineServer } from '../support/codePipelineServer.ts';
import { SECRET_KEY } from '../support/launchBrowserHost.ts';
import { buildAction, sourceAction, writePipeline } from '../support/project.ts';
import { expect, test } from '../support/test.ts';
import { canvasOf, openPipeline, useEndpoint } from '../support/window.ts';

/** A port of loopback on which nobody listens. */
const deafPort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

test('an endpoint that does not answer, then credentials that are refused: told, and nothing is lost', async ({
  app,
  folder,
}) => {
  const { page } = app;
  const server = await startCodePipelineServer();
  const path = writePipeline(join(folder, 'project'), 'shop', [
    ['Source', [sourceAction()]],
    ['Build', [buildAction()]],
  ]);
  await openPipeline(app, path);
  const port = await deafPort();
  await useEndpoint(page, `http://127.0.0.1:${port}`);
  await page.getByRole('button', { name: 'Push', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Push to AWS CodePipeline' });
  await expect(dialog).toContainText(`127.0.0.1:${port}`);
  await expect(dialog.getByRole('button', { name: 'Try again' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Open Settings' }).click();
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await settings.getByLabel('CodePipeline endpoint').fill(server.endpoint);
  await settings.getByRole('button', { name: 'Save' }).click();

  server.failNext('UnrecognizedClientException', 'The security token included in the request is invalid.');
  await page.getByRole('button', { name: 'Push', exact: true }).click();
  await expect(dialog).toContainText(/credentials/i);
  expect(await page.content()).not.toContain(SECRET_KEY);
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await dialog.getByRole('button', { name: /^Push to / }).click();
  await expect(dialog).toContainText('Version 1 of shop is live');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(canvasOf(page)).toBeVisible();
  expect(server.breaches).toEqual([]);
  await server.close();
});
