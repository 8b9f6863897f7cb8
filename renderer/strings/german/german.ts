import type { english } from '../english/english.ts';
import { app } from './app.ts';
import { aws } from './aws.ts';
import { canvas } from './canvas.ts';
import { changes } from './changes.ts';
import { code } from './code.ts';
import { commands } from './commands.ts';
import { compare } from './compare.ts';
import { conditions } from './conditions.ts';
import { debug } from './debug.ts';
import { executions } from './executions.ts';
import { exportPicture } from './exportPicture.ts';
import { history } from './history.ts';
import { inspector } from './inspector.ts';
import { messages } from './messages.ts';
import { palette } from './palette.ts';
import { problems } from './problems.ts';
import { provided } from './provided.ts';
import { run } from './run.ts';
import { scope } from './scope.ts';
import { settings } from './settings.ts';
import { start } from './start.ts';
import { state } from './state.ts';
import { timeline } from './timeline.ts';
import { transitions } from './transitions.ts';
import { triggers } from './triggers.ts';
import { ui } from './ui.ts';
import { versions } from './versions.ts';

/** Every sentence of the window in German. */
export const german: typeof english = {
  app,
  aws,
  canvas,
  changes,
  code,
  commands,
  compare,
  conditions,
  debug,
  executions,
  exportPicture,
  history,
  inspector,
  messages,
  palette,
  problems,
  provided,
  run,
  scope,
  settings,
  start,
  state,
  timeline,
  transitions,
  triggers,
  ui,
  versions,
};
