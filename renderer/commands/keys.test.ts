import { afterEach, describe, expect, it, test, vi } from 'vitest';
import { isSingleCharacter } from '../../shared/commands/chord.ts';
import { settingsSchema } from '../../shared/ipc/contract.ts';
import { useUi } from '../state/uiStore.ts';
import { speak } from '../strings/strings.ts';
import { chordOf, chordText, matches } from './keys.ts';
import { commandOf, commands, findCommand, handleKey, keysFor, keysOf, runFromMenu, runOrSayWhy } from './registry.ts';

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
    { chord: 'Alt+c', event: press('ç', { altKey: true }, 'KeyC'), mac: true, does: true },
    { chord: 'Mod+s', event: press('ы', { ctrlKey: true }, 'KeyS'), mac: false, does: true },
    { chord: 'Mod+1', event: press('1', { ctrlKey: true }, 'Digit1'), mac: false, does: true },
  ])('$event.key (mac: $mac) is $chord: $does', ({ chord, event, mac, does }) => {
    expect(matches(event, chord, mac)).toBe(does);
  });
});

test.each([
  [press('S', { ctrlKey: true, shiftKey: true }, 'KeyS'), false, 'Mod+Shift+s'],
  [press('s', { metaKey: true, ctrlKey: true }, 'KeyS'), true, 'Mod+Ctrl+s'],
  [press('!', { shiftKey: true }, 'Digit1'), false, 'Shift+1'],
  [press('+', { ctrlKey: true, shiftKey: true }, 'Equal'), false, 'Mod++'],
  [press('ArrowLeft', { altKey: true }), false, 'Alt+ArrowLeft'],
  [press('F12'), false, 'F12'],
  [press(' ', { ctrlKey: true, shiftKey: true }, 'Space'), false, 'Mod+Shift+ '],
  [press('ç', { altKey: true }, 'KeyC'), true, 'Alt+c'],
  [press('Control', { ctrlKey: true }), false, undefined],
])('the press %j (mac: %s) is recorded as %s, and is that chord', (event, mac, chord) => {
  expect(chordOf(event, mac)).toBe(chord);
  if (chord) expect(matches(event, chord, mac)).toBe(true);
});

it('writes a chord as the platform does', () => {
  expect(chordText('Mod+Shift+s', false)).toBe('Ctrl+Shift+S');
  expect(chordText('Mod+Shift+s', true)).toBe('⇧⌘S');
  expect(chordText('Alt+ArrowLeft', false)).toBe('Alt+←');
  expect(chordText('Mod++', false)).toBe('Ctrl++');
});

it('writes a chord as keyboards of the language are labelled', async () => {
  await speak('de');
  expect(chordText('Mod+Shift+Delete', false)).toBe('Strg+Umschalt+Entf');
  expect(chordText('Mod+Shift+s', true)).toBe('⇧⌘S');
  await speak('en');
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

describe('the keys in force', () => {
  const settings = (patch: object) => useUi.setState({ settings: settingsSchema.parse(patch) });
  const pressed = (key: string, modifiers: KeyboardEventInit = {}) =>
    new KeyboardEvent('keydown', { key, ...modifiers });
  afterEach(() => useUi.setState({ settings: null, notices: [] }));

  it('are the ones that the user gave, everywhere where keys are shown or pressed', () => {
    settings({ keys: { 'view.history': ['Mod+Shift+h', 'F7'] } });
    expect(keysOf('view.history')).toBe('Ctrl+Shift+H');
    expect(commandOf(pressed('F7'))?.id).toBe('view.history');
  });

  it('are gone where the user took them away', () => {
    settings({ keys: { 'view.nextPane': [] } });
    expect(keysOf('view.nextPane')).toBeUndefined();
    expect(commandOf(pressed('F6'))).toBeUndefined();
  });

  it('mean the command that the user chose when another has them too', () => {
    settings({ keys: { 'view.history': ['F6'] } });
    expect(commandOf(pressed('F6'))?.id).toBe('view.history');
  });

  it('have no single characters where the user wants none (WCAG 2.1.4)', () => {
    settings({ singleKeys: false });
    const all = commands.flatMap((command) => keysFor(command));
    expect(all.filter(isSingleCharacter)).toEqual([]);
    expect(keysFor(findCommand('help.shortcuts')!)).toEqual(['Mod+/']);
    settings({});
    expect(commands.flatMap((command) => keysFor(command)).filter(isSingleCharacter)).not.toEqual([]);
  });

  it('of another platform are its own', () => {
    vi.spyOn(navigator, 'platform', 'get').mockReturnValue('MacIntel');
    expect(keysOf('view.findNext')).toBe('⌘G');
    vi.restoreAllMocks();
  });
});

describe('a command that cannot run', () => {
  it('says why where it was chosen from a menu', () => {
    runOrSayWhy('file.tab3');
    expect(useUi.getState().notices).toMatchObject([{ kind: 'info', text: 'Open a pipeline first.' }]);
    useUi.setState({ notices: [] });
  });
  it('is the text field’s own Undo where the menu is used from a field', () => {
    const field = document.body.appendChild(document.createElement('input'));
    field.focus();
    document.execCommand = vi.fn();
    runFromMenu('edit.undo');
    expect(document.execCommand).toHaveBeenCalledWith('undo');
    expect(useUi.getState().notices).toEqual([]);
    field.remove();
    runFromMenu('edit.undo');
    expect(useUi.getState().notices).toMatchObject([{ text: 'There is nothing to undo.' }]);
    useUi.setState({ notices: [] });
  });
  it('uses up its keys, so that the browser does nothing else with them', () => {
    const event = new KeyboardEvent('keydown', { key: 's', ctrlKey: true, cancelable: true });
    expect(handleKey(event)).toBe(true);
    expect(event.defaultPrevented).toBe(true);
  });
});
