import { client, onPush, openDropped } from '../bridge.ts';
import { handleKey, keysOf, runFromMenu } from '../commands/registry.ts';
import { rememberClosed } from '../state/closedTabs.ts';
import { fileChanged, hasUnsaved, openPath, useDocuments } from '../state/documentStore.ts';
import { recover } from '../state/recover.ts';
import { isAllRemembered, startRemembering } from '../state/remember.ts';
import { rememberView, returnToView } from '../state/sameView.ts';
import { notify, notifyFailure, useUi } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
import { applySettings, followSystemTheme } from '../theme/applyTheme.ts';
import { takeTriggerState } from '../triggers/triggerStore.ts';
import { isOpenedAnew } from './openAnew.ts';

/** Joins the window to its host: settings, pushes, keys, dropped files. Called once, before the first render. */
export function startApp(): void {
  followSystemTheme();
  rememberClosed();
  window.addEventListener('keydown', (event) => handleKey(event));
  window.addEventListener('penstock-host-lost', () => useUi.setState({ isHostLost: true }));
  window.addEventListener('beforeunload', (event) => {
    // The desktop app brings them back when it is opened again; a browser tab that is closed may never be.
    const areSafe = isOpenedAnew() || (useUi.getState().host === 'electron' && isAllRemembered());
    if (hasUnsaved(useDocuments.getState()) && !areSafe) event.preventDefault();
  });
  // A file that misses the start page must not replace the window.
  window.addEventListener('dragover', (event) => event.preventDefault());
  window.addEventListener('drop', (event) => {
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file) void takeDropped(file);
  });

  onPush('documentChanged', ({ documentId, text, problems }) => {
    if (problems.length === 0) fileChanged(documentId, text);
    else for (const { what, fix } of problems) notify({ kind: 'warning', text: what, detail: fix });
  });
  onPush('settingsChanged', applySettings);
  onPush('triggersChanged', takeTriggerState);
  onPush('noticed', ({ what, fix }) => notify({ kind: 'warning', text: what, detail: fix }));
  onPush('openRequested', ({ path }) => void openPath(path));
  onPush('commandRequested', ({ command }) => runFromMenu(command));
  void greet();
}

async function greet(): Promise<void> {
  try {
    const { settings, open, host, platform, homeDirectory, version, cores } = await client.getApp({});
    useUi.setState({ host, platform, homeDirectory, version, cores });
    applySettings(settings);
    await recover().catch((error: unknown) => notifyFailure('document.recover', error));
    startRemembering();
    returnToView();
    rememberView();
    for (const path of open) await openPath(path);
  } catch (error) {
    notifyFailure('app.start', error);
  }
}

/** Only the desktop app learns where a dropped file lies; a browser tab is not told, and says how to open it instead. */
async function takeDropped(file: File): Promise<void> {
  try {
    if (await openDropped(file)) return;
  } catch (error) {
    notifyFailure('document.drop', error);
    return;
  }
  notify({
    kind: 'info',
    text: strings.app.dropped.what(file.name),
    detail: strings.app.dropped.fix(keysOf('file.open') ?? ''),
  });
}
