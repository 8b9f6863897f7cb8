import type { BrowserWindow, Dialog } from 'electron';

export type QuitAnswer = 'leave' | 'stop' | 'cancel';

/**
 * Asks what becomes of executions that run while the app is quit (reliability-security.md DU-42). Leaving them is the default:
 * their commands go on by themselves and the next start takes them over.
 */
export async function askQuit(
  dialog: Pick<Dialog, 'showMessageBox'>,
  window: BrowserWindow | undefined,
  running: readonly { pipelineName: string }[],
): Promise<QuitAnswer> {
  const names = [...new Set(running.map(({ pipelineName }) => pipelineName))];
  const named = names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
  const options = {
    type: 'question' as const,
    title: 'Quit Penstock?',
    message: `${running.length === 1 ? 'An execution is' : `${running.length} executions are`} running: ${named}`,
    detail:
      'Left running, the commands at work finish by themselves and Penstock goes on from there when it is started again. Stopped, they are ended now and their actions are Abandoned.',
    buttons: ['Leave running and quit', 'Stop and quit', 'Cancel'],
    defaultId: 0,
    cancelId: 2,
    noLink: true,
  };
  const { response } = await (window ? dialog.showMessageBox(window, options) : dialog.showMessageBox(options));
  return response === 0 ? 'leave' : response === 1 ? 'stop' : 'cancel';
}

/** Asks before a window with unsaved edits closes; true = they are discarded. */
export function askDiscard(dialog: Pick<Dialog, 'showMessageBoxSync'>, window: BrowserWindow): boolean {
  const response = dialog.showMessageBoxSync(window, {
    type: 'warning',
    title: 'Unsaved edits',
    message: 'Close the window without saving your edits?',
    buttons: ['Keep the window open', 'Discard edits'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return response === 1;
}
