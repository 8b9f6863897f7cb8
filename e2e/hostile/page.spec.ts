import { expect, test } from '../support/test.ts';
import { canvasOf } from '../support/window.ts';

/*
 * IP: an attacker who already runs script in the page's own world. What Node or Electron lend the host must not be within
 * reach, and spoiling the language's own objects must give nothing away and hurt nobody but the page.
 */

test('IP-21: nothing of Node or Electron is in the page', async ({ app, launcher }) => {
  const found = await app.page.evaluate(() =>
    ['require', 'process', 'Buffer', 'global', 'module', 'exports', '__dirname', 'ipcRenderer', 'electron'].filter(
      (name) => name in globalThis,
    ),
  );
  expect(found).toEqual([]);
  const bridge = await app.page.evaluate(() => {
    const { penstock } = window as unknown as { penstock?: object };
    return penstock && { names: Object.keys(penstock).sort(), isFrozen: Object.isFrozen(penstock) };
  });
  expect(bridge).toEqual(
    launcher === 'browser' ? undefined : { names: ['invoke', 'openDropped', 'subscribe'], isFrozen: true },
  );
});

test('IP-19: a poisoned language gives nothing away, and the host outlives it', async ({ app }) => {
  const { page } = app;
  await page.getByRole('heading', { name: 'Quickstart sample' }).waitFor();
  await page.evaluate(() => {
    const caught: string[] = [];
    const look = (value: unknown) => {
      if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return;
      const { send, invoke, on, require } = value as Record<string, unknown>;
      if ((invoke && on) || (invoke && send)) caught.push('ipcRenderer');
      if (require || (typeof value === 'function' && value.name === 'require')) caught.push('require');
    };
    const spoil = (owner: object, name: string) => {
      const original = (owner as Record<string, (...args: unknown[]) => unknown>)[name]!;
      Object.defineProperty(owner, name, {
        configurable: true,
        writable: true,
        value(this: unknown, ...args: unknown[]) {
          look(this);
          for (const arg of args) look(arg);
          return Reflect.apply(original, this, args);
        },
      });
    };
    for (const name of ['map', 'forEach', 'push', 'filter']) spoil(Array.prototype, name);
    for (const name of ['parse', 'stringify']) spoil(JSON, name);
    for (const name of ['then', 'catch', 'finally']) spoil(Promise.prototype, name);
    for (const name of ['call', 'bind']) spoil(Function.prototype, name);
    for (const name of ['set', 'get']) spoil(Map.prototype, name);
    for (const name of ['entries', 'keys', 'freeze']) spoil(Object, name);
    Object.assign(window, { caught });
    [].push({ invoke: true, on: true } as never); // the control: what is looked for would be seen
  });
  await page.getByRole('button', { name: 'Open the sample' }).click();
  await expect(canvasOf(page)).toBeVisible();
  const caught = await page.evaluate(() => (window as unknown as { caught: string[] }).caught);
  expect(caught).toEqual(['ipcRenderer']);
  await page.reload();
  await expect(canvasOf(page)).toBeVisible();
});

test('NV-23: no service worker can settle in', async ({ app }) => {
  const outcome = await app.page.evaluate(async () => {
    const script = document.querySelector<HTMLScriptElement>('script[src]')?.src ?? '';
    try {
      await navigator.serviceWorker.register(script);
      return 'registered';
    } catch {
      return 'refused';
    }
  });
  expect(outcome).toBe('refused');
});
