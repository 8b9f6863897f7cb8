import type { App, Session, WebContents } from 'electron';
import { APP_ORIGIN, originOf } from '../ipc/electronDoor.ts';

/**
 * What a page of ours may never do, whatever it loads: go elsewhere, open windows, embed, ask for permissions, download,
 * or reach anything but our own files (reliability-security.md §4, items 6 and 7).
 */
export function harden(app: Pick<App, 'on'>, session: Session): void {
  app.on('web-contents-created', (_event, contents) => hardenContents(contents));
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, decide) => decide({}));
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest((details, decide) => decide({ cancel: !isOurAddress(details.url) }));
}

function hardenContents(contents: WebContents): void {
  // A page may load itself again: it comes back as it was (the window does so for another language).
  const isReload = (url: string) => originOf(url) === APP_ORIGIN && url === contents.getURL();
  contents.on('will-navigate', (event) => {
    if (!isReload(event.url)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isReload(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** Our own pages, and `data:` images inside them; the developer tools load their own. */
const isOurAddress = (address: string): boolean =>
  originOf(address) === APP_ORIGIN || address.startsWith('data:image/') || address.startsWith('devtools:');
