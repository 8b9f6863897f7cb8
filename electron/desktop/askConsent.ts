import type { BrowserWindow, Dialog } from 'electron';
import type { Consent } from '../../shared/ipc/contract.ts';
import { ProblemError } from '../../shared/problem.ts';

/** What a message box still shows whole; longer lists are refused rather than cut (reliability-security.md WT-11). */
const MAX_SHOWN = 6000;

/** Asks for consent in a native dialog that no page can draw or press. Cancel is the default button. */
export async function askConsent(
  dialog: Pick<Dialog, 'showMessageBox'>,
  window: BrowserWindow | undefined,
  consent: Consent,
): Promise<boolean> {
  const commands = consent.commands.map(({ where, text }) => `${where}\n${text.replace(/^/gm, '    ')}`).join('\n\n');
  if (commands.length > MAX_SHOWN) {
    throw new ProblemError({
      code: 'trust.too-long',
      where: '',
      what: `The commands of this project have ${commands.length} characters, more than a dialog can show whole.`,
      fix: `Read them in the Code tab, then run once on the command line with --trust: penstock run FILE --trust`,
    });
  }
  const options = {
    type: 'warning' as const,
    title: 'Run commands?',
    message: consent.changed ? 'The commands of this project changed. Run them?' : 'Run the commands of this project?',
    detail: `${consent.folder}${consent.openedAs && consent.openedAs !== consent.folder ? `\n(opened as ${consent.openedAs})` : ''}\n\nThey run with your own rights:\n\n${commands}`,
    buttons: ['Cancel', 'Run these commands'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  };
  const { response } = await (window ? dialog.showMessageBox(window, options) : dialog.showMessageBox(options));
  return response === 1;
}
