// Runs a script of ours under a fitting Node: the running one if it is new enough, else Node 24 from the npm registry,
// fetched once into .tools/ (docs: CONTRIBUTING.md). Plain JavaScript that an old Node can read too.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const NEEDED = [22, 18];
const FETCHED = '24.21.0';
const root = dirname(dirname(fileURLToPath(import.meta.url)));

function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
}

/** Path of a Node that is new enough; fetches one when there is none. */
export function fittingNode() {
  if (isNewEnough(process.versions.node)) return process.execPath;
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const folder = join(root, '.tools', 'node_modules', name);
  const binary = join(folder, process.platform === 'win32' ? 'bin/node.exe' : 'bin/node');
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

/** Runs `script` (a path from the project's root) with `args` under a fitting Node and ends with its exit code. */
export function launch(script, args) {
  const node = fittingNode();
  const nodeFolder = dirname(node);
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', resolve(root, script), ...args], {
    stdio: 'inherit',
    env: { ...process.env, PATH: `${nodeFolder}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH ?? ''}` },
  });
  const pass = (signal) => () => child.kill(signal);
  process.on('SIGINT', () => {}); // the terminal sends it to the child too; wait for it
  process.on('SIGTERM', pass('SIGTERM'));
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const [script, ...args] = process.argv.slice(2);
  launch(script, args);
}
