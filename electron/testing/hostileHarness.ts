import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * The ground on which hostile fixtures are let loose (rules HS). A fixture may only aim at canaries in a folder of the
 * test's own; nothing runs as root; files outside are hashed before and after. Used by every `*.hostile.test.ts`:
 *
 *   const ground = hostileGround();            // at module level, after all imports
 *   beforeAll(() => ground.enter());  afterAll(() => ground.leave());
 */
export interface HostileGround {
  /** The test's own folder. Everything a fixture names lies below it. */
  readonly root: string;
  /** A file that must stay as it is. */
  readonly canary: string;
  /** A file that exists only if a planted program ran. */
  readonly fired: string;
  /** Text of a shell script that makes `fired`. */
  readonly plantedScript: string;
  /** Drops root's rights for the rest of this process and remembers the sentinels. */
  enter(): void;
  /** Throws when a sentinel changed, then removes the folder. */
  leave(): void;
  /** A fresh folder for one case (the one before it is removed), deep enough that its fixtures' `..` stay inside `root`. */
  place(): string;
  /** Answers the text unchanged, or throws when it names an absolute path outside `root` or climbs out of it. */
  fixture<T extends string | Buffer>(text: T): T;
  /** What changed below `root` since the last call of `remember`, apart from what lies in `except`. */
  remember(): void;
  changes(except?: string): string[];
}

/** `nobody` on Linux and most others. */
const UNPRIVILEGED = 65534;
/** How many folders a place lies below the root, and so the most `..` that a fixture may hold. */
const DEPTH = 8;

/** Absolute paths that a fixture may name: they hold nothing and cannot be overwritten, or start a script. */
const HARMLESS = ['/bin/sh', '/dev/null', '/usr/bin/env'];

export function hostileGround(parent = tmpdir()): HostileGround {
  const root = realpathSync(mkdtempSync(join(parent, 'penstock-hostile-')));
  const canary = join(root, 'canary', 'untouched.txt');
  const fired = join(root, 'canary', 'fired');
  let sentinels = '';
  let remembered = new Map<string, string>();
  let places = 0;

  return {
    root,
    canary,
    fired,
    plantedScript: `#!/bin/sh\necho fired >> '${fired}'\nexit 0\n`,
    enter() {
      mkdirSync(join(root, 'canary'));
      writeFileSync(canary, 'untouched\n');
      giveAway(root, [join(root, 'canary'), canary]);
      dropPrivileges();
      sentinels = hashOf(sentinelFiles());
    },
    leave() {
      const changed = sentinels !== hashOf(sentinelFiles());
      rmSync(root, { recursive: true, force: true });
      if (changed) throw new Error(`A file outside the test's folder changed: one of ${sentinelFiles().join(', ')}`);
    },
    place() {
      // Cases run one after the other: what an earlier one left only slows the comparison down.
      if (places > 0) rmSync(join(root, `case-${places}`), { recursive: true, force: true });
      places += 1;
      const place = join(root, `case-${places}`, ...Array.from({ length: DEPTH - 1 }, (_, level) => `level-${level}`));
      mkdirSync(place, { recursive: true });
      return place;
    },
    fixture(text) {
      assertOnlyCanaries(text.toString('latin1' as never), root);
      return text;
    },
    remember() {
      remembered = contentsOf(root);
    },
    changes(except) {
      const now = contentsOf(root);
      const differs = (path: string) => now.get(path) !== remembered.get(path);
      return [...new Set([...now.keys(), ...remembered.keys()])]
        .filter((path) => differs(path) && !(except && (path === except || path.startsWith(`${except}/`))))
        .map((path) => path.slice(root.length + 1))
        .sort();
    },
  };
}

/** HS-01: throws when a fixture's text names an absolute path outside `root`, or climbs higher than a place lies deep. */
export function assertOnlyCanaries(text: string, root: string): void {
  for (const [, path] of text.matchAll(
    /(?:^|[^\w./~%\x80-\uffff-])(\/[\w.~%+@-][^\s'"`;|&<>()\0\r\n\x01-\x1f\x7f-\xff]*)/g,
  )) {
    const inside = path === root || path!.startsWith(`${root}/`) || HARMLESS.includes(path!);
    if (!inside) throw new Error(`A hostile fixture names ${path}, which is not one of the test's own canaries.`);
  }
  for (const [climb] of text.matchAll(/(?:\.\.[\\/]+)+/g)) {
    if ((climb.match(/\.\./g) ?? []).length > DEPTH) {
      throw new Error(`A hostile fixture climbs ${climb.length / 3} folders, out of the test's own folder.`);
    }
  }
}

/** HS-02: as root becomes an unprivileged user for good, real and effective; throws where that cannot be. */
function dropPrivileges(): void {
  if (process.getuid?.() !== 0) return;
  if (!process.setgroups || !process.setgid || !process.setuid) {
    throw new Error('Hostile fixtures are never let loose as root: run this in a process of its own (pool: forks).');
  }
  process.setgroups([]);
  process.setgid(UNPRIVILEGED);
  process.setuid(UNPRIVILEGED);
  if (process.getuid?.() === 0 || process.geteuid?.() === 0)
    throw new Error('The rights of root could not be dropped.');
}

function giveAway(root: string, paths: string[]): void {
  chmodSync(root, 0o755);
  if (process.getuid?.() !== 0) return;
  for (const path of [root, ...paths]) chownSync(path, UNPRIVILEGED, UNPRIVILEGED);
}

/** HS-03: files outside that a fixture gone wrong would most likely hit. Those that cannot be read cannot be written either. */
function sentinelFiles(): string[] {
  const home = homedir();
  const named = ['.bashrc', '.profile', '.gitconfig', '.ssh/config', '.aws/credentials'].map((name) =>
    join(home, name),
  );
  return ['/etc/passwd', '/etc/hosts', '/etc/gitconfig', ...named, join(process.cwd(), 'package.json')].filter(
    existsSync,
  );
}

function hashOf(files: string[]): string {
  const hash = createHash('sha256');
  for (const file of files) {
    hash.update(file);
    try {
      hash.update(readFileSync(file));
    } catch {
      hash.update('unreadable');
    }
  }
  return hash.digest('hex');
}

/** Path -> what it is, for everything below a folder; links are not followed. */
function contentsOf(folder: string): Map<string, string> {
  const found = new Map<string, string>();
  const visit = (path: string) => {
    const stats = lstatSync(path);
    if (stats.isDirectory()) {
      found.set(path, 'folder');
      for (const name of readdirSync(path)) visit(join(path, name));
    } else if (stats.isSymbolicLink()) {
      found.set(path, `link to ${readlinkSync(path)}`);
    } else if (stats.isFile()) {
      found.set(path, `${stats.mode.toString(8)} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`);
    } else {
      found.set(path, 'special');
    }
  };
  visit(folder);
  return found;
}
