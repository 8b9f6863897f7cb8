import {
  findByCookie,
  groupLives,
  isAlive,
  type Member,
  type ProcessIdentity,
  startTimeOf,
} from './processIdentity.ts';

/** Between SIGTERM and SIGKILL (DU-41). */
export const GRACE_MS = 3000;

/**
 * Ends everything an action left running: the process group of its shell and, where /proc shows them, processes that left
 * the group. SIGTERM first, SIGKILL after the grace. Only processes recognised as the action's are signalled, so a reused
 * pid is never hit (DU-40). Resolves when none is left, or shortly after SIGKILL.
 */
export async function endProcesses(
  shell: ProcessIdentity | undefined,
  cookie: string,
  graceMs: number = GRACE_MS,
): Promise<void> {
  const isShellAlive = shell !== undefined && isAlive(shell);
  let members = findByCookie(cookie);
  const groups = groupsOf(members);
  if (isShellAlive) groups.add(shell.pid);
  if (groups.size === 0) return;
  signalAll(groups, 'SIGTERM');
  const graceEnd = performance.now() + graceMs;
  for (let wait = 5; performance.now() < graceEnd; wait = Math.min(wait * 2, 100)) {
    await pause(Math.min(wait, graceEnd - performance.now()));
    members = findByCookie(cookie);
    if (members.length === 0 && (shell === undefined || !isAlive(shell)) && !anyGroupLives(groups)) return;
  }
  // Groups that emptied meanwhile are left alone: their number may belong to somebody else by now.
  const left = groupsOf(members);
  if (shell !== undefined && isAlive(shell)) left.add(shell.pid);
  for (const group of groups) if (!left.has(group) && isContinuous(group, isShellAlive, shell)) left.add(group);
  signalAll(left, 'SIGKILL');
  for (let tries = 0; tries < 20; tries++) {
    if (findByCookie(cookie).length === 0 && (shell === undefined || !isAlive(shell))) return;
    await pause(25);
  }
}

/**
 * A group that held our shell when we began and still has members is still ours: the system gives out no number that is in
 * use as a group.
 */
function isContinuous(group: number, wasShellAlive: boolean, shell: ProcessIdentity | undefined): boolean {
  return wasShellAlive && group === shell?.pid && groupLives(group);
}

/**
 * What is left of a group whose shell has ended by itself: background processes end with the build, as its container would.
 * The shell notes its exit code just before it is gone, so it is given a moment.
 */
export async function endLeftovers(pid: number, cookie: string): Promise<void> {
  for (let tries = 0; tries < 20 && startTimeOf(pid) !== undefined; tries++) await pause(5);
  if (groupLives(pid) && findByCookie(cookie).length > 0) await endProcesses(undefined, cookie);
}

function groupsOf(members: readonly Member[]): Set<number> {
  return new Set(members.map(({ group }) => group));
}

const anyGroupLives = (groups: ReadonlySet<number>) => [...groups].some(groupLives);

function signalAll(groups: ReadonlySet<number>, signal: NodeJS.Signals): void {
  for (const group of groups) {
    try {
      process.kill(-group, signal);
    } catch {
      // ended between looking and signalling
    }
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, Math.max(0, ms)));
