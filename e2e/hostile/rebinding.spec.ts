import { chromium } from '@playwright/test';
import { launchOptions } from '../../scripts/findChromium.ts';
import { startCanary } from '../support/canary.ts';
import { expect, test } from '../support/test.ts';
import { canvasOf } from '../support/window.ts';

/*
 * LH-13: a page of a stranger whose name leads to loopback (DNS rebinding), in a real browser. The browser takes it for the
 * same origin or sends the request anyway; only the host can refuse.
 */
test('LH-13: a name that leads to loopback opens neither the page nor the socket', async ({ app }) => {
  const host = new URL(app.page.url());
  const canary = await startCanary();
  const options = launchOptions({ path: process.env.PENSTOCK_CHROMIUM || undefined, description: '' });
  const browser = await chromium.launch({
    ...options,
    args: [...options.args, '--host-resolver-rules=MAP evil.example 127.0.0.1'],
  });
  const page = await browser.newPage();

  await test.step('control: the name does lead to loopback', async () => {
    await page.goto(`http://evil.example:${new URL(canary.origin).port}/control`);
    expect(canary.requests[0]).toBe('GET /control');
  });

  await test.step('the page', async () => {
    const answer = await page.goto(`http://evil.example:${host.port}/`);
    expect(answer?.status()).toBe(403);
    expect(await answer?.text()).not.toContain('script');
  });

  /** What a page at this address can learn of the host by fetch and by socket. */
  const reach = (name: string) =>
    page.evaluate(
      async ([address, port]) => {
        const status = await fetch(`http://${address}:${port}/`).then(
          (response) => response.status,
          () => 0,
        );
        const socket = await new Promise<string>((resolve) => {
          const opened = new WebSocket(`ws://${address}:${port}/socket`);
          opened.onopen = () => resolve('open');
          opened.onerror = () => resolve('refused');
        });
        return { status, socket };
      },
      [name, host.port] as const,
    );

  await test.step('fetch and socket of the same origin, by the rebound name', async () => {
    expect(await reach('evil.example')).toEqual({ status: 403, socket: 'refused' });
  });
  await test.step('fetch and socket of a stranger to the true address', async () => {
    await page.goto(`http://evil.example:${new URL(canary.origin).port}/stranger`);
    expect(await reach('127.0.0.1')).toEqual({ status: 0, socket: 'refused' });
    expect(await reach('evil.example')).toEqual({ status: 0, socket: 'refused' });
  });

  await app.page.getByRole('button', { name: 'Open the sample' }).click();
  await expect(canvasOf(app.page)).toBeVisible();
  await browser.close();
  await canary.close();
});
