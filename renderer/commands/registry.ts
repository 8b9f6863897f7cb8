import { notify } from '../state/uiStore.ts';
import { canvasCommands } from './canvasCommands.ts';
import { canvasViewCommands } from './canvasViewCommands.ts';
import { debugCommands } from './debugCommands.ts';
import { editCommands } from './editCommands.ts';
import { fileCommands } from './fileCommands.ts';
import { chordText, isMac, matches } from './keys.ts';
import { runCommands } from './runCommands.ts';
import { viewCommands } from './viewCommands.ts';

/**
 * Every command of the window, once: menus, keys, tooltips, the command palette and the shortcut sheet read this list. A
 * command that makes no sense now says why instead of doing nothing.
 */
export interface Command {
  id: string;
  title: string;
  group: 'File' | 'Edit' | 'Pipeline' | 'Run' | 'View' | 'Help';
  /** In the notation of keys.ts; the first is shown. */
  keys?: readonly string[];
  /** Where macOS differs. */
  macKeys?: readonly string[];
  /** Only while the canvas has the focus, so that typing stays typing (WCAG 2.1.4). */
  onCanvas?: boolean;
  /** Also while a text field has the focus, where the field's own keys would otherwise win. */
  inFields?: boolean;
  /** True, or why not now. */
  when?: () => true | string;
  run: () => void;
}

export const commands: readonly Command[] = [
  ...fileCommands,
  ...editCommands,
  ...canvasCommands,
  ...canvasViewCommands,
  ...runCommands,
  ...debugCommands,
  ...viewCommands,
];

const byId = new Map(commands.map((command) => [command.id, command]));
export const findCommand = (id: string): Command | undefined => byId.get(id);

export const keysFor = (command: Command): readonly string[] =>
  (isMac() ? command.macKeys : undefined) ?? command.keys ?? [];
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

/** Runs a command by its id (menus of the desktop host send these). Answers whether it ran. */
export function runCommand(id: string): boolean {
  const command = byId.get(id);
  if (!command || reasonAgainst(command) !== undefined) return false;
  command.run();
  return true;
}

/** For a button that always stands there: where its command cannot run now, the user is told why. */
export function runOrSayWhy(id: string): void {
  const command = byId.get(id);
  const reason = command && reasonAgainst(command);
  if (reason) notify({ kind: 'info', topic: 'command', text: reason });
  else runCommand(id);
}

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    /^(textarea|select)$/i.test(target.tagName) ||
    (target instanceof HTMLInputElement && !/^(button|checkbox|radio|range)$/.test(target.type)));
const isOnCanvas = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.hasAttribute('data-canvas');

/** Finds and runs the command of a key press. Answers whether the press was used. */
export function handleKey(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing) return false;
  const command = commandOf(event);
  if (!command) return false;
  event.preventDefault();
  if (reasonAgainst(command) === undefined) command.run();
  return true;
}

/** The command that a key press means where the keyboard is. */
export function commandOf(event: KeyboardEvent): Command | undefined {
  // Of what stands in a shadow root (the text editor) the event's own target tells only the root.
  const inField = isField(event.composedPath?.()[0] ?? event.target);
  // A dialog is a room of its own: only Escape and what its controls do.
  if (event.target instanceof Element && event.target.closest('dialog, [role="dialog"], [role="menu"]'))
    return undefined;
  return commands.find(
    (command) =>
      !(command.onCanvas && !isOnCanvas(event.target)) &&
      !(inField && !command.inFields) &&
      keysFor(command).some((chord) => matches(event, chord)),
  );
}
