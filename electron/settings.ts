import { copyFileSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Settings, settingsSchema } from '../shared/ipc/contract.ts';
import { type Problem, ProblemError, problem } from '../shared/problem.ts';
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
  /** Told once when the file was unreadable and what was used instead (reliability-security.md DU-28). */
  onRecovered: (problem: Problem) => void;
}

/**
 * Opens the settings. An unreadable file is set aside and its last good copy used, never silently emptied.
 * @throws ProblemError `settings.unusable` when the directory takes no file; `update` throws `settings.not-saved`.
 */
export function createSettings({ directory, open, onChange, onRecovered }: SettingsOptions): SettingsStore {
  const path = join(directory, 'settings.json');
  const backup = join(directory, 'settings.backup.json');

  const read = (): { file: PreferencesFile; settings: Settings } => {
    // Whatever is no object would be taken for one without members: defaults that nobody is told about.
    if (existsSync(path)) z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(path, 'utf8')));
    const file = open(directory);
    return { file, settings: settingsSchema.parse(file.store) };
  };
  const setAside = () => {
    if (!existsSync(path)) return;
    let aside = join(directory, 'settings.unreadable.json');
    for (let number = 2; existsSync(aside); number += 1) aside = join(directory, `settings.unreadable-${number}.json`);
    renameSync(path, aside);
  };
  const recover = () => {
    setAside();
    if (existsSync(backup)) {
      try {
        copyFileSync(backup, path);
        const recovered = read();
        onRecovered(unreadable(path, 'Its last good copy is used'));
        return recovered;
      } catch {
        rmSync(path, { recursive: true, force: true }); // the copy is no better
      }
    }
    const fresh = read();
    onRecovered(unreadable(path, 'Defaults are used'));
    return fresh;
  };

  const opened = (() => {
    try {
      return read();
    } catch {
      try {
        return recover();
      } catch (error) {
        throw failed('settings.unusable', path, 'The settings can be neither read nor made anew', error);
      }
    }
  })();
  const { file } = opened;
  let { settings } = opened;
  return {
    get: () => settings,
    update(patch) {
      const changed = settingsSchema.parse({ ...settings, ...patch });
      try {
        if (existsSync(path)) copyFileSync(path, backup);
        file.store = changed;
      } catch (error) {
        throw failed('settings.not-saved', path, 'The settings were not saved', error);
      }
      settings = changed;
      onChange(settings);
      return settings;
    },
  };
}

const unreadable = (where: string, instead: string): Problem =>
  problem({
    code: 'settings.unreadable',
    severity: 'warning',
    where,
    what: `The settings file was unreadable. ${instead}; the unreadable file was kept beside it.`,
    fix: 'Check the settings.',
  });

function failed(code: string, where: string, what: string, cause: unknown): ProblemError {
  const { code: reason = '', message = '' } = cause as { code?: string; message?: string };
  return new ProblemError(
    {
      code,
      where,
      what: `${what} (${reason || message}).`,
      fix: 'Check that this folder can be written and has space.',
    },
    { cause },
  );
}
