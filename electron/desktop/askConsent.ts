import type { BrowserWindow, Dialog } from 'electron';
import type { Consent } from '../../shared/ipc/contract.ts';
import { ProblemError } from '../../shared/problem.ts';
import type { DesktopTexts } from './texts.ts';

/** What a message box surely shows whole on a small screen; it cannot be scrolled (reliability-security.md WT-11). */
const PAGE_LINES = 30;
const LINE_LENGTH = 100;
/** Nobody reads more; longer lists are refused rather than cut. */
const MAX_PAGES = 20;

/**
 * Asks for consent in native dialogs that no page can draw or press. Every command is shown whole, on as many pages as that
 * takes; Cancel is the default button of each.
 */
export async function askConsent(
  dialog: Pick<Dialog, 'showMessageBox'>,
  window: BrowserWindow | undefined,
  consent: Consent,
  { consent: say, cancel }: Pick<DesktopTexts, 'consent' | 'cancel'>,
): Promise<boolean> {
  const pages = pagesOf(consent.commands.map(({ where, text }) => `${where}\n${text.replace(/^/gm, '    ')}`));
  if (pages.length > MAX_PAGES) {
    throw new ProblemError({
      code: 'trust.too-long',
      where: '',
      what: say.tooLong(pages.length),
      fix: say.tooLongFix,
    });
  }
  for (const [index, page] of pages.entries()) {
    const isLast = index === pages.length - 1;
    const counted = pages.length > 1 ? say.page(index + 1, pages.length) : '';
    const isElsewhere = consent.openedAs && consent.openedAs !== consent.folder;
    const folder = isElsewhere ? `${consent.folder}\n${say.openedAs(consent.openedAs)}` : consent.folder;
    const rights = consent.summary ? say.ownRightsSummary(consent.summary) : say.ownRights;
    const options = {
      type: 'warning' as const,
      title: say.title,
      message: `${consent.changed ? say.askChanged : say.ask}${counted}`,
      detail: `${folder}

${rights}:

${page}`,
      buttons: [cancel, isLast ? say.run : say.readOn],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    };
    const { response } = await (window ? dialog.showMessageBox(window, options) : dialog.showMessageBox(options));
    if (response !== 1) return false;
  }
  return true;
}

/** The texts in pages of so many lines, long lines broken as a dialog would break them. */
function pagesOf(texts: readonly string[]): string[] {
  const lines = texts
    .join('\n\n')
    .split('\n')
    .flatMap((line) => line.match(new RegExp(`.{1,${LINE_LENGTH}}`, 'gsu')) ?? ['']);
  const pages: string[] = [];
  for (let at = 0; at < lines.length; at += PAGE_LINES) pages.push(lines.slice(at, at + PAGE_LINES).join('\n'));
  return pages.length ? pages : [''];
}
