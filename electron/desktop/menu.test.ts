import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { menuTemplate } from './menu.ts';

const commands = join(import.meta.dirname, '../../renderer/commands');
/** Ids of the window's commands, read from their sources: this side of the product must not load the window's. */
const known = new Set(
  readdirSync(commands)
    .filter((name) => name.endsWith('Commands.ts'))
    .flatMap((name) => [...readFileSync(join(commands, name), 'utf8').matchAll(/\bid: '([\w.]+)'/g)])
    .map(([, id]) => id),
);

function itemsOf(options: { isMac: boolean; isDevelopment: boolean }) {
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
  return { sent, roles: all.flatMap(({ role }) => role ?? []), labels: all.flatMap(({ label }) => label ?? []) };
}

describe('the application menu', () => {
  it('asks the window for nothing that it does not know', () => {
    const { sent } = itemsOf({ isMac: false, isDevelopment: false });
    expect(sent.length).toBeGreaterThan(8);
    expect(sent.filter((id) => !known.has(id))).toEqual([]);
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
