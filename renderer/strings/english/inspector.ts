import { action } from './inspector/action.ts';
import { controls } from './inspector/controls.ts';
import { edits } from './inspector/edits.ts';
import { local } from './inspector/local.ts';
import { pipeline } from './inspector/pipeline.ts';
import { stage } from './inspector/stage.ts';

/** What renderer/inspector says. */
export const inspector = {
  title: 'Inspector',
  empty: 'Nothing to inspect.',
  refused: 'Nothing was changed.',
  action,
  controls,
  edits,
  local,
  pipeline,
  stage,
};
