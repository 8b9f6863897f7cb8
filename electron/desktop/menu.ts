import type { MenuItemConstructorOptions } from 'electron';

/**
 * The application menu. Our own commands are sent to the window by their id in renderer/commands; the roles must be there
 * for the clipboard keys to work at all.
 */
export function menuTemplate(
  send: (command: string) => void,
  options: { isMac: boolean; isDevelopment: boolean },
): MenuItemConstructorOptions[] {
  const item = (label: string, command: string, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    ...(accelerator && { accelerator, registerAccelerator: false }),
    click: () => send(command),
  });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  return [
    ...(options.isMac ? [{ role: 'appMenu' } as MenuItemConstructorOptions] : []),
    {
      label: 'File',
      submenu: [
        item('New pipeline', 'file.new', 'CmdOrCtrl+N'),
        item('Open …', 'file.open', 'CmdOrCtrl+O'),
        separator,
        item('Save', 'file.save', 'CmdOrCtrl+S'),
        item('Save as …', 'file.saveAs', 'CmdOrCtrl+Shift+S'),
        item('Export …', 'file.export'),
        separator,
        item('Close tab', 'file.close', 'CmdOrCtrl+W'),
        ...(options.isMac ? [] : [separator, { role: 'quit' } as MenuItemConstructorOptions]),
      ],
    },
    {
      label: 'Edit',
      submenu: [
        item('Undo', 'edit.undo', 'CmdOrCtrl+Z'),
        item('Redo', 'edit.redo', 'CmdOrCtrl+Shift+Z'),
        separator,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        item('Delete', 'pipeline.delete', 'Delete'),
        { role: 'selectAll' },
      ],
    },
    {
      label: 'Run',
      submenu: [
        item('Run', 'run.start', 'F5'),
        item('Stop', 'run.stop', 'Shift+F5'),
        separator,
        item('Simulate an event …', 'run.simulateEvent'),
        item('Arm triggers', 'run.armTriggers'),
        item('Disarm triggers', 'run.disarmTriggers'),
        separator,
        item('Push to AWS …', 'run.push'),
      ],
    },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        item('Keyboard shortcuts', 'help.shortcuts', 'CmdOrCtrl+/'),
        item('About Penstock', 'help.about'),
        ...(options.isDevelopment ? [{ role: 'toggleDevTools' } as MenuItemConstructorOptions] : []),
      ],
    },
  ];
}
