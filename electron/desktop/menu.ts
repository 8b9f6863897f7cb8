import type { MenuItemConstructorOptions } from 'electron';
import { acceleratorOf, isSingleCharacter } from '../../shared/commands/chord.ts';
import { type CommandGroup, type CommandId, commandGroups, commandList } from '../../shared/commands/commandList.ts';
import { type CustomKeys, keysOfCommand } from '../../shared/commands/keysOfCommand.ts';
import { desktopTexts } from './texts.ts';

export interface MenuOptions {
  isMac: boolean;
  /** Developer tools only where the product is run from its sources. */
  isDevelopment: boolean;
  language: 'en' | 'de';
  /** Keys of the user, shown beside their commands. */
  keys: CustomKeys;
}

/**
 * The application menu: every command of shared/commands in the menu of its group, with the keys in force. A command is sent to
 * the window by its id; the window runs it or says why not. The keys themselves are the window's, so none is registered here.
 * The roles of the Edit menu must be there for the clipboard keys to work at all.
 */
export function menuTemplate(
  send: (command: CommandId) => void,
  { isMac, isDevelopment, language, keys }: MenuOptions,
): MenuItemConstructorOptions[] {
  const { titles, groups, tabs } = desktopTexts(language);
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const item = ({ id }: { id: CommandId }): MenuItemConstructorOptions => {
    const command = commandList.find((one) => one.id === id)!;
    // macOS registers whatever a menu shows: nothing there that is typed, or that means the text where there is a text.
    const chord = keysOfCommand(command, keys, isMac).find(
      (one) => !isMac || (!command.onCanvas && !isSingleCharacter(one)),
    );
    return {
      label: titles[id],
      ...(chord !== undefined && { accelerator: acceleratorOf(chord), registerAccelerator: false }),
      click: () => send(id),
    };
  };
  const itemsOf = (group: CommandGroup): MenuItemConstructorOptions[] => {
    const own = commandList.filter((command) => command.group === group);
    const inTabs = own.filter(({ submenu }) => submenu === 'tabs');
    return own.flatMap((command) => {
      if (command.submenu) return command === inTabs[0] ? [{ label: tabs, submenu: inTabs.map(item) }] : [];
      return command.begins ? [separator, item(command)] : [item(command)];
    });
  };
  const clipboard: MenuItemConstructorOptions[] = [
    separator,
    { role: 'cut' },
    { role: 'copy' },
    { role: 'paste' },
    { role: 'selectAll' },
  ];
  const menus = commandGroups.map((group): MenuItemConstructorOptions => {
    const items = itemsOf(group);
    if (group === 'File' && !isMac) items.push(separator, { role: 'quit' });
    if (group === 'Edit') items.push(...clipboard);
    if (group === 'Help' && isDevelopment) items.push({ role: 'toggleDevTools' });
    return { label: groups[group], ...(group === 'Help' && { role: 'help' }), submenu: items };
  });
  menus.splice(-1, 0, { role: 'windowMenu' });
  return isMac ? [{ role: 'appMenu' }, ...menus] : menus;
}
