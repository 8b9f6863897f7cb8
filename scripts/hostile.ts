import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { countGroups, reportGroups, type SpecResult } from './hostileReport.ts';

/**
 * `npm run hostile [-- --group ZA] [-- --thorough]`: lets every hostile input of the suites loose and prints one line per group,
 * `ZA: 36 tried, 0 got through`. Ends with 1 when anything got through, or when a group could not prove that it would
 * have noticed. Suites are found by their `describe('ZA …')` with titles that begin `ZA-01 …` and `ZA-00 control: …`.
 */
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const FOLDERS = ['electron', 'shared', 'renderer', 'scripts', 'e2e/support'];

const { group, thorough } = parseArgs({
  options: { group: { type: 'string' }, thorough: { type: 'boolean', default: false } },
}).values;
if (group !== undefined && !/^[A-Z]{2}$/.test(group)) {
  process.stderr.write(
    'Usage: npm run hostile [-- --group GROUP] [-- --thorough]\n  GROUP is two capital letters, for example ZA. --thorough takes minutes.\n',
  );
  process.exit(2);
}

const files = await suites(group);
if (files.length === 0) {
  process.stderr.write(`There is no hostile suite${group ? ` for group ${group}` : ''}.\n`);
  process.exit(2);
}
const scratch = mkdtempSync(join(tmpdir(), 'penstock-report-'));
try {
  const output = join(scratch, 'report.json');
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const progress = join(root, 'scripts', 'hostileProgress.ts');
  const args = [vitest, 'run', '--reporter=json', `--outputFile=${output}`, `--reporter=${progress}`, ...files];
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ...(thorough ? { PENSTOCK_THOROUGH: '1' } : {}) },
  });
  await new Promise((resolve) => child.on('close', resolve));
  const report = JSON.parse(readFileSync(output, 'utf8')) as { testResults: SpecResult[] };
  const { lines, passed } = reportGroups(countGroups(report.testResults, group));
  process.stdout.write(`${lines.join('\n')}\n`);
  process.exitCode = passed ? 0 : 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** Spec files that hold hostile cases of a group, or of any. */
async function suites(only: string | undefined): Promise<string[]> {
  const marker = new RegExp(`describe\\(\\s*['"\`]${only ?? '[A-Z]{2}'} `);
  const found: string[] = [];
  for (const folder of FOLDERS) {
    for await (const file of glob(`${folder}/**/*.test.{ts,tsx}`, { cwd: root })) {
      const text = readFileSync(join(root, file), 'utf8');
      if (marker.test(text) && /[A-Z]{2}-\d\d/.test(text)) found.push(file);
    }
  }
  return found.sort();
}
