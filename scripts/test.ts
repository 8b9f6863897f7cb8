import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { tryBuild } from './build.ts';
import { findOrInstallChromium } from './findChromium.ts';
import { root } from './root.ts';

/*
 * `npm test`: format, lint, types, unused code, specs, build, end-to-end specs. Every step runs even when an earlier one
 * failed, so that one run tells everything; it ends with `N passed, N failed`. A step that is not a spec counts as one.
 */
const bin = (path: string) => join(root, 'node_modules', path);
const reports = mkdtempSync(join(tmpdir(), 'penstock-test-'));
const unitReport = join(reports, 'unit.json');
const endToEndReport = join(reports, 'e2e.json');
const totals = { passed: 0, failed: 0, skipped: 0 };

// Tools that are started by name (`#!/usr/bin/env node`) must find this Node, not an older one.
const PATH = [dirname(process.execPath), process.env.PATH ?? ''].join(delimiter);

function run(command: string, args: string[], environment: NodeJS.ProcessEnv = {}): Promise<boolean> {
  return new Promise((resolve) => {
    const env = { ...process.env, PATH, ...environment };
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', env });
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });
}

async function step(name: string, work: () => Promise<boolean> | boolean): Promise<boolean> {
  const began = Date.now();
  process.stdout.write(`\n── ${name}\n`);
  const isGood = await work();
  totals[isGood ? 'passed' : 'failed'] += 1;
  process.stdout.write(`   ${isGood ? 'ok' : 'FAILED'} (${((Date.now() - began) / 1000).toFixed(1)} s)\n`);
  return isGood;
}

/**
 * Adds what a runner reported. A missing report is one failure, never silence; so is a runner that ends with a fault though
 * every spec passed (a rejection that nobody handled).
 */
function addReport(
  path: string,
  hasEndedWell: boolean,
  read: (report: never) => { passed: number; failed: number; skipped: number },
): void {
  try {
    const { passed, failed, skipped } = read(JSON.parse(readFileSync(path, 'utf8')) as never);
    totals.passed += passed;
    totals.failed += failed;
    if (failed === 0 && !hasEndedWell) {
      totals.failed += 1;
      process.stdout.write('Every spec passed, but the runner ended with a fault; it is shown above.\n');
    }
    totals.skipped += skipped;
  } catch {
    totals.failed += 1;
    process.stdout.write(`No report at ${path}: the runner did not finish.\n`);
  }
}

const node = process.execPath;
await step('Format and lint (Biome)', () => run(bin('.bin/biome'), ['check', '.']));
await step('Promises (oxlint, type-aware)', () => run(bin('.bin/oxlint'), ['--type-aware', '--deny-warnings', '.']));
for (const project of ['shared', 'shared/tsconfig.test.json', 'electron', 'renderer', 'e2e', 'tsconfig.tools.json']) {
  await step(`Types (${project})`, () => run(bin('.bin/tsc'), ['-p', project]));
}
await step('Unused code (knip)', () => run(bin('.bin/knip'), []));

process.stdout.write('\n── Specs (vitest)\n');
const haveSpecsEndedWell = await run(node, [
  bin('vitest/vitest.mjs'),
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${unitReport}`,
]);
addReport(
  unitReport,
  haveSpecsEndedWell,
  (report: {
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
    numFailedTestSuites: number;
    success: boolean;
  }) => ({
    passed: report.numPassedTests,
    // A file that cannot be loaded has no tests to fail, yet it fails.
    failed: report.numFailedTests || (report.success ? 0 : Math.max(1, report.numFailedTestSuites)),
    skipped: report.numPendingTests,
  }),
);

const isBuilt = await step('Build', () => tryBuild());

process.stdout.write('\n── End-to-end specs (Playwright)\n');
const browser = isBuilt ? findOrInstallChromium() : undefined;
if (!isBuilt) {
  totals.failed += 1;
  process.stdout.write('FAILED: without a build they cannot run.\n');
} else if (browser) {
  process.stdout.write(`Using ${browser.description}.\n`);
  const hasEndedWell = await run(node, [bin('@playwright/test/cli.js'), 'test', '--reporter=list,json'], {
    PENSTOCK_CHROMIUM: browser.path ?? '',
    PLAYWRIGHT_JSON_OUTPUT_NAME: endToEndReport,
  });
  addReport(
    endToEndReport,
    hasEndedWell,
    ({ stats }: { stats: { expected: number; unexpected: number; flaky: number; skipped: number } }) => {
      if (stats.flaky) process.stdout.write(`${stats.flaky} passed at the second try only; named above as flaky.\n`);
      return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
    },
  );
} else {
  totals.failed += 1;
  process.stdout.write(
    'FAILED: no Chromium found and none could be installed. Install Chromium or Chrome, or run "npx playwright install chromium".\n',
  );
}

rmSync(reports, { recursive: true, force: true });
if (totals.skipped) process.stdout.write(`\n${totals.skipped} skipped; each says why above.\n`);
process.stdout.write(`\n${totals.passed} passed, ${totals.failed} failed\n`);
process.exit(totals.failed ? 1 : 0);
