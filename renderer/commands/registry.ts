import { isSingleCharacter } from '../../shared/commands/chord.ts';
import { type CommandDeclaration, type CommandId, commandList } from '../../shared/commands/commandList.ts';
import { keysOfCommand } from '../../shared/commands/keysOfCommand.ts';
import { notify, useUi } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
import type { Act } from './act.ts';
import { canvasCommands } from './canvasCommands.ts';
import { canvasViewCommands } from './canvasViewCommands.ts';
import { debugCommands } from './debugCommands.ts';
import { editCommands } from './editCommands.ts';
import { fileCommands } from './fileCommands.ts';
import { chordText, isMac, matches } from './keys.ts';
import { runCommands } from './runCommands.ts';
import { viewCommands } from './viewCommands.ts';

/**
 * The commands of shared/commands with their titles and what they do: menus, keys, tooltips, the command palette and the
 * shortcut sheet read this list. A command that makes no sense now says why instead of doing nothing.
 */
export interface Command extends CommandDeclaration, Act {
  id: CommandId;
  title: string;
}

const acts: Readonly<Record<CommandId, Act>> = {
  ...fileCommands,
  ...editCommands,
  ...canvasCommands,
  ...canvasViewCommands,
  ...runCommands,
  ...debugCommands,
  ...viewCommands,
};

export const commands: readonly Command[] = commandList.map((declaration) => ({
  ...declaration,
  ...acts[declaration.id],
  title: strings.commands.titles[declaration.id],
}));

const byId = new Map<string, Command>(commands.map((command) => [command.id, command]));
export const findCommand = (id: string): Command | undefined => byId.get(id);

/** The keys of a command here and now: the user's, else its own; without single characters where the user wants none. */
export function keysFor(command: Command): readonly string[] {
  const { settings } = useUi.getState();
  const keys = keysOfCommand(command, settings?.keys ?? {}, isMac());
  return settings?.singleKeys === false ? keys.filter((chord) => !isSingleCharacter(chord)) : keys;
}
/** The main keys of a command as this platform writes them; undefined when it has none. */
export function keysOf(id: string): string | undefined {
  const command = byId.get(id);
  const chord = command && keysFor(command)[0];
  return chord === undefined ? undefined : chordText(chord);
}

/** Why a command cannot run now; undefined when it can. */
export function reasonAgainst(command: Command): string | undefined {
  const answer = command.when?.() ?? true;
  return answer === true ? undefined : answer;
}

/** Runs a command by its id. Answers whether it ran. */
export function runCommand(id: string): boolean {
  const command = byId.get(id);
  if (!command || reasonAgainst(command) !== undefined) return false;
  command.run();
  return true;
}

/** For a button or a menu that is always there: where its command cannot run now, the user is told why. */
export function runOrSayWhy(id: string): void {
  const command = byId.get(id);
  const reason = command && reasonAgainst(command);
  if (reason) notify({ kind: 'info', topic: 'command', text: reason });
  else runCommand(id);
}

/** From a menu of the desktop app. In a text field Undo and Redo mean its text, as their keys do. */
export function runFromMenu(id: string): void {
  const ofText = { 'edit.undo': 'undo', 'edit.redo': 'redo' }[id];
  if (ofText && isField(document.activeElement)) document.execCommand(ofText);
  else runOrSayWhy(id);
}

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    /^(textarea|select)$/i.test(target.tagName) ||
    (target instanceof HTMLInputElement && !/^(button|checkbox|radio|range)$/.test(target.type)));
/** On the canvas itself, or on a line of the outline, which edits the same. */
const isOnCanvas = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.hasAttribute('data-canvas') || target.hasAttribute('data-edits'));

/** Finds and runs the command of a key press. Answers whether the press was used. */
export function handleKey(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing) return false;
  const command = commandOf(event);
  if (!command) return false;
  event.preventDefault();
  if (reasonAgainst(command) === undefined) command.run();
  return true;
}

/** The command that a key press means where the keyboard is. Keys that the user chose go before those that were there. */
export function commandOf(event: KeyboardEvent): Command | undefined {
  // Of what stands in a shadow root (the text editor) the event's own target tells only the root.
  const inField = isField(event.composedPath?.()[0] ?? event.target);
  // A dialog is a room of its own: only Escape and what its controls do.
  if (event.target instanceof Element && event.target.closest('dialog, [role="dialog"], [role="menu"]'))
    return undefined;
  const custom = useUi.getState().settings?.keys ?? {};
  const meant = commands.filter(
    (command) =>
      !(command.onCanvas && !isOnCanvas(event.target)) &&
      !(inField && !command.inFields) &&
      keysFor(command).some((chord) => matches(event, chord)),
  );
  return meant.find(({ id }) => Object.hasOwn(custom, id)) ?? meant[0];
}
