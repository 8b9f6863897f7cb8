import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import { startCodePipelineServer } from '../support/codePipelineServer.ts';
import { expect, test } from '../support/test.ts';
import { tour } from '../support/tour.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Violations of WCAG 2.2 A and AA and of axe's best practices, or of these rules alone, as `rule: place`. */
async function violations(
  page: Page,
  part: string | undefined,
  rules: readonly string[] | undefined,
): Promise<string[]> {
  return page.evaluate(
    async ([inside, only]) => {
      const { axe } = window as unknown as {
        axe: {
          run(
            part: Node,
            options: unknown,
          ): Promise<{ violations: { id: string; nodes: { target: unknown[]; failureSummary: string }[] }[] }>;
        };
      };
      const { violations: found } = await axe.run((inside && document.querySelector(inside)) || document, {
        resultTypes: ['violations'],
        ...(only && { runOnly: { type: 'rule', values: only } }),
      });
      return found.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary}`),
      );
    },
    [part, rules] as const,
  );
}

/** Light has every rule; what another look changes is colours. More contrast is held to 7:1. */
const LIGHT = { name: 'light', colorScheme: 'light', contrast: 'no-preference', rules: undefined } as const;
const OTHERS = [
  { name: 'dark', colorScheme: 'dark', contrast: 'no-preference', rules: ['color-contrast'] },
  { name: 'light, more contrast', colorScheme: 'light', contrast: 'more', rules: ['color-contrast-enhanced'] },
  { name: 'dark, more contrast', colorScheme: 'dark', contrast: 'more', rules: ['color-contrast-enhanced'] },
] as const;
/** Between them these have every colour; to look at all screens in all looks would take minutes. */
const COLOURED = new Set(['start', 'actionConfiguration', 'code', 'compare', 'failed', 'execution', 'push']);

test('axe finds nothing on any screen: light, dark, and with more contrast', async ({ app, folder, launcher }) => {
  test.skip(launcher !== 'browser', 'The desktop shows the same page.');
  test.slow();
  const { page } = app;
  const server = await startCodePipelineServer();
  const found: string[] = [];
  await page.evaluate(axeSource);
  const lookAt = async (screen: string, part: string | undefined, look: typeof LIGHT | (typeof OTHERS)[number]) => {
    const { name, rules, ...media } = look;
    await page.emulateMedia({ ...media, reducedMotion: 'reduce' });
    // The page hears of it in an event; the second frame after it is drawn with it.
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    for (const violation of await violations(page, part, rules)) found.push(`${screen}, ${name}: ${violation}`);
  };
  await tour({
    app,
    folder,
    server,
    isDesktop: false,
    visit: async (screen, part) => {
      if (COLOURED.has(screen)) for (const look of OTHERS) await lookAt(screen, part, look);
      await lookAt(screen, part, LIGHT);
    },
  });
  expect(found).toEqual([]);
  await server.close();
});
