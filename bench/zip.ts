import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createArtifactStore } from '../electron/engine/artifacts/artifactStore.ts';
import { extractZip } from '../electron/engine/artifacts/extractZip.ts';
import { childCpu, isInstalled } from './childCpuWork.ts';

/**
 * What making and unpacking artifacts costs beside `zip` and `unzip` on the same files in the same run. The aims: at most 1.5 × their CPU
 * for one big file, 2.5 × for many small ones. Ours also hashes the artifact and checks every entry.
 */
export async function run({ json }: { json: boolean }): Promise<void> {
  if (!isInstalled('zip') || !isInstalled('unzip')) {
    console.log('zip: not measured, because the commands zip and unzip are not installed.');
    return;
  }
  const rows = [];
  for (const [what, make] of Object.entries({ '10,000 files of 2 kB': manyFiles, 'one file of 500 MB': oneFile })) {
    const folder = mkdtempSync(join(tmpdir(), 'penstock-bench-zip-'));
    try {
      const files = join(folder, 'files');
      mkdirSync(files);
      make(files);
      // The least of three: the machine's other work only ever adds.
      const tries = [];
      for (let round = 0; round < 3; round += 1) tries.push(await measure(join(folder, `try${round}`), files));
      for (const step of ['zip', 'unzip'] as const) {
        const mine = Math.min(...tries.map((one) => one[step].mine));
        const their = Math.min(...tries.map((one) => one[step].their));
        rows.push({
          what,
          step,
          'Penstock, CPU s': rounded(mine),
          'command, CPU s': rounded(their),
          ratio: rounded(mine / their),
        });
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  if (json) console.log(JSON.stringify(rows));
  else console.table(rows);
}

/** CPU seconds. `folder` is made and removed. */
async function measure(folder: string, files: string) {
  mkdirSync(folder);
  const store = createArtifactStore(join(folder, 'store'));
  const theirZip = join(folder, 'theirs.zip');
  try {
    const zipped = await ours(() => store.putFolder(files));
    const zip = { mine: zipped.seconds, their: childCpu(`zip -q -r '${theirZip}' .`, files) };
    const unzipped = await ours(() =>
      extractZip(store.pathOf(zipped.result.digest), join(folder, 'unpacked'), { durable: false }),
    );
    return {
      zip,
      unzip: { mine: unzipped.seconds, their: childCpu(`unzip -q '${theirZip}'`, join(folder, 'theirs')) },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const rounded = (value: number) => Math.round(value * 100) / 100;

/** CPU seconds of this process, its threads included. */
async function ours<T>(work: () => Promise<T>): Promise<{ result: T; seconds: number }> {
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { result, seconds: (user + system) / 1e6 };
}

function manyFiles(folder: string): void {
  for (let index = 0; index < 10_000; index += 1) {
    const parent = join(folder, `part${index % 100}`);
    if (index < 100) mkdirSync(parent);
    writeFileSync(join(parent, `file${index}.ts`), textOf(index, 2_000));
  }
}

function oneFile(folder: string): void {
  const piece = Array.from({ length: 500 }, (_, index) => textOf(index, 10_000)).join('');
  const path = join(folder, 'big.log');
  for (let written = 0; written < 500e6; written += piece.length) writeFileSync(path, piece, { flag: 'a' });
}

/** Text that compresses as source code does, about 3:1, and is the same each time. */
function textOf(seed: number, length: number): string {
  let state = seed * 2_654_435_761 + 1;
  let text = '';
  while (text.length < length) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    text += `  const value${state % 997} = await read(${state}, 'part${(state >> 8) % 89}');\n`;
  }
  return text.slice(0, length);
}
