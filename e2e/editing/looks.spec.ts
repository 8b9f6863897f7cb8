import type { Page } from '@playwright/test';
import { expect, test } from '../support/test.ts';
import { cardOf, expectCard, runButton, setSettings } from '../support/window.ts';

/** What stands outside of the window, or is cut off without a way to scroll to it. */
const lost = (page: Page) =>
  page.evaluate(() => {
    const isClipped = (element: Element): boolean => {
      const box = element.getBoundingClientRect();
      if (box.width === 0 || box.height === 0) return false;
      for (let parent = element.parentElement; parent; parent = parent.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(parent);
        const frame = parent.getBoundingClientRect();
        const over = box.left < frame.left - 1 || box.right > frame.right + 1;
        const below = box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
        // A scroller gives back what it hides.
        if (/auto|scroll/.test(over ? overflowX : overflowY) && (over || below)) return false;
        if ((over && overflowX !== 'visible') || (below && overflowY !== 'visible')) return true;
      }
      return box.left < -1 || box.top < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1;
    };
    return [...document.querySelectorAll('button, input, select, textarea, [role="tab"], a[href]')]
      .filter((element) => !element.closest('[data-canvas], [inert]') && isClipped(element))
      .map((element) => element.getAttribute('aria-label') ?? element.textContent ?? element.outerHTML);
  });

test('at 200 % text nothing is lost: panels scroll, dialogs fit, the canvas keeps its own zoom', async ({ app }) => {
  const { page } = app;
  await page.setViewportSize({ width: 1280, height: 800 });
  const rootSize = () => page.evaluate(() => Number.parseFloat(getComputedStyle(document.documentElement).fontSize));
  const before = await rootSize();
  await setSettings(page, (dialog) => dialog.getByRole('button', { name: '200 %' }).click());
  await expect.poll(rootSize).toBe(2 * before);
  expect(await lost(page)).toEqual([]);
  await page.getByRole('button', { name: 'Open the sample' }).click();
  await cardOf(page, 'Build/Package').click();
  await expect(page.getByRole('textbox', { name: 'Action name' })).toBeVisible();
  expect(await lost(page)).toEqual([]);
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await expect(page.getByRole('dialog', { name: 'Settings' }).getByRole('button', { name: 'Save' })).toBeInViewport();
  expect(await lost(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.setViewportSize({ width: 1440, height: 900 });
});

test('with reduced motion nothing moves during a run, and more contrast is kept over a restart', async ({ app }) => {
  await setSettings(app.page, async (dialog) => {
    await dialog.getByRole('button', { name: 'Reduced' }).click();
    await dialog.getByRole('button', { name: 'More', exact: true }).click();
  });
  const contrast = () => app.page.evaluate(() => document.documentElement.dataset.contrast);
  await expect.poll(contrast).toBe('more');
  await app.page.getByRole('button', { name: 'Open the sample' }).click();
  await expectCard(app.page, 'Build/Package', 'not started');
  await app.consent(true, () => runButton(app.page).click());
  await expectCard(app.page, 'Build/Lint', 'in progress');
  const moving = await app.page.evaluate(() =>
    document
      .getAnimations()
      .filter(({ playState, effect }) => playState === 'running' && Number(effect?.getComputedTiming().duration) > 1)
      .map((animation) => (animation as CSSAnimation).animationName ?? (animation as CSSTransition).transitionProperty),
  );
  expect(moving).toEqual([]);
  await expectCard(app.page, 'Approve/Release', 'waiting');
  await app.killAndRestart();
  await expect(app.page.getByRole('heading', { name: 'Quickstart sample' })).toBeVisible();
  await expect.poll(contrast).toBe('more');
});
