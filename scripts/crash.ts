import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { type CrashCounts, noCounts } from './crashJudge.ts';
import { crashTrials } from './crashTrials.ts';

/*
 * `npm run crash -- --count N [--seed S] [--random-only] [--json]`: kills a running host at every sync and rename of a run of
 * three stages, lets each write of one fail (with strace), then N times at random instants of every scenario, and prints what came of it. Ends with 1 when
 * anything was lost, ran twice, could not go on, or was left over.
 */
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '20' },
    seed: { type: 'string' },
    'random-only': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
/** After so many trials a line says how far it is. */
const TOLD = 10;
const count = Number(values.count);
const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
if (!Number.isInteger(count) || count < 1 || !Number.isInteger(seed)) {
  process.stderr.write('Usage: npm run crash -- --count N [--seed S] [--random-only] [--json]\n');
  process.exit(2);
}
let tried = 0;
const { rows, faults, skipped } = await crashTrials(count, seed, {
  exact: !values['random-only'],
  onTried: ({ name, tried: ofRow }) => {
    tried += 1;
    if (tried % TOLD === 0) process.stderr.write(`${tried} tried (${name}: ${ofRow})\n`);
  },
});
const total = rows.reduce<CrashCounts>((sum, row) => {
  for (const key of Object.keys(sum) as (keyof CrashCounts)[]) sum[key] += row[key];
  return sum;
}, noCounts());
if (values.json) process.stdout.write(`${JSON.stringify({ seed, rows, total, faults, skipped })}\n`);
else {
  const columns = [
    'tried',
    'killed',
    'recordsLost',
    'doubleStarts',
    'unrecoverable',
    'orphans',
    'lostActions',
  ] as const;
  const heads = ['tried', 'hosts killed', 'records lost', 'double starts', 'unrecoverable', 'orphans', 'reported lost'];
  const line = (name: string, cells: readonly (string | number)[]) =>
    `| ${name.padEnd(52)} | ${cells.map((cell, index) => String(cell).padStart(heads[index]!.length)).join(' | ')} |\n`;
  process.stdout.write(line('crash points', heads));
  process.stdout.write(
    `| ${'-'.repeat(52)} | ${heads.map((head) => `${'-'.repeat(head.length - 1)}:`).join(' | ')} |\n`,
  );
  for (const row of rows) {
    process.stdout.write(
      line(
        row.name,
        columns.map((column) => row[column]),
      ),
    );
  }
  process.stdout.write(
    `\ncrash points tried ${total.tried} / acknowledged records lost ${total.recordsLost} / double starts ${total.doubleStarts} / ` +
      `unrecoverable starts ${total.unrecoverable} / orphans ${total.orphans}  (seed ${seed})\n`,
  );
  for (const what of skipped) process.stdout.write(`SKIPPED: ${what}\n`);
  for (const what of faults) process.stderr.write(`  ${what}\n`);
}
process.exitCode = total.tried < count || faults.length > 0 ? 1 : 0;
