import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import { type Canary, startCanary } from '../support/canary.ts';
import type { StandInApp } from '../support/launchStandIn.ts';
import { expect, test } from '../support/test.ts';

/*
 * NV: what a page of the desktop app may never do, tried from inside the page. The oracle is a server that must not be
 * asked, a page that must stay where it is, and windows that must not appear.
 */
const HEADING = 'Design, run and replay CodePipeline';
const heading = (page: Page) => page.getByRole('heading', { name: HEADING });
const goTo = (page: Page, address: string) => page.evaluate((href) => location.assign(href), address);

/**
 * Carries out one attack and checks that nothing happened. It asks the page itself, because Playwright's own locators wait
 * for a navigation that the policy stopped and that therefore never ends.
 */
async function attempt(page: Page, canary: Canary, title: string, attack: () => Promise<unknown>): Promise<void> {
  await test.step(title, async () => {
    const [address, pages] = [page.url(), page.context().pages().length];
    await attack().catch(() => {}); // refusing loudly is as good as refusing quietly
    // A frame and a turn of the page's own loop: whatever was begun has been refused by then.
    const after = await page.evaluate(async () => {
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      return { heading: document.querySelector('h1')?.textContent, pwned: 'pwned' in window };
    });
    expect(after, title).toEqual({ heading: HEADING, pwned: false });
    expect(page.url(), title).toBe(address);
    await expect.poll(() => page.context().pages().length, title).toBe(pages);
    expect(canary.requests, title).toEqual([]);
  });
}

/** Puts a link in the corner of the page and presses it with the real mouse. */
async function pressLink(
  page: Page,
  href: string,
  { target = '', button = 'left', key }: { target?: string; button?: 'left' | 'middle'; key?: string } = {},
): Promise<void> {
  await page.evaluate(
    ([address, name]) => {
      const link = Object.assign(document.createElement('a'), {
        textContent: 'hostile link',
        href: address,
        id: 'hostile',
      });
      if (name) link.target = name;
      link.style.cssText = 'position:fixed;top:0;left:0;z-index:99999';
      document.body.append(link);
    },
    [href, target] as const,
  );
  if (key) await page.keyboard.down(key);
  await page.mouse.click(20, 8, { button });
  if (key) await page.keyboard.up(key);
  await page.evaluate(() => document.getElementById('hostile')?.remove());
}

test('NV-00 control: the canary answers whoever does ask it', async () => {
  const canary = await startCanary();
  await fetch(`${canary.origin}/asked`);
  expect(canary.requests).toEqual(['GET /asked']);
  await canary.close();
});

test('NV-01 to NV-07: the page cannot go elsewhere', async ({ app, folder }) => {
  const { page } = app;
  const canary = await startCanary();
  await expect(heading(page)).toBeVisible();
  const file = join(folder, 'canary.html');
  writeFileSync(file, '<script>window.pwned = 1</script>');
  const go = (address: string) => () => goTo(page, address);

  await attempt(page, canary, 'NV-01 location to https', go(`${canary.origin}/nv01`));
  await attempt(page, canary, 'NV-02 location to a file', go(pathToFileURL(file).href));
  await attempt(page, canary, 'NV-03 location to data:', go('data:text/html,<script>window.pwned=1</script>'));
  await attempt(page, canary, 'NV-04 location to javascript:', go('javascript:window.pwned=1'));
  await attempt(page, canary, 'NV-04 link to javascript:', () => pressLink(page, 'javascript:window.pwned=1'));
  await attempt(page, canary, 'NV-05 form', () =>
    page.evaluate((action) => {
      const form = Object.assign(document.createElement('form'), { action, method: 'post' });
      document.body.append(form);
      form.submit();
      form.remove();
    }, `${canary.origin}/nv05`),
  );
  await attempt(page, canary, 'NV-06 meta refresh', () =>
    page.evaluate((address) => {
      const meta = document.createElement('meta');
      meta.httpEquiv = 'refresh';
      meta.content = `0;url=${address}`;
      document.head.append(meta);
    }, `${canary.origin}/nv06`),
  );
  await attempt(page, canary, 'NV-07 fetch and image, redirected or not', () =>
    page.evaluate(async (address) => {
      document.body.append(Object.assign(new Image(), { src: address, alt: '' }));
      await fetch(address);
    }, `${canary.origin}/nv07`),
  );
  await canary.close();
});

test('NV-08 to NV-13: no frames and no windows', async ({ app }) => {
  const { page } = app;
  const canary = await startCanary();
  await expect(heading(page)).toBeVisible();
  await attempt(page, canary, 'NV-08 iframe elsewhere', () =>
    page.evaluate((src) => {
      document.body.append(Object.assign(document.createElement('iframe'), { src }));
    }, `${canary.origin}/nv08`),
  );
  await test.step('NV-08 an empty iframe has no bridge', async () => {
    const found = await page.evaluate(() => {
      const frame = document.createElement('iframe');
      document.body.append(frame);
      const inner = frame.contentWindow as (Window & Record<string, unknown>) | null;
      return ['penstock', 'require', 'process', 'electron'].filter((name) => inner && name in inner);
    });
    expect(found).toEqual([]);
  });
  await attempt(page, canary, 'NV-09 window.open', () =>
    page.evaluate((address) => void window.open(address), `${canary.origin}/nv09`),
  );
  await attempt(page, canary, 'NV-10 link to a new window', () =>
    pressLink(page, `${canary.origin}/nv10`, { target: '_blank' }),
  );
  await attempt(page, canary, 'NV-11 link with Ctrl', () =>
    pressLink(page, `${canary.origin}/nv11`, { key: 'Control' }),
  );
  await attempt(page, canary, 'NV-11 link with the middle button', () =>
    pressLink(page, `${canary.origin}/nv11`, { button: 'middle' }),
  );
  await attempt(page, canary, 'NV-12 a link dropped on the window', async () => {
    const session = await page.context().newCDPSession(page);
    const data = {
      items: [{ mimeType: 'text/uri-list', data: `${canary.origin}/nv12` }],
      dragOperationsMask: 1,
    };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await session.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data });
    await session.detach();
  });
  await attempt(page, canary, 'NV-13 webview', () =>
    page.evaluate((src) => {
      const view = document.createElement('webview');
      view.setAttribute('src', src);
      document.body.append(view);
    }, `${canary.origin}/nv13`),
  );
  await canary.close();
});

test('NV-14 to NV-17: no other address of our own scheme', async ({ app }) => {
  const { page } = app;
  const canary = await startCanary();
  await expect(heading(page)).toBeVisible();
  const origin = new URL(page.url()).origin;
  await attempt(page, canary, 'NV-14 history entry elsewhere', () =>
    page.evaluate((address) => history.pushState(null, '', address), canary.origin),
  );
  for (const [title, address] of [
    ['NV-15 our host as a user name', origin.replace('://', '://penstock@evil.')],
    ['NV-15 look-alike host', origin.replace('://', '://evil.')],
    ['NV-17 other host', origin.replace('penstock', 'other')],
    ['NV-17 other page of ours', `${origin}/assets/`],
  ] as const)
    await attempt(page, canary, title, () => goTo(page, address));
  await test.step('NV-16 a path that climbs out', async () => {
    for (const path of ['/..%2f..%2fpackage.json', '/%2e%2e/%2e%2e/package.json', '/assets/..%5c..%5cpackage.json']) {
      const status = await page.evaluate(async (address) => (await fetch(address)).status, path);
      expect(status, path).toBe(404);
    }
  });
  await canary.close();
});

test('NV-22: every permission is refused before anybody is asked, and main set its window up hardened', async ({
  app,
  launcher,
}) => {
  const { page } = app;
  await expect(heading(page)).toBeVisible();
  const states = await page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read'];
    return Promise.all(
      names.map(async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state),
    );
  });
  expect(states).not.toContain('granted');
  if (launcher !== 'stand-in') return;
  const { events } = app as StandInApp;
  const named = (name: string) => events.filter(({ event }) => event === name);
  expect(named('session').map(({ handler }) => handler)).toEqual(
    expect.arrayContaining(['permissionRequest', 'permissionCheck', 'devicePermission', 'displayMedia']),
  );
  expect(named('sandbox')).toHaveLength(1);
  expect(named('schemes').map(({ schemes }) => schemes)).toEqual([
    [{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }],
  ]);
  expect(named('window')).toHaveLength(1);
  expect(named('window')[0]?.options).toMatchObject({
    webPreferences: {
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
    },
  });
});

test('IP-20: the bridge cannot be replaced', async ({ app }) => {
  const replaced = await app.page.evaluate(() => {
    const before = (window as unknown as { penstock: unknown }).penstock;
    const attempts = [
      () => Object.assign(window, { penstock: { invoke: () => 'mine' } }),
      () => Object.defineProperty(window, 'penstock', { value: 'mine' }),
      () => delete (window as unknown as { penstock?: unknown }).penstock,
      () => Object.assign(before as object, { invoke: () => 'mine' }),
    ];
    for (const attempt of attempts)
      try {
        attempt();
      } catch {
        // refused, as it should be
      }
    const now = (window as unknown as { penstock?: { invoke?: unknown } }).penstock;
    return now !== before || String(now?.invoke).includes('mine');
  });
  expect(replaced).toBe(false);
});
