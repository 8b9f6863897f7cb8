import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { engineFixture, pipelineOf, run as runCommand } from '../electron/engine/testing/engineFixture.ts';
import { measure } from './measureWork.ts';

/*
 * What one process of the output benchmark does: `node outputWork MEGABYTES SECRETS`. An action prints so much, with so many
 * secrets in its environment.
 */
const [megabytes = 0, count = 0] = process.argv.slice(2).map(Number);
const PIECE = 8;

const root = mkdtempSync(join(process.cwd(), 'run-'));
const secretOf = (index: number) => `s3cret-${(index * 2_654_435_761).toString(36)}-${'x'.repeat(24)}${index}`;
const names = Array.from({ length: count }, (_, index) => `PENSTOCK_BENCH_${index}`);
for (const [index, name] of names.entries()) process.env[name] = secretOf(index);

/** Lines as a build prints them; one in a hundred has a secret. */
function piece(): string {
  let text = '';
  for (let line = 0; text.length < PIECE * 1e6; line += 1) {
    const secret = line % 100 === 0 && count > 0 ? secretOf(line % count) : '';
    text += `src/components/Button${line}.tsx:${line * 7} compiled in ${line % 97} ms (sha ${(line * 2_654_435_761).toString(16)}) ${secret}\n`;
  }
  return text;
}
const file = join(root, 'piece');
writeFileSync(file, piece());

const fixture = engineFixture({ slots: () => 1, root });
const pipeline = pipelineOf({
  Build: [
    runCommand('Print', `for i in $(seq ${Math.ceil(megabytes / PIECE)}); do cat '${file}'; done`, {
      environmentVariables: names.map((name, index) => ({
        name: `SECRET_${index}`,
        value: `bench/${name}`,
        type: 'SECRETS_MANAGER' as const,
      })),
    }),
  ],
});
const secretsFromEnvironment = Object.fromEntries(names.map((name) => [`bench/${name}`, name]));
const measured = await measure(async () => {
  const state = await fixture.run(pipeline, {
    bindings: { 'Build/Print': { kind: 'project', secretsFromEnvironment } },
  });
  if (state.status !== 'Succeeded') throw new Error(`The pipeline ended ${state.status}.`);
});
await fixture.close();
process.stdout.write(JSON.stringify(measured));
