import Conf from 'conf';
import type { PreferencesFile } from './settings.ts';

/** `settings.json` through conf, electron-store's base: same file, no Electron. Throws when the file is not JSON. */
export const openPreferences = (directory: string): PreferencesFile =>
  new Conf({ projectName: 'penstock', cwd: directory, configName: 'settings', clearInvalidConfig: false });
