import { describe, expect, it, test } from 'vitest';
import { commandList } from '../../shared/commands/commandList.ts';
import { keysOfCommand } from '../../shared/commands/keysOfCommand.ts';
import { settingsSchema } from '../../shared/ipc/contract.ts';
import { conflictsOf, giveKey, MOST_KEYS, refusalOf, resetKeys, takeKey, usersOf } from './keyEdits.ts';

const find = (id: string) => commandList.find((command) => command.id === id)!;
const save = find('file.save');
const keys = (id: string, custom: Parameters<typeof giveKey>[0], mac = false) => keysOfCommand(find(id), custom, mac);

describe('a chord', () => {
  test.each([
    ['Alt+F4', 'view.history', false, 'system'],
    ['Mod+q', 'view.history', true, 'system'],
    ['Mod+q', 'view.history', false, undefined],
    ['Escape', 'view.history', false, 'moving'],
    ['Shift+Tab', 'view.history', false, 'moving'],
    ['ArrowDown', 'pipeline.addAction', false, 'moving'],
    ['Shift+F10', 'view.history', false, 'moving'],
    ['Alt+ArrowUp', 'view.history', false, undefined],
    ['Alt+ArrowUp', 'file.save', false, 'text'],
    ['b', 'view.history', false, 'single'],
    ['Shift+3', 'view.history', false, 'single'],
    ['b', 'pipeline.addStage', false, 'single'],
    ['b', 'pipeline.rename', false, undefined],
    ['Delete', 'view.history', false, 'text'],
    ['Mod+v', 'file.save', false, 'text'],
    ['Mod+v', 'view.fit', false, undefined],
    ['Alt+Backspace', 'file.save', false, 'text'],
    ['Mod+Alt+@', 'file.save', false, 'character'],
    ['Mod+Alt+@', 'file.save', true, undefined],
    ['F12', 'file.save', false, undefined],
    ['Mod+Shift+Alt+s', 'file.save', false, undefined],
  ])('%s for %s (mac: %s) is refused as %s', (chord, id, mac, refusal) => {
    expect(refusalOf(chord, find(id), mac)).toBe(refusal);
  });

  it.each([true, false])('that a command has by itself may always be given back to it (mac: %s)', (mac) => {
    for (const command of commandList)
      for (const chord of keysOfCommand(command, {}, mac)) expect(refusalOf(chord, command, mac)).toBeUndefined();
  });
});

describe('giving keys', () => {
  it('puts them first and keeps the others', () => {
    const custom = giveKey({}, save, 'F12', false);
    expect(custom).toEqual({ 'file.save': ['F12', 'Mod+s'] });
    expect(giveKey(custom, save, 'Mod+s', false)).toEqual({ 'file.save': ['Mod+s', 'F12'] });
  });

  it('takes them from whoever had them, also under another name for the same press', () => {
    expect(usersOf('Ctrl+n', {}, 'file.save', false).map(({ id }) => id)).toEqual(['file.new']);
    const custom = giveKey({}, save, 'Ctrl+n', false);
    expect(keys('file.new', custom)).toEqual([]);
    expect(conflictsOf(custom, false).size).toBe(0);
    expect(usersOf('Ctrl+n', {}, 'file.save', true)).toEqual([]);
  });

  it('ends at as many as settings hold, and settings take whatever comes of it', () => {
    let custom = {};
    for (const chord of ['F12', 'F11', 'Mod+Alt+s', 'Mod+Shift+F12', 'Ctrl+j'])
      custom = giveKey(custom, save, chord, true);
    expect(keys('file.save', custom, true)).toHaveLength(MOST_KEYS);
    expect(settingsSchema.parse({ keys: custom }).keys).toEqual(custom);
  });

  it('leaves no setting where a command has its own keys again', () => {
    expect(takeKey(giveKey({}, save, 'F12', false), save, 'F12', false)).toEqual({});
    expect(takeKey({}, save, 'Mod+s', false)).toEqual({ 'file.save': [] });
  });

  it('is taken back for one command, with what it had lost', () => {
    const custom = giveKey(giveKey({}, save, 'Mod+n', false), find('view.history'), 'F12', false);
    const reset = resetKeys(custom, find('file.new'), false);
    expect(keys('file.new', reset)).toEqual(['Mod+n']);
    expect(keys('file.save', reset)).toEqual(['Mod+s']);
    expect(keys('view.history', reset)).toEqual(['F12']);
  });
});

it('settings that were written by hand may give two commands the same keys; that is told', () => {
  const conflicts = conflictsOf({ 'view.history': ['Mod+s'] }, false);
  expect([...conflicts].map(([press, users]) => [press, users.map(({ id }) => id)])).toEqual([
    ['Ctrl+s', ['file.save', 'view.history']],
  ]);
});
