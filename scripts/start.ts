import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from './build.ts';
import { fetchElectron, findElectron } from './electronBinary.ts';
import { passSignals } from './launch.mjs';
import { root } from './root.ts';

/*
 * `npm start [-- --browser] [-- FILE …]`: builds if anything changed, then opens the desktop app, or the same product in a
 * browser tab where Electron's binary cannot be had or does not start. Ctrl+C ends it; runs that are under way go on and are
 * taken over by the next start.
 */
const USAGE = `npm start -- [--browser] [--port N] [FILE …]
  --browser  open in a browser tab, even where Electron is installed
  --port N   a fixed port for the browser tab
`;
/** An app that ends sooner with a fault never came up: missing libraries, no right to its sandbox. */
const UP_AFTER_MS = 10_000;

const { values, positionals } = readArguments();
if (values.help) {
  process.stdout.write(USAGE);
  process.exit(0);
}
if (process.env.npm_lifecycle_event) endWithNpm();
build();
// npm runs scripts in the project's folder; files are named from where the person is.
const files = positionals.map((file) => resolve(process.env.INIT_CWD ?? process.cwd(), file));
const hasDisplay = process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

if (values.browser) await serve('asked for');
else if (!hasDisplay) await serve('no display');
else {
  const electron = findElectron() ?? fetchElectron();
  if (!electron) await serve("Electron's binary is not here");
  else if (!(await runElectron(electron))) await serve('Electron does not start here');
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { browser: { type: 'boolean' }, port: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    process.exit(2);
  }
}

/** A signal that is sent to npm alone ends npm and its shell, which tell nobody; without them nobody could end us. */
function endWithNpm(): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.emit('SIGTERM');
  }, 1000);
  timer.unref();
}

/** Runs the desktop app to its end. False when it never came up. */
function runElectron(electron: string): Promise<boolean> {
  return new Promise((done) => {
    const began = performance.now();
    let isAsked = false;
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.on(signal, () => {
        isAsked = true;
      });
    const child = spawn(electron, [root, ...files], { stdio: 'inherit' });
    passSignals(child);
    const end = (code: number | null) => {
      const isUp = code === 0 || isAsked || performance.now() - began > UP_AFTER_MS;
      if (isUp) process.exitCode = isAsked ? 0 : (code ?? 1);
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.removeAllListeners(signal);
      done(isUp);
    };
    child.on('error', () => end(null));
    child.on('exit', end);
  });
}

/** Becomes the browser host: `penstock serve`, in this process. */
async function serve(reason: string): Promise<void> {
  const program = join(root, 'out/main/penstock.js');
  const options = [
    '--reason',
    reason,
    ...(hasDisplay ? ['--open'] : []),
    ...(values.port ? ['--port', values.port] : []),
  ];
  process.argv = [process.execPath, program, 'serve', ...options, ...files];
  await import(pathToFileURL(program).href);
}
