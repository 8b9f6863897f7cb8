import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { crashTrials } from './crashTrials.ts';

/*
 * `npm run crash -- --count N [--seed S] [--json]`: kills a running host N times and prints what came of it. Ends with 1 when
 * anything but the number of trials is not zero.
 */
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '20' },
    seed: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const count = Number(values.count);
const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
if (!Number.isInteger(count) || count < 1 || !Number.isInteger(seed)) {
  process.stderr.write('Usage: npm run crash -- --count N [--seed S] [--json]\n');
  process.exit(2);
}
const report = await crashTrials(count, seed);
if (values.json) process.stdout.write(`${JSON.stringify(report)}\n`);
else {
  process.stdout.write(
    `crash points tried ${report.tried} / acknowledged records lost ${report.recordsLost} / double starts ${report.doubleStarts} / ` +
      `unrecoverable starts ${report.unrecoverable} / orphans ${report.orphans}  (seed ${seed}, hosts killed ${report.killed}, actions reported lost ${report.lostActions})\n`,
  );
  for (const fault of report.faults) process.stderr.write(`  ${fault}\n`);
}
process.exitCode = report.tried < count || report.faults.length > 0 ? 1 : 0;
