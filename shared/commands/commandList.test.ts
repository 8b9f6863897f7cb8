import { describe, expect, it, test } from 'vitest';
import { acceleratorOf, CHORD, isSingleCharacter, parseChord, pressOf } from './chord.ts';
import { commandList } from './commandList.ts';
import { englishTitles } from './englishTitles.ts';
import { germanTitles } from './germanTitles.ts';
import { keysOfCommand } from './keysOfCommand.ts';

/** The table of keys that the window promises: what each command answers to on Windows and Linux, and on macOS. */
const PROMISED: readonly (readonly [id: string, others: readonly string[], mac: readonly string[]])[] = [
  ['file.new', ['Mod+n'], ['Mod+n']],
  ['file.open', ['Mod+o'], ['Mod+o']],
  ['file.save', ['Mod+s'], ['Mod+s']],
  ['file.saveAs', ['Mod+Shift+s'], ['Mod+Shift+s']],
  ['file.close', ['Mod+w'], ['Mod+w']],
  ['file.reopen', ['Mod+Shift+t'], ['Mod+Shift+t']],
  ['file.nextTab', ['Ctrl+Tab'], ['Ctrl+Tab']],
  ['file.previousTab', ['Ctrl+Shift+Tab'], ['Ctrl+Shift+Tab']],
  ['file.tab1', ['Mod+1'], ['Mod+1']],
  ['file.tab8', ['Mod+8'], ['Mod+8']],
  ['file.lastTab', ['Mod+9'], ['Mod+9']],
  ['edit.undo', ['Mod+z'], ['Mod+z']],
  ['edit.redo', ['Mod+y', 'Mod+Shift+z'], ['Mod+Shift+z']],
  ['pipeline.cut', ['Mod+x'], ['Mod+x']],
  ['pipeline.copy', ['Mod+c'], ['Mod+c']],
  ['pipeline.paste', ['Mod+v'], ['Mod+v']],
  ['pipeline.duplicate', ['Mod+d'], ['Mod+d']],
  ['pipeline.selectAll', ['Mod+a'], ['Mod+a']],
  ['pipeline.delete', ['Delete', 'Backspace'], ['Backspace', 'Delete']],
  ['pipeline.deleteHealed', ['Mod+Delete'], ['Mod+Backspace']],
  ['pipeline.pasteLinked', ['Mod+Shift+v'], ['Mod+Shift+v']],
  ['pipeline.group', ['Mod+g'], ['Mod+Alt+g']],
  ['pipeline.ungroup', ['Mod+Shift+g'], ['Mod+Alt+Shift+g']],
  ['pipeline.rename', ['F2'], ['F2']],
  ['pipeline.moveLeft', ['Alt+ArrowLeft'], ['Alt+ArrowLeft']],
  ['pipeline.moveDown', ['Alt+ArrowDown'], ['Alt+ArrowDown']],
  ['view.commands', ['Mod+k', 'Mod+Shift+p'], ['Mod+k', 'Mod+Shift+p']],
  ['view.find', ['Mod+f'], ['Mod+f']],
  ['view.findNext', ['F3'], ['Mod+g']],
  ['pipeline.addAction', ['a'], ['a']],
  ['view.zoomIn', ['Mod+='], ['Mod+=']],
  ['view.zoomOut', ['Mod+-'], ['Mod+-']],
  ['view.zoomReset', ['Mod+0'], ['Mod+0']],
  ['view.fit', ['Shift+1'], ['Shift+1']],
  ['view.fitSelection', ['Shift+2'], ['Shift+2']],
  ['view.fold', ['Alt+c'], ['Alt+c']],
  ['view.nextPane', ['F6'], ['F6', 'Ctrl+F6']],
  ['view.previousPane', ['Shift+F6'], ['Shift+F6']],
  ['run.start', ['F5', 'Mod+Enter'], ['Mod+Enter']],
  ['run.fromHere', ['Mod+Shift+Enter'], ['Mod+Shift+Enter']],
  ['run.stop', ['Shift+F5'], ['Shift+F5']],
  ['run.breakBefore', ['F9'], ['F9']],
  ['run.continue', ['F8'], ['F8']],
  ['view.code', ['Mod+e'], ['Mod+e']],
  ['view.logs', ['Ctrl+`'], ['Ctrl+`']],
  ['view.palette', ['Mod+b'], ['Mod+b']],
  ['view.inspector', ['Mod+Alt+b'], ['Mod+Alt+b']],
  ['view.settings', ['Mod+,'], ['Mod+,']],
  ['help.shortcuts', ['Mod+/', '?'], ['Mod+/']],
];

describe('the commands', () => {
  test.each(PROMISED)('%s answers to its keys on every platform', (id, others, mac) => {
    const command = commandList.find((one) => one.id === id)!;
    expect(keysOfCommand(command, {}, false)).toEqual(expect.arrayContaining([...others]));
    expect(keysOfCommand(command, {}, true)).toEqual(expect.arrayContaining([...mac]));
  });

  test.each([false, true])('share no keys (mac: %s)', (mac) => {
    const presses = commandList.flatMap((command) =>
      keysOfCommand(command, {}, mac).map((chord) => pressOf(chord, mac)),
    );
    expect(presses.filter((press, index) => presses.indexOf(press) !== index)).toEqual([]);
  });

  it('have keys that settings could hold', () => {
    const chords = commandList.flatMap(({ keys = [], macKeys = [] }) => [...keys, ...macKeys]);
    expect(chords.filter((chord) => !CHORD.test(chord))).toEqual([]);
  });

  it('are told apart by their titles in both languages', () => {
    for (const titles of [englishTitles, germanTitles]) {
      expect(Object.keys(titles).sort()).toEqual(commandList.map(({ id }) => id).sort());
      expect(new Set(Object.values(titles)).size).toBe(commandList.length);
    }
  });
});

describe('keys of the user', () => {
  const save = { id: 'file.save', keys: ['Mod+s'], macKeys: ['Mod+s'] };
  it('take the place of a command’s own, also when there are none left', () => {
    expect(keysOfCommand(save, { 'file.save': ['F12'] }, false)).toEqual(['F12']);
    expect(keysOfCommand(save, { 'file.save': [] }, true)).toEqual([]);
    expect(keysOfCommand(save, { 'file.open': ['F12'] }, false)).toEqual(['Mod+s']);
    expect(keysOfCommand({ id: 'toString' }, {}, false)).toEqual([]);
  });
});

describe('a chord', () => {
  it('is the same press as another where Mod is Ctrl', () => {
    expect(pressOf('Mod+g', false)).toBe(pressOf('Ctrl+G', false));
    expect(pressOf('Mod+g', true)).not.toBe(pressOf('Ctrl+g', true));
    expect(pressOf('Mod++', false)).toBe('Ctrl++');
  });
  test.each([
    ['a', true],
    ['?', true],
    ['Shift+1', true],
    ['Mod+a', false],
    ['Alt+c', false],
    ['F5', false],
    [' ', false],
  ])('%s is a single character: %s', (chord, is) => {
    expect(isSingleCharacter(chord)).toBe(is);
  });
  test.each([
    ['Mod+Shift+s', 'CmdOrCtrl+Shift+S'],
    ['Ctrl+Tab', 'Ctrl+Tab'],
    ['Mod++', 'CmdOrCtrl+Plus'],
    ['Mod+=', 'CmdOrCtrl+='],
    ['Alt+ArrowLeft', 'Alt+Left'],
    ['Mod+Enter', 'CmdOrCtrl+Return'],
    ['F5', 'F5'],
  ])('%s is %s in a menu', (chord, accelerator) => {
    expect(acceleratorOf(chord)).toBe(accelerator);
  });
  it('may have plus as its key', () => {
    expect(parseChord('Mod++')).toEqual({ key: '+', mod: true, ctrl: false, alt: false, shift: false });
  });
});
