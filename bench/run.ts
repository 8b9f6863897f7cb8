/*
 * `npm run bench -- NAME [--json]`: runs one benchmark and prints a table, or JSON. Benchmarks measure; they are no specs, and nothing
 * fails because a machine is slow.
 */
interface Benchmark {
  run(options: { json: boolean }): Promise<void>;
}

const benchmarks: Record<string, () => Promise<Benchmark>> = {
  engine: () => import('./engine.ts'),
};

const names = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const unknown = names.filter((name) => !Object.hasOwn(benchmarks, name));
if (names.length === 0 || unknown.length > 0) {
  process.stderr.write(
    `${unknown.map((name) => `There is no benchmark "${name}". `).join('')}Choose: ${Object.keys(benchmarks).join(', ')}.\n`,
  );
  process.exit(2);
}
for (const name of names) await (await benchmarks[name]?.())?.run({ json: process.argv.includes('--json') });
