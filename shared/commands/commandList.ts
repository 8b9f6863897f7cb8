/**
 * Every command of the window, once: what it is called by (its id), where it is listed, and its keys. The window's registry, its
 * palette and shortcut sheet, the desktop menus and the settings of keys all read this list; renderer/commands says what a
 * command does, englishTitles.ts and germanTitles.ts what it is called.
 */
export const commandGroups = ['File', 'Edit', 'Pipeline', 'Run', 'View', 'Help'] as const;
export type CommandGroup = (typeof commandGroups)[number];

export interface CommandDeclaration {
  id: string;
  group: CommandGroup;
  /** In the notation of chord.ts; the first is shown. */
  keys?: readonly string[];
  /** Where macOS differs. */
  macKeys?: readonly string[];
  /** Only while the canvas has the focus, so that typing stays typing (WCAG 2.1.4). */
  onCanvas?: boolean;
  /** Also while a text field has the focus, where the field's own keys would otherwise win. */
  inFields?: boolean;
  /** A line above it in a menu. */
  begins?: boolean;
  /** It stands in this menu inside its group's menu. */
  submenu?: 'tabs';
}

const tab = (number: number) =>
  ({ id: `file.tab${number}`, group: 'File', keys: [`Mod+${number}`], inFields: true, submenu: 'tabs' }) as const;

const list = [
  { id: 'file.new', group: 'File', keys: ['Mod+n'], inFields: true },
  { id: 'file.start', group: 'File' },
  { id: 'file.wizard', group: 'File' },
  { id: 'file.open', group: 'File', keys: ['Mod+o'], inFields: true },
  { id: 'file.save', group: 'File', keys: ['Mod+s'], inFields: true, begins: true },
  { id: 'file.saveAs', group: 'File', keys: ['Mod+Shift+s'], inFields: true },
  { id: 'file.export', group: 'File' },
  { id: 'file.exportPicture', group: 'File' },
  { id: 'file.compare', group: 'File' },
  { id: 'file.reopen', group: 'File', keys: ['Mod+Shift+t'], inFields: true, begins: true },
  { id: 'file.close', group: 'File', keys: ['Mod+w'], inFields: true },
  { id: 'file.nextTab', group: 'File', keys: ['Ctrl+Tab'], inFields: true, submenu: 'tabs' },
  { id: 'file.previousTab', group: 'File', keys: ['Ctrl+Shift+Tab'], inFields: true, submenu: 'tabs' },
  { ...tab(1), id: 'file.tab1' },
  { ...tab(2), id: 'file.tab2' },
  { ...tab(3), id: 'file.tab3' },
  { ...tab(4), id: 'file.tab4' },
  { ...tab(5), id: 'file.tab5' },
  { ...tab(6), id: 'file.tab6' },
  { ...tab(7), id: 'file.tab7' },
  { ...tab(8), id: 'file.tab8' },
  { ...tab(9), id: 'file.lastTab' },

  { id: 'edit.undo', group: 'Edit', keys: ['Mod+z'] },
  { id: 'edit.redo', group: 'Edit', keys: ['Mod+y', 'Mod+Shift+z'], macKeys: ['Mod+Shift+z', 'Mod+y'] },
  { id: 'edit.fix', group: 'Edit', keys: ['Mod+.'], inFields: true, begins: true },

  { id: 'pipeline.addAction', group: 'Pipeline', keys: ['a'], onCanvas: true },
  { id: 'pipeline.addStage', group: 'Pipeline' },
  {
    id: 'pipeline.delete',
    group: 'Pipeline',
    keys: ['Delete', 'Backspace'],
    macKeys: ['Backspace', 'Delete'],
    onCanvas: true,
    begins: true,
  },
  {
    id: 'pipeline.deleteHealed',
    group: 'Pipeline',
    keys: ['Mod+Delete'],
    macKeys: ['Mod+Backspace'],
    onCanvas: true,
  },
  { id: 'pipeline.rename', group: 'Pipeline', keys: ['F2'], onCanvas: true },
  { id: 'pipeline.moveLeft', group: 'Pipeline', keys: ['Alt+ArrowLeft'], onCanvas: true },
  { id: 'pipeline.moveRight', group: 'Pipeline', keys: ['Alt+ArrowRight'], onCanvas: true },
  { id: 'pipeline.moveUp', group: 'Pipeline', keys: ['Alt+ArrowUp'], onCanvas: true },
  { id: 'pipeline.moveDown', group: 'Pipeline', keys: ['Alt+ArrowDown'], onCanvas: true },
  { id: 'pipeline.group', group: 'Pipeline', keys: ['Mod+g'], macKeys: ['Mod+Alt+g'], onCanvas: true },
  {
    id: 'pipeline.ungroup',
    group: 'Pipeline',
    keys: ['Mod+Shift+g'],
    macKeys: ['Mod+Alt+Shift+g'],
    onCanvas: true,
  },
  { id: 'pipeline.cut', group: 'Pipeline', keys: ['Mod+x'], onCanvas: true },
  { id: 'pipeline.copy', group: 'Pipeline', keys: ['Mod+c'], onCanvas: true },
  { id: 'pipeline.paste', group: 'Pipeline', keys: ['Mod+v'], onCanvas: true },
  { id: 'pipeline.pasteLinked', group: 'Pipeline', keys: ['Mod+Shift+v'], onCanvas: true },
  { id: 'pipeline.duplicate', group: 'Pipeline', keys: ['Mod+d'], onCanvas: true },
  { id: 'pipeline.selectAll', group: 'Pipeline', keys: ['Mod+a'], onCanvas: true },
  { id: 'pipeline.select', group: 'Pipeline', begins: true },
  { id: 'pipeline.first', group: 'Pipeline' },
  { id: 'pipeline.note', group: 'Pipeline', keys: ['Mod+m'], macKeys: ['Mod+Alt+m'], onCanvas: true },
  { id: 'pipeline.versions', group: 'Pipeline' },

  { id: 'run.start', group: 'Run', keys: ['F5', 'Mod+Enter'], inFields: true },
  { id: 'run.withOptions', group: 'Run' },
  { id: 'run.another', group: 'Run', keys: ['Mod+F5'], inFields: true },
  { id: 'run.stop', group: 'Run', keys: ['Shift+F5'], inFields: true },
  { id: 'run.fromHere', group: 'Run', keys: ['Mod+Shift+Enter'], begins: true },
  { id: 'run.onlyThis', group: 'Run' },
  { id: 'run.fork', group: 'Run' },
  { id: 'run.rollBack', group: 'Run' },
  { id: 'run.breakBefore', group: 'Run', keys: ['F9'], begins: true },
  { id: 'run.breakAfter', group: 'Run', keys: ['Shift+F9'] },
  { id: 'run.continue', group: 'Run', keys: ['F8'] },
  { id: 'run.skip', group: 'Run' },
  { id: 'run.disableTransition', group: 'Run', begins: true },
  { id: 'run.enableTransition', group: 'Run' },
  { id: 'run.simulateEvent', group: 'Run', begins: true },
  { id: 'run.armTriggers', group: 'Run' },
  { id: 'run.disarmTriggers', group: 'Run' },
  { id: 'run.push', group: 'Run', begins: true },

  { id: 'view.commands', group: 'View', keys: ['Mod+k', 'Mod+Shift+p'], inFields: true },
  { id: 'view.find', group: 'View', keys: ['Mod+f'] },
  { id: 'view.findNext', group: 'View', keys: ['F3'], macKeys: ['Mod+g', 'F3'] },
  { id: 'view.findPrevious', group: 'View', keys: ['Shift+F3'], macKeys: ['Mod+Shift+g', 'Shift+F3'] },
  { id: 'view.fold', group: 'View', keys: ['Alt+c'], onCanvas: true, begins: true },
  { id: 'view.foldAll', group: 'View' },
  { id: 'view.code', group: 'View', keys: ['Mod+e'], inFields: true, begins: true },
  { id: 'view.split', group: 'View', keys: ['Mod+\\'], inFields: true },
  { id: 'view.palette', group: 'View', keys: ['Mod+b'], inFields: true },
  { id: 'view.inspector', group: 'View', keys: ['Mod+Alt+b'], inFields: true },
  { id: 'view.logs', group: 'View', keys: ['Ctrl+`'], inFields: true },
  { id: 'view.minimap', group: 'View', keys: ['Mod+Shift+m'] },
  { id: 'view.nextPane', group: 'View', keys: ['F6'], macKeys: ['F6', 'Ctrl+F6'], inFields: true, begins: true },
  {
    id: 'view.previousPane',
    group: 'View',
    keys: ['Shift+F6'],
    macKeys: ['Shift+F6', 'Ctrl+Shift+F6'],
    inFields: true,
  },
  { id: 'view.actions', group: 'View', begins: true },
  { id: 'view.outline', group: 'View' },
  { id: 'view.files', group: 'View' },
  { id: 'view.aws', group: 'View' },
  { id: 'view.problems', group: 'View' },
  { id: 'view.changes', group: 'View' },
  { id: 'view.history', group: 'View' },
  { id: 'view.start', group: 'View' },
  { id: 'view.zoomIn', group: 'View', keys: ['Mod+=', 'Mod++'], begins: true },
  { id: 'view.zoomOut', group: 'View', keys: ['Mod+-'] },
  { id: 'view.zoomReset', group: 'View', keys: ['Mod+0'] },
  { id: 'view.fit', group: 'View', keys: ['Shift+1'] },
  { id: 'view.fitSelection', group: 'View', keys: ['Shift+2'] },
  { id: 'view.settings', group: 'View', keys: ['Mod+,'], inFields: true, begins: true },

  { id: 'help.shortcuts', group: 'Help', keys: ['Mod+/', '?'] },
  { id: 'help.about', group: 'Help' },
] as const satisfies readonly CommandDeclaration[];

export type CommandId = (typeof list)[number]['id'];
export const commandList: readonly (CommandDeclaration & { id: CommandId })[] = list;
