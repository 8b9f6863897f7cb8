import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/test.ts';
import { canvasOf, cardOf, expectCard, stageOf } from '../support/window.ts';

test.use({ settings: { language: 'de' } });

/** Words that English sentences hold and German ones do not. */
const ENGLISH = /\b(the|and|of|with|are|not|this|from|what|which|your|when|only|has|have|for|by|is|its|to)\b/i;

/** What the window says or names that reads as English; texts of the person's own files are in `own`. */
async function englishOn(page: Page, own: readonly string[]): Promise<string[]> {
  const said = await page.evaluate(() => {
    const texts: string[] = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode())
      if (!node.parentElement?.closest('pre, code, script, style, [role="log"], textarea'))
        texts.push(node.nodeValue ?? '');
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]'))
      for (const name of ['aria-label', 'title', 'placeholder', 'alt']) texts.push(element.getAttribute(name) ?? '');
    return texts.map((text) => text.trim());
  });
  // What the engine says is in the journal, in English: its lines in the logs, and why something waits or runs.
  const ofTheEngine = /^\[Penstock\]|^It is running\.$|Waits for an approval, until/;
  const isOwn = (text: string) => own.some((words) => words.includes(text) || text.includes(words));
  return [...new Set(said)].filter((text) => ENGLISH.test(text) && !isOwn(text) && !ofTheEngine.test(text));
}

test('in German the sample is opened, run, approved and looked at, and no English is left', async ({ app, folder }) => {
  const { page } = app;
  const own = ['Pack the shop in the pipeline'];
  const found = new Map<string, string>();
  const expectGerman = async (screen: string) => {
    for (const text of await englishOn(page, own)) if (!found.has(text)) found.set(text, screen);
  };

  await expect(page.getByRole('heading', { name: 'Beispiel für den Einstieg' })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('de');
  await expectGerman('start page');
  await page.getByRole('button', { name: 'Beispiel öffnen' }).click();
  await expect(cardOf(page, 'Build/Package')).toBeVisible();
  const sidecar = JSON.parse(
    readFileSync(join(folder, 'home/Penstock/quickstart/quickstart.penstock.json'), 'utf8'),
  ) as {
    notes: Record<string, string>;
  };
  own.push(...Object.values(sidecar.notes).map(String));
  await expectGerman('the pipeline');
  for (const [where, tabs] of [
    ['Build/Package', ['Konfiguration', 'Variablen', 'Lokal']],
    ['Approve/Release', ['Konfiguration']],
    ['Deploy/InvalidateCache', ['Konfiguration', 'Lokal']],
    ['Deploy/Site', ['Konfiguration']],
  ] as const) {
    await cardOf(page, where).click();
    for (const name of tabs) {
      await page.getByRole('tab', { name, exact: true }).click();
      await expectGerman(`${where}, ${name}`);
    }
  }
  await stageOf(page, 'Deploy').getByText('Deploy', { exact: true }).click();
  await expectGerman('a stage');
  for (const name of ['Gliederung', 'Dateien', 'AWS-Pipelines']) {
    await page.getByRole('button', { name, exact: true }).click();
    await expectGerman(name);
  }
  await page.getByRole('button', { name: 'Einstellungen', exact: true }).click();
  const settings = page.getByRole('dialog', { name: 'Einstellungen' });
  for (const name of ['Darstellung', 'Tasten', 'Engine und AWS']) {
    await settings.getByRole('tab', { name }).click();
    await expectGerman(`settings, ${name}`);
  }
  await settings.getByRole('button', { name: 'Abbrechen' }).click();

  // An edit, a problem, its fix, and back.
  await cardOf(page, 'Build/Package').click();
  await page.keyboard.press('Delete');
  await page.getByRole('tab', { name: /^Probleme/ }).click();
  await expectGerman('problems');
  await page.getByRole('tab', { name: 'Änderungen', exact: true }).click();
  await expectGerman('changes');
  await page.getByRole('button', { name: 'Versionen vergleichen' }).click();
  await expectGerman('compare');
  await page.getByRole('button', { name: 'Zurück zum Entwurf' }).click();
  await page.getByRole('button', { name: /^Rückgängig: / }).click();
  await expect(cardOf(page, 'Build/Package')).toBeVisible();

  await app.consent(true, () => page.getByRole('button', { name: 'Starten', exact: true }).click());
  await expectCard(page, 'Approve/Release', 'wartet');
  await expectGerman('a run');
  await cardOf(page, 'Approve/Release').getByRole('button', { name: 'Prüfen' }).click();
  await expectGerman('an approval');
  await page.getByRole('dialog').getByRole('button', { name: 'Freigeben' }).click();
  await expectCard(page, 'Deploy/Site', 'gelungen');
  await page.getByRole('tab', { name: 'Warum', exact: true }).click();
  await expectGerman('why');

  await page.getByRole('button', { name: 'Ausführungen', exact: true }).click();
  const row = page.getByRole('row', { name: /quickstart/ });
  await expect(row).toBeVisible();
  await expectGerman('executions');
  await row.getByRole('button', { name: /^quickstart/ }).click();
  await expectCard(page, 'Deploy/Site', 'gelungen');
  await expectGerman('an execution');
  expect(await canvasOf(page).getAttribute('aria-label')).toContain('Pfeiltasten');
  expect([...found].map(([text, screen]) => `${screen}: ${text}`)).toEqual([]);
});
