import { describe, expect, it, test } from 'vitest';
import { chordText, matches } from './keys.ts';
import { commands, keysFor } from './registry.ts';

const press = (
  key: string,
  modifiers: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {},
  code = '',
) => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...modifiers,
});

describe('a key press', () => {
  test.each([
    { chord: 'Mod+s', event: press('s', { ctrlKey: true }), mac: false, does: true },
    { chord: 'Mod+s', event: press('s', { metaKey: true }), mac: true, does: true },
    { chord: 'Mod+s', event: press('s', { ctrlKey: true }), mac: true, does: false },
    { chord: 'Mod+s', event: press('S', { ctrlKey: true, shiftKey: true }), mac: false, does: false },
    { chord: 'Mod+Shift+s', event: press('S', { ctrlKey: true, shiftKey: true }), mac: false, does: true },
    { chord: '?', event: press('?', { shiftKey: true }), mac: false, does: true },
    { chord: 'Mod+=', event: press('=', { ctrlKey: true }), mac: false, does: true },
    { chord: 'Mod++', event: press('+', { ctrlKey: true, shiftKey: true }), mac: false, does: true },
    { chord: 'Shift+1', event: press('!', { shiftKey: true }, 'Digit1'), mac: false, does: true },
    { chord: 'a', event: press('a', { ctrlKey: true }), mac: false, does: false },
  ])('$event.key (mac: $mac) is $chord: $does', ({ chord, event, mac, does }) => {
    expect(matches(event, chord, mac)).toBe(does);
  });
});

it('writes a chord as the platform does', () => {
  expect(chordText('Mod+Shift+s', false)).toBe('Ctrl+Shift+S');
  expect(chordText('Mod+Shift+s', true)).toBe('⇧⌘S');
  expect(chordText('Alt+ArrowLeft', false)).toBe('Alt+←');
  expect(chordText('Mod++', false)).toBe('Ctrl++');
});

describe('the registry', () => {
  it('has no command twice', () => {
    expect(new Set(commands.map(({ id }) => id)).size).toBe(commands.length);
  });
  it('gives no keys to two commands', () => {
    const all = commands.flatMap((command) => keysFor(command));
    expect(all.filter((chord, index) => all.indexOf(chord) !== index)).toEqual([]);
  });
  it('lets single letters act on the canvas only', () => {
    const letters = commands.filter((command) => keysFor(command).some((chord) => /^[a-z]$/.test(chord)));
    expect(letters.every(({ onCanvas }) => onCanvas)).toBe(true);
  });
});
