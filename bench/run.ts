import { readdirSync } from 'node:fs';

/*
 * `npm run bench -- NAME [--json]`: runs benchmarks of this folder and prints tables, or JSON. Each is a file that exports
 * `run({ json })`. Benchmarks measure; they are no specs, and nothing fails because a machine is slow.
 */
interface Benchmark {
  run(options: { json: boolean }): Promise<void>;
}

const known = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && file !== 'run.ts' && !file.endsWith('Work.ts'))
  .map((file) => file.slice(0, -3));
const names = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const unknown = names.filter((name) => !known.includes(name));
if (names.length === 0 || unknown.length > 0) {
  const wrong = unknown.map((name) => `There is no benchmark "${name}". `).join('');
  process.stderr.write(`${wrong}Choose: ${known.join(', ')}.\n`);
  process.exit(2);
}
for (const name of names) {
  const benchmark = (await import(`./${name}.ts`)) as Benchmark;
  await benchmark.run({ json: process.argv.includes('--json') });
}
