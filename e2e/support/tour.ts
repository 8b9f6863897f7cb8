import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Page, expect as playwrightExpect } from '@playwright/test';
import type { CodePipelineServer } from './codePipelineServer.ts';
import type { App } from './launchBrowserHost.ts';
import { canvasOf, cardOf, expectCard, isCard, runButton, stageOf, useEndpoint } from './window.ts';

/*
 * A walk through every screen of the window, with the Quickstart sample. `visit` is called while the screen shows, and leaves it
 * as it found it: the specs of accessibility look at it, the script of screenshots takes its picture. Nothing waits by the
 * clock: each screen is a state that was asked for.
 */
export interface Tour {
  app: App;
  /** The app's folder, which holds the home with the sample. */
  folder: string;
  server: CodePipelineServer;
  /** The desktop asks for consent and for paths in native dialogs, which are no screens of the window. */
  isDesktop: boolean;
  /** `part` is the selector of what was not to be seen on the screens before. */
  visit(name: string, part?: string): Promise<void>;
}

const MODAL = 'dialog[open]';
const [LEFT, INSPECTOR, BOTTOM] = ['#left', '#inspector', '#bottom'];

export async function tour(stops: Tour): Promise<void> {
  await takeStart(stops);
  await takeNew(stops);
  await takeDesign(stops);
  await takePanels(stops);
  await takeDialogs(stops);
  await takeRun(stops);
  await takeHistory(stops);
  await takePush(stops);
}

/** Outside of Playwright's runner nothing else says how long a busy machine may take. */
const expect = playwrightExpect.configure({ timeout: 30_000 });

/** Waits, as long as a run may take on a busy machine, until a card shows this state. */
const untilCard = (page: Page, where: string, status: string) => expectCard(page, where, status, 60_000);

/** Runs a command by its title, from the palette of commands. */
export async function command(page: Page, title: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').fill(title);
  await page
    .getByRole('option', { name: new RegExp(`^${title}`) })
    .first()
    .click();
}

async function takeStart({ app: { page }, visit }: Tour): Promise<void> {
  await expect(page.getByRole('button', { name: /Static site to S3/ })).toBeVisible();
  await visit('start');
  await page.getByRole('searchbox', { name: 'Search templates' }).fill('approval');
  await expect(page.getByRole('button', { name: /Static site to S3/ })).toHaveCount(0);
  await page
    .getByText(/^A local run asks for \d things?$/)
    .first()
    .click();
  await visit('gallery');
  await page.getByRole('searchbox', { name: 'Search templates' }).fill('');
  await page.getByRole('button', { name: 'Step by step…' }).click();
  const wizard = page.getByRole('dialog', { name: 'New pipeline, step by step' });
  await expect(page.getByLabel('Pipeline name')).toBeFocused();
  await visit('wizardSettings', MODAL);
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await visit('wizardSource', MODAL);
  await page.keyboard.press('Escape');
  await expect(wizard).toBeHidden();
}

async function takeNew({ app: { page }, visit }: Tour): Promise<void> {
  await page.getByRole('button', { name: 'New pipeline' }).click();
  await expect(page.getByRole('button', { name: 'Add source action' })).toBeVisible();
  await visit('empty');
  await page.getByRole('button', { name: 'Add source action' }).click();
  await expect(page.getByRole('dialog', { name: 'Add an action' })).toBeVisible();
  await visit('addAction', '[role="dialog"]');
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: /^my-pipeline/ }).press('Delete');
  await page.getByRole('button', { name: /Static site to S3/ }).click();
  await expect(stageOf(page, 'Source')).toBeVisible();
  await runButton(page).click();
  await expect(page.getByRole('dialog', { name: 'Before it runs' })).toBeVisible();
  await visit('runSheet', MODAL);
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: /^static-site/ }).press('Delete');
}

async function takeDesign({ app: { page }, visit }: Tour): Promise<void> {
  const inspector = page.getByRole('region', { name: 'Inspector' });
  await page.getByRole('button', { name: 'Open the sample' }).click();
  await expect(cardOf(page, 'Build/Package')).toBeVisible();
  await visit('design');
  for (const name of ['Variables', 'Triggers', 'JSON']) {
    await inspector.getByRole('tab', { name }).click();
    await visit(`pipeline${name}`, INSPECTOR);
  }
  await cardOf(page, 'Build/Package').click();
  for (const name of ['Configuration', 'Variables', 'Local']) {
    await inspector.getByRole('tab', { name }).click();
    await visit(`action${name}`, INSPECTOR);
  }
  await inspector.getByRole('tab', { name: 'Configuration' }).click();
  await stageOf(page, 'Deploy').getByText('Deploy', { exact: true }).click();
  await visit('stage', INSPECTOR);
}

async function takePanels({ app: { page }, visit }: Tour): Promise<void> {
  for (const name of ['Outline', 'Files', 'Pipelines in AWS', 'Actions']) {
    await page.getByRole('button', { name, exact: true }).click();
    if (name !== 'Actions') await visit(`panel${name.replaceAll(' ', '')}`, LEFT);
  }
  await page.getByRole('button', { name: 'Split', exact: true }).click();
  const text = page.getByRole('region', { name: 'Text of the pipeline' });
  await expect(text).toContainText('"name"');
  await visit('split');
  await page.getByRole('button', { name: 'Code', exact: true }).click();
  await visit('code');
  await page.getByRole('button', { name: 'Design', exact: true }).click();
  await cardOf(page, 'Build/Package').click();
  const map = page.getByRole('img', { name: 'Minimap of the pipeline' });
  await canvasOf(page).focus();
  await page.keyboard.press('Control+Shift+m');
  await expect(map).toBeVisible();
  await page.keyboard.press('Control+f');
  await page.keyboard.type('build');
  await expect(page.getByRole('search')).toContainText('found');
  await visit('find');
  await page.keyboard.press('Escape');
  await canvasOf(page).focus();
  await page.keyboard.press('Control+Shift+m');
  await expect(map).toHaveCount(0);

  // An edit, to be told of and to be compared.
  await cardOf(page, 'Build/Package').click();
  await page.keyboard.press('Delete');
  await page.getByRole('tab', { name: 'Changes', exact: true }).click();
  await expect(page.getByRole('region', { name: /^Difference of/ })).toBeVisible();
  await visit('changes', BOTTOM);
  await page.getByRole('tab', { name: /^Problems/ }).click();
  await visit('problems', BOTTOM);
  await page.getByRole('button', { name: 'Compare versions' }).click();
  await expect(page.getByRole('navigation', { name: 'Changes' }).getByRole('button').first()).toBeVisible();
  await visit('compare');
  await page.getByRole('button', { name: 'Text', exact: true }).click();
  await visit('compareText');
  await page.getByRole('button', { name: 'Back to the design' }).click();
  await canvasOf(page).focus();
  await page.keyboard.press('Control+z');
  await expect(cardOf(page, 'Build/Package')).toBeVisible();
  await page.getByRole('tab', { name: 'Logs' }).click();
}

async function takeDialogs({ app: { page }, visit }: Tour): Promise<void> {
  const shown = async (name: string, title: string | RegExp, screen: string) => {
    await command(page, name);
    const dialog = page.getByRole('dialog', { name: title });
    await expect(dialog).toBeVisible();
    await visit(screen, MODAL);
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  };
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog').getByRole('option').first()).toBeVisible();
  await visit('commands', '[role="dialog"]');
  await page.keyboard.press('Escape');
  await shown('Keyboard shortcuts', 'Keyboard shortcuts', 'shortcuts');
  await shown('Export a picture', 'Export a picture', 'pictures');
  await shown('Simulate a push', 'Simulate an event', 'simulateEvent');
  await shown('About Penstock', 'About Penstock', 'about');
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  const settings = page.getByRole('dialog', { name: 'Settings' });
  for (const name of ['Appearance', 'Keys', 'Engine and AWS']) {
    await settings.getByRole('tab', { name }).click();
    await visit(`settings${name.split(' ')[0]}`, MODAL);
  }
  await page.keyboard.press('Escape');
  await expect(settings).toBeHidden();
}

/** Answers the approval that waits on its card. */
async function answer(page: Page, comment: string, button: 'Approve' | 'Reject', before?: () => Promise<void>) {
  await untilCard(page, 'Approve/Release', 'waiting');
  await cardOf(page, 'Approve/Release').getByRole('button', { name: 'Review' }).click();
  const prompt = page.getByRole('dialog').getByRole('region', { name: 'Approval of Release' });
  await prompt.getByLabel('Comment').fill(comment);
  await before?.();
  await prompt.getByRole('button', { name: button }).click();
}

/** The sample's first run, from consent to its last action, and a second one that is rejected. */
async function takeRun({ app, isDesktop, visit }: Tour): Promise<void> {
  const { page } = app;
  if (isDesktop) await app.consent(true, () => runButton(page).click());
  else {
    await runButton(page).click();
    const consent = page.getByRole('dialog', { name: /commands/i });
    await expect(consent.getByRole('button', { name: 'Trust and run' })).toBeEnabled();
    await visit('consent', MODAL);
    await consent.getByRole('button', { name: 'Trust and run' }).click();
  }
  await untilCard(page, 'Build/Lint', 'in progress');
  await cardOf(page, 'Build/Lint').click();
  await visit('running');
  await answer(page, 'Looks well on my machine.', 'Approve', () => visit('approval', '[role="dialog"]'));
  await untilCard(page, 'Deploy/InvalidateCache', 'succeeded');

  await runButton(page).click();
  await answer(page, 'Not on a Saturday.', 'Reject');
  await untilCard(page, 'Approve/Release', 'failed');
  await visit('failed');
  for (const name of ['Timeline', 'Why']) {
    await page.getByRole('tab', { name, exact: true }).click();
    await visit(name.toLowerCase(), BOTTOM);
  }
  await page.getByRole('tab', { name: 'Logs' }).click();
}

/** The list of executions, and one of them at an instant in its middle. */
async function takeHistory({ app: { page }, visit }: Tour): Promise<void> {
  await page.getByRole('button', { name: 'Executions', exact: true }).click();
  const row = page.getByRole('row', { name: /quickstart/ }).filter({ hasText: 'Succeeded' });
  await expect(row).toBeVisible();
  await visit('history');
  await row.getByRole('button', { name: /^quickstart/ }).click();
  await untilCard(page, 'Deploy/Site', 'succeeded');
  const slider = page.getByRole('slider', { name: 'Instant of the execution' });
  await slider.press('End');
  const last = Number(await slider.getAttribute('aria-valuenow'));
  for (let seq = last; seq > 1 && !(await isCard(page, 'Build/Package', 'in progress')); seq -= 1)
    await slider.press('ArrowLeft');
  await cardOf(page, 'Build/Package').click();
  await visit('execution');
}

/** The review of a push to an account whose pipeline lacks what was added since. */
async function takePush({ app, folder, server, visit }: Tour): Promise<void> {
  const { page } = app;
  const file = join(folder, 'home/Penstock/quickstart/quickstart.pipeline.json');
  const { pipeline } = JSON.parse(readFileSync(file, 'utf8')) as { pipeline: Parameters<typeof server.put>[0] };
  const stages = structuredClone(pipeline.stages) as { name: string; actions: { name: string }[] }[];
  for (const stage of stages) stage.actions = stage.actions.filter(({ name }) => name !== 'InvalidateCache');
  server.put({ ...pipeline, stages });
  await page.getByRole('tab', { name: /^quickstart/ }).click();
  await expect(canvasOf(page)).toBeVisible();
  await useEndpoint(page, server.endpoint);
  await page.getByRole('button', { name: 'Push', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Push to 111122223333 / eu-west-1' })).toBeVisible();
  await visit('push', MODAL);
  await page.keyboard.press('Escape');
}
