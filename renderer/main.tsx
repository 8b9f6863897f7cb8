import './app/noEval.ts';
import './theme/base.css';
import './theme/cloudscape.generated.css';
import { client } from './bridge.ts';
import { languageOf, speak } from './strings/strings.ts';

/** What the window says is known before anything of it is loaded, so that its modules may read their texts at any time. */
async function open(): Promise<void> {
  const setting = await client.getApp({}).then(
    ({ settings }) => settings.language,
    () => 'system' as const, // startApp() tells what is wrong with the host
  );
  await speak(languageOf(setting));
  const { openWindow } = await import('./app/openWindow.tsx');
  openWindow();
}

void open();
