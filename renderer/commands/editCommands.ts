import { offerFixesHere, whyNoFixesHere } from '../problems/fixTarget.ts';
import { redo, redoLabel, undo, undoLabel, useDocuments } from '../state/documentStore.ts';
import { strings } from '../strings/strings.ts';
import type { Acts } from './act.ts';
import { withActive } from './fileCommands.ts';

export const editCommands = {
  'edit.undo': {
    when: () => (undoLabel(useDocuments.getState()) ? true : strings.commands.reasons.nothingToUndo),
    run: withActive(undo),
  },
  'edit.redo': {
    when: () => (redoLabel(useDocuments.getState()) ? true : strings.commands.reasons.nothingToRedo),
    run: withActive(redo),
  },
  'edit.fix': {
    when: () => whyNoFixesHere() ?? true,
    run: offerFixesHere,
  },
} as const satisfies Acts;
