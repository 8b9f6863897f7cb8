import { createHmac, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SessionCredentials } from '../../shared/jobs/jobData.ts';
import { ProblemError } from '../../shared/problem.ts';

/**
 * The keys of the loopback endpoint. One secret of the data directory, in a file that only its user can read, makes those of
 * every run: a host that comes back answers to what it gave out before it died, and `penstock worker-env` can print the
 * keys of a run without asking anybody. They are good for nothing outside this machine.
 */
export interface RunKeys {
  /** The port that functions and workers of an earlier host were told; undefined before the first. */
  readonly port: number | undefined;
  /** Remembers the port for `port` of a later host. */
  keepPort(port: number): void;
  credentialsOf(scope: Scope): SessionCredentials;
  /** What a partner's worker identifies itself with. */
  clientOf(pipelineExecutionId: string): { clientId: string; clientToken: string };
}

/**
 * Who asks: a worker of an execution (jobs, no artifacts), the function of an action (its own job, its own artifacts), or the
 * `artifactCredentials` in an action's job data (its artifacts).
 */
export interface Scope {
  readonly kind: 'worker' | 'function' | 'artifacts';
  /** A worker's pipelineExecutionId, or ANY_RUN; else the actionExecutionId. */
  readonly id: string;
}

/** A worker of every run of the data directory. Its keys are good only while a host was asked for them (`listen`). */
export const ANY_RUN = '*';

const FILE = 'endpoint.json';
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** @param options `create`: false for whoever only looks; then undefined when no host of this directory has made keys. */
export function openRunKeys(dataDirectory: string, options: { create: true }): RunKeys;
export function openRunKeys(dataDirectory: string, options: { create: boolean }): RunKeys | undefined;
export function openRunKeys(dataDirectory: string, { create }: { create: boolean }): RunKeys | undefined {
  const path = join(dataDirectory, FILE);
  let kept = readKept(path);
  if (!kept) {
    if (!create) return undefined;
    kept = { key: randomBytes(32).toString('hex') };
    writeKept(path, kept);
  }
  const { key } = kept;
  let { port } = kept;
  const mac = (label: string) => createHmac('sha256', Buffer.from(key, 'hex')).update(label).digest();
  return {
    get port() {
      return port;
    },
    keepPort(next) {
      if (next === port) return;
      port = next;
      writeKept(path, { key, port });
    },
    credentialsOf({ kind, id }) {
      const of = (part: string) => mac(`${kind}\0${id}\0${part}`);
      const letters = [...of('accessKeyId').subarray(0, 16)].map((byte) => BASE32[byte & 31]);
      return {
        accessKeyId: `PNST${letters.join('')}`,
        secretAccessKey: of('secretAccessKey').subarray(0, 30).toString('base64'),
        sessionToken: of('sessionToken').toString('base64url'),
      };
    },
    clientOf(pipelineExecutionId) {
      const hex = mac(`client\0${pipelineExecutionId}`).toString('hex');
      const clientId = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)];
      return { clientId: clientId.join('-'), clientToken: mac(`token\0${pipelineExecutionId}`).toString('base64url') };
    },
  };
}

interface Kept {
  key: string;
  port?: number | undefined;
}

/** Undefined when there is none, or when it cannot be one of ours: then new keys are made. */
function readKept(path: string): Kept | undefined {
  try {
    const { key, port } = (JSON.parse(readFileSync(path, 'utf8')) ?? {}) as Partial<Kept>;
    if (typeof key !== 'string' || !/^[0-9a-f]{64}$/.test(key)) return undefined;
    return { key, port: Number.isInteger(port) && port! > 0 && port! < 65_536 ? port : undefined };
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new ProblemError(
      {
        code: 'endpoint.keys-unreadable',
        where: path,
        what: `The keys of the endpoint can not be read (${error instanceof Error ? error.message : String(error)}).`,
        fix: 'Check that this is a file and belongs to you, or remove it: then new keys are made.',
      },
      { cause: error },
    );
  }
}

function writeKept(path: string, kept: Kept): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${process.pid}`;
  // Flushed before the rename: after a power failure an empty file would lock out every worker that was given keys.
  writeFileSync(temporary, JSON.stringify(kept), { mode: 0o600, flush: true });
  renameSync(temporary, path);
}
