import type { CDPSession, Page } from '@playwright/test';

/*
 * CPU time of a page's main thread, as Chromium itself counts it (so that a busy machine changes it little: only through colder
 * caches), frame by frame.
 */
export interface Meter {
  /** CPU milliseconds of the main thread so far. */
  busy(): Promise<number>;
  /** Milliseconds of each of `count` frames in which `act` does one thing, less those of an idle frame measured just before. */
  frames(count: number, act: (index: number) => Promise<unknown>): Promise<number[]>;
  /** Runs an expression in the page, at the least cost there is. */
  evaluate(expression: string): Promise<unknown>;
  wheel(deltaX: number, deltaY: number, modifiers?: number): Promise<unknown>;
  mouse(type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', x: number, y: number): Promise<unknown>;
}

export const quantile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
};

export async function meterOf(page: Page): Promise<Meter> {
  const cdp: CDPSession = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });

  const busy = async () => {
    const { metrics } = await cdp.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
  };
  const evaluate = (expression: string) => cdp.send('Runtime.evaluate', { expression, awaitPromise: true });
  // To the end of the next frame: its rendering follows the callback in the same task, the timer comes after it.
  const settled = () => evaluate('new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))');
  const each = async (count: number, act: (index: number) => Promise<unknown>) => {
    const spent: number[] = [];
    await settled();
    for (let index = 0; index < count; index += 1) {
      const before = await busy();
      await act(index);
      await settled();
      spent.push((await busy()) - before);
    }
    return spent;
  };
  return {
    busy,
    evaluate,
    async frames(count, act) {
      const idle = quantile(await each(15, async () => {}), 0.5);
      return (await each(count, act)).map((milliseconds) => Math.max(0, milliseconds - idle));
    },
    wheel: (deltaX, deltaY, modifiers = 0) =>
      cdp.send('Input.dispatchMouseEvent', { type: 'mouseWheel', x: 700, y: 300, deltaX, deltaY, modifiers }),
    mouse: (type, x, y) =>
      cdp.send('Input.dispatchMouseEvent', { type, x, y, button: 'left', buttons: 1, clickCount: 1 }),
  };
}
