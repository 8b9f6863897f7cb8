import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dataDirectory, productFolder, samplesDirectory } from './dataDirectory.ts';

describe('the data directory', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'penstock-data-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is what the command line says, else PENSTOCK_DATA, else in the home folder', () => {
    const environment = { HOME: join(folder, 'home'), PENSTOCK_DATA: join(folder, 'variable') };
    expect(dataDirectory(environment, join(folder, 'option'))).toBe(join(folder, 'option'));
    expect(dataDirectory(environment)).toBe(join(folder, 'variable'));
    expect(dataDirectory({ HOME: join(folder, 'home') })).toContain(join(folder, 'home'));
  });

  it.runIf(process.platform === 'linux')('keeps to the places that Linux has for it', () => {
    expect(dataDirectory({ HOME: folder })).toBe(join(folder, '.local/share/penstock'));
    expect(dataDirectory({ HOME: folder, XDG_DATA_HOME: join(folder, 'xdg') })).toBe(join(folder, 'xdg/penstock'));
  });

  it('is made if missing, for its owner alone', () => {
    const made = dataDirectory({}, join(folder, 'a/b/c'));
    expect(statSync(made).isDirectory()).toBe(true);
    if (process.platform !== 'win32') expect(statSync(made).mode & 0o777).toBe(0o700);
  });

  it('that cannot be made is a problem that names the way out', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => dataDirectory({}, join(folder, 'file', 'data'))).toThrow(/--data-dir/);
  });

  it.runIf(process.platform === 'linux')('where no folder can be made is a problem too, not a wait for ever', () => {
    expect(() => dataDirectory({}, '/proc/penstock/data')).toThrow(/--data-dir/);
  });

  it('is not where samples go: people must find those', () => {
    expect(samplesDirectory({ HOME: folder })).toBe(join(folder, 'Penstock'));
    expect(samplesDirectory({ HOME: folder, PENSTOCK_SAMPLES: '/elsewhere' })).toBe('/elsewhere/Penstock');
  });
});

it('the product finds its own folders', () => {
  expect(existsSync(join(productFolder('assets'), 'samples'))).toBe(true);
});
