import { offerFixesHere, whyNoFixesHere } from '../problems/fixTarget.ts';
import { redo, redoLabel, undo, undoLabel, useDocuments } from '../state/documentStore.ts';
import { withActive } from './fileCommands.ts';
import type { Command } from './registry.ts';

export const editCommands: readonly Command[] = [
  {
    id: 'edit.undo',
    title: 'Undo',
    group: 'Edit',
    keys: ['Mod+z'],
    when: () => (undoLabel(useDocuments.getState()) ? true : 'There is nothing to undo.'),
    run: withActive(undo),
  },
  {
    id: 'edit.redo',
    title: 'Redo',
    group: 'Edit',
    keys: ['Mod+y', 'Mod+Shift+z'],
    macKeys: ['Mod+Shift+z', 'Mod+y'],
    when: () => (redoLabel(useDocuments.getState()) ? true : 'There is nothing to redo.'),
    run: withActive(redo),
  },
  {
    id: 'edit.fix',
    title: 'Fix a problem…',
    group: 'Edit',
    keys: ['Mod+.'],
    inFields: true,
    when: () => whyNoFixesHere() ?? true,
    run: offerFixesHere,
  },
];
