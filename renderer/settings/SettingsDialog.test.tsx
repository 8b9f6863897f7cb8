import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { settingsSchema } from '../../shared/ipc/contract.ts';
import { replaceTransport } from '../bridge.ts';
import { findCommand, keysFor } from '../commands/registry.ts';
import { type SettingsPage, useUi } from '../state/uiStore.ts';
import { type FakeBridge, fakeBridge } from '../testing/fakeBridge.ts';
import { SettingsDialog } from './SettingsDialog.tsx';

let bridge: FakeBridge;
const show = (page?: SettingsPage) => render(<SettingsDialog page={page} />);
const saved = () => bridge.calls.filter(({ name }) => name === 'updateSettings').map(({ input }) => input);
const press = async (name: string | RegExp) => fireEvent.click(await screen.findByRole('button', { name }));
const save = async () => {
  await press('Save');
  await waitFor(() => expect(saved()).toHaveLength(1));
};

beforeEach(() => {
  bridge = fakeBridge();
  replaceTransport(bridge);
  useUi.setState({ settings: settingsSchema.parse({}), dialog: { name: 'settings' }, host: 'electron', cores: 4 });
});
afterEach(() => {
  cleanup();
  useUi.setState({ settings: null, dialog: null });
  document.documentElement.removeAttribute('style');
});

describe('the settings', () => {
  it('take effect when they are saved, not before', async () => {
    show();
    await press('150 %');
    await press('More');
    await press('Reduced');
    expect(document.documentElement.style.fontSize).not.toBe('150%');
    await save();
    expect(saved()).toMatchObject([{ textSize: 150, contrast: 'more', motion: 'reduce' }]);
    expect(document.documentElement.style.fontSize).toBe('150%');
    expect(document.documentElement.dataset).toMatchObject({ contrast: 'more', motion: 'reduce' });
    expect(useUi.getState().dialog).toBeNull();
  });

  it('never change what other windows set meanwhile and the form does not show', async () => {
    show();
    await save();
    expect(saved()[0]).not.toHaveProperty('dismissedHints');
  });

  it('open at the page that was asked for, and go through the pages with the arrow keys', async () => {
    show('engine');
    expect(screen.getByLabelText('CodePipeline endpoint')).toBeTruthy();
    fireEvent.keyDown(screen.getByRole('tab', { name: 'Engine and AWS' }), { key: 'ArrowRight' });
    expect(screen.getByRole('tab', { name: 'Appearance' }).getAttribute('aria-selected')).toBe('true');
    expect(document.activeElement?.textContent).toBe('Appearance');
  });

  it('say what is wrong and are not saved so', async () => {
    show('engine');
    fireEvent.change(screen.getByLabelText('AWS region'), { target: { value: 'Ireland' } });
    expect(await screen.findByText('A region looks like eu-west-1.')).toBeTruthy();
    expect((screen.getByRole('button', { name: 'Save' }) as HTMLButtonElement).disabled).toBe(true);
  });

  it('offer to open the window anew for another language, with everything saved before', async () => {
    const reload = vi.spyOn(location, 'reload').mockImplementation(() => {});
    show();
    expect(screen.queryByRole('button', { name: 'Save and open anew' })).toBeNull();
    await press('Deutsch');
    await press('Save and open anew');
    await waitFor(() => expect(reload).toHaveBeenCalled());
    expect(saved()).toMatchObject([{ language: 'de' }]);
    vi.restoreAllMocks();
  });
});

describe('the keys', () => {
  // By attributes, not by roles: a hundred rows would be searched for each.
  const row = (id: string) => document.querySelector<HTMLElement>(`[data-command="${id}"]`)!;
  const labelled = (label: string) => document.querySelector<HTMLElement>(`[aria-label="${label}"]`)!;
  const keysIn = (id: string) => [...row(id).querySelectorAll('kbd')].map(({ textContent }) => textContent);
  const told = (id: string) => row(id).querySelector('[role="alert"], [role="status"]')?.textContent;
  const record = (id: string, key: string, modifiers: KeyboardEventInit = {}) => {
    fireEvent.click(row(id).querySelector('[data-add]')!);
    fireEvent.keyDown(document.activeElement!, { key, ...modifiers });
  };
  const saveKeys = async () => {
    fireEvent.submit(document.querySelector('form')!);
    await waitFor(() => expect(saved()).toHaveLength(1));
  };

  it('are recorded, saved and in force', async () => {
    show('keys');
    record('view.history', 'h', { ctrlKey: true, shiftKey: true });
    expect(keysIn('view.history')).toEqual(['Ctrl+Shift+H']);
    await saveKeys();
    expect(saved()).toMatchObject([{ keys: { 'view.history': ['Mod+Shift+h'] } }]);
    expect(keysFor(findCommand('view.history')!)).toEqual(['Mod+Shift+h']);
  });

  it('of another command are taken over only after asking', () => {
    show('keys');
    record('view.history', 's', { ctrlKey: true });
    expect(told('view.history')).toBe('Ctrl+S belongs to Save.');
    expect(keysIn('view.history')).toEqual([]);
    fireEvent.click(within(row('view.history')).getByText('Take it over'));
    expect(keysIn('view.history')).toEqual(['Ctrl+S']);
    expect(keysIn('file.save')).toEqual([]);
  });

  it('are refused with the reason', () => {
    show('keys');
    record('view.history', 'b');
    expect(told('view.history')).toMatch(/single character/);
    fireEvent.keyDown(document.activeElement!, { key: 'Home' });
    expect(told('view.history')).toMatch(/move about/);
    fireEvent.keyDown(document.activeElement!, { key: 'F4', altKey: true });
    expect(told('view.history')).toMatch(/system keeps/);
    expect(keysIn('view.history')).toEqual([]);
    fireEvent.keyDown(document.activeElement!, { key: 'Escape' });
    expect(told('view.history')).toBeUndefined();
    expect(useUi.getState().dialog).not.toBeNull();
  });

  it('are taken away and reset, one command or all', () => {
    show('keys');
    fireEvent.click(labelled('Remove F6 from Go to the next part of the window'));
    expect(keysIn('view.nextPane')).toEqual([]);
    record('view.history', 'F7');
    fireEvent.click(labelled('Reset the keys of Go to the next part of the window'));
    expect(keysIn('view.nextPane')).toEqual(['F6']);
    expect(keysIn('view.history')).toEqual(['F7']);
    fireEvent.click(screen.getByText('Reset all keys'));
    expect(keysIn('view.history')).toEqual([]);
  });

  it('are found by the name of a command and by the keys themselves', () => {
    show('keys');
    const find = (value: string) => fireEvent.change(labelled('Search commands and keys'), { target: { value } });
    find('shift+f9');
    expect([...document.querySelectorAll('[data-command]')].map((one) => one.getAttribute('data-command'))).toEqual([
      'run.breakAfter',
    ]);
    find('nothing like it');
    expect(screen.getByText('No command matches.')).toBeTruthy();
  });

  it('that settings give to two commands are shown with both', () => {
    useUi.setState({ settings: settingsSchema.parse({ keys: { 'view.history': ['Mod+o'] } }) });
    show('keys');
    expect(told('view.history')).toMatch(/keys of Open…/);
    expect(told('file.open')).toMatch(/keys of Show executions/);
  });

  it('of single characters can be switched off as a whole', async () => {
    show('keys');
    fireEvent.click(screen.getByLabelText('Single characters are keys of commands'));
    await saveKeys();
    expect(saved()).toMatchObject([{ singleKeys: false }]);
    expect(keysFor(findCommand('pipeline.addAction')!)).toEqual([]);
  });
});
