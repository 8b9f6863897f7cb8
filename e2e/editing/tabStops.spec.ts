import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { buildAction, sourceAction, writePipeline } from '../support/project.ts';
import { expect, test } from '../support/test.ts';
import { canvasOf, cardOf, openPipeline } from '../support/window.ts';

interface Stop {
  pane: string;
  name: string;
}

const PANES = {
  '[role="separator"]': 'divider',
  header: 'top bar',
  'nav[aria-label="Panels"]': 'rail',
  '#left': 'left panel',
  '#stage': 'canvas',
  '#bottom': 'bottom panel',
  '#inspector': 'inspector',
  footer: 'status bar',
};

/** Everything that Tab reaches, from the top of the page until it leaves the page: where it stands, and what it is called. */
async function tabStops(page: Page): Promise<Stop[]> {
  await page.evaluate(() => {
    document.body.tabIndex = -1;
    document.body.focus();
  });
  const stops: Stop[] = [];
  for (;;) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate((panes) => {
      let element = document.activeElement;
      if (!element || element === document.body) return null;
      const pane = Object.entries(panes).find(([selector]) => element?.closest(selector))?.[1] ?? 'elsewhere';
      while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      const labels = 'labels' in element ? [...((element.labels as NodeListOf<HTMLLabelElement> | null) ?? [])] : [];
      const by = (element.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id));
      const name = [element.getAttribute('aria-label'), ...by.map((label) => label?.textContent)]
        .concat(labels.map((label) => label.textContent))
        .concat([element.textContent, element.getAttribute('title')])
        .find((text) => text?.trim());
      return { pane, name: name?.trim() ?? `no name: ${element.outerHTML.slice(0, 200)}` };
    }, PANES);
    if (!stop) return stops;
    stops.push(stop);
    if (stops.length > 150) throw new Error('Tab does not leave the page.');
  }
}

test('Tab goes through the window pane by pane, in few stops, however large the pipeline is', async ({
  app,
  folder,
}) => {
  const { page } = app;
  const builds = Array.from({ length: 9 }, (_, stage): Parameters<typeof writePipeline>[2][0] => [
    `Stage${stage}`,
    ['A', 'B', 'C'].map((letter) => buildAction(`Build${stage}${letter}`, { outputArtifacts: [] })),
  ]);
  await openPipeline(app, writePipeline(join(folder, 'project'), 'large', [['Source', [sourceAction()]], ...builds]));
  await expect(cardOf(page, 'Source/Checkout')).toBeVisible();
  const stops = await tabStops(page);

  // One run of each pane, in reading order.
  const panes = stops.map(({ pane }) => pane).filter((pane) => pane !== 'divider');
  const order = panes.filter((pane, index) => pane !== panes[index - 1]);
  expect(order).toEqual(['top bar', 'rail', 'left panel', 'canvas', 'bottom panel', 'inspector', 'status bar']);
  expect(stops.filter(({ name }) => name.startsWith('no name'))).toEqual([]);
  const count = (pane: string) => stops.filter((stop) => stop.pane === pane).length;
  // All cards, gates, pipes and places to add something are one stop; beside it stand the zoom and React Flow's name.
  expect(count('canvas')).toBeLessThanOrEqual(7);
  // The filter and the list.
  expect(count('left panel')).toBeLessThanOrEqual(2);

  // The keyboard is never where it cannot be seen: the canvas brings what is selected into view.
  await canvasOf(page).focus();
  await page.keyboard.press('End');
  await expect(cardOf(page, 'Stage8/Build8C')).toBeInViewport();
});
