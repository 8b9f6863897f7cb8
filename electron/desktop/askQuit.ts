import type { BrowserWindow, Dialog } from 'electron';
import type { DesktopTexts } from './texts.ts';

export type QuitAnswer = 'leave' | 'stop' | 'cancel';

/**
 * Asks what becomes of executions that run while the app is quit (reliability-security.md DU-42). Leaving them is the default:
 * their commands go on by themselves and the next start takes them over.
 */
export async function askQuit(
  dialog: Pick<Dialog, 'showMessageBox'>,
  window: BrowserWindow | undefined,
  running: readonly { pipelineName: string }[],
  { quit: say, cancel }: Pick<DesktopTexts, 'quit' | 'cancel'>,
): Promise<QuitAnswer> {
  const names = [...new Set(running.map(({ pipelineName }) => pipelineName))];
  const named = names.length > 3 ? say.more(names.slice(0, 3).join(', '), names.length - 3) : names.join(', ');
  const options = {
    type: 'question' as const,
    title: say.title,
    message: say.running(running.length, named),
    detail: say.detail,
    buttons: [say.leave, say.stop, cancel],
    defaultId: 0,
    cancelId: 2,
    noLink: true,
  };
  const { response } = await (window ? dialog.showMessageBox(window, options) : dialog.showMessageBox(options));
  return response === 0 ? 'leave' : response === 1 ? 'stop' : 'cancel';
}

/** Asks before a window with unsaved edits closes; true = they are discarded. */
export function askDiscard(
  dialog: Pick<Dialog, 'showMessageBoxSync'>,
  window: BrowserWindow,
  { discard: say }: Pick<DesktopTexts, 'discard'>,
): boolean {
  const response = dialog.showMessageBoxSync(window, {
    type: 'warning',
    title: say.title,
    message: say.ask,
    buttons: [say.keep, say.discard],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return response === 1;
}
