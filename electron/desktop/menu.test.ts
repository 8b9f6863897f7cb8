import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { commandList } from '../../shared/commands/commandList.ts';
import { englishTitles } from '../../shared/commands/englishTitles.ts';
import { germanTitles } from '../../shared/commands/germanTitles.ts';
import { type MenuOptions, menuTemplate } from './menu.ts';

const known = commandList.map(({ id }) => id);

function itemsOf(given: Partial<MenuOptions>) {
  const options: MenuOptions = { isMac: false, isDevelopment: false, language: 'en', keys: {}, ...given };
  const sent: string[] = [];
  const all: MenuItemConstructorOptions[] = [];
  const walk = (items: MenuItemConstructorOptions[]) => {
    for (const item of items) {
      all.push(item);
      if (Array.isArray(item.submenu)) walk(item.submenu);
    }
  };
  walk(menuTemplate((command) => sent.push(command), options));
  for (const { click } of all) click?.(undefined as never, undefined, undefined as never);
  return { sent, roles: all.flatMap(({ role }) => role ?? []), labels: all.flatMap(({ label }) => label ?? []), all };
}

describe('the application menu', () => {
  it.each([true, false])('offers every command of the window once, under its title (macOS: %s)', (isMac) => {
    const { sent, labels } = itemsOf({ isMac });
    expect(sent.toSorted()).toEqual(known.toSorted());
    expect(labels).toEqual(expect.arrayContaining(Object.values(englishTitles)));
  });

  it('speaks the language of the windows', () => {
    expect(itemsOf({ language: 'de' }).labels).toEqual(
      expect.arrayContaining(['Datei', ...Object.values(germanTitles)]),
    );
  });

  it('shows the keys in force and leaves their presses to the window', () => {
    const keysOf = (title: string, given: Partial<MenuOptions> = {}) => {
      const found = itemsOf(given).all.find(({ label }) => label === title);
      expect(found?.registerAccelerator).toBe(found?.accelerator === undefined ? undefined : false);
      return found?.accelerator;
    };
    expect(keysOf('Save as…')).toBe('CmdOrCtrl+Shift+S');
    expect(keysOf('Redo', { isMac: true })).toBe('CmdOrCtrl+Shift+Z');
    expect(keysOf('Save', { keys: { 'file.save': ['F12'] } })).toBe('F12');
    expect(keysOf('Save', { keys: { 'file.save': [] } })).toBeUndefined();
    expect(keysOf('Delete')).toBe('Delete');
    // macOS would register them, and take them from the fields of the window.
    for (const title of ['Delete', 'Add action…', 'Copy', 'Show the whole pipeline'])
      expect(keysOf(title, { isMac: true })).toBeUndefined();
  });

  it('has the roles that the clipboard keys need, and a way to quit', () => {
    expect(itemsOf({ isMac: false, isDevelopment: false }).roles).toEqual(
      expect.arrayContaining(['cut', 'copy', 'paste', 'selectAll', 'quit']),
    );
    expect(itemsOf({ isMac: true, isDevelopment: false }).roles).toEqual(expect.arrayContaining(['appMenu', 'paste']));
  });

  it('offers developer tools only where the product runs from its sources', () => {
    expect(itemsOf({ isMac: false, isDevelopment: true }).roles).toContain('toggleDevTools');
    expect(itemsOf({ isMac: false, isDevelopment: false }).roles).not.toContain('toggleDevTools');
    expect(itemsOf({ isMac: false, isDevelopment: false }).roles).not.toContain('reload');
  });
});
