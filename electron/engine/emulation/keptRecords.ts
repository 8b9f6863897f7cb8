import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { KeptRecord } from '../../../shared/providers/host.ts';

/**
 * What emulated actions have deployed, one file for each resource below `<data>/emulated/<service>/`. A file also holds what
 * was before the attempt that wrote it, so that an attempt which is run again after a crash starts from there. Reading and
 * writing happen in one go, so two actions that deploy the same resource never mix.
 */
interface RecordFile {
  penstock: 'emulated-1';
  service: string;
  name: string;
  /** actionExecutionId of the attempt that wrote it. */
  by: string;
  before: unknown;
  now: unknown;
}

export interface KeptRecords {
  keep(by: string, service: string, name: string, change: (kept: KeptRecord) => unknown): void;
  kept(service: string, name: string): unknown;
}

/** @param report Is told of a file that cannot be read; it counts as none. */
export function createKeptRecords(dataDirectory: string, report: (line: string) => void): KeptRecords {
  const pathOf = (service: string, name: string) => {
    const digest = createHash('sha256').update(name).digest('hex').slice(0, 16);
    const readable = name.replaceAll(/[^A-Za-z0-9-]+/g, '-').slice(-60);
    return join(dataDirectory, 'emulated', service, `${readable}-${digest}.json`);
  };
  const read = (service: string, name: string): RecordFile | undefined => {
    const path = pathOf(service, name);
    try {
      const file = JSON.parse(readFileSync(path, 'utf8')) as RecordFile | null;
      if (file?.penstock === 'emulated-1' && file.name === name) return file;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      // all else is told below
    }
    report(`The record of ${service} ${name} in ${path} cannot be read; this counts as the first deployment.`);
    return undefined;
  };
  return {
    keep(by, service, name, change) {
      const file = read(service, name);
      const isAgain = file?.by === by;
      const before = isAgain ? file.before : file?.now;
      const now = change({ before: before ?? undefined, isAgain });
      const record: RecordFile = {
        penstock: 'emulated-1',
        service,
        name,
        by,
        before: before ?? null,
        now: now ?? null,
      };
      writeWhole(pathOf(service, name), JSON.stringify(record));
    },
    kept: (service, name) => read(service, name)?.now ?? undefined,
  };
}

function writeWhole(path: string, text: string): void {
  mkdirSync(join(path, '..'), { recursive: true, mode: 0o700 });
  const temporary = `${path}.incoming`;
  try {
    const file = openSync(temporary, 'w', 0o600);
    try {
      const bytes = Buffer.from(text);
      for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
