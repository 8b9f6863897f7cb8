import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Settings, settingsSchema } from '../../shared/ipc/contract.ts';
import { useUi } from '../state/uiStore.ts';
import { applySettings, followSystemTheme } from './applyTheme.ts';
import { isStill } from './isStill.ts';

const page = document.documentElement;
/** What the system asks for; the window hears of changes. */
let asked: readonly string[] = [];
let listeners: (() => void)[] = [];
const system = (...queries: string[]) => {
  asked = queries;
  for (const hear of listeners) hear();
};
const settings = (patch: Partial<Settings>) => applySettings(settingsSchema.parse(patch));

beforeEach(() => {
  asked = [];
  listeners = [];
  vi.stubGlobal('matchMedia', (query: string) => ({
    matches: asked.some((one) => query.includes(one)),
    addEventListener: (_: string, hear: () => void) => listeners.push(hear),
  }));
});
afterEach(() => {
  vi.unstubAllGlobals();
  useUi.setState({ settings: null });
});

describe('how the window looks', () => {
  it('follows the system, also when it changes', () => {
    followSystemTheme();
    expect(page.dataset).toMatchObject({ theme: 'light', contrast: 'normal', motion: 'full' });
    system('prefers-color-scheme: dark', 'prefers-contrast: more', 'prefers-reduced-motion');
    expect(page.dataset).toMatchObject({ theme: 'dark', contrast: 'more', motion: 'reduce' });
    expect(isStill()).toBe(true);
    system('forced-colors');
    expect(page.dataset).toMatchObject({ theme: 'light', contrast: 'more', motion: 'full' });
  });

  it('is what the settings say, whatever the system asks for', () => {
    settings({ theme: 'dark', contrast: 'more', motion: 'reduce' });
    expect(page.dataset).toMatchObject({ theme: 'dark', contrast: 'more', motion: 'reduce' });
    expect(document.body.classList.contains('awsui-dark-mode')).toBe(true);
    expect(document.body.classList.contains('awsui-motion-disabled')).toBe(true);
    system('prefers-color-scheme: dark');
    settings({ theme: 'light' });
    expect(page.dataset).toMatchObject({ theme: 'light', contrast: 'normal', motion: 'full' });
  });

  it('has text of the size that was chosen', () => {
    settings({ textSize: 150 });
    expect(page.style.fontSize).toBe('150%');
    settings({});
    expect(page.style.fontSize).toBe('100%');
  });
});
