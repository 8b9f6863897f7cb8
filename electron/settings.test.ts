import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Settings } from '../shared/ipc/contract.ts';
import type { Problem } from '../shared/problem.ts';
import { openPreferences } from './preferences.ts';
import { createSettings, type PreferencesFile } from './settings.ts';

describe('settings', () => {
  let directory: string;
  let told: Problem[];
  let changes: Settings[];
  const path = () => join(directory, 'settings.json');
  const backup = () => join(directory, 'settings.backup.json');

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'penstock-settings-'));
    told = [];
    changes = [];
  });
  afterEach(() => {
    chmodSync(directory, 0o700);
    rmSync(directory, { recursive: true, force: true });
  });

  const open = (file: (directory: string) => PreferencesFile = openPreferences) =>
    createSettings({
      directory,
      open: file,
      onChange: (changed) => changes.push(changed),
      onRecovered: (found) => told.push(found),
    });

  it('start with defaults, and tell nobody about it', () => {
    expect(open().get()).toEqual({
      theme: 'system',
      slots: 0,
      aws: { profile: '', region: '', endpoint: '' },
      language: 'system',
      dismissedHints: [],
      textSize: 100,
      contrast: 'system',
      motion: 'system',
      groundDrag: 'select',
      singleKeys: true,
      keys: {},
    });
    expect(told).toEqual([]);
  });

  it('are kept for the next start and told to whoever listens', () => {
    open().update({ theme: 'dark', slots: 3 });
    expect(changes).toMatchObject([{ theme: 'dark', slots: 3 }]);
    expect(open().get()).toMatchObject({ theme: 'dark', slots: 3 });
  });

  it('refuse what the contract does not allow, and stay as they were', () => {
    const settings = open();
    expect(() => settings.update({ slots: 1000 })).toThrow();
    expect(settings.get().slots).toBe(0);
    expect(changes).toEqual([]);
  });

  it.each([
    ['no JSON', '{"theme": "da'],
    ['an empty file', ''],
    ['JSON of another shape', '{"theme": 7}'],
    ['a list', '[1]'],
  ])('DU-28 %s: the last good copy is used, the user is told, the file is kept', (_title, text) => {
    const settings = open();
    settings.update({ theme: 'dark' });
    settings.update({ slots: 3 }); // the copy is of the state before
    writeFileSync(path(), text);
    const reopened = open();
    expect(reopened.get().theme).toBe('dark');
    expect(told).toMatchObject([{ code: 'settings.unreadable', severity: 'warning', where: path() }]);
    expect(told[0]?.what).toContain('last good copy');
    expect(readFileSync(join(directory, 'settings.unreadable.json'), 'utf8')).toBe(text);
    reopened.update({ slots: 5 });
    expect(open().get()).toMatchObject({ theme: 'dark', slots: 5 });
    expect(told).toHaveLength(1);
  });

  it('DU-28b without a good copy defaults are used; every unreadable file is kept', () => {
    for (const text of ['one', 'two']) {
      writeFileSync(path(), text);
      writeFileSync(backup(), 'no better');
      expect(open().get().theme).toBe('system');
    }
    expect(told.map(({ what }) => what.includes('Defaults'))).toEqual([true, true]);
    const kept = readdirSync(directory).filter((name) => name.startsWith('settings.unreadable'));
    expect(kept.map((name) => readFileSync(join(directory, name), 'utf8')).sort()).toEqual(['one', 'two']);
  });

  it('DU-28c a folder in the place of the file is set aside too', () => {
    mkdirSync(path());
    expect(open().get().theme).toBe('system');
    expect(existsSync(join(directory, 'settings.unreadable.json'))).toBe(true);
  });

  it('that cannot be saved are said to be, and do not seem changed', () => {
    const settings = open((folder) => {
      const file = openPreferences(folder);
      return {
        path: file.path,
        get store() {
          return file.store;
        },
        set store(_value) {
          throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
        },
      };
    });
    expect(() => settings.update({ theme: 'dark' })).toThrow(/were not saved \(ENOSPC\)/);
    expect(settings.get().theme).toBe('system');
    expect(changes).toEqual([]);
  });

  it('that can be neither read nor made anew are a problem with a place', () => {
    const broken = () => {
      throw Object.assign(new Error('denied'), { code: 'EACCES' });
    };
    expect(() => open(broken)).toThrow(/EACCES/);
  });
});
