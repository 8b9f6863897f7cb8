import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openInBrowser } from './openInBrowser.ts';

const URL_WITH_TOKEN = 'http://127.0.0.1:4711/#token=secret-token';

describe.runIf(process.platform === 'linux')('opening the browser', () => {
  let folder: string;
  let started: { command: string; args: string[] }[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'penstock-open-'));
    for (const name of ['home', 'bin']) mkdirSync(join(folder, name));
    started = [];
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const open = (path: string) =>
    openInBrowser(URL_WITH_TOKEN, { HOME: join(folder, 'home'), PATH: path }, (command, args) =>
      started.push({ command, args }),
    );

  it('opens a Chromium of the PATH in a window of its own', () => {
    writeFileSync(join(folder, 'bin/chromium'), '');
    open(`/nonexistent:${join(folder, 'bin')}`);
    expect(started).toHaveLength(1);
    expect(started[0]?.command).toBe(join(folder, 'bin/chromium'));
    expect(started[0]?.args[0]).toMatch(/^--app=file:/);
  });

  it('takes no Chromium from the current folder, which an empty entry of PATH means', () => {
    const before = process.cwd();
    writeFileSync(join(folder, 'bin/chromium'), '');
    process.chdir(join(folder, 'bin'));
    try {
      open(':.:bin:');
    } finally {
      process.chdir(before);
    }
    expect(started.map(({ command }) => command)).toEqual(['xdg-open']);
  });

  it('LH-23 the token is in no argument, but in a file that only this user can read, and that goes away', () => {
    const forget = open('');
    expect(JSON.stringify(started)).not.toContain('secret-token');
    const file = fileURLToPath(started[0]!.args[0]!);
    expect(readFileSync(file, 'utf8')).toContain(URL_WITH_TOKEN);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    forget();
    expect(existsSync(file)).toBe(false);
    expect(readdirSync(join(folder, 'home'))).toEqual([]);
  });
});
