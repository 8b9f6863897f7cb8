import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runtimeChecks } from './runtimeChecks.ts';

/** reference/buildspec.md §4, runtime-versions: a check of the tools that are there. */

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'penstock-runtimes-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function check(runtime: string, version: string, tool?: { name: string; prints: string }, shell = 'sh') {
  if (tool) {
    writeFileSync(join(root, tool.name), `#!/bin/sh\ncat <<'END'\n${tool.prints}\nEND\n`);
    chmodSync(join(root, tool.name), 0o755);
  }
  const script = ['penstock_say() { printf "%s\\n" "$1"; }', ...runtimeChecks(new Map([[runtime, version]]))].join(
    '\n',
  );
  for (const name of ['sed', 'head', 'cat'])
    spawnSync('ln', ['-sf', spawnSync('which', [name]).stdout.toString().trim(), join(root, name)]);
  const { stdout, status } = spawnSync(`/bin/${shell}`, ['-c', script], { env: { PATH: root, WANTED: '20' } });
  expect(status).toBe(0);
  return stdout.toString().trim();
}

describe.each(['sh', 'bash'])('§4 runtime-versions in %s', (shell) => {
  test.each([
    ['nodejs', '18', { name: 'node', prints: 'v18.19.1' }, 'Runtime nodejs 18: node here is 18.19.1.'],
    ['nodejs', '18.x', { name: 'node', prints: 'v18.19.1' }, 'Runtime nodejs 18.x: node here is 18.19.1.'],
    [
      'nodejs',
      '1',
      { name: 'node', prints: 'v18.19.1' },
      'Warning: runtime nodejs 1 is wanted, but node here is 18.19.1',
    ],
    ['nodejs', '$WANTED', { name: 'node', prints: 'v20.1.0' }, 'Runtime nodejs 20: node here is 20.1.0.'],
    ['nodejs', 'latest', { name: 'node', prints: 'v24.0.0' }, 'Runtime nodejs latest: node here is 24.0.0.'],
    [
      'golang',
      '1.22',
      { name: 'go', prints: 'go version go1.22.5 linux/amd64' },
      'Runtime golang 1.22: go here is 1.22.5.',
    ],
    ['java', 'corretto17', { name: 'java', prints: 'openjdk version "17.0.9" 2023' }, 'java here is 17.0.9.'],
    ['java', 'openjdk8', { name: 'java', prints: 'openjdk version "1.8.0_392"' }, 'java here is 8.'],
    [
      'python',
      '3.12',
      { name: 'python3', prints: 'Python 3.11.2' },
      'Warning: runtime python 3.12 is wanted, but python3 here is 3.11.2',
    ],
    ['php', '8.2', { name: 'php', prints: 'no digits' }, 'php here is of an unknown version'],
    ['ruby', '3.2', undefined, 'Runtime ruby 3.2: there is no ruby here.'],
    ['android', '29', undefined, 'Runtime android 29: Penstock does not look for it.'],
    ['nodejs', "$(touch canary)'x", { name: 'node', prints: 'v1' }, "runtime nodejs $(touch canary)'x is wanted"],
  ])('%s %s', (runtime, version, tool, says) => {
    expect(check(runtime, version, tool, shell)).toContain(says);
  });
});
