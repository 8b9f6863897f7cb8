import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/*
 * Loaded before the host that crash trials kill (`node --import`): it counts the host's own syncs and renames in the order in
 * which they are asked for, and ends the process with SIGKILL just before the chosen one. PENSTOCK_CRASH is `KIND N`. Unlike
 * injection from outside, which counts for each thread, every single call can be chosen.
 */
const [kind = '', number = ''] = (process.env.PENSTOCK_CRASH ?? '').split(' ');
const NAMES: Readonly<Record<string, readonly string[]>> = {
  datasync: ['fdatasync', 'fdatasyncSync'],
  sync: ['fsync', 'fsyncSync'],
  rename: ['rename', 'renameSync'],
};
/** The same on the handles of node:fs/promises. */
const METHODS: Readonly<Record<string, string>> = { datasync: 'datasync', sync: 'sync' };
let left = Number(number);

const before = (holder: object, name: string) => {
  const functions = holder as Record<string, (...args: unknown[]) => unknown>;
  const original = functions[name]!;
  functions[name] = function (this: unknown, ...args: unknown[]) {
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
    return original.apply(this, args);
  };
};

for (const name of NAMES[kind] ?? []) before(fs, name);
if (kind === 'rename') before(fs.promises, 'rename');
const method = METHODS[kind];
if (method) {
  const handle = await fs.promises.open(import.meta.filename);
  before(Object.getPrototypeOf(handle) as object, method);
  await handle.close();
}
syncBuiltinESMExports();
