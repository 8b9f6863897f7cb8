import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeSample } from './makeSample.ts';
import { root } from './root.ts';

const committed = join(root, 'assets/samples/quickstart/shop.git');
const scratch = mkdtempSync(join(tmpdir(), 'penstock-sample-test-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim();

describe('the repository of the quickstart sample', () => {
  it('is what its plain sources make', () => {
    const made = join(scratch, 'made.git');
    makeSample(made);
    expect(git('--git-dir', made, 'rev-parse', 'main')).toBe(git('--git-dir', committed, 'rev-parse', 'main'));
  });

  it('is sound and has the history of a few commits', () => {
    expect(git('--git-dir', committed, 'fsck', '--strict', '--no-dangling')).toBe('');
    expect(git('--git-dir', committed, 'log', '--format=%an %s', 'main').split('\n')).toEqual([
      'Penstock Pack the shop in the pipeline',
      'Penstock Check the pages before they are packed',
      'Penstock List the goods',
      'Penstock Open the shop',
    ]);
  });
});

describe('the shop of the quickstart sample', () => {
  const shop = join(scratch, 'shop');
  beforeAll(() => void git('clone', '--quiet', committed, shop));

  /** A shell with nothing of this machine but the standard tools: the sample must not need Node. */
  const sh = (...args: string[]) =>
    spawnSync('/bin/sh', args, {
      cwd: shop,
      encoding: 'utf8',
      env: { PATH: '/usr/bin:/bin', SHOP_PACE: '0', VERSION: '1.4.0-abcdef0' },
    });

  it('passes its checks and tests', () => {
    expect(sh('scripts/lint.sh')).toMatchObject({ status: 0, stderr: '' });
    expect(sh('scripts/test.sh')).toMatchObject({ status: 0, stderr: '' });
    expect(readFileSync(join(shop, 'tests/passed'), 'utf8')).toBe('5\n');
  });

  it('is packed into pages that show the version', () => {
    expect(sh('scripts/package.sh', 'site')).toMatchObject({ status: 0, stderr: '' });
    expect(readFileSync(join(shop, 'site/index.html'), 'utf8')).toContain('Version 1.4.0-abcdef0');
    expect(readFileSync(join(shop, 'site/version.txt'), 'utf8')).toBe('1.4.0-abcdef0\n');
    expect(existsSync(join(shop, 'site/.goods'))).toBe(false);
  });

  it('fails its checks and tests for real faults', () => {
    appendFileSync(join(shop, 'catalogue.tsv'), 'rope\tAnother rope\t9 \n');
    expect(sh('scripts/lint.sh').status).toBe(1);
    expect(sh('scripts/test.sh')).toMatchObject({ status: 1, stdout: expect.stringContaining('3 passed, 2 failed') });
  });
});
