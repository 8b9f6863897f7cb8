import { execFileSync } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { COOKIE } from './childEnvironment.ts';

/**
 * Who a process is. A pid alone proves nothing, because the system gives it to another program later (DU-40): a process of
 * ours is recognised by pid, start time and, where /proc exists, the cookie in its environment.
 */
export interface ProcessIdentity {
  pid: number;
  /** Opaque: clock ticks since boot on Linux, the printed start date elsewhere. '' where unknown. */
  startTime: string;
}

interface Stat {
  state: string;
  group: number;
  startTime: string;
}

const hasProc = process.platform === 'linux';

/** Fields 3, 5 and 22 of /proc/PID/stat; the name in field 2 may hold spaces and brackets, so counting starts after it. */
function readStat(pid: number): Stat | undefined {
  try {
    const text = readLine(`/proc/${pid}/stat`);
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '', group: Number(fields[2]), startTime: fields[19] ?? '' };
  } catch {
    return undefined; // ended meanwhile
  }
}

const line = Buffer.allocUnsafe(4096);

/** A short file of /proc in one read: its size is not known before, and each action's shell is looked up once. */
function readLine(path: string): string {
  const file = openSync(path, 'r');
  try {
    return line.toString('latin1', 0, readSync(file, line, 0, line.length, 0));
  } finally {
    closeSync(file);
  }
}

/** Start time of a living process, or undefined when there is none with this pid (a zombie has ended). */
export function startTimeOf(pid: number): string | undefined {
  if (hasProc) {
    const stat = readStat(pid);
    return stat && stat.state !== 'Z' && stat.state !== 'X' ? stat.startTime : undefined;
  }
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined;
  } catch {
    return undefined;
  }
}

/** True when this very process still lives. */
export function isAlive({ pid, startTime }: ProcessIdentity): boolean {
  const now = startTimeOf(pid);
  return now !== undefined && (startTime === '' || now === startTime);
}

function hasCookie(pid: number, cookie: string): boolean {
  try {
    return `\0${readFileSync(`/proc/${pid}/environ`, 'latin1')}`.includes(`\0${COOKIE}=${cookie}\0`);
  } catch {
    return false; // ended meanwhile, or another user's
  }
}

/**
 * True when `pid` is a living process of the action. Without /proc the start time alone decides, and an unknown one
 * recognises nobody.
 */
export function isOurs(identity: ProcessIdentity, cookie: string): boolean {
  if (!isAlive(identity)) return false;
  return hasProc ? hasCookie(identity.pid, cookie) : identity.startTime !== '';
}

export interface Member extends ProcessIdentity {
  /** Process group. */
  group: number;
}

/**
 * Every living process that carries the cookie, also those that left the process group (setsid, EN-12). Without /proc
 * there is no way to look, so the answer is empty.
 */
export function findByCookie(cookie: string): Member[] {
  if (!hasProc) return [];
  const members: Member[] = [];
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry);
    if (!Number.isInteger(pid) || !hasCookie(pid, cookie)) continue;
    const stat = readStat(pid);
    if (stat && stat.state !== 'Z') members.push({ pid, group: stat.group, startTime: stat.startTime });
  }
  return members;
}

function groupExists(group: number): boolean {
  // Mostly there is none, after every action; nobody looks at the stack of that error.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return process.kill(-group, 0);
  } catch {
    return false;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** True when a process group has a member that has not ended. Zombies that nobody waits for do not count. */
export function groupLives(group: number): boolean {
  if (!groupExists(group)) return false;
  if (!hasProc) return true;
  return readdirSync('/proc').some((entry) => {
    const pid = Number(entry);
    const stat = Number.isInteger(pid) ? readStat(pid) : undefined;
    return stat?.group === group && stat.state !== 'Z' && stat.state !== 'X';
  });
}

let bootId: string | undefined;

/** Names this start of the machine; '' where it cannot be told. Files that were not synced are gone after another one. */
export function currentBoot(): string {
  if (bootId === undefined) {
    try {
      bootId = hasProc
        ? readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()
        : execFileSync('sysctl', ['-n', 'kern.bootsessionuuid'], { encoding: 'utf8' }).trim();
    } catch {
      bootId = '';
    }
  }
  return bootId;
}
