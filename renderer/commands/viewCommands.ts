import { showAll, showSelection, zoomBy, zoomToLife } from '../canvas/viewport.ts';
import { openDialog, setEditorMode, showBottom, showView, toggleLeft, useUi } from '../state/uiStore.ts';
import { goToPane } from './panes.ts';
import type { Command } from './registry.ts';

const toggle = (panel: 'isLeftOpen' | 'isInspectorOpen' | 'isBottomOpen') => () =>
  useUi.setState((ui) => ({ [panel]: !ui[panel] }));

export const viewCommands: readonly Command[] = [
  {
    id: 'view.commands',
    title: 'Search or run a command…',
    group: 'View',
    keys: ['Mod+k', 'Mod+Shift+p'],
    inFields: true,
    run: () => openDialog({ name: 'commands' }),
  },
  {
    id: 'view.code',
    title: 'Switch between Design and Code',
    group: 'View',
    keys: ['Mod+e'],
    inFields: true,
    run: () => setEditorMode(useUi.getState().editorMode === 'design' ? 'code' : 'design'),
  },
  {
    id: 'view.split',
    title: 'Show design and code side by side',
    group: 'View',
    keys: ['Mod+\\'],
    inFields: true,
    run: () => setEditorMode('split'),
  },
  {
    id: 'view.palette',
    title: 'Show or hide the left panel',
    group: 'View',
    keys: ['Mod+b'],
    inFields: true,
    run: toggle('isLeftOpen'),
  },
  {
    id: 'view.inspector',
    title: 'Show or hide the inspector',
    group: 'View',
    keys: ['Mod+Alt+b'],
    inFields: true,
    run: toggle('isInspectorOpen'),
  },
  {
    id: 'view.logs',
    title: 'Show or hide logs and timeline',
    group: 'View',
    keys: ['Ctrl+`'],
    inFields: true,
    run: toggle('isBottomOpen'),
  },
  {
    id: 'view.nextPane',
    title: 'Go to the next part of the window',
    group: 'View',
    keys: ['F6'],
    inFields: true,
    run: () => goToPane(1),
  },
  {
    id: 'view.previousPane',
    title: 'Go to the previous part of the window',
    group: 'View',
    keys: ['Shift+F6'],
    inFields: true,
    run: () => goToPane(-1),
  },
  { id: 'view.outline', title: 'Show the outline', group: 'View', run: () => toggleLeft('outline') },
  { id: 'view.problems', title: 'Show problems', group: 'View', run: () => showBottom('problems') },
  { id: 'view.changes', title: 'Show changes', group: 'View', run: () => showBottom('changes') },
  { id: 'view.history', title: 'Show executions', group: 'View', run: () => showView('history') },
  { id: 'view.start', title: 'Show the start page', group: 'View', run: () => showView('start') },
  { id: 'view.zoomIn', title: 'Zoom in', group: 'View', keys: ['Mod+=', 'Mod++'], run: () => zoomBy(1.25) },
  { id: 'view.zoomOut', title: 'Zoom out', group: 'View', keys: ['Mod+-'], run: () => zoomBy(1 / 1.25) },
  { id: 'view.zoomReset', title: 'Zoom to 100 %', group: 'View', keys: ['Mod+0'], run: zoomToLife },
  { id: 'view.fit', title: 'Show the whole pipeline', group: 'View', keys: ['Shift+1'], run: () => showAll() },
  { id: 'view.fitSelection', title: 'Show the selection', group: 'View', keys: ['Shift+2'], run: showSelection },
  {
    id: 'view.settings',
    title: 'Settings…',
    group: 'View',
    keys: ['Mod+,'],
    inFields: true,
    run: () => openDialog({ name: 'settings' }),
  },
  {
    id: 'help.shortcuts',
    title: 'Keyboard shortcuts',
    group: 'Help',
    keys: ['Mod+/', '?'],
    run: () => openDialog({ name: 'shortcuts' }),
  },
  { id: 'help.about', title: 'About Penstock', group: 'Help', run: () => openDialog({ name: 'about' }) },
];
