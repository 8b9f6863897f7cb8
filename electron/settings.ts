import { copyFileSync, existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { type Settings, settingsSchema } from '../shared/ipc/contract.ts';
import type { SettingsStore } from './parts.ts';

/**
 * Small preferences in `settings.json`: nothing secret, nothing that history or trust depends on. The file is written by
 * electron-store in the desktop host and by conf (its base, same format) elsewhere; both come in through `open`.
 */
export interface PreferencesFile {
  readonly path: string;
  get store(): Record<string, unknown>;
  set store(value: Record<string, unknown>);
}

export interface SettingsOptions {
  directory: string;
  /** Opens `settings.json` in the directory. Throws when the file is not JSON. */
  open: (directory: string) => PreferencesFile;
  onChange: (settings: Settings) => void;
  /** Told once when the file was unreadable and what was used instead. */
  onRecovered?: (message: string) => void;
}

/** Opens the settings. An unreadable file is set aside and its last good copy used, never silently emptied. */
export function createSettings({ directory, open, onChange, onRecovered }: SettingsOptions): SettingsStore {
  const path = join(directory, 'settings.json');
  const backup = join(directory, 'settings.backup.json');
  let file: PreferencesFile;
  try {
    file = open(directory);
    settingsSchema.parse(file.store);
  } catch {
    if (existsSync(path)) renameSync(path, join(directory, `settings.unreadable-${Date.now()}.json`));
    const hasBackup = existsSync(backup);
    if (hasBackup) copyFileSync(backup, path);
    onRecovered?.(
      hasBackup
        ? 'The settings file was unreadable. Its last good copy is used; the unreadable one was kept beside it.'
        : 'The settings file was unreadable. Defaults are used; the unreadable one was kept beside it.',
    );
    file = open(directory);
  }
  let settings = settingsSchema.parse(file.store);
  return {
    get: () => settings,
    update(patch) {
      settings = settingsSchema.parse({ ...settings, ...patch });
      if (existsSync(path)) copyFileSync(path, backup);
      file.store = settings;
      onChange(settings);
      return settings;
    },
  };
}
