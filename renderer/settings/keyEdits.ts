import { isSingleCharacter, parseChord, pressOf } from '../../shared/commands/chord.ts';
import { type CommandDeclaration, commandList } from '../../shared/commands/commandList.ts';
import { type CustomKeys, keysOfCommand } from '../../shared/commands/keysOfCommand.ts';

/* Giving keys to commands: what may be a command's key, whose it is already, and the settings that come of a change. */

/** As many as the contract takes. */
export const MOST_KEYS = 4;

/** Presses that belong to the system or the browser, whatever a window does. */
const SYSTEM = ['Alt+F4', 'Alt+Tab', 'Alt+Shift+Tab', 'Alt+ ', 'Ctrl+Alt+Delete', 'Ctrl+Shift+Escape', 'Ctrl+Escape'];
const SYSTEM_MAC = [
  'Mod+q',
  'Mod+h',
  'Mod+Alt+h',
  'Mod+m',
  'Mod+Tab',
  'Mod+Shift+Tab',
  'Mod+`',
  'Mod+ ',
  'Mod+Alt+Escape',
];
/** Keys by which people move about in any window; alone or with Shift they stay theirs. */
const MOVING = new Set(
  ['Escape', 'Tab', 'Enter', ' ', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'].map((key) =>
    key.toLowerCase(),
  ),
);
const SCROLLING = new Set(['pageup', 'pagedown', 'contextmenu']);
const ERASING = new Set(['delete', 'backspace']);
const ARROWS = /^arrow/;
/** Letters with Ctrl or Cmd that edit text in every field. */
const OF_TEXT = new Set(['a', 'c', 'v', 'x', 'y', 'z']);

export type Refusal = 'system' | 'moving' | 'single' | 'text' | 'character';

/** Why a chord cannot be a key of this command; undefined when it can. */
export function refusalOf(
  chord: string,
  command: Pick<CommandDeclaration, 'keys' | 'macKeys' | 'onCanvas' | 'inFields'>,
  mac: boolean,
): Refusal | undefined {
  const press = pressOf(chord, mac);
  const isOwn = [...(command.keys ?? []), ...(command.macKeys ?? [])].some((own) => pressOf(own, mac) === press);
  if (isOwn) return undefined;
  if ((mac ? SYSTEM_MAC : SYSTEM).some((taken) => pressOf(taken, mac) === press)) return 'system';
  const { key, mod, ctrl, alt, shift } = parseChord(chord);
  const isPlain = !mod && !ctrl && !alt;
  if (isPlain && (MOVING.has(key) || SCROLLING.has(key) || (key === 'f10' && shift))) return 'moving';
  if (isPlain && ERASING.has(key) && !command.onCanvas) return 'text';
  if (isSingleCharacter(chord) && !command.onCanvas) return 'single';
  // What AltGr types, as Windows tells it.
  if (!mac && alt && (mod || ctrl) && key.length === 1 && !/[a-z0-9 ]/.test(key)) return 'character';
  if (command.inFields && isOfText(chord)) return 'text';
  return undefined;
}

/** Does a text field need this press for its own editing? */
function isOfText(chord: string): boolean {
  const { key, mod, ctrl, alt } = parseChord(chord);
  if (mod && !alt && OF_TEXT.has(key)) return true;
  return (mod || ctrl || alt) && (ARROWS.test(key) || ERASING.has(key) || key === 'home' || key === 'end');
}

/** The other commands that answer to the same press. */
export function usersOf(chord: string, custom: CustomKeys, except: string, mac: boolean): CommandDeclaration[] {
  const press = pressOf(chord, mac);
  return commandList.filter(
    (command) =>
      command.id !== except && keysOfCommand(command, custom, mac).some((other) => pressOf(other, mac) === press),
  );
}

/** Every press that two commands answer to: its chord and the commands, by the chord of the first. */
export function conflictsOf(custom: CustomKeys, mac: boolean): ReadonlyMap<string, readonly CommandDeclaration[]> {
  const users = new Map<string, CommandDeclaration[]>();
  for (const command of commandList)
    for (const press of new Set(keysOfCommand(command, custom, mac).map((chord) => pressOf(chord, mac))))
      users.set(press, [...(users.get(press) ?? []), command]);
  return new Map([...users].filter(([, commands]) => commands.length > 1));
}

/** The settings with these keys for a command; its own keys are no setting. */
function withKeys(custom: CustomKeys, command: CommandDeclaration, keys: readonly string[], mac: boolean): CustomKeys {
  const own = keysOfCommand(command, {}, mac);
  const { [command.id]: _, ...others } = custom;
  const isOwn = own.length === keys.length && own.every((chord, index) => chord === keys[index]);
  return isOwn ? others : { ...others, [command.id]: keys };
}

/** The chord becomes the first key of the command, and nobody else's. */
export function giveKey(custom: CustomKeys, command: CommandDeclaration, chord: string, mac: boolean): CustomKeys {
  let given = custom;
  for (const other of usersOf(chord, custom, command.id, mac)) given = takeKey(given, other, chord, mac);
  const kept = keysOfCommand(command, given, mac).filter((one) => pressOf(one, mac) !== pressOf(chord, mac));
  return withKeys(given, command, [chord, ...kept].slice(0, MOST_KEYS), mac);
}

export function takeKey(custom: CustomKeys, command: CommandDeclaration, chord: string, mac: boolean): CustomKeys {
  const kept = keysOfCommand(command, custom, mac).filter((one) => pressOf(one, mac) !== pressOf(chord, mac));
  return withKeys(custom, command, kept, mac);
}

/** The command has its own keys again, and who had taken one of them gives it back. */
export function resetKeys(custom: CustomKeys, command: CommandDeclaration, mac: boolean): CustomKeys {
  const { [command.id]: _, ...others } = custom;
  let reset: CustomKeys = others;
  for (const chord of keysOfCommand(command, {}, mac))
    for (const other of usersOf(chord, reset, command.id, mac)) reset = takeKey(reset, other, chord, mac);
  return reset;
}
