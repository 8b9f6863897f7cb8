import type { inspector as english } from '../english/inspector.ts';
import { action } from './inspector/action.ts';
import { controls } from './inspector/controls.ts';
import { edits } from './inspector/edits.ts';
import { local } from './inspector/local.ts';
import { pipeline } from './inspector/pipeline.ts';
import { stage } from './inspector/stage.ts';

export const inspector: typeof english = {
  title: 'Inspektor',
  empty: 'Nichts ausgewählt.',
  refused: 'Nichts wurde geändert.',
  action,
  controls,
  edits,
  local,
  pipeline,
  stage,
};
