import type { Dialog, MessageBoxOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import type { Consent } from '../../shared/ipc/contract.ts';
import { askConsent as ask } from './askConsent.ts';
import { desktopTexts } from './texts.ts';

const askConsent = (dialog: Parameters<typeof ask>[0], window: undefined, wanted: Consent) =>
  ask(dialog, window, wanted, desktopTexts('en'));

const consent = (text: string, change: Partial<Consent> = {}): Consent => ({
  consentId: 'c',
  folder: '/project',
  openedAs: '',
  commands: [{ where: 'Build/Make', text }],
  changed: false,
  ...change,
});

/** A dialog whose buttons are pressed in this order; it keeps what it showed. */
function dialogOf(...presses: number[]) {
  const shown: MessageBoxOptions[] = [];
  const dialog = {
    showMessageBox: async (options: MessageBoxOptions) => {
      shown.push(options);
      return { response: presses.shift() ?? 0, checkboxChecked: false };
    },
  } as unknown as Pick<Dialog, 'showMessageBox'>;
  return { dialog, shown };
}

describe('consent in a native dialog', () => {
  it('shows folder and commands, and agrees only by its second button', async () => {
    const { dialog, shown } = dialogOf(1, 0);
    expect(await askConsent(dialog, undefined, consent('make all', { openedAs: '/link' }))).toBe(true);
    expect(shown[0]?.detail).toMatch(/\/project\n\(opened as \/link\)[\s\S]*Build\/Make\n {4}make all/);
    expect(shown[0]).toMatchObject({ defaultId: 0, cancelId: 0, buttons: ['Cancel', 'Run these commands'] });
    expect(await askConsent(dialog, undefined, consent('make all'))).toBe(false);
  });

  it('says that the commands changed', async () => {
    const { dialog, shown } = dialogOf(1);
    await askConsent(dialog, undefined, consent('make', { changed: true }));
    expect(shown[0]?.message).toContain('changed');
  });

  it('WT-11 shows long commands whole, page by page, and each page can refuse', async () => {
    const lines = Array.from({ length: 70 }, (_, index) => `echo line-${index}`);
    const { dialog, shown } = dialogOf(1, 1, 1);
    expect(await askConsent(dialog, undefined, consent(lines.join('\n')))).toBe(true);
    expect(shown).toHaveLength(3);
    const text = shown.map(({ detail }) => detail).join('\n');
    for (const line of lines) expect(text).toContain(line);
    expect(shown.map(({ buttons }) => buttons?.[1])).toEqual(['Read on', 'Read on', 'Run these commands']);
    const refusing = dialogOf(1, 0);
    expect(await askConsent(refusing.dialog, undefined, consent(lines.join('\n')))).toBe(false);
    expect(refusing.shown).toHaveLength(2);
  });

  it('WT-11 counts a long line by the lines it fills, and refuses what nobody would read', async () => {
    const { dialog, shown } = dialogOf(1, 1, 1);
    await askConsent(dialog, undefined, consent('x'.repeat(4000)));
    expect(shown).toHaveLength(2);
    const endless = consent('echo\n'.repeat(2000));
    await expect(askConsent(dialog, undefined, endless)).rejects.toMatchObject({ problem: { code: 'trust.too-long' } });
  });
});
