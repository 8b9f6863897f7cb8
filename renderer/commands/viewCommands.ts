import { showAll, showSelection, zoomBy, zoomToLife } from '../canvas/viewport.ts';
import {
  type BottomTab,
  type LeftPanel,
  openDialog,
  setEditorMode,
  showBottom,
  showView,
  useUi,
} from '../state/uiStore.ts';
import type { Acts } from './act.ts';
import { hasDocument } from './fileCommands.ts';
import { goToPane } from './panes.ts';

const toggle = (panel: 'isLeftOpen' | 'isInspectorOpen' | 'isBottomOpen') => () =>
  useUi.setState((ui) => ({ [panel]: !ui[panel] }));

/** A panel of the document is shown in the document's view. */
const left = (leftPanel: LeftPanel) => () => {
  useUi.setState({ leftPanel, isLeftOpen: true });
  showView('design');
};
const bottom = (tab: BottomTab) => () => {
  showView('design');
  showBottom(tab);
};

export const viewCommands = {
  'view.commands': {
    run: () => openDialog({ name: 'commands' }),
  },
  'view.code': {
    run: () => setEditorMode(useUi.getState().editorMode === 'design' ? 'code' : 'design'),
  },
  'view.split': {
    run: () => setEditorMode('split'),
  },
  'view.palette': {
    run: toggle('isLeftOpen'),
  },
  'view.inspector': {
    run: toggle('isInspectorOpen'),
  },
  'view.logs': {
    run: toggle('isBottomOpen'),
  },
  'view.nextPane': {
    run: () => goToPane(1),
  },
  'view.previousPane': {
    run: () => goToPane(-1),
  },
  'view.actions': { when: hasDocument, run: left('palette') },
  'view.outline': { when: hasDocument, run: left('outline') },
  'view.files': { when: hasDocument, run: left('files') },
  'view.aws': { when: hasDocument, run: left('aws') },
  'view.problems': { when: hasDocument, run: bottom('problems') },
  'view.changes': { when: hasDocument, run: bottom('changes') },
  'view.history': { run: () => showView('history') },
  'view.start': { run: () => showView('start') },
  'view.zoomIn': { run: () => zoomBy(1.25) },
  'view.zoomOut': { run: () => zoomBy(1 / 1.25) },
  'view.zoomReset': { run: zoomToLife },
  'view.fit': { run: () => showAll() },
  'view.fitSelection': { run: showSelection },
  'view.settings': {
    run: () => openDialog({ name: 'settings' }),
  },
  'help.shortcuts': {
    run: () => openDialog({ name: 'shortcuts' }),
  },
  'help.about': { run: () => openDialog({ name: 'about' }) },
} as const satisfies Acts;
