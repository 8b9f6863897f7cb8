import { expect, type Locator, type Page } from '@playwright/test';

/*
 * Hands that have only a keyboard, or only a pointer that clicks once. `forbid` makes the page remember what such a hand could
 * not have done, so that a spec cannot cheat by accident.
 */

const HAS_FOCUS = (element: Element): boolean => {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active === element;
};

/** Presses a key until this has the keyboard. A person would give up after `limit` presses, and so does this. */
export async function reach(page: Page, target: Locator, key = 'Tab', limit = 40): Promise<void> {
  for (let presses = 0; presses <= limit; presses += 1) {
    if ((await target.count()) > 0 && (await target.first().evaluate(HAS_FOCUS))) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${target} is not reached by ${limit} times ${key}.`);
}

/** Goes to a pane with F6, wherever in it the keyboard stood last. */
export async function reachPane(page: Page, pane: Locator): Promise<void> {
  const holds = () => pane.evaluate((element) => element.contains(document.activeElement));
  for (let presses = 0; presses <= 8; presses += 1) {
    if ((await pane.count()) > 0 && (await holds())) return;
    await page.keyboard.press('F6');
  }
  throw new Error(`${pane} is not reached by F6.`);
}

/** Replaces what the focused field holds, and leaves it the way its form is left. */
export async function write(page: Page, text: string, leaveBy = 'Tab'): Promise<void> {
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(text);
  await page.keyboard.press(leaveBy);
}

type Hand = 'keyboard' | 'single clicks';

/**
 * From now on the page notes what the other hand would do: with a keyboard every press of a pointer's button; with single
 * clicks every double click, every drag, and every key that is no typing in a text field.
 */
export async function forbidOthers(page: Page, hand: Hand): Promise<() => Promise<string[]>> {
  await page.evaluate((only) => {
    const noted: string[] = [];
    Object.assign(window, { noted });
    const note = (what: string, target: EventTarget | null) =>
      noted.push(`${what} on ${(target as Element | null)?.outerHTML?.slice(0, 120)}`);
    const listen = (type: string, listener: (event: Event) => void) =>
      window.addEventListener(type, (event) => event.isTrusted && listener(event), { capture: true });
    if (only === 'keyboard') {
      listen('pointerdown', ({ target }) => note('a press of the pointer', target));
      return;
    }
    let down = { x: 0, y: 0 };
    listen('pointerdown', (event) => {
      const { clientX, clientY } = event as PointerEvent;
      down = { x: clientX, y: clientY };
    });
    listen('pointerup', (event) => {
      const { clientX, clientY } = event as PointerEvent;
      if (Math.hypot(clientX - down.x, clientY - down.y) > 4) note('a drag', event.target);
    });
    for (const type of ['dblclick', 'dragstart', 'wheel']) listen(type, ({ target }) => note(type, target));
    listen('keydown', (event) => {
      const { key, ctrlKey, metaKey, altKey } = event as KeyboardEvent;
      const target = event.composedPath()[0] as HTMLElement;
      const isField = target.matches('input, textarea, [contenteditable="true"]');
      if (!isField || ctrlKey || metaKey || altKey || (key.length > 1 && key !== 'Shift'))
        note(`the key ${key}`, target);
    });
  }, hand);
  return () => page.evaluate(() => (window as unknown as { noted: string[] }).noted);
}

/** Nothing was noted. */
export async function expectOnly(noted: () => Promise<string[]>): Promise<void> {
  expect(await noted()).toEqual([]);
}
