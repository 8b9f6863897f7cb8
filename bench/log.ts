import { createMasker } from '../electron/engine/log/createMasker.ts';

/** How fast logs are searched for secrets: the aim is 50 MB/s with 100 secrets (a log of 1 GB, secrets of 40 characters). */
export async function run({ json }: { json: boolean }): Promise<void> {
  const rows = [0, 1, 10, 100].flatMap((count) =>
    (['plain', 'coloured'] as const).map((kind) => ({ secrets: count, kind, ...measure(count, kind === 'coloured') })),
  );
  if (json) console.log(JSON.stringify(rows));
  else console.table(rows);
}

const PIECE = 256 * 1024;
const TOTAL = 64 * 1024 * 1024;

function measure(count: number, isColoured: boolean) {
  const secrets = Array.from({ length: count }, (_, index) => ({ name: `S${index}`, value: secretOf(index) }));
  const stream = createMasker(secrets).stream();
  const piece = pieceOf(
    secrets.map(({ value }) => value),
    isColoured,
  );
  let shown = 0;
  const start = process.cpuUsage();
  for (let done = 0; done < TOTAL; done += PIECE) shown += stream.push(piece).length;
  shown += stream.end().length;
  const { user, system } = process.cpuUsage(start);
  const seconds = (user + system) / 1e6;
  return { 'MB per CPU second': Math.round(TOTAL / 1e6 / seconds), 'MB shown': Math.round(shown / 1e6) };
}

/** Letters and digits that look random and are the same each time. */
function secretOf(seed: number): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  let state = seed * 2_654_435_761 + 12_345;
  let text = '';
  for (let at = 0; at < 40; at += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    text += letters[(state >> 16) % letters.length];
  }
  return text;
}

/** Lines as a build prints them, one in a hundred with a secret. */
function pieceOf(secrets: readonly string[], isColoured: boolean): Buffer {
  let text = '';
  for (let line = 0; text.length < PIECE; line += 1) {
    const mark = isColoured ? '\x1b[32m✓\x1b[0m' : '+';
    const secret = line % 100 === 0 ? (secrets[line % Math.max(1, secrets.length)] ?? '') : '';
    text += `${mark} src/components/Button${line}.tsx:${line * 7} compiled in ${line % 97} ms (sha ${(line * 2_654_435_761).toString(16)}) ${secret}\n`;
  }
  return Buffer.from(text).subarray(0, PIECE);
}
